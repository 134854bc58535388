package report

import (
	"math"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/results"
)

// A gap that halves is of linear rate ½; a bound that falls by 0.8 promises 0.8.
func TestOrders(t *testing.T) {
	e := gather(t,
		draft{problem: "p", method: "m", status: results.Budget, gaps: halving(0.5, 30)},
		draft{problem: "p", method: "broken", status: results.Diverged, gaps: []float64{1, 2, 4}})
	theorem := results.Theorem{Name: "slower", Outcome: "holds", Quantity: "gap"}
	for k, bound := range halving(0.8, 30) {
		theorem.Iteration, theorem.Bound = append(theorem.Iteration, int64(k)), append(theorem.Bound, bound)
	}
	e.Problems[0].Entries[0].Cells[0].Theorems = []results.Theorem{theorem}
	orders := e.Orders()
	if len(orders.Rows) != 1 {
		t.Fatalf("%d rows; a run that diverged has no rate", len(orders.Rows))
	}
	for column, want := range map[string]string{"runs": "1/1", "measured": "×0.5", "order": "1", "promised": "×0.8", "by": "slower"} {
		if got := cell(t, orders, 0, column); !strings.HasPrefix(got, want) {
			t.Errorf("%s is %q; expected %q", column, got, want)
		}
	}
}

// A theorem about the distance promises the square of its rate for the gap.
func TestPromisedByTheDistance(t *testing.T) {
	e := gather(t, draft{problem: "p", method: "m", status: results.Budget, gaps: halving(0.5, 30)})
	entry := e.Problems[0].Entries[0]
	for quantity, want := range map[string]string{"distance": "×0.81", results.SquaredDistance: "×0.9", "gradient_norm": "–"} {
		theorem := results.Theorem{Name: "far", Outcome: "holds", Quantity: quantity}
		for k, bound := range halving(0.9, 30) {
			theorem.Iteration, theorem.Bound = append(theorem.Iteration, int64(k)), append(theorem.Bound, bound)
		}
		entry.Cells[0].Theorems = []results.Theorem{theorem}
		if law, _ := entry.promisedLaw(); law.Read() != want {
			t.Errorf("a bound ×0.9 on the %s promises %s; expected %s", quantity, law.Read(), want)
		}
	}
}

// Of several runs the numbers are medians over those that follow the law of the most.
func TestOrdersOverRepeats(t *testing.T) {
	var drafts []draft
	for repeat, factor := range []float64{0.5, 0.6, 0.7} {
		drafts = append(drafts, draft{problem: "p", method: "m", repeat: repeat, status: results.Budget, gaps: halving(factor, 30)})
	}
	slow := draft{problem: "p", method: "m", repeat: 3, status: results.Budget, gaps: []float64{1}}
	for k := range 500 {
		slow.gaps = append(slow.gaps, 1/float64(k+1))
	}
	e := gather(t, append(drafts, slow)...)
	row := e.Orders()
	if got := cell(t, row, 0, "runs") + " " + cell(t, row, 0, "measured"); got != "3/4 ×0.6 [0.55, 0.65]" {
		t.Errorf("found %s", got)
	}
	law, _ := e.Problems[0].Entries[0].fitted()
	parts := law.Parts()
	if low := parts[2].Value.(float64); law.Read() != "×0.6" || parts[0].Value != "linear" || math.Abs(low-0.55) > 1e-9 {
		t.Errorf("found %s, %v", law.Read(), parts)
	}
}
