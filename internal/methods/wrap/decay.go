package wrap

import (
	"github.com/gdbench/gdbench/internal/methods/step"
	"github.com/gdbench/gdbench/methods"
)

// StepDecay multiplies the learning rate by a factor after every so many iterations, as the step
// rule of this name does with its length.
type StepDecay struct {
	By    float64 `param:"factor" default:"0.5" range:"(0,1]" doc:"factor of each reduction"`
	Every int     `param:"every" default:"100" range:"[1,)" doc:"iterations between two reductions"`
	endless
}

// Diminishing divides the learning rate by a power of the iteration number, as the step rule of
// this name does with its length.
type Diminishing struct {
	P float64 `param:"p" default:"0.5" range:"(0,)" doc:"power of the decay"`
	endless
}

// endless is embedded by schedules that need no horizon.
type endless struct{}

// Spans is false.
func (endless) Spans() bool { return false }

var (
	_ Schedule = (*StepDecay)(nil)
	_ Schedule = (*Diminishing)(nil)
)

func init() {
	registerSchedule("step-decay", methods.Info{
		Summary: "a learning rate multiplied by a factor after every fixed number of iterations",
		Formula: "lr·factor^⌊k/every⌋",
		Source:  "Ge, Kakade, Kidambi & Netrapalli 2019, NeurIPS",
		DOI:     "10.48550/arXiv.1904.12838",
	}, func() Schedule { return new(StepDecay) })
	registerSchedule("diminishing", methods.Info{
		Summary: "a learning rate that falls with a power of the iteration number",
		Formula: "lr/(k+1)^p",
		Source:  "Robbins & Monro 1951, Ann. Math. Statist. 22, 400–407",
		DOI:     "10.1214/aoms/1177729586",
	}, func() Schedule { return new(Diminishing) })
}

// Factor is a power of the factor.
func (s *StepDecay) Factor(k, _ int) float64 { return step.Reduced(s.By, k, s.Every) }

// Factor is a power of 1/(k+1).
func (s *Diminishing) Factor(k, _ int) float64 { return 1 / step.Growing(k, s.P) }
