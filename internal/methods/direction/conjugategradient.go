package direction

import (
	"math"

	"github.com/gdbench/gdbench/internal/methods/secant"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
)

// ConjugateGradient is the nonlinear conjugate gradient direction
//
//	Δx = −g + β·Δx₋₁,  with y = g − g₋₁ and d = Δx₋₁:
//
//	fr   gᵀg / g₋₁ᵀg₋₁                                        (Fletcher & Reeves 1964)
//	pr+  max(0, gᵀy / g₋₁ᵀg₋₁)               (Polak & Ribière 1969, Powell's maximum)
//	hs   gᵀy / dᵀy                                            (Hestenes & Stiefel 1952)
//	dy   gᵀg / dᵀy                                                   (Dai & Yuan 1999)
//	hz   (y − 2d·yᵀy/dᵀy)ᵀg / dᵀy, at least −1/(‖d‖·min(0.01, ‖g₋₁‖))  (Hager & Zhang 2005)
//
// On a convex quadratic with exact line searches all are linear conjugate gradients. It
// starts again from −g every `period` steps (restart: period), where successive
// gradients are far from orthogonal, |gᵀg₋₁| ≥ 0.2·gᵀg (restart: powell), and always
// where Δx would not descend, so it promises descent. Use a line search: strong-wolfe
// with c2 = 0.1, or exact.
//
// Sources: Hager & Zhang 2006, A survey of nonlinear conjugate gradient methods, Pac. J.
// Optim. 2, 35–58; Fletcher & Reeves 1964, doi:10.1093/comjnl/7.2.149; Hager & Zhang
// 2005, doi:10.1137/030601880; Powell 1977, doi:10.1007/BF01593790.
type ConjugateGradient struct {
	Beta    string `param:"beta" default:"pr+" oneof:"fr pr+ hs dy hz" doc:"formula of β"`
	Restart string `param:"restart" default:"none" oneof:"none period powell" doc:"when to restart from −g, in addition to where Δx does not descend"`
	Period  int    `param:"period" default:"0" range:"[0,)" doc:"steps between restarts, for restart: period; 0: the number of variables"`

	pair secant.Pair
	last []float64 // Δx₋₁
	age  int       // steps since the last restart
}

var _ methods.Direction = (*ConjugateGradient)(nil)

func init() {
	methods.RegisterDirection("conjugate-gradient", methods.Info{
		Summary: "nonlinear conjugate gradient direction: fr, pr+, hs, dy or hz",
		Formula: "Δx = −g + β·Δx₋₁",
		Source:  "Fletcher & Reeves 1964, Comput. J. 7, 149–154; Hager & Zhang 2006, Pac. J. Optim. 2, 35–58",
		DOI:     "10.1093/comjnl/7.2.149",
		Aliases: []string{"cg"},
	}, func() methods.Direction { return new(ConjugateGradient) })
}

func (c *ConjugateGradient) Init(o *methods.Oracle) error {
	c.pair.Init(o)
	c.last = make([]float64, o.Dim())
	c.age = 0
	return nil
}

func (c *ConjugateGradient) Direction(at *methods.Iterate, d []float64) error {
	g := at.Grad
	negate(d, g)
	if c.pair.Update(at) && !c.due(g) {
		vec.AddScaled(d, d, c.beta(g), c.last)
	} else {
		c.age = 0
	}
	if !(vec.Dot(g, d) < 0) {
		negate(d, g)
		c.age = 0
	}
	c.age++
	copy(c.last, d)
	return nil
}

// due reports a restart by rule.
func (c *ConjugateGradient) due(g []float64) bool {
	switch c.Restart {
	case "period":
		period := c.Period
		if period == 0 {
			period = len(g)
		}
		return c.age >= period
	case "powell":
		return math.Abs(vec.Dot(g, c.pair.Before)) >= 0.2*vec.Dot(g, g)
	}
	return false
}

// beta is β; where its denominator vanishes it is not finite, and Δx falls back to −g.
func (c *ConjugateGradient) beta(g []float64) float64 {
	y, d, before := c.pair.Y, c.last, c.pair.Before
	switch c.Beta {
	case "fr":
		return vec.Dot(g, g) / vec.Dot(before, before)
	case "pr+":
		return math.Max(0, vec.Dot(g, y)/vec.Dot(before, before))
	case "hs":
		return vec.Dot(g, y) / vec.Dot(d, y)
	case "dy":
		return vec.Dot(g, g) / vec.Dot(d, y)
	}
	dy := vec.Dot(d, y)
	β := (vec.Dot(y, g) - float64(float64(2*c.pair.YY/dy)*vec.Dot(d, g))) / dy
	return math.Max(β, -1/(vec.Norm(d)*math.Min(0.01, vec.Norm(before))))
}

// Units are those of ∇f, except that the bound on Hager and Zhang's β compares ‖∇f‖ with 0.01.
func (c *ConjugateGradient) Units() methods.Units {
	if c.Beta == "hz" {
		return methods.Units{Value: methods.Never, Variables: methods.Never}
	}
	return methods.GradientUnits
}
