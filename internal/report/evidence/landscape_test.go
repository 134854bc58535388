package evidence

import (
	"math"
	"testing"

	"github.com/gdbench/gdbench/internal/report/synthetic"
	"github.com/gdbench/gdbench/results"
)

func TestStability(t *testing.T) {
	p := gather(t, synthetic.Draft{Problem: "p", Method: "m", Rate: 0.1, Status: results.Budget, Gaps: []float64{1, 0.5}}).Problems[0]
	if got := p.Stability(knownBowl()); got != 0.5 {
		t.Errorf("2/L is %g with L = 4", got)
	}
	if got := p.Stability(nil); !math.IsNaN(got) {
		t.Errorf("2/L is %g though L is unknown", got)
	}
	p.Entries[0].Written = "1/L"
	if got := p.Stability(nil); got != 0.2 {
		t.Errorf("2/L is %g where 1/L is 0.1", got)
	}
}
