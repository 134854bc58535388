package theory

import (
	"slices"
	"testing"

	"github.com/gdbench/gdbench/internal/methods/direction"
	"github.com/gdbench/gdbench/internal/methods/instances"
	"github.com/gdbench/gdbench/internal/methods/step"
	"github.com/gdbench/gdbench/methods"
)

// foreign is a user's preset with parameters of its own, put together from what is public
// and registered.
type foreign struct {
	Gamma methods.Length `param:"gamma" default:"1/L" range:"(0,)" doc:"step"`
}

func (f *foreign) Method() methods.Method {
	return &methods.Descent{Direction: new(direction.Gradient), Rule: &step.Fixed{T: f.Gamma}}
}

// recurring is a user's method that says what it is.
type recurring struct {
	methods.FirstOrder
	LR methods.Length `param:"lr" default:"1/L" range:"(0,)" doc:"step"`
}

func (r *recurring) Init(o *methods.Oracle, at *methods.Iterate) error { return r.Begin(o, at) }
func (r *recurring) Step(*methods.Iterate) error                       { return nil }
func (r *recurring) Recurrence() (gamma, beta float64, ok bool)        { return r.LR.Value, 0.5, true }

func init() {
	methods.RegisterPreset("foreign-gradient", methods.Info{}, func() methods.Preset { return new(foreign) })
	methods.Register("foreign-heavy-ball", methods.Info{}, func() methods.Method { return new(recurring) })
}

// A preset obeys the theorems of the descent that it is short for.
func TestPresets(t *testing.T) {
	p := instances.Diagonal(1, 3, 10)
	for preset, descent := range map[string]string{
		"polyak":                 "{name: descent, step: polyak}",
		"barzilai-borwein":       "{name: descent, step: barzilai-borwein}",
		"stochastic-line-search": "{name: descent, step: backtracking}",
		"stochastic-polyak":      "{name: descent, step: {name: polyak, factor: 2, longest: 1}}",
		"bfgs":                   "{name: descent, direction: bfgs, step: strong-wolfe}",
		"lbfgs":                  "{name: descent, direction: lbfgs, step: strong-wolfe}",
		"newton-cg":              "{name: descent, direction: newton-cg, step: backtracking}",
		"gauss-newton":           "{name: descent, direction: gauss-newton, step: backtracking}",
		"levenberg-marquardt":    "{name: descent, direction: levenberg-marquardt, step: backtracking}",
		"conjugate-gradient":     "{name: descent, direction: conjugate-gradient, step: strong-wolfe}",
		"damped-newton":          "{name: descent, direction: newton, step: backtracking}",
		"newton":                 "{name: descent, direction: newton, step: 1}",
		"fixed-step":             "{name: descent, step: 1/L}",
		"foreign-gradient":       "{name: descent, step: 1/L}",
		"foreign-heavy-ball":     "{name: heavy-ball, lr: 1/L, momentum: 0.5}",
		"{name: heavy-ball, lr: 1/L, momentum: 0}": "{name: descent, step: 1/L}",
		"{name: sgd, lr: 1/L}":                     "{name: descent, step: 1/L}",
		"{name: sgd, lr: 1/L, momentum: 0.5}":      "{name: heavy-ball, lr: 1/L, momentum: 0.5}",
		"{name: steepest, norm: l2, step: 1/L}":    "{name: descent, step: 1/L}",
		"polyak-heavy-ball":                        "{name: heavy-ball, lr: 0.2308861570204069, momentum: 0.26987386361223836}",
		"{name: steepest, norm: l1, step: exact}":  "{name: descent, direction: {name: steepest, norm: l1}, step: exact}",
	} {
		found, want := applying(t, preset, p, nil), applying(t, descent, p, nil)
		if !slices.Equal(found, want) {
			t.Errorf("%s obeys %q; as %s it obeys %q", preset, found, descent, want)
		}
	}
	for _, method := range []string{"polyak", "lbfgs"} {
		if len(applying(t, method, p, nil)) == 0 {
			t.Errorf("%s obeys no theorem on a quadratic", method)
		}
	}
}
