package instances

import (
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/problems"
)

// Cubic is Σ μxᵢ²/2 + M|xᵢ|³/6: strongly convex, with a Hessian that changes as fast as M
// allows.
type Cubic struct {
	Mu, M float64
	N     int
}

func (p *Cubic) Dim() int { return p.N }

func (p *Cubic) Evaluate(x, grad []float64) float64 {
	sum := 0.0
	for i, v := range x {
		a := math.Abs(v)
		sum += float64(p.Mu/2*v*v) + float64(p.M/6*a*a*a)
		if grad != nil {
			grad[i] = float64(p.Mu*v) + float64(p.M/2*a*v)
		}
	}
	return sum
}

func (p *Cubic) HessianProduct(x, v, hv []float64) {
	for i := range v {
		hv[i] = (p.Mu + float64(p.M*math.Abs(x[i]))) * v[i]
	}
}

func (p *Cubic) Hessian(x []float64, h *mat.SymDense) {
	h.Zero()
	for i, v := range x {
		h.SetSym(i, i, p.Mu+float64(p.M*math.Abs(v)))
	}
}

// Gap is f, since f* = 0.
func (p *Cubic) Gap(x []float64) float64 { return p.Evaluate(x, nil) }

func (p *Cubic) Facts() *problems.Facts {
	return &problems.Facts{
		Convexity: problems.StronglyConvex,
		Constants: global(map[string]float64{problems.ConvexityMu: p.Mu, problems.HessianM: p.M}),
		Minimum:   minimum(0, make([]float64, p.N)),
	}
}

// Logarithm is Σ cᵢ(xᵢ − ln xᵢ) with cᵢ ≥ 1, self-concordant on x > 0; in one variable with
// c = 1 it attains the inequalities of that theory.
type Logarithm struct{ C []float64 }

func (p *Logarithm) Dim() int { return len(p.C) }

func (p *Logarithm) Evaluate(x, grad []float64) float64 {
	sum := 0.0
	for i, v := range x {
		sum += float64(p.C[i] * (v - elementary.Log(v))) // NaN outside the domain
		if grad != nil {
			grad[i] = p.C[i] * (1 - 1/v)
		}
	}
	return sum
}

func (p *Logarithm) Hessian(x []float64, h *mat.SymDense) {
	h.Zero()
	for i, v := range x {
		h.SetSym(i, i, p.C[i]/(v*v))
	}
}

// Gap is Σ cᵢ(d − ln(1 + d)) with d = xᵢ − 1, which does not cancel.
func (p *Logarithm) Gap(x []float64) float64 {
	sum := 0.0
	for i, v := range x {
		d := v - 1
		sum += float64(p.C[i] * (d - elementary.Log1p(d)))
	}
	return sum
}

func (p *Logarithm) Facts() *problems.Facts {
	best, value := make([]float64, len(p.C)), 0.0
	for i, c := range p.C {
		best[i] = 1
		value += c
	}
	return &problems.Facts{
		Convexity: problems.Convex,
		Constants: global(map[string]float64{problems.SelfConcordance: 1}),
		Minimum:   minimum(value, best),
	}
}
