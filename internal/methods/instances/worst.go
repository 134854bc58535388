package instances

import "github.com/gdbench/gdbench/problems"

// NesterovWorst is (L/4)(½(x₁² + Σ(xᵢ − xᵢ₊₁)² + xₙ²) − x₁), which no method that stays in
// the span of its gradients can minimize in fewer than n steps from the origin (Nesterov
// 2004, §2.1.2, doi:10.1007/978-1-4419-8853-9).
type NesterovWorst struct {
	L float64
	N int
}

func (p *NesterovWorst) Dim() int { return p.N }

// Quadratic reports that the Hessian is the same everywhere.
func (*NesterovWorst) Quadratic() bool { return true }

func (p *NesterovWorst) HessianProduct(_, v, hv []float64) {
	for i := range v {
		hv[i] = 2 * v[i]
		if i > 0 {
			hv[i] -= v[i-1]
		}
		if i+1 < len(v) {
			hv[i] -= v[i+1]
		}
		hv[i] *= p.L / 4
	}
}

func (p *NesterovWorst) Evaluate(x, grad []float64) float64 {
	if grad == nil {
		grad = make([]float64, len(x))
	}
	p.HessianProduct(nil, x, grad)
	sum := 0.0
	for i, v := range x {
		sum += float64(v * grad[i])
	}
	grad[0] -= float64(p.L / 4)
	return float64(sum/2) - float64(p.L/4*x[0])
}

// Gap is ½eᵀAe, e = x − x*.
func (p *NesterovWorst) Gap(x []float64) float64 {
	e, ae := p.best(), make([]float64, p.N)
	for i := range e {
		e[i] = x[i] - e[i]
	}
	p.HessianProduct(nil, e, ae)
	sum := 0.0
	for i := range e {
		sum += float64(e[i] * ae[i])
	}
	return sum / 2
}

func (p *NesterovWorst) best() []float64 {
	x := make([]float64, p.N)
	for i := range x {
		x[i] = 1 - float64(i+1)/float64(p.N+1)
	}
	return x
}

func (p *NesterovWorst) Facts() *problems.Facts {
	return &problems.Facts{
		Convexity: problems.Convex,
		Constants: global(map[string]float64{problems.SmoothnessL: p.L}),
		Minimum:   minimum(p.L/8*(1/float64(p.N+1)-1), p.best()),
	}
}
