package instances

import (
	"math"

	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/problems"
)

// MaxType is M·max(maxᵢ xᵢ, ‖x‖ − R − R/√n) in n = N+1 variables, which resists: each of N
// subgradients from the origin shows one more coordinate (Nesterov 2004, §3.2.1,
// doi:10.1007/978-1-4419-8853-9). Its minimizer −(R/√n)·1 lies at distance R from 0.
type MaxType struct {
	M, R float64
	N    int // variables
}

func (p *MaxType) Dim() int { return p.N }

func (p *MaxType) Evaluate(x, grad []float64) float64 {
	first := 0
	for i, v := range x {
		if v > x[first] {
			first = i
		}
	}
	norm := vec.Norm(x)
	ball := norm - p.R - p.R/math.Sqrt(float64(p.N))
	if grad != nil {
		clear(grad)
		if x[first] >= ball {
			grad[first] = p.M
		} else {
			vec.AddScaled(grad, grad, p.M/norm, x)
		}
	}
	return p.M * math.Max(x[first], ball)
}

func (p *MaxType) Facts() *problems.Facts {
	depth := p.R / math.Sqrt(float64(p.N))
	best := make([]float64, p.N)
	for i := range best {
		best[i] = -depth
	}
	return &problems.Facts{
		Convexity: problems.Convex,
		Constants: global(map[string]float64{problems.Lipschitz: p.M}),
		Minimum:   minimum(-p.M*depth, best),
	}
}

// HalfLine is ax + I(x ≥ 0): a line, smooth for every L, and the indicator of a half-line.
// With a slope in proportion to 1/N it is the worst case of proximal methods (Taylor,
// Hendrickx & Glineur 2017, doi:10.1137/16M108104X).
type HalfLine struct{ A, L float64 }

func (*HalfLine) Dim() int { return 1 }

func (p *HalfLine) Evaluate(x, grad []float64) float64 {
	if grad != nil {
		grad[0] = p.A
	}
	return p.A * x[0]
}

func (*HalfLine) Rest(x []float64) float64 {
	if x[0] < 0 {
		return math.Inf(1)
	}
	return 0
}

func (*HalfLine) Prox(dst, x []float64, _ float64) { dst[0] = math.Max(0, x[0]) }

// Gap is ax, since f* = 0.
func (p *HalfLine) Gap(x []float64) float64 { return float64(p.A*x[0]) + p.Rest(x) }

func (p *HalfLine) Facts() *problems.Facts {
	return &problems.Facts{
		Convexity: problems.Convex,
		Constants: global(map[string]float64{problems.SmoothnessL: p.L}),
		Minimum:   minimum(0, []float64{0}),
	}
}

// Lasso is ½xᵀAx − bᵀx + λ‖x‖₁ with A and b so that the minimizer is known: the wanted x*
// picks b by the conditions of optimality.
type Lasso struct {
	*Quadratic
	b, best []float64
	lambda  float64
	least   float64
}

// NewLasso has the given minimizer.
func NewLasso(q *Quadratic, best []float64, λ float64) *Lasso {
	p := &Lasso{Quadratic: q, best: best, lambda: λ, b: make([]float64, len(best))}
	q.HessianProduct(nil, best, p.b)
	for i, v := range best {
		if v != 0 {
			p.b[i] += math.Copysign(λ, v)
		}
	}
	p.least = p.Evaluate(best, nil) + p.Rest(best)
	return p
}

func (p *Lasso) Evaluate(x, grad []float64) float64 {
	f := p.Quadratic.Evaluate(x, grad) - vec.Dot(p.b, x)
	if grad != nil {
		vec.AddScaled(grad, grad, -1, p.b)
	}
	return f
}

func (p *Lasso) Rest(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += math.Abs(v)
	}
	return float64(p.lambda * sum)
}

func (p *Lasso) Prox(dst, x []float64, t float64) {
	for i, v := range x {
		dst[i] = math.Copysign(math.Max(math.Abs(v)-float64(p.lambda*t), 0), v)
	}
}

// Gap is the sum over coordinates of what optimality leaves: ½eᵀAe and the slack of |xᵢ|.
func (p *Lasso) Gap(x []float64) float64 {
	e, slack := make([]float64, len(x)), 0.0
	for i, v := range x {
		e[i] = v - p.best[i]
		if sign := math.Copysign(1, p.best[i]); p.best[i] == 0 {
			slack += math.Abs(v) // the subgradient there is 0
		} else if v*sign < 0 {
			slack += 2 * math.Abs(v)
		}
	}
	return p.Quadratic.Evaluate(e, nil) + float64(p.lambda*slack)
}

func (p *Lasso) Facts() *problems.Facts {
	f := p.Quadratic.Facts()
	f.Minimum = minimum(p.least, p.best)
	return f
}
