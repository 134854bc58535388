package losses_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/gdbench/gdbench/internal/crew"
	"github.com/gdbench/gdbench/internal/problems/losses"
	"github.com/gdbench/gdbench/problems"
)

// employ has so many workers join a crew until the test ends.
func employ(t testing.TB, workers int) *crew.Crew {
	c := crew.New()
	var all sync.WaitGroup
	for range workers {
		all.Go(c.Join)
	}
	t.Cleanup(func() {
		c.Close()
		all.Wait()
	})
	for c.Idle() < workers { // until they wait
	}
	return c
}

// Values and gradients of a large sum are the same to the bit, however many workers take part, and
// take no memory.
func TestHelpChangesNoBit(t *testing.T) {
	defer losses.ShareFrom(1 << 20)()
	for _, text := range []string{
		"{name: logistic, l2: 0.01, data: {name: classification, samples: 27001, features: 40}}",
		"{name: least-squares, data: {name: regression, samples: 140013, features: 7}}",
		"{name: least-squares, l2: 0.1, data: {name: regression, samples: 8203, features: 130}}",
		"{name: huber, intercept: free, data: {name: regression, samples: 19000, features: 70}, split: 0.1}",
	} {
		alone := build(t, text)
		x := somewhere(alone.Dim(), 1)
		want := make([]float64, alone.Dim())
		value, plain := alone.Evaluate(x, want), alone.Evaluate(x, nil)
		for workers := 1; workers <= 3; workers++ {
			p := alone.(problems.Forker).Fork()
			p.(crew.Helped).HelpedBy(employ(t, workers-1))
			for round := range 5 {
				got := make([]float64, p.Dim())
				if v := p.Evaluate(x, got); v != value || fmt.Sprint(got) != fmt.Sprint(want) {
					t.Fatalf("%s, %d workers, round %d: f = %v, expected %v; or the gradient differs", text, workers, round, v, value)
				}
				if v := p.Evaluate(x, nil); v != plain {
					t.Fatalf("%s, %d workers: f alone = %v, expected %v", text, workers, v, plain)
				}
			}
			if shared := p.(interface{ Shared() bool }).Shared(); shared != (workers > 1) {
				t.Errorf("%s, %d workers: shared is %v", text, workers, shared)
			}
			if n := testing.AllocsPerRun(5, func() { p.Evaluate(x, want) }); n > 0 {
				t.Errorf("%s, %d workers: %g allocations", text, workers, n)
			}
		}
	}
}
