package functions

import (
	"github.com/gdbench/gdbench/problems"
	"gonum.org/v1/gonum/mat"
)

// plane is a smooth function of two variables without parameters.
type plane struct {
	first  func(x, y float64) (f, fx, fy float64)
	second func(x, y float64) (fxx, fxy, fyy float64)
	known  problems.Facts

	quadratic bool
}

var (
	_ problems.Describer = (*plane)(nil)
	_ problems.Hessian   = (*plane)(nil)
	_ problems.Quadratic = (*plane)(nil)
)

func registerPlane(name string, info problems.Info, p plane) {
	problems.Register(name, info, func() problems.Problem {
		q := p
		return &q
	})
}

// Dim is 2.
func (*plane) Dim() int { return 2 }

// Facts are stated beside the function.
func (p *plane) Facts() *problems.Facts { return &p.known }

// Evaluate returns f(x) and its gradient.
func (p *plane) Evaluate(x, grad []float64) float64 {
	f, fx, fy := p.first(x[0], x[1])
	if grad != nil {
		grad[0], grad[1] = fx, fy
	}
	return f
}

// Hessian writes the second derivatives.
func (p *plane) Hessian(x []float64, h *mat.SymDense) {
	fxx, fxy, fyy := p.second(x[0], x[1])
	h.SetSym(0, 0, fxx)
	h.SetSym(0, 1, fxy)
	h.SetSym(1, 1, fyy)
}

// HessianProduct multiplies by the second derivatives.
func (p *plane) HessianProduct(x, v, hv []float64) {
	fxx, fxy, fyy := p.second(x[0], x[1])
	hv[0] = float64(fxx*v[0]) + float64(fxy*v[1])
	hv[1] = float64(fxy*v[0]) + float64(fyy*v[1])
}

// Quadratic reports whether the second derivatives are the same everywhere.
func (p *plane) Quadratic() bool { return p.quadratic }

// critical lists points as critical points of one kind.
func critical(kind problems.Kind, points ...[]float64) []problems.Critical {
	list := make([]problems.Critical, len(points))
	for i, x := range points {
		list[i] = problems.Critical{X: x, Kind: kind}
	}
	return list
}

// standard is a list with one start.
func standard(source string, x ...float64) []problems.Start {
	return []problems.Start{{Name: "standard", X: x, Source: source}}
}
