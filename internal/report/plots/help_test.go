package plots

import (
	"testing"

	"github.com/gdbench/gdbench/internal/report/evidencetest"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/synthetic"
	"github.com/gdbench/gdbench/results"
)

// timed is a run of three iterations that took 1, 2 and 4 seconds and used two gradients
// in each.
func timed(t *testing.T) *evidence.Problem {
	return evidencetest.Gather(t, synthetic.Draft{Problem: "p", Method: "m", Status: results.Budget, Gaps: []float64{4, 2, 1}, Mend: func(r *results.Record) {
		r.Trace.Seconds, r.Trace.Gradients = results.Series{1, 2, 4}, []int64{2, 4, 6}
		r.Trace.Distance, r.Counts.Gradients, r.Seconds, r.Samples = results.Series{3, 2, 1}, 6, 5, 0
	}}).Problems[0]
}

var evaluations = evidence.Cost{Name: "evaluations", Label: "evaluations", Of: evidence.Evaluations.Of}
