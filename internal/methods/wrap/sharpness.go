package wrap

import (
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
)

// Sharpness is sharpness-aware minimization (Foret, Kleiner, Mobahi & Neyshabur 2021,
// arXiv:2010.01412): the gradient is taken where f is about largest within a ball,
//
//	g ← ∇f(x + ρ·g/‖g‖),
//
// on the same batch. Each step costs a second gradient.
type Sharpness struct {
	Rho float64 `param:"rho" default:"0.05" range:"(0,)" doc:"radius ρ of the ball"`

	oracle *methods.Oracle
	worst  []float64
}

var (
	_ Filterer = (*Sharpness)(nil)
	_ Costly   = (*Sharpness)(nil)
)

func init() {
	register("sharpness-aware", methods.Info{
		Summary: "SAM: the gradient where f is about largest nearby, which costs a second gradient",
		Formula: "g ← ∇f(x + ρ·g/‖g‖)",
		Source:  "Foret, Kleiner, Mobahi & Neyshabur 2021, Sharpness-aware minimization for efficiently improving generalization, ICLR",
		DOI:     "10.48550/arXiv.2010.01412",
		Aliases: []string{"sam"},
	}, func() Wrapper { return new(Sharpness) })
}

// ExtraGradients is one.
func (*Sharpness) ExtraGradients() int { return 1 }

// Begin makes room for the point.
func (s *Sharpness) Begin(r *Run, x []float64) error {
	s.oracle, s.worst = r.Oracle, make([]float64, len(x))
	return nil
}

// Filter asks for the gradient again, elsewhere.
func (s *Sharpness) Filter(x, g []float64) {
	norm := vec.Norm(g)
	if norm == 0 {
		return
	}
	vec.AddScaled(s.worst, x, s.Rho/norm, g)
	s.oracle.Gradient(s.worst, g)
}
