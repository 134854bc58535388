package functions

import (
	"math"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/problems"
	"gonum.org/v1/gonum/mat"
)

func init() {
	problems.Register("griewank", problems.Info{
		Summary: "a wide bowl with waves that couple all variables; the waves vanish as the number of variables grows",
		Formula: "1 + Σ xᵢ²/4000 − Π cos(xᵢ/√i)",
		Source:  "A. O. Griewank, Generalized descent for global optimization, J. Optim. Theory Appl. 34, 1981",
		DOI:     "10.1007/BF00933356",
	}, func() problems.Problem { return new(Griewank) })
}

// Griewank is f(x) = 1 + Σ xᵢ²/4000 − Π cos(xᵢ/√i).
type Griewank struct {
	N int `param:"dim" default:"2" range:"[1,10000000]" doc:"number n of variables"`

	before []float64 // scratch: the product of the cosines before the i-th
}

var (
	_ problems.Builder        = (*Griewank)(nil)
	_ problems.Forker         = (*Griewank)(nil)
	_ problems.Describer      = (*Griewank)(nil)
	_ problems.Hessian        = (*Griewank)(nil)
	_ problems.HessianProduct = (*Griewank)(nil)
)

// Build makes room.
func (g *Griewank) Build(problems.Env) error {
	g.before = make([]float64, g.N)
	return nil
}

// Fork has its own scratch.
func (g *Griewank) Fork() problems.Problem {
	return &Griewank{N: g.N, before: make([]float64, g.N)}
}

// Dim is the number n of variables.
func (g *Griewank) Dim() int { return g.N }

// wave is sin and cos of xᵢ/√i, and 1/√i.
func wave(i int, t float64) (sin, cos, rate float64) {
	rate = 1 / math.Sqrt(float64(i+1))
	sin, cos = elementary.Sincos(t * rate)
	return sin, cos, rate
}

// Evaluate returns f(x) and its gradient. Products without the i-th cosine are formed
// from both ends, as dividing by a cosine would fail where that is zero.
func (g *Griewank) Evaluate(x, grad []float64) float64 {
	product, squares := 1.0, 0.0
	for i, t := range x[:g.N] {
		g.before[i] = product
		_, cos, _ := wave(i, t)
		product *= cos
		squares += float64(t * t)
	}
	if grad != nil {
		after := 1.0
		for i := g.N - 1; i >= 0; i-- {
			sin, cos, rate := wave(i, x[i])
			grad[i] = float64(x[i]/2000) + float64(g.before[i]*after*rate*sin)
			after *= cos
		}
	}
	return float64(squares/4000) + (1 - product)
}

// Hessian costs O(n²).
func (g *Griewank) Hessian(x []float64, h *mat.SymDense) {
	g.Evaluate(x, nil) // fills before
	after := 1.0
	for j := g.N - 1; j >= 0; j-- {
		sj, cj, rj := wave(j, x[j])
		h.SetSym(j, j, 1./2000+float64(g.before[j]*cj*after*rj*rj))
		between := 1.0
		for i := j - 1; i >= 0; i-- {
			si, ci, ri := wave(i, x[i])
			h.SetSym(i, j, -g.before[i]*si*ri*between*sj*rj*after)
			between *= ci
		}
		after *= cj
	}
}

// HessianProduct costs O(n): it is the derivative of the gradient's two passes along v.
func (g *Griewank) HessianProduct(x, v, hv []float64) {
	product, along := 1.0, 0.0 // the product of the cosines and its derivative along v
	for i, t := range x[:g.N] {
		g.before[i], hv[i] = product, along
		sin, cos, rate := wave(i, t)
		along = float64(along*cos) - float64(product*sin*rate*v[i])
		product *= cos
	}
	after, afterAlong := 1.0, 0.0
	for i := g.N - 1; i >= 0; i-- {
		sin, cos, rate := wave(i, x[i])
		turn := rate * v[i]
		outer := g.before[i] * after
		outerAlong := float64(hv[i]*after) + float64(g.before[i]*afterAlong)
		hv[i] = float64(v[i]/2000) + float64(rate*(float64(outerAlong*sin)+float64(outer*cos*turn)))
		afterAlong = float64(afterAlong*cos) - float64(after*sin*turn)
		after *= cos
	}
}

// Facts hold the minimum.
func (g *Griewank) Facts() *problems.Facts {
	return &problems.Facts{
		Convexity: problems.Nonconvex,
		Minimum:   zeroAt(make([]float64, g.N)),
		Starts:    standard("", fill(g.N, 5, -4)...),
		Window:    planeOnly(g.N, -10, 10),
	}
}
