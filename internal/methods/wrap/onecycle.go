package wrap

import (
	"github.com/gdbench/gdbench/internal/methods/step"
	"github.com/gdbench/gdbench/methods"
)

// OneCycle lets the learning rate rise from lr/initial to lr, and fall to lr/(initial·final),
// both along a cosine (Smith & Topin 2018, arXiv:1708.07120), with the phases and defaults of
// PyTorch's OneCycleLR. The momentum does not change.
type OneCycle struct {
	Rise    float64 `param:"rise" default:"0.3" range:"(0,1)" doc:"share of the iterations in which the learning rate rises"`
	Initial float64 `param:"initial" default:"25" range:"[1,)" doc:"what the learning rate is divided by in the first iteration"`
	Final   float64 `param:"final" default:"1e4" range:"[1,)" doc:"what the first learning rate is divided by in the last iteration"`
	horizon
}

var _ Schedule = (*OneCycle)(nil)

func init() {
	registerSchedule("one-cycle", methods.Info{
		Summary: "one rise of the learning rate and one fall far below where it began",
		Formula: "from lr/initial to lr in the first share rise of the iterations, then to lr/(initial·final), along cosines",
		Source:  "Smith & Topin 2018, Super-convergence: very fast training of neural networks using large learning rates; as PyTorch's OneCycleLR",
		DOI:     "10.48550/arXiv.1708.07120",
	}, func() Schedule { return new(OneCycle) })
}

// Factor is on the way up or down.
func (s *OneCycle) Factor(k, horizon int) float64 {
	top, last := float64(s.Rise*float64(horizon))-1, float64(horizon-1)
	at, low, end := min(float64(k), last), 1/s.Initial, 1/(s.Initial*s.Final)
	if top > 0 && at <= top {
		return 1 + float64((low-1)*step.Annealed(at/top))
	}
	top = max(top, 0)
	if last <= top {
		return 1
	}
	return end + float64((1-end)*step.Annealed((at-top)/(last-top)))
}
