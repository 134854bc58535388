package wrap

import (
	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/methods"
)

// Linear lets the learning rate fall linearly after a warm-up (Devlin et al. 2019,
// arXiv:1810.04805; Defazio et al. 2023, arXiv:2310.07831, on why it is hard to beat):
//
//	factor = minimum + (1 − minimum)·(1 − s).
type Linear struct {
	Warmup
	Minimum
	horizon
}

// Polynomial lets it fall with a power of what is left:
//
//	factor = minimum + (1 − minimum)·(1 − s)^power.
//
// Power, minimum and warm-up have the defaults of PyTorch's PolynomialLR.
type Polynomial struct {
	Warmup
	Minimum
	Power float64 `param:"power" default:"1" range:"(0,)" doc:"power of the share that is left"`
	horizon
}

var (
	_ Schedule = (*Linear)(nil)
	_ Schedule = (*Polynomial)(nil)
)

func init() {
	registerSchedule("linear", methods.Info{
		Summary: "a linear decay of the learning rate",
		Formula: "lr·(minimum + (1 − minimum)·(1 − s)), s = (k − W)/(T − W); k < W: lr·(k + 1)/W",
		Source:  "Devlin, Chang, Lee & Toutanova 2019, NAACL, 4171–4186; Defazio, Cutkosky, Mehta & Mishchenko 2023, arXiv:2310.07831",
		DOI:     "10.18653/v1/N19-1423",
	}, func() Schedule { return new(Linear) })
	registerSchedule("polynomial", methods.Info{
		Summary: "a decay of the learning rate with a power of the iterations that are left",
		Formula: "lr·(minimum + (1 − minimum)·(1 − s)^power), s = (k − W)/(T − W); k < W: lr·(k + 1)/W",
		Source:  "Chen, Papandreou, Kokkinos, Murphy & Yuille 2018, IEEE Trans. Pattern Anal. Mach. Intell. 40, 834–848, §4.1; as PyTorch's PolynomialLR",
		DOI:     "10.1109/TPAMI.2017.2699184",
	}, func() Schedule { return new(Polynomial) })
}

// Factor is linear in k.
func (s *Linear) Factor(k, horizon int) float64 {
	factor, share, rising := s.rise(k, horizon)
	if rising {
		return factor
	}
	return towards(s.Minimum.Minimum, 1-share)
}

// Factor is a power of what is left.
func (s *Polynomial) Factor(k, horizon int) float64 {
	factor, share, rising := s.rise(k, horizon)
	if rising {
		return factor
	}
	return towards(s.Minimum.Minimum, elementary.Pow(1-share, s.Power))
}
