package step

import (
	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/methods"
)

// Diminishing is the step length
//
//	t_k = c/(k+1)^p,
//
// which with ½ < p ≤ 1 satisfies Σt = ∞ and Σt² < ∞, enough for stochastic gradients.
//
// Source: Robbins & Monro 1951, A stochastic approximation method,
// doi:10.1214/aoms/1177729586.
type Diminishing struct {
	C methods.Length `param:"c" default:"1" range:"(0,)" doc:"first step length"`
	P float64        `param:"p" default:"0.5" range:"(0,)" doc:"power of the decay"`
	clock
}

var (
	_ methods.Schedule = (*Diminishing)(nil)
	_ methods.Rated    = (*Diminishing)(nil)
)

func init() {
	methods.RegisterStep("diminishing", methods.Info{
		Summary: "a step length that falls with a power of the iteration number",
		Formula: "t_k = c/(k+1)^p",
		Source:  "Robbins & Monro 1951, Ann. Math. Statist. 22, 400–407",
		DOI:     "10.1214/aoms/1177729586",
		Family:  "schedule",
	}, func() methods.StepRule { return new(Diminishing) })
}

// Rate scales every step.
func (*Diminishing) Rate() (parameter string, ok bool) { return "c", true }

func (r *Diminishing) Init(*methods.Oracle) error { r.k = 0; return nil }

func (r *Diminishing) Length(k int) float64 {
	return r.C.Value / Growing(k, r.P)
}

// Growing is (k+1)^p.
func Growing(k int, p float64) float64 { return elementary.Pow(float64(k+1), p) }

func (r *Diminishing) Step(at *methods.Iterate, d []float64, next *methods.Point) (float64, error) {
	return r.advance(r, at, d, next)
}
