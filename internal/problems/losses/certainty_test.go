package losses_test

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/problems"
)

// constantsOf are those of a loss on rows x₁, x₂, label, without an intercept.
func constantsOf(t *testing.T, loss string, rows [][3]float64) map[string]problems.Constant {
	t.Helper()
	var text strings.Builder
	for _, r := range rows {
		fmt.Fprintf(&text, "%.17g,%.17g,%.17g\n", r[0], r[1], r[2])
	}
	path := filepath.Join(t.TempDir(), "rows.csv")
	if err := os.WriteFile(path, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	p, err := tryBuild("{name: " + loss + ", data: " + path + ", standardize: false, intercept: none}")
	if err != nil {
		t.Fatal(err)
	}
	return problems.FactsOf(p).Constants
}

// columns are rows whose second column is the first times ratio plus an independent one
// times apart.
func columns(ratio, apart float64) [][3]float64 {
	var rows [][3]float64
	for i := range 8 {
		a, b := float64(i%5-2), float64(i%3-1)
		rows = append(rows, [3]float64{a, ratio*a + apart*b, a - b})
	}
	return rows
}

// What rounding hides is unknown: where the true least eigenvalue that is not zero lies
// below the rounding of the matrix XᵀX/m, the next one is not it.
func TestConstantsNearSingularity(t *testing.T) {
	for _, test := range []struct {
		name   string
		rows   [][3]float64
		mu, pl bool
	}{
		{"independent", columns(0.5, 1), true, false},
		{"nearly collinear", columns(1, 1e-5), true, false},
		{"so nearly that rounding hides it", columns(1, 1e-9), false, false},
		{"by one unit in the last place", columns(1+0x1p-52, 0), false, true}, // 5 small integers: collinear all the same
		{"one row apart by a unit in the last place", append(columns(1, 0), [3]float64{1, 1 + 0x1p-52, 3}), false, false},
		{"collinear", columns(3, 0), false, true},
		{"in units that are far apart", columns(0x1p40, 0x1p35), false, false},
	} {
		c := constantsOf(t, "least-squares", test.rows)
		var a, b, d float64 // XᵀX/m = (a b; b d)
		for _, r := range test.rows {
			m := float64(len(test.rows))
			a, b, d = a+r[0]*r[0]/m, b+r[0]*r[1]/m, d+r[1]*r[1]/m
		}
		_, mu := c[problems.ConvexityMu]
		pl, known := c[problems.PLConstant]
		if mu != test.mu || known != test.pl {
			t.Errorf("%s: μ is stated: %v, PL: %v; expected %v and %v: %v", test.name, mu, known, test.mu, test.pl, c)
		}
		if known && math.Abs(pl.Value-(a+d)) > 1e-9*(a+d) { // of rank 1: the trace
			t.Errorf("%s: PL is %g; the only eigenvalue that is not zero is %g", test.name, pl.Value, a+d)
		}
	}
}

// The regularizer is curved whatever the data are.
func TestRegularizerIsCertain(t *testing.T) {
	for _, loss := range []string{"least-squares, l2: 1e-12", "huber, l2: 1e-12"} {
		c := constantsOf(t, loss, columns(1, 1e-9))
		if mu, known := c[problems.ConvexityMu]; !known || !(mu.Value >= 1e-12) || mu.Value > 2e-12 {
			t.Errorf("%s: μ = %v", loss, mu)
		}
	}
}

// A mean may be convex though its samples are not known to be.
func TestSampleConvexity(t *testing.T) {
	for loss, want := range map[string]bool{
		"least-squares": true, "huber": true, "student-t": false, "student-t, l2: 100": true, "student-t, l2: 0.2": false,
	} {
		c := constantsOf(t, loss, columns(0.5, 1))
		if every, known := c[problems.SampleMu]; known != want || every.Value < 0 {
			t.Errorf("%s: μ of every sample: %v, %v; expected %v", loss, every, known, want)
		}
	}
}
