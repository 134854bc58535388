package plots

import (
	"math"
	"slices"
	"testing"

	"github.com/gdbench/gdbench/internal/report/evidencetest"

	"github.com/gdbench/gdbench/internal/report/figure"
	"github.com/gdbench/gdbench/internal/report/synthetic"
	"github.com/gdbench/gdbench/results"
)

func course(gap func(k float64) float64) (gaps []float64) {
	for k := range 41 {
		gaps = append(gaps, gap(float64(k)))
	}
	return gaps
}

// Rates 0.1 and 0.2 come to rest, at 0.01 and 0.02; with 0.05 the gap is still falling, with 0.3
// it falls like 1/√k, with 0.4 it diverged, and with 0.5 it is too noisy to tell. With L = 4 (2/L = 0.5) a squared distance of 0.03 allows a gap of
// 4/2·0.03 = 0.06.
func TestNoiseFloor(t *testing.T) {
	bounded := func(r *results.Record) {
		r.Theorems = []results.Theorem{
			{Name: "a", Quantity: results.SquaredDistance, InExpectation: true, Iteration: []int64{1, 20, 40}, Bound: results.Series{10, 0.04, 0.02}, Measured: results.Series{9, 0, 0}, Floor: results.Series{0, 0, 0}},
			{Name: "b", Quantity: "gap", InExpectation: true, Iteration: []int64{1, 20, 40}, Bound: results.Series{7, 1e-9, 1e-9}, Measured: results.Series{7, 0, 0}, Floor: results.Series{0, 0, 0}}}
	}
	e := evidencetest.Gather(t,
		synthetic.Draft{Problem: "p", Method: "m", Rate: 0.05, Batch: 8, Status: results.Budget, Gaps: synthetic.Halving(0.9, 41)},
		synthetic.Draft{Problem: "p", Method: "m", Rate: 0.1, Batch: 8, Status: results.Budget, Gaps: synthetic.FallsTo(0.01, 41)},
		synthetic.Draft{Problem: "p", Method: "m", Rate: 0.2, Batch: 8, Status: results.Budget, Gaps: synthetic.FallsTo(0.02, 41), Mend: bounded},
		synthetic.Draft{Problem: "p", Method: "m", Rate: 0.3, Batch: 8, Status: results.Budget, Gaps: course(func(k float64) float64 { return 1 / math.Sqrt(1+k) })},
		synthetic.Draft{Problem: "p", Method: "m", Rate: 0.5, Batch: 8, Status: results.Budget, Gaps: course(func(k float64) float64 { return 1 + math.Mod(7.3*k*k, 1)*1e4 })},
		synthetic.Draft{Problem: "p", Method: "m", Rate: 0.4, Batch: 8, Status: results.Diverged, Gaps: synthetic.Halving(2, 41)})
	p := e.Problems[0]
	f := NoiseFloor(p, 0.5)
	if f == nil || len(f.Series) != 2 {
		t.Fatalf("%v; expected what was measured and what was promised", f)
	}
	measured, promised := f.Series[0], f.Series[1]
	if !slices.Equal(measured.X, []float64{0.1, 0.2}) || math.Abs(measured.Y[0]-0.01) > 1e-12 || math.Abs(measured.Y[1]-0.02) > 1e-12 {
		t.Errorf("measured %v at %v", measured.Y, measured.X)
	}
	if !slices.Equal(promised.X, []float64{0.2}) || math.Abs(promised.Y[0]-0.06) > 1e-12 {
		t.Errorf("promised %v at %v; expected 0.06 at 0.2", promised.Y, promised.X)
	}
	if promised.Kind != figure.Both {
		t.Error("a bound at one rate is a line of one point, which cannot be seen")
	}
	if full := evidencetest.Gather(t, synthetic.Draft{Problem: "p", Method: "m", Rate: 0.1, Status: results.Budget, Gaps: synthetic.FallsTo(0.01, 41)}); NoiseFloor(full.Problems[0], synthetic.NaN) != nil {
		t.Error("a noise floor of full gradients")
	}
}
