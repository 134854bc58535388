package wrap

import (
	"math"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/methods"
)

// Schedule gives the factors of a learning rate.
type Schedule interface {
	// Factor is that of iteration k = 0, 1, … of horizon.
	Factor(k, horizon int) float64
	// Spans reports whether the factors depend on the horizon, the iterations that the budget
	// allows.
	Spans() bool
}

// ScheduleRegistry holds the schedules of learning rates.
var ScheduleRegistry = param.NewRegistry[Schedule]("schedule")

func registerSchedule(name string, info methods.Info, new func() Schedule) {
	info.Family = "schedule"
	ScheduleRegistry.Register(name, param.Info(info), func() any { return new() })
}

// Warmup is a linear rise of the learning rate at the beginning of a run, as Goyal et al. 2017
// (arXiv:1706.02677) have it: the factor of the first of W iterations is 1/W, that of the
// last 1.
type Warmup struct {
	Warmup float64 `param:"warmup" default:"0" range:"[0,1)" doc:"share of the iterations in which the learning rate rises linearly from nearly 0"`
}

// rise is the factor of iteration k within the warm-up, for which ok is true; behind it,
// share in [0, 1) is how much of the remaining iterations is over.
func (w Warmup) rise(k, horizon int) (factor, share float64, ok bool) {
	steps := int(math.Ceil(float64(w.Warmup * float64(horizon))))
	if k < steps {
		return float64(k+1) / float64(steps), 0, true
	}
	return 1, float64(min(k, horizon)-steps) / float64(max(1, horizon-steps)), false
}

// towards is a factor that falls from 1 to minimum as left falls from 1 to 0.
func towards(minimum, left float64) float64 { return minimum + float64((1-minimum)*left) }

// Minimum is where a schedule ends.
type Minimum struct {
	Minimum float64 `param:"minimum" default:"0" range:"[0,1]" doc:"share of the learning rate at the end"`
}

// horizon is embedded by schedules whose factors depend on it.
type horizon struct{}

// Spans is true.
func (horizon) Spans() bool { return true }
