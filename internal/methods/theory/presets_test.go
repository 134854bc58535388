package theory

import (
	"slices"
	"testing"

	"github.com/gdbench/gdbench/internal/methods/instances"
)

// A preset obeys the theorems of the descent that it stands for.
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
		"{name: steepest, norm: l1, step: exact}": "{name: descent, direction: {name: steepest, norm: l1}, step: exact}",
	} {
		found, want := applying(t, preset, p, nil), applying(t, descent, p, nil)
		if !slices.Equal(found, want) {
			t.Errorf("%s obeys %q; as %s it obeys %q", preset, found, descent, want)
		}
	}
	for _, method := range []string{"polyak", "barzilai-borwein", "lbfgs"} {
		if len(applying(t, method, p, nil)) == 0 {
			t.Errorf("%s obeys no theorem on a quadratic", method)
		}
	}
}
