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

// HeavyBallCycle is the strongly convex function with gradient 25x, x + 24, 25x − 24 on
// x < 1, 1 ≤ x < 2, x ≥ 2, on which the heavy ball with Polyak's parameters for κ = 25
// cycles (Lessard, Recht & Packard 2016, §4.6, doi:10.1137/15M1009597).
type HeavyBallCycle struct{}

func (*HeavyBallCycle) Dim() int { return 1 }

func (*HeavyBallCycle) Evaluate(x, grad []float64) float64 {
	v := x[0]
	f, g := 12.5*v*v, 25*v
	switch {
	case v >= 2:
		f, g = float64(12.5*v*v)-float64(24*v)+36, float64(25*v)-24
	case v >= 1:
		f, g = float64(v*v/2)+float64(24*v)-12, v+24
	}
	if grad != nil {
		grad[0] = g
	}
	return f
}

// FromCycle is the distance from x to the nearest of the three points of the cycle,
// 792/1225, −2208/1225 and 2592/1225.
func (*HeavyBallCycle) FromCycle(x float64) float64 {
	nearest := math.Inf(1)
	for _, p := range []float64{792, -2208, 2592} {
		nearest = math.Min(nearest, math.Abs(x-p/1225))
	}
	return nearest
}

// Gap is f, since f* = 0.
func (p *HeavyBallCycle) Gap(x []float64) float64 { return p.Evaluate(x, nil) }

func (*HeavyBallCycle) Facts() *problems.Facts {
	return &problems.Facts{
		Convexity: problems.StronglyConvex,
		Constants: global(map[string]float64{problems.SmoothnessL: 25, problems.ConvexityMu: 1}),
		Minimum:   minimum(0, []float64{0}),
	}
}
