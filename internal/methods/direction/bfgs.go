package direction

import (
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
)

// BFGS is the direction of Broyden, Fletcher, Goldfarb and Shanno, Δx = −H∇f(x) with
//
//	H⁺ = (I − ρsyᵀ)H(I − ρysᵀ) + ρssᵀ,  ρ = 1/sᵀy
//
// from H = I, scaled to sᵀy/yᵀy before the first update if asked for. A pair without
// positive curvature, which the Wolfe conditions exclude, is left out. It promises
// descent. Memory and work are O(n²).
//
// Sources: Nocedal & Wright 2006, §6.1, doi:10.1007/978-0-387-40065-5; Fletcher 1970,
// doi:10.1093/comjnl/13.3.317.
type BFGS struct {
	Scale bool `param:"scale" default:"true" doc:"scale the identity before the first update"`
	inverse
}

var _ methods.Direction = (*BFGS)(nil)

func init() {
	methods.RegisterDirection("bfgs", methods.Info{
		Summary: "the quasi-Newton direction of Broyden, Fletcher, Goldfarb and Shanno",
		Formula: "Δx = −H∇f(x), H⁺ = (I − ρsyᵀ)H(I − ρysᵀ) + ρssᵀ",
		Source:  "Fletcher 1970, Comput. J. 13, 317–322; Nocedal & Wright 2006, §6.1",
		DOI:     "10.1093/comjnl/13.3.317",
		Family:  "quasi-Newton",
	}, func() methods.Direction { return new(BFGS) })
}

func (b *BFGS) Init(o *methods.Oracle) error { return b.init(o) }

func (b *BFGS) Direction(at *methods.Iterate, d []float64) error {
	b.direction(b, at, d)
	return nil
}

func (b *BFGS) update(q *inverse) {
	if !q.pair.Curved() {
		return
	}
	if b.Scale {
		q.scale()
	}
	s := q.pair.S
	ρ := 1 / q.pair.SY
	q.add(ρ*(1+float64(ρ*vec.Dot(q.pair.Y, q.hy))), s, s)
	q.add(-2*ρ, s, q.hy)
}

// Units are those of ∇f first, and of x once the identity is scaled; never the same where it is
// not, and is added to a Hessian's inverse.
func (b *BFGS) Units() methods.Units {
	if !b.Scale {
		return methods.Units{Value: methods.Never, Variables: methods.Never}
	}
	return methods.Units{Value: methods.Varying, Variables: methods.Varying}
}
