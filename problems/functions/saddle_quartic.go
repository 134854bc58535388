package functions

import (
	"math"

	"github.com/gdbench/gdbench/problems"
	"gonum.org/v1/gonum/mat"
)

func init() {
	problems.Register("saddle-quartic", problems.Info{
		Summary: "a saddle between two minima; gradient descent from the x axis converges to it",
		Formula: "x²/2 + y⁴/4 − y²/2",
		Source:  "Yu. Nesterov, Introductory Lectures on Convex Optimization, 2004, section 1.2.3",
		DOI:     "10.1007/978-1-4419-8853-9",
	}, func() problems.Problem { return new(SaddleQuartic) })
}

// SaddleQuartic is f(x, y) = x²/2 + y⁴/4 − y²/2.
type SaddleQuartic struct{}

var (
	_ problems.Describer      = (*SaddleQuartic)(nil)
	_ problems.Hessian        = (*SaddleQuartic)(nil)
	_ problems.HessianProduct = (*SaddleQuartic)(nil)
)

// Dim is 2.
func (*SaddleQuartic) Dim() int { return 2 }

// Evaluate returns f(x) and its gradient (x, y³ − y).
func (*SaddleQuartic) Evaluate(x, grad []float64) float64 {
	xx, yy := x[0]*x[0], x[1]*x[1]
	if grad != nil {
		grad[0] = x[0]
		grad[1] = float64(x[1]*yy) - x[1]
	}
	return float64(0.5*xx) + float64(0.25*yy*yy) - float64(0.5*yy)
}

// Hessian is diag(1, 3y² − 1).
func (*SaddleQuartic) Hessian(x []float64, h *mat.SymDense) {
	h.SetSym(0, 0, 1)
	h.SetSym(0, 1, 0)
	h.SetSym(1, 1, float64(3*x[1]*x[1])-1)
}

// HessianProduct multiplies by the diagonal.
func (*SaddleQuartic) HessianProduct(x, v, hv []float64) {
	hv[0] = v[0]
	hv[1] = (float64(3*x[1]*x[1]) - 1) * v[1]
}

// Facts state all three critical points. The curvature is at least −1 everywhere, and
// unbounded above.
func (*SaddleQuartic) Facts() *problems.Facts {
	standard := []float64{1, 1e-3}
	f0 := (*SaddleQuartic)(nil).Evaluate(standard, nil)
	return &problems.Facts{
		Convexity: problems.Nonconvex,
		Constants: map[string]problems.Constant{
			problems.SmoothnessL:   {Value: 2 + 3*math.Sqrt(1+4*f0), Scope: problems.Sublevel, Source: "closed form: 3y² − 1 where y⁴/4 − y²/2 ≤ f(x0)"},
			problems.SmallestCurve: {Value: -1, Scope: problems.Global, Source: "closed form: 3y² − 1"},
		},
		Minimum: &problems.Minimum{Value: -0.25, Source: problems.Analytic, Points: [][]float64{{0, -1}, {0, 1}}},
		Critical: []problems.Critical{
			{X: []float64{0, 0}, Kind: problems.Saddle},
		},
		Starts: []problems.Start{
			{Name: "standard", X: standard, Source: "close to the stable manifold of the saddle"},
			{Name: "stable-manifold", X: []float64{1, 0}, Source: "y = 0: gradient descent ends at the saddle"},
		},
		Window: window(-1.5, 1.5, -1.6, 1.6),
	}
}
