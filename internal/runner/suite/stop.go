package suite

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/problems"
	"gopkg.in/yaml.v3"
)

// Stop ends a run before its budget.
type Stop struct {
	Gradient           float64 `param:"gradient" default:"1e-8" range:"[0,)" doc:"converged when ‖∇f‖ ≤ this·‖∇f(x0)‖; 0: never"`
	GradientAbsolute   float64 `param:"gradient-absolute" default:"0" range:"[0,)" doc:"converged when ‖∇f‖ ≤ this, in the units of the problem; 0: never"`
	Gap                float64 `param:"gap" default:"0" range:"[0,)" doc:"converged when (f−f*)/(f0−f*) ≤ this; 0: never"`
	DualityGap         float64 `param:"duality-gap" default:"0" range:"[0,)" later:"true" doc:"converged when the Frank–Wolfe gap, max ∇f(x)ᵀ(x − s) over the constraint, is ≤ this times that of x0; 0: never"`
	DualityGapAbsolute float64 `param:"duality-gap-absolute" default:"0" range:"[0,)" later:"true" doc:"converged when the Frank–Wolfe gap is ≤ this, in the units of f; 0: never"`
	Divergence         float64 `param:"divergence" default:"1e6" range:"(1,)" doc:"diverged when the gap exceeds this factor times the initial gap"`
}

// MeasuresDuality reports whether the duality gap ends a run.
func (s Stop) MeasuresDuality() bool { return s.DualityGap > 0 || s.DualityGapAbsolute > 0 }

// HasDuality reports whether the problem has a duality gap at each point of its constraint, as far as
// that is known before it is built.
func (p *Problem) HasDuality() bool {
	if set := p.Keys.Constraint; set != nil {
		return set.Bounded()
	}
	component, err := p.Spec.New()
	_, own := component.(problems.Constrained)
	return err == nil && own
}

// Lacks says that no problem has something, which may have an article, of one problem by its name.
func (s *Suite) Lacks(what string) string {
	if len(s.Problems) == 1 {
		return s.Problems[0].Label + " has no " + strings.TrimPrefix(what, "a ")
	}
	return "no problem of the suite has " + what
}

// checkStop refuses a stop at a duality gap that no problem of the suite has. That some have it is
// enough: a note says on which of the others it does not apply.
func (s *Suite) checkStop(source param.Source, n *yaml.Node) error {
	if !s.Stop.MeasuresDuality() || slices.ContainsFunc(s.Problems, (*Problem).HasDuality) {
		return nil
	}
	key := "duality-gap"
	if s.Stop.DualityGap == 0 {
		key = "duality-gap-absolute"
	}
	why := s.Lacks("a constraint") + "; expected one such as constraint: {ball: {radius: 1}}, or another stop"
	if i := slices.IndexFunc(s.Problems, func(p *Problem) bool { return p.Keys.Constraint != nil }); i >= 0 {
		why = fmt.Sprintf("a linear function may fall for ever over the unbounded constraint of %s; expected a bounded one, such as a box with lower and upper bounds, or another stop", s.Problems[i].Label)
	}
	return source.Errorf(param.Get(n, key), "stop: %s: %s", key, why)
}
