//go:build !playground

package demands

import (
	"errors"
	"fmt"
	"testing"

	"github.com/gdbench/gdbench/internal/methods/traits"
	"github.com/gdbench/gdbench/internal/problems/constraint"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

// bowl is ½‖x − 1‖² and offers nothing else.
type bowl struct{}

func (bowl) Dim() int { return 3 }

func (bowl) Evaluate(x, g []float64) float64 {
	f := 0.0
	for i, v := range x {
		f += (v - 1) * (v - 1) / 2
		if g != nil {
			g[i] = v - 1
		}
	}
	return f
}

// known are facts that every method is content with.
func known(n int) *problems.Facts {
	constants := map[string]problems.Constant{}
	for _, name := range []string{"L", "mu", "Lmax", "M"} {
		constants[name] = problems.Constant{Value: 1, Scope: problems.Global}
	}
	for i := range n {
		constants[fmt.Sprintf("L_%d", i+1)] = constants["L"]
	}
	return &problems.Facts{Constants: constants, Minimum: &problems.Minimum{}}
}

// What a component needs is what it is refused without, in the same words: on problems that offer a
// lot and on one that offers nothing, without a constraint and on each kind of set.
func TestNeedsAreWhatIsRefused(t *testing.T) {
	subjects := append(manySubjects(t), Subject{Name: "bowl", Problem: bowl{}})
	for _, set := range []constraint.Set{
		&constraint.Simplex{Radius: 1}, &constraint.Ball{Radius: 1, Norm: "l2"}, &constraint.Ball{Radius: 1, Norm: "l1"}, new(constraint.Nonnegative),
	} {
		subjects = append(subjects, Subject{Name: fmt.Sprintf("bowl on %T", set), Problem: bounded(t, bowl{}, set)})
	}
	texts := append(withDefaults(t), "{name: frank-wolfe, step: line-search, away: true}", "{name: steepest, norm: spectral}", "{name: steepest, norm: quadratic}",
		"{name: trust-region, subproblem: dogleg}")
	refused := map[string]bool{}
	for _, text := range texts {
		for _, s := range subjects {
			trial := trial{text: text, problem: s.Problem, facts: *known(s.Problem.Dim()), horizon: horizon, short: true}
			component, o, at, err := trial.begin()
			if err != nil {
				continue // for composite problems only, or not for them
			}
			needs := traits.Needs(component)
			if missing := o.Need(needs...); missing != nil {
				refused[missing.Error()] = true
			}
			if o.Need(problems.NeedsSmooth) != nil || o.Need(problems.NeedsNoConstraint) != nil && contains(needs, problems.NeedsNoConstraint) {
				continue // that of a whole method, which it does not find out
			}
			method := methods.Unwrap(component)
			got := method.Init(o, at)
			if got == nil {
				got = method.Step(at)
			}
			traits.Release(method)
			var missing *problems.Missing
			if want := o.Need(needs...); want == nil && errors.As(got, &missing) || want != nil && (got == nil || got.Error() != want.Error()) {
				t.Errorf("%s on %s: refused with %v; by what it declares %v", text, s.Name, got, want)
			}
		}
	}
	for _, n := range []problems.Need{
		problems.NeedsHessian, problems.NeedsHessianProduct, problems.NeedsResiduals, problems.NeedsQuadratic, problems.NeedsSamples, problems.NeedsMatrices,
		problems.NeedsNoConstraint, problems.NeedsBoundedConstraint, problems.NeedsVertices, problems.NeedsSimplex, problems.NeedsBounds,
	} {
		said := "needs " + n.What
		if n.Because != "" {
			said += "; " + n.Because
		}
		if !refused[said] {
			t.Errorf("no method is refused with %q: the test has lost its subject", said)
		}
	}
}

func contains(needs []problems.Need, one problems.Need) bool {
	for _, n := range needs {
		if n.What == one.What {
			return true
		}
	}
	return false
}
