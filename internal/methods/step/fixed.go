package step

import (
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
)

// Fixed is the constant step length
//
//	t_k = t.
//
// Along the negative gradient of an L-smooth function it descends for t < 2/L. In a
// suite a plain number or an expression such as 1/L is short for it.
//
// Source: Polyak 1963, Gradient methods for the minimisation of functionals,
// doi:10.1016/0041-5553(63)90382-3.
type Fixed struct {
	T methods.Length `param:"t" default:"1" range:"(0,)" doc:"step length"`
}

var _ methods.Schedule = (*Fixed)(nil)

func init() {
	methods.RegisterStep("fixed", methods.Info{
		Summary: "a constant step length",
		Formula: "t_k = t",
		Source:  "Polyak 1963, USSR Comput. Math. Math. Phys. 3, 864–878",
		DOI:     "10.1016/0041-5553(63)90382-3",
		Family:  "schedule",
	}, func() methods.StepRule { return new(Fixed) })
}

func (*Fixed) Init(*methods.Oracle) error { return nil }

func (r *Fixed) Length(int) float64 { return r.T.Value }

func (r *Fixed) Step(at *methods.Iterate, d []float64, next *methods.Point) (float64, error) {
	vec.AddScaled(next.X, at.X, r.T.Value, d)
	return r.T.Value, nil
}
