package plots

import (
	"math"
	"testing"

	"github.com/gdbench/gdbench/internal/report/evidence"
)

// A problem that cannot be made again lacks only what its figures would have shown.
func TestLacks(t *testing.T) {
	for _, c := range []struct {
		dim   int
		limit float64
		want  string
	}{
		{0, 0.2, "level lines"}, {1, 0.2, "curve of f"}, {2, 0.2, "level lines"}, {2, math.NaN(), "level lines and no 2/L"},
		{3, 0.2, ""}, {3, math.NaN(), "2/L"},
	} {
		s := &subject{problem: &evidence.Problem{Dim: c.dim}, limit: c.limit}
		if got := s.lacks(); got != c.want {
			t.Errorf("in %d variables with 2/L = %g: no %q; expected no %q", c.dim, c.limit, got, c.want)
		}
	}
}
