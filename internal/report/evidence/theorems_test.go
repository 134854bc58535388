package evidence

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/report/synthetic"
	"github.com/gdbench/gdbench/results"
)

// A theorem about the distance promises the square of its rate for the gap.
func TestPromisedByTheDistance(t *testing.T) {
	e := gather(t, synthetic.Draft{Problem: "p", Method: "m", Status: results.Budget, Gaps: synthetic.Halving(0.5, 30)})
	entry := e.Problems[0].Entries[0]
	for quantity, want := range map[string]string{"distance": "×0.81", results.SquaredDistance: "×0.9", "gradient_norm": "–"} {
		theorem := results.Theorem{Name: "far", Outcome: "holds", Quantity: quantity}
		for k, bound := range synthetic.Halving(0.9, 30) {
			theorem.Iteration, theorem.Bound = append(theorem.Iteration, int64(k)), append(theorem.Bound, bound)
		}
		entry.Cells[0].Theorems = []results.Theorem{theorem}
		if law, _ := entry.PromisedLaw(); law.Read() != want {
			t.Errorf("a bound ×0.9 on the %s promises %s; expected %s", quantity, law.Read(), want)
		}
	}
}

// The mean of 1 and 3 is 2, with a standard error of 1; the mean of 400 runs with 1.9 and
// 2.1 lies above a bound of 1.9 beyond its interval.
func TestExpectation(t *testing.T) {
	measured := func(values ...float64) *Entry {
		e := &Entry{Problem: &Problem{}, Label: "m"}
		for _, v := range values {
			e.expect([]results.Theorem{{Name: "on average", InExpectation: true, Quantity: results.SquaredDistance,
				Iteration: []int64{10}, Measured: results.Series{v}, Bound: results.Series{1.9}, Floor: results.Series{0}}})
		}
		return e
	}
	few, many := measured(1, 3), measured(slices.Repeat([]float64{1.9, 2.1}, 200)...)
	for entry, want := range map[*Entry]string{few: "not refuted", many: "refuted", measured(2): "not measured"} {
		if j := entry.Judgements()[0]; string(j.Outcome) != want || want != "not measured" && math.Abs(j.Ratio-2/1.9) > 1e-9 {
			t.Errorf("%d repeats are %s with ratio %g; expected %s", entry.Expected[0].Repeats, j.Outcome, j.Ratio, want)
		}
	}
}

// One bound that did not hold is a warning.
func TestRefutedIsSaid(t *testing.T) {
	e := held(t)
	e.refuted()
	if last := string(e.Warnings[len(e.Warnings)-1]); !strings.Contains(last, "a theorem did not hold: halving") {
		t.Errorf("the last warning is %q", last)
	}
}
