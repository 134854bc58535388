package pool_test

import (
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gdbench/gdbench/internal/crew"
	"github.com/gdbench/gdbench/problems"
)

// assisted is a parabola that notes how many workers would help it.
type assisted struct {
	Wants int `param:"wants" default:"0" doc:"idle workers for which it waits in a run, ten seconds at most"`
	crew  *crew.Crew
}

var mostIdle atomic.Int64

func (p *assisted) Dim() int               { return 1 }
func (p *assisted) HelpedBy(c *crew.Crew)  { p.crew = c }
func (p *assisted) Fork() problems.Problem { fork := *p; return &fork }
func (p *assisted) Facts() *problems.Facts { return &problems.Facts{} }
func (p *assisted) Evaluate(x, grad []float64) float64 {
	for began := time.Now(); p.crew != nil && p.crew.Idle() < p.Wants && time.Since(began) < 10*time.Second; {
		time.Sleep(time.Millisecond)
	}
	mostIdle.Store(max(mostIdle.Load(), int64(p.crew.Idle())))
	if grad != nil {
		grad[0] = 2 * x[0]
	}
	return x[0] * x[0]
}

func init() {
	problems.Register("test-assisted", problems.Info{}, func() problems.Problem { return new(assisted) })
}

// Workers without a cell help the only one that runs, also where its problem is wrapped. One worker
// has no help, nor has a suite whose cells are timed alone on the machine.
func TestIdleWorkersHelp(t *testing.T) {
	const text = `
suite: s
budget: {iterations: 3}
problems: [{name: scale, of: {name: test-assisted, wants: WANTS}, start: [1]}]
methods: [{name: fixed-step, lr: 0.1}]
`
	for _, c := range []struct {
		name, more     string
		workers, wants int
	}{
		{"three workers", "", 3, 2},
		{"one worker", "", 1, 0},
		{"alone", "timing: exclusive\n", 3, 0},
	} {
		mostIdle.Store(0)
		runText(t, strings.Replace(text, "WANTS", fmt.Sprint(c.wants), 1)+c.more, c.workers)
		if got := mostIdle.Load(); got != int64(c.wants) {
			t.Errorf("%s: %d would help, expected %d", c.name, got, c.wants)
		}
	}
}

// The records of one cell on a large data set are the same with and without help.
func TestHelpChangesNoRecord(t *testing.T) {
	if testing.Short() {
		t.Skip("makes a data set of 130 MB")
	}
	const text = `
suite: s
budget: {iterations: 5}
problems: [{name: least-squares, data: {name: regression, samples: 420000, features: 40}}]
methods: [{name: nesterov, lr: 1/L}]
`
	alone, _ := runText(t, text, 1)
	for _, workers := range []int{2, 3} {
		helped, _ := runText(t, text, workers)
		if withoutTiming(t, alone) != withoutTiming(t, helped) {
			t.Errorf("1 and %d workers give different files", workers)
		}
	}
}
