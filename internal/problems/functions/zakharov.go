package functions

import (
	"math"

	"github.com/gdbench/gdbench/problems"
	"gonum.org/v1/gonum/mat"
)

func init() {
	problems.Register("zakharov", problems.Info{
		Summary: "a plate that steepens along one direction: strongly convex, not globally smooth",
		Formula: "Σ xᵢ² + s² + s⁴, s = Σ i·xᵢ/2",
		Source:  surveySource,
		DOI:     "10.1504/IJMMNO.2013.055204",
	}, func() problems.Problem { return new(Zakharov) })
}

// Zakharov is f(x) = Σ xᵢ² + s² + s⁴ with s = Σ i·xᵢ/2.
type Zakharov struct {
	N int `param:"dim" default:"2" range:"[1,10000000]" doc:"number n of variables"`
}

var (
	_ problems.Describer      = (*Zakharov)(nil)
	_ problems.Hessian        = (*Zakharov)(nil)
	_ problems.HessianProduct = (*Zakharov)(nil)
)

// Dim is the number n of variables.
func (z *Zakharov) Dim() int { return z.N }

// weighted is Σ i·xᵢ/2.
func weighted(x []float64) float64 {
	var s float64
	for i, t := range x {
		s += float64(float64(i+1) * t)
	}
	return float64(s / 2)
}

// Evaluate returns f(x) and its gradient.
func (z *Zakharov) Evaluate(x, grad []float64) float64 {
	s := weighted(x)
	square := float64(s * s)
	f := square + float64(square*square)
	slope := s + float64(2*s*square) // half of ∂(s² + s⁴)/∂s, as sᵢ = i/2
	for i, t := range x[:z.N] {
		f += float64(t * t)
		if grad != nil {
			grad[i] = float64(2*t) + float64(slope*float64(i+1))
		}
	}
	return f
}

// curvature is c in H = 2I + c·kkᵀ, k = (1, …, n).
func (z *Zakharov) curvature(s float64) float64 { return 0.5 + float64(3*s*s) }

// Hessian is 2I plus a matrix of rank one.
func (z *Zakharov) Hessian(x []float64, h *mat.SymDense) {
	c := z.curvature(weighted(x))
	for i := range z.N {
		for j := i; j < z.N; j++ {
			h.SetSym(i, j, c*float64((i+1)*(j+1)))
		}
		h.SetSym(i, i, 2+float64(c*float64((i+1)*(i+1))))
	}
}

// HessianProduct costs O(n).
func (z *Zakharov) HessianProduct(x, v, hv []float64) {
	along := 2 * z.curvature(weighted(x)) * weighted(v)
	for i := range hv {
		hv[i] = float64(2*v[i]) + float64(along*float64(i+1))
	}
}

// Facts hold μ = 2, exact for n > 1, and L on the sublevel set: there s² + s⁴ ≤ f(x0).
func (z *Zakharov) Facts() *problems.Facts {
	start := fill(z.N, 1)
	square := (math.Sqrt(1+float64(4*z.Evaluate(start, nil))) - 1) / 2
	n := float64(z.N)
	norm := n * (n + 1) * (n + 0.5) / 3
	f := convexFacts(2, 2+float64((0.5+float64(3*square))*norm), "closed form")
	if z.N == 1 {
		f.Constants[problems.ConvexityMu] = problems.Constant{Value: 2.5, Scope: problems.Global, Source: "closed form"}
	}
	smoothness := f.Constants[problems.SmoothnessL]
	smoothness.Scope = problems.Sublevel
	f.Constants[problems.SmoothnessL] = smoothness
	f.Minimum = zeroAt(make([]float64, z.N))
	f.Starts = standard("", start...)
	f.Window = planeOnly(z.N, -3, 3)
	return &f
}
