package report

import (
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
	for column, want := range map[string]string{"measured": "× 0.5 [", "order": "1 [1, 1]", "promised": "× 0.8 [", "by": "slower"} {
		if got := cell(t, orders, 0, column); !strings.HasPrefix(got, want) {
			t.Errorf("%s is %q; expected %q", column, got, want)
		}
	}
}
