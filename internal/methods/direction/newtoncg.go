package direction

import (
	"math"

	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

// NewtonCG is the truncated Newton direction: the system HΔx = −∇f solved by linear
// conjugate gradients on Hessian products until
//
//	‖HΔx + g‖ ≤ min(forcing, √‖g‖)·‖g‖,
//
// or a direction of curvature dᵀHd ≤ 0 is met; then the inner solution so far is taken,
// −g if there is none. It promises descent. The inner iterations, one Hessian product
// each, are at most `inner`.
//
// Sources: Dembo, Eisenstat & Steihaug 1982, Inexact Newton methods,
// doi:10.1137/0719025; Nocedal & Wright 2006, algorithm 7.1.
type NewtonCG struct {
	Forcing float64 `param:"forcing" default:"0.5" range:"(0,1)" doc:"largest relative residual of the inner system"`
	Inner   int     `param:"inner" default:"0" range:"[0,)" doc:"largest number of inner iterations; 0: the number of variables"`

	oracle   *methods.Oracle
	r, p, hp []float64
}

var _ methods.Direction = (*NewtonCG)(nil)

func init() {
	methods.RegisterDirection("newton-cg", methods.Info{
		Summary: "truncated Newton: conjugate gradients on Hessian products, stopped at negative curvature",
		Formula: "‖∇²f·Δx + ∇f‖ ≤ min(forcing, √‖∇f‖)·‖∇f‖",
		Source:  "Dembo, Eisenstat & Steihaug 1982, SIAM J. Numer. Anal. 19, 400–408; Nocedal & Wright 2006, algorithm 7.1",
		DOI:     "10.1137/0719025",
	}, func() methods.Direction { return new(NewtonCG) })
}

// Needs products with ∇²f.
func (*NewtonCG) Needs() []problems.Need { return []problems.Need{problems.NeedsHessianProduct} }

func (m *NewtonCG) Init(o *methods.Oracle) error {
	if err := o.NeedHessianProduct(); err != nil {
		return err
	}
	n := o.Dim()
	m.oracle = o
	m.r, m.p, m.hp = make([]float64, n), make([]float64, n), make([]float64, n)
	return nil
}

func (m *NewtonCG) Direction(at *methods.Iterate, d []float64) error {
	inner := m.Inner
	if inner == 0 {
		inner = len(d)
	}
	clear(d)
	copy(m.r, at.Grad)
	negate(m.p, at.Grad)
	norm := vec.Norm(at.Grad)
	enough := math.Min(m.Forcing, math.Sqrt(norm)) * norm
	rr := vec.Dot(m.r, m.r)
	for j := range inner {
		if err := m.oracle.HessianProduct(at.X, m.p, m.hp); err != nil {
			return err
		}
		curvature := vec.Dot(m.p, m.hp)
		if !(curvature > 0) {
			if j == 0 {
				negate(d, at.Grad)
			}
			return nil
		}
		α := rr / curvature
		vec.AddScaled(d, d, α, m.p)
		vec.AddScaled(m.r, m.r, α, m.hp)
		if vec.Norm(m.r) <= enough {
			return nil
		}
		last := rr
		rr = vec.Dot(m.r, m.r)
		for i, r := range m.r {
			m.p[i] = float64(rr/last*m.p[i]) - r
		}
	}
	return nil
}

// Units do not exist: the tolerance of the inner system compares ‖∇f‖ with 1.
func (*NewtonCG) Units() methods.Units {
	return methods.Units{Value: methods.Never, Variables: methods.Never}
}
