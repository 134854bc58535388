package plots

import (
	"math"
	"testing"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/results"
)

// A problem that cannot be made again lacks only what its figures would have shown.
func TestLacks(t *testing.T) {
	for _, c := range []struct {
		dim   int
		limit float64
		want  string
		says  bool // the records say the limits of methods, as those of schema 2 do
	}{
		{0, 0.2, "level lines", false}, {1, 0.2, "curve of f", false}, {2, 0.2, "level lines", false},
		{2, math.NaN(), "level lines and no 2/L", false}, {2, math.NaN(), "level lines", true},
		{3, 0.2, "", false}, {3, math.NaN(), "2/L", false}, {3, math.NaN(), "", true},
	} {
		s := &subject{problem: &evidence.Problem{Dim: c.dim}, limit: c.limit}
		if c.says {
			s.problem.Example = &results.Record{Families: &results.Families{}}
		}
		if got := s.lacks(); got != c.want {
			t.Errorf("in %d variables with 2/L = %g: no %q; expected no %q", c.dim, c.limit, got, c.want)
		}
	}
}

// A function that panics where no method asked gives no value there, and no panic.
func TestGuarded(t *testing.T) {
	l := guarded(&evidence.Landscape{Dim: 1, Evaluate: func(x, gradient []float64) float64 {
		if x[0] > 1 {
			panic("outside")
		}
		return x[0]
	}})
	gradient := []float64{7}
	if v := l.Evaluate([]float64{0.5}, gradient); v != 0.5 || gradient[0] != 7 {
		t.Errorf("f = %v, gradient %v where the function has a value", v, gradient)
	}
	if v := l.Evaluate([]float64{2}, gradient); !math.IsNaN(v) || !math.IsNaN(gradient[0]) {
		t.Errorf("f = %v, gradient %v where the function panics", v, gradient)
	}
}
