package descend

import (
	"fmt"
	"math"
	"testing"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/problems"
	"github.com/gdbench/gdbench/results"
)

// sparse is Σᵢ log cosh(xᵢ − mᵢ) + λ‖x‖₁, of which no L is stated. Its minimizer solves
// tanh(xᵢ − mᵢ) = −λ·sign xᵢ.
type sparse struct{}

const weightOfSparse = 0.3 // λ

var centreOfSparse = []float64{2, -0.2, -3} // m

func init() {
	problems.Register("test-sparse", problems.Info{}, func() problems.Problem { return new(sparse) })
}

func (*sparse) Dim() int { return len(centreOfSparse) }

func (*sparse) Evaluate(x, g []float64) float64 {
	sum := 0.0
	for i, m := range centreOfSparse {
		d := math.Abs(x[i] - m)
		e := elementary.Exp(-2 * d)
		sum += d + elementary.Log1p(e) - math.Ln2
		if g != nil {
			g[i] = math.Copysign((1-e)/(1+e), x[i]-m)
		}
	}
	return sum
}

func (*sparse) Rest(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += math.Abs(v)
	}
	return float64(weightOfSparse * sum)
}

func (*sparse) Prox(dst, x []float64, t float64) {
	for i, v := range x {
		dst[i] = math.Copysign(math.Max(math.Abs(v)-float64(t*weightOfSparse), 0), v)
	}
}

func (*sparse) Facts() *problems.Facts {
	by := math.Atanh(weightOfSparse)
	return &problems.Facts{
		Convexity: problems.Convex,
		Critical:  []problems.Critical{{X: []float64{2 - by, 0, by - 3}, Kind: problems.GlobalMinimum}},
		Starts:    []problems.Start{{Name: "standard", X: []float64{5, 4, -7}}},
	}
}

// Where L is unknown, the units of f and of x change neither how a descent on a composite objective
// ends nor where: not when it is done, and not when it has just begun or goes wrong.
func TestCompositeEndingsInOtherUnits(t *testing.T) {
	for _, c := range []struct {
		method string // with a length
		length float64
		status results.Status
		kind   problems.Kind
	}{
		{"proximal-gradient", 1, results.Converged, problems.GlobalMinimum},
		{"fista", 0.5, results.Converged, problems.GlobalMinimum},
		{"proximal-gradient", 1e-3, results.Budget, ""},
	} {
		var first *results.Record
		for _, value := range []float64{1, 1e-8, 1e8} {
			for _, variables := range []float64{1, 1e-6, 1e6} {
				f := 1 / variables
				problem := fmt.Sprintf("{name: scale, of: test-sparse, value: %g, factors: [%g, %g, %g], start: [%g, %g, %g]}", value, f, f, f, 5*variables, 4*variables, -7*variables)
				r := runCell(t, "budget: {iterations: 500}\nstop: {gradient: 1e-8}", problem, fmt.Sprintf("{name: %s, lr: %g}", c.method, c.length*variables*variables/value))
				if r.Status != c.status || r.Final.CriticalPoint != string(c.kind) {
					t.Errorf("%s, f × %g, x × %g: %s after %d iterations, %q (%s)", c.method, value, variables, r.Status, r.Iterations, r.Final.CriticalPoint, r.Message)
				}
				if first == nil {
					first = r
				}
				if relative := float64(r.Start.GradientNorm / first.Start.GradientNorm); r.Iterations != first.Iterations || math.Abs(relative*variables/value-1) > 1e-9 {
					t.Errorf("%s, f × %g, x × %g: %d iterations, gradient norm × %g; in plain units %d", c.method, value, variables, r.Iterations, relative, first.Iterations)
				}
			}
		}
	}
}
