package direction

import (
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
)

// DFP is the direction of Davidon, Fletcher and Powell, Δx = −H∇f(x) with
//
//	H⁺ = H − Hy(Hy)ᵀ/yᵀHy + ssᵀ/sᵀy
//
// from H = I, scaled to sᵀy/yᵀy before the first update if asked for: the dual of BFGS,
// and slower to mend a bad H. A pair without positive curvature is left out. It promises
// descent. Memory and work are O(n²).
//
// Source: Fletcher & Powell 1963, A rapidly convergent descent method for minimization,
// doi:10.1093/comjnl/6.2.163.
type DFP struct {
	Scale bool `param:"scale" default:"true" doc:"scale the identity before the first update"`
	inverse
}

var _ methods.Direction = (*DFP)(nil)

func init() {
	methods.RegisterDirection("dfp", methods.Info{
		Summary: "the quasi-Newton direction of Davidon, Fletcher and Powell",
		Formula: "Δx = −H∇f(x), H⁺ = H − Hy(Hy)ᵀ/yᵀHy + ssᵀ/sᵀy",
		Source:  "Fletcher & Powell 1963, Comput. J. 6, 163–168",
		DOI:     "10.1093/comjnl/6.2.163",
		Family:  "quasi-Newton",
	}, func() methods.Direction { return new(DFP) })
}

func (b *DFP) Init(o *methods.Oracle) error { return b.init(o) }

func (b *DFP) Direction(at *methods.Iterate, d []float64) error {
	b.direction(b, at, d)
	return nil
}

func (b *DFP) update(q *inverse) {
	if !q.pair.Curved() {
		return
	}
	if b.Scale {
		q.scale()
	}
	q.add(-1/vec.Dot(q.pair.Y, q.hy), q.hy, q.hy)
	q.add(1/q.pair.SY, q.pair.S, q.pair.S)
}

// Units are those of ∇f first, and of x once the identity is scaled; never the same where it is
// not, and is added to a Hessian's inverse.
func (b *DFP) Units() methods.Units {
	if !b.Scale {
		return methods.Units{Value: methods.Never, Variables: methods.Never}
	}
	return methods.Units{Value: methods.Varying, Variables: methods.Varying}
}
