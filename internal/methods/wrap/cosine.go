package wrap

import (
	"github.com/gdbench/gdbench/internal/methods/step"
	"github.com/gdbench/gdbench/methods"
)

// Cosine is cosine annealing (Loshchilov & Hutter 2017, arXiv:1608.03983), after a warm-up:
//
//	factor = minimum + (1 − minimum)·(1 + cos πs)/2,
//
// s the share of the iterations after the warm-up that is over.
type Cosine struct {
	Warmup
	Minimum
	horizon
}

var _ Schedule = (*Cosine)(nil)

func init() {
	info := methods.Info{
		Summary: "cosine annealing of the learning rate",
		Formula: "lr·(minimum + (1 − minimum)·(1 + cos πs)/2), s = (k − W)/(T − W); k < W: lr·(k + 1)/W",
		Source:  "Loshchilov & Hutter 2017, SGDR: stochastic gradient descent with warm restarts, ICLR",
		DOI:     "10.48550/arXiv.1608.03983",
	}
	registerSchedule("cosine", info, func() Schedule { return new(Cosine) })
	info.Summary = "a linear warm-up, then cosine annealing of the learning rate"
	info.Source += "; Goyal et al. 2017, arXiv:1706.02677 (warm-up)"
	info.Defaults = map[string]string{"warmup": "0.05"}
	registerSchedule("warmup-cosine", info, func() Schedule { return new(Cosine) })
}

// Factor follows the cosine.
func (s *Cosine) Factor(k, horizon int) float64 {
	factor, share, rising := s.rise(k, horizon)
	if rising {
		return factor
	}
	return towards(s.Minimum.Minimum, step.Annealed(share))
}
