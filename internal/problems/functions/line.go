package functions

import (
	"github.com/gdbench/gdbench/problems"
	"gonum.org/v1/gonum/mat"
)

// line is a smooth function of one variable without parameters.
type line struct {
	// at is f with its first two derivatives.
	at    func(x float64) (f, first, second float64)
	known problems.Facts
}

var (
	_ problems.Describer      = (*line)(nil)
	_ problems.Hessian        = (*line)(nil)
	_ problems.HessianProduct = (*line)(nil)
)

func registerLine(name string, info problems.Info, l line) {
	problems.Register(name, info, func() problems.Problem {
		p := l
		return &p
	})
}

// Dim is 1.
func (*line) Dim() int { return 1 }

// Facts are exact.
func (p *line) Facts() *problems.Facts { return &p.known }

// Evaluate returns f(x) and its derivative.
func (p *line) Evaluate(x, grad []float64) float64 {
	f, first, _ := p.at(x[0])
	if grad != nil {
		grad[0] = first
	}
	return f
}

// Hessian is the second derivative.
func (p *line) Hessian(x []float64, h *mat.SymDense) {
	_, _, second := p.at(x[0])
	h.SetSym(0, 0, second)
}

// HessianProduct multiplies by the second derivative.
func (p *line) HessianProduct(x, v, hv []float64) {
	_, _, second := p.at(x[0])
	hv[0] = second * v[0]
}
