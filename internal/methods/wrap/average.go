package wrap

import (
	"errors"
	"math"

	"github.com/gdbench/gdbench/methods"
)

// Average shows a mean of the iterates, on which the method does not depend:
//
//	ema   a ← decay·a + (1 − decay)·x, from a = x₀
//	tail  the mean of the iterates behind the share `from` of the run, and x before
//	      (Polyak & Juditsky 1992, doi:10.1137/0330046; Rakhlin, Shamir & Sridharan 2012,
//	      arXiv:1109.5647)
//	lawa  the mean of the last `last` of the iterates that are kept after every `every` steps
//	      (Kaddour 2022, arXiv:2209.14981)
type Average struct {
	Decay float64 `param:"decay" default:"0.999" range:"[0,1)" doc:"ema: share of the mean that is kept in a step"`
	Kind  string  `param:"kind" default:"ema" oneof:"ema tail lawa" doc:"which mean: exponential, of the end of the run, or of the latest of sparse iterates"`
	From  float64 `param:"from" default:"0.5" range:"[0,1)" doc:"tail: share of the iterations after which the mean begins"`
	Every int     `param:"every" default:"10" range:"[1,)" doc:"lawa: steps between two iterates that are kept"`
	Last  int     `param:"last" default:"5" range:"[1,1000]" doc:"lawa: number of iterates in the mean"`

	mean  []float64
	kept  [][]float64 // lawa: a ring of the last iterates
	steps int
	first int // tail: the first step of the mean
}

var (
	_ Shower   = (*Average)(nil)
	_ Spanning = (*Average)(nil)
)

func init() {
	register("average", methods.Info{
		Summary: "a mean of the iterates is returned: exponential, of the tail, or of the latest",
		Formula: "ema: a ← decay·a + (1 − decay)·x; tail: mean of xₖ, k > from·T; lawa: mean of the last iterates kept after every so many steps",
		Source:  "Polyak & Juditsky 1992, SIAM J. Control Optim. 30, 838–855; Rakhlin, Shamir & Sridharan 2012, arXiv:1109.5647; Kaddour 2022, arXiv:2209.14981",
		DOI:     "10.1137/0330046",
	}, func() Wrapper { return new(Average) })
}

// Spans is true of a tail that does not begin with the run.
func (a *Average) Spans() bool { return a.Kind == "tail" && a.From > 0 }

// Begin puts the mean to the start.
func (a *Average) Begin(r *Run, x []float64) error {
	if a.Spans() && r.Horizon == 0 {
		return errors.New("the average of a tail needs a horizon")
	}
	a.mean, a.kept, a.steps = append([]float64(nil), x...), nil, 0
	a.first = 1 + int(math.Floor(float64(a.From*float64(r.Horizon))))
	if a.Kind == "lawa" {
		for range a.Last {
			a.kept = append(a.kept, make([]float64, len(x)))
		}
	}
	return nil
}

// Show adds x to the mean.
func (a *Average) Show(dst, x []float64) {
	a.steps++
	switch a.Kind {
	case "ema":
		a.blend(1-a.Decay, x)
	case "tail":
		n := a.steps - a.first + 1
		if n < 1 {
			copy(dst, x)
			return
		}
		a.blend(1/float64(n), x)
	case "lawa":
		a.latest(x)
	}
	copy(dst, a.mean)
}

// blend moves the mean by a share of the way to x.
func (a *Average) blend(share float64, x []float64) {
	if share == 1 {
		copy(a.mean, x)
		return
	}
	for i, v := range x {
		a.mean[i] += float64(share * (v - a.mean[i]))
	}
}

// latest keeps x where it is due, and is the mean of what is kept; until there is something,
// it is x.
func (a *Average) latest(x []float64) {
	if a.steps%a.Every == 0 {
		copy(a.kept[(a.steps/a.Every-1)%a.Last], x)
		clear(a.mean)
		n := min(a.steps/a.Every, a.Last)
		for _, kept := range a.kept[:n] {
			for i, v := range kept {
				a.mean[i] += v / float64(n)
			}
		}
	} else if a.steps < a.Every {
		copy(a.mean, x)
	}
}
