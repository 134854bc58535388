package direction

import "github.com/gdbench/gdbench/methods"

// Gradient is the negative gradient
//
//	Δx = −∇f(x),
//
// the direction of gradient descent. It promises descent.
//
// Source: Cauchy 1847, Méthode générale pour la résolution des systèmes d'équations
// simultanées, C. R. Acad. Sci. Paris 25, 536–538.
type Gradient struct{}

var (
	_ methods.Direction    = (*Gradient)(nil)
	_ methods.GradientOnly = (*Gradient)(nil)
)

func init() {
	methods.RegisterDirection("gradient", methods.Info{
		Summary: "the negative gradient",
		Formula: "Δx = −∇f(x)",
		Source:  "Cauchy 1847, C. R. Acad. Sci. Paris 25, 536–538; Boyd & Vandenberghe 2004, §9.3",
		DOI:     "10.1017/CBO9780511804441",
	}, func() methods.Direction { return new(Gradient) })
}

func (*Gradient) Init(*methods.Oracle) error { return nil }

func (*Gradient) Direction(at *methods.Iterate, d []float64) error {
	negate(d, at.Grad)
	return nil
}

// negate writes −g into d.
func negate(d, g []float64) {
	d = d[:len(g)]
	for i, v := range g {
		d[i] = -v
	}
}

// Units are those of ∇f.
func (*Gradient) Units() methods.Units { return methods.GradientUnits }

// GradientOnly: ∇f is all that it needs.
func (g *Gradient) GradientOnly() any { return g }
