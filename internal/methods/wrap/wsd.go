package wrap

import (
	"fmt"
	"math"

	"github.com/gdbench/gdbench/methods"
)

// WSD is warm-up, stable, decay (Hu et al. 2024, arXiv:2404.06395; the shapes of the decay and
// its share of 20% are those of Hägele et al. 2024, arXiv:2405.18392): the learning rate is
// constant until the last part of the run, in which it falls,
//
//	linear: factor = minimum + (1 − minimum)·(1 − d),  sqrt: 1 − √d in the place of 1 − d,
//
// d being the share of the decay that is over.
type WSD struct {
	Rise  float64 `param:"warmup" default:"0.05" range:"[0,1)" doc:"share of the iterations in which the learning rate rises linearly from nearly 0"`
	Decay float64 `param:"decay" default:"0.2" range:"(0,1]" doc:"share of the iterations in which the learning rate falls, at the end"`
	Shape string  `param:"shape" default:"sqrt" oneof:"linear sqrt" doc:"how it falls"`
	Minimum
	horizon
}

var _ Schedule = (*WSD)(nil)

func init() {
	registerSchedule("wsd", methods.Info{
		Summary: "warm-up, a constant learning rate, and a decay at the end",
		Formula: "k < W: lr·(k + 1)/W; then lr; in the last D: lr·(minimum + (1 − minimum)·(1 − √d)), d = (k − T + D)/D",
		Source:  "Hu et al. 2024, MiniCPM, COLM; Hägele et al. 2024, Scaling laws and compute-optimal training beyond fixed training durations, NeurIPS, arXiv:2405.18392",
		DOI:     "10.48550/arXiv.2404.06395",
	}, func() Schedule { return new(WSD) })
}

// Validate wants room for both parts.
func (s *WSD) Validate() error {
	if s.Rise+s.Decay > 1 {
		return fmt.Errorf("warmup and decay take %g of the iterations together; expected at most 1", s.Rise+s.Decay)
	}
	return nil
}

// Factor has three parts.
func (s *WSD) Factor(k, horizon int) float64 {
	if factor, _, rising := (Warmup{s.Rise}).rise(k, horizon); rising {
		return factor
	}
	fall := max(1, int(math.Ceil(float64(s.Decay*float64(horizon)))))
	over := float64(max(0, min(k, horizon)-(horizon-fall))) / float64(fall)
	if s.Shape == "sqrt" {
		over = math.Sqrt(over)
	}
	return towards(s.Minimum.Minimum, 1-over)
}
