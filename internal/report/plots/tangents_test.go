package plots

import (
	"math"
	"slices"
	"testing"

	"github.com/gdbench/gdbench/internal/report/evidencetest"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/synthetic"
	"github.com/gdbench/gdbench/results"
)

// oneVariable is a problem with a run on ½x² through the given iterates.
func oneVariable(t *testing.T, at ...float64) *evidence.Problem {
	gaps := make([]float64, len(at))
	for k, x := range at {
		gaps[k] = 0.5 * x * x
	}
	return evidencetest.Gather(t, synthetic.Draft{Problem: "parabola", Method: "m", Status: results.Budget, Gaps: gaps, Mend: func(r *results.Record) {
		for k, x := range at {
			slope := math.NaN()
			if k > 0 {
				slope = at[k-1] * (x - at[k-1])
			}
			r.Trace.X, r.Trace.Slope = append(r.Trace.X, results.Series{x}), append(r.Trace.Slope, slope)
		}
	}}).Problems[0]
}

var parabola = evidencetest.Bowl(1)

func TestOnTheCurve(t *testing.T) {
	f := OnTheCurve(oneVariable(t, -1, 1.5, 10), parabola)
	if s := f.Series[1]; !slices.Equal(s.X, []float64{-1, 1.5}) || !slices.Equal(s.Y, []float64{0.5, 1.125}) {
		t.Errorf("iterates %v, %v; expected those inside the picture", s.X, s.Y)
	}
	if g := f.Series[0]; g.X[0] != -1-0.375 || g.Y[0] != 0.5*1.375*1.375 {
		t.Errorf("the graph begins at (%g, %g)", g.X[0], g.Y[0])
	}
}

// From −1 the tangent, of slope −1, promises ½ − 2.5 = −2 at 1.5; the graph is at 1.125.
// The remainder is ½·2.5² = 3.125.
func TestTangentsLeadToTheRemainder(t *testing.T) {
	f := Tangents(oneVariable(t, -1, 1.5, 10), parabola)
	if err := f.Check(); err != nil {
		t.Fatal(err)
	}
	tangent, remainder := f.Series[1], f.Series[2]
	if !slices.Equal(tangent.X[:2], []float64{-1, 1.5}) || !slices.Equal(tangent.Y[:2], []float64{0.5, -2}) || len(tangent.X) != 3 {
		t.Errorf("the tangent is %v, %v", tangent.X, tangent.Y)
	}
	if !slices.Equal(remainder.X[:2], []float64{1.5, 1.5}) || !slices.Equal(remainder.Y[:2], []float64{-2, 1.125}) {
		t.Errorf("the remainder is %v, %v", remainder.X, remainder.Y)
	}
	if long := Tangents(oneVariable(t, 1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2), parabola); len(long.Series[1].X) != 3*tangents {
		t.Errorf("%d numbers in the tangents of a long run; expected %d", len(long.Series[1].X), 3*tangents)
	}
}

// On a parabola with L = 1 a gradient step with rate lr gains 1 − lr/2 of its promise.
func TestDecreaseOnAParabola(t *testing.T) {
	for _, lr := range []float64{0.1, 1.9, 2.1} {
		at := []float64{1}
		for range 5 {
			at = append(at, at[len(at)-1]*(1-lr))
		}
		f := Decrease(oneVariable(t, at...))
		s := f.Series[0]
		if !slices.Equal(s.X, []float64{1, 2, 3, 4, 5}) {
			t.Errorf("steps %v; expected 1 to 5", s.X)
		}
		for _, got := range s.Y {
			if want := 1 - lr/2; math.Abs(got-want) > 1e-12 {
				t.Errorf("lr %g: the ratio is %g; expected %g", lr, got, want)
			}
		}
	}
	if f := Decrease(oneVariable(t, 1, 4, -8, 16)); f != nil {
		t.Errorf("steps that climbed by more than was promised are shown: %v", f.Series)
	}
	stays := oneVariable(t, 1, 1, 1, 1)
	if f := Decrease(stays); f != nil {
		t.Errorf("a run that does not move has the ratios %v", f.Series)
	}
	sparse := oneVariable(t, 1, 0.5, 0.25, 0.125, 0.06)
	sparse.Entries[0].Cells[0].Trace.Iteration = []int64{0, 2, 4, 6, 8}
	if f := Decrease(sparse); f != nil {
		t.Errorf("steps that were not recorded have the ratios %v", f.Series)
	}
}
