package step

import (
	"math"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

// Cosine is cosine annealing,
//
//	t_k = minimum + (t − minimum)·(1 + cos(πk/T))/2,
//
// over the iteration budget T; or with warm restarts after `period` iterations, each
// later period `growth` times as long.
//
// Source: Loshchilov & Hutter 2017, SGDR: stochastic gradient descent with warm restarts,
// ICLR, arXiv:1608.03983.
type Cosine struct {
	T       methods.Length `param:"t" default:"1" range:"(0,)" doc:"first step length"`
	Minimum float64        `param:"minimum" default:"0" range:"[0,)" doc:"last step length"`
	Period  int            `param:"period" default:"0" range:"[0,)" doc:"iterations until the first restart; 0: the iteration budget, without restarts"`
	Growth  int            `param:"growth" default:"1" range:"[1,)" doc:"factor from one period to the next"`

	horizon int
	clock
}

var (
	_ methods.Schedule = (*Cosine)(nil)
	_ methods.Informed = (*Cosine)(nil)
)

func init() {
	methods.RegisterStep("cosine", methods.Info{
		Summary: "cosine annealing, with warm restarts if a period is given",
		Formula: "t_k = minimum + (t − minimum)·(1 + cos(πk/T))/2",
		Source:  "Loshchilov & Hutter 2017, SGDR: stochastic gradient descent with warm restarts, ICLR, arXiv:1608.03983",
		Family:  "schedule",
	}, func() methods.StepRule { return new(Cosine) })
}

func (r *Cosine) Init(o *methods.Oracle) error {
	r.k, r.horizon = 0, o.Horizon()
	if r.Period == 0 && r.horizon == 0 {
		return &problems.Missing{What: "a budget of iterations, or a period"}
	}
	return nil
}

// Requires the iteration budget where no period is given.
func (r *Cosine) Requires(*methods.Oracle) []string {
	if r.Period == 0 {
		return []string{methods.HorizonFact}
	}
	return nil
}

func (r *Cosine) Length(k int) float64 {
	period := r.Period
	if period == 0 {
		period = r.horizon
		k = min(k, period)
	} else if r.Growth == 1 {
		k %= period
	} else {
		for k >= period {
			k -= period
			period *= r.Growth
		}
	}
	return r.Minimum + float64(float64((r.T.Value-r.Minimum)*(1+elementary.Cos(math.Pi*float64(k)/float64(period))))/2)
}

// Annealed is (1 + cos πs)/2, which falls from 1 to 0 over the share s of a period.
func Annealed(s float64) float64 { return (1 + elementary.Cos(math.Pi*s)) / 2 }

func (r *Cosine) Step(at *methods.Iterate, d []float64, next *methods.Point) (float64, error) {
	return r.advance(r, at, d, next)
}

// Units are those of the first length, of which the last one, a number unless it is 0, must not
// have any.
func (r *Cosine) Units() methods.Units { return between(r.T, r.Minimum) }

// between is the units of lengths between one that may have units and a number.
func between(t methods.Length, number float64) methods.Units {
	u := methods.LengthUnits(t)
	if number != 0 && u != (methods.Units{}) {
		return methods.Units{Value: methods.Never, Variables: methods.Never}
	}
	return u
}
