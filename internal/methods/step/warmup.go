package step

import (
	"errors"
	"math"

	"github.com/gdbench/gdbench/methods"
)

// Warmup lets the step length of another schedule rise linearly at first,
//
//	t_k = min(1, factor + (1 − factor)·k/steps)·then_k.
//
// Source: Goyal et al. 2017, Accurate, large minibatch SGD: training ImageNet in 1 hour,
// arXiv:1706.02677.
type Warmup struct {
	Steps  int              `param:"steps" default:"10" range:"[1,)" doc:"length of the warm-up, in iterations"`
	Factor float64          `param:"factor" default:"0.1" range:"(0,1]" doc:"fraction of the step length in the first iteration"`
	Then   methods.StepRule `param:"then" default:"fixed" doc:"schedule that follows the warm-up"`

	clock
}

var _ methods.Schedule = (*Warmup)(nil)

func init() {
	methods.RegisterStep("warmup", methods.Info{
		Summary: "a linear rise of the step length, then another schedule",
		Formula: "t_k = min(1, factor + (1 − factor)·k/steps)·then_k",
		Source:  "Goyal et al. 2017, Accurate, large minibatch SGD: training ImageNet in 1 hour, arXiv:1706.02677",
		Family:  "schedule",
	}, func() methods.StepRule { return new(Warmup) })
}

// Validate wants a rule whose step lengths are known in advance.
func (r *Warmup) Validate() error {
	if _, ok := r.Then.(methods.Schedule); !ok {
		return errors.New("then: only a schedule can be warmed up; expected one such as fixed, diminishing or cosine")
	}
	return nil
}

func (r *Warmup) Init(o *methods.Oracle) error {
	r.k = 0
	return r.Then.Init(o)
}

func (r *Warmup) Length(k int) float64 {
	share := r.Factor + float64((1-r.Factor)*float64(k)/float64(r.Steps))
	return math.Min(1, share) * r.Then.(methods.Schedule).Length(k)
}

func (r *Warmup) Step(at *methods.Iterate, d []float64, next *methods.Point) (float64, error) {
	return r.advance(r, at, d, next)
}
