package theory_test

import (
	"errors"
	"fmt"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/gdbench/gdbench/internal/methods/theory"
	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/problems/starts"
	"github.com/gdbench/gdbench/internal/theorem"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
	_ "github.com/gdbench/gdbench/problems/catalogue"
)

// TestRegistry runs methods on the registered problems: no theorem may cry wolf, and the
// facts of the problems must not make a true theorem false.
func TestRegistry(t *testing.T) {
	texts := []string{
		"{name: fixed-step, lr: 1/L}", "{name: fixed-step, lr: 1.7/L}", "{name: fixed-step, lr: 2/(L+mu)}",
		"{name: nesterov, schedule: fista}", "{name: nesterov, schedule: weights}", "{name: nesterov, schedule: strongly-convex}",
		"optimized-gradient", "triple-momentum", "polyak-heavy-ball", "item",
		"{name: descent, step: exact}", "{name: descent, step: backtracking}", "{name: descent, step: {name: polyak, factor: 2}}",
		"{name: steepest, norm: l1}", "{name: steepest, norm: linf}", "{name: steepest, norm: l2, normalized: true, step: 0.1}",
		"newton", "damped-newton", "linear-cg", "{name: descent, direction: bfgs, step: strong-wolfe}",
		"proximal-gradient", "fista", "projected-gradient",
	}
	compared := 0
	for _, name := range param.Of[problems.Problem]().Names() {
		p, facts := buildProblem(t, name)
		if p == nil || p.Dim() > 100 {
			continue
		}
		for _, text := range texts {
			for _, v := range verdicts(t, text, p, facts) {
				compared += v.Compared
				if v.Outcome == theorem.Violated {
					t.Errorf("%s on %s: %s: %s", text, name, v.Name, v.Message)
				}
			}
		}
	}
	t.Logf("%d comparisons", compared)
	if compared < 10000 {
		t.Errorf("only %d comparisons", compared)
	}
}

// buildProblem is a registered problem with its defaults, nil where it needs parameters.
func buildProblem(t *testing.T, name string) (problems.Problem, *problems.Facts) {
	component, err := newComponent(param.Of[problems.Problem](), name)
	if err != nil {
		return nil, nil
	}
	p := component.(problems.Problem)
	if b, ok := p.(problems.Builder); ok {
		if err := b.Build(problems.Env{Name: name}); err != nil {
			t.Fatal(err)
		}
	}
	return p, problems.FactsOf(p)
}

func newComponent(r *param.Registry, text string) (any, error) {
	var document yaml.Node
	if err := yaml.Unmarshal([]byte(text), &document); err != nil {
		return nil, err
	}
	specs, err := r.Expand(param.Source("test"), document.Content[0], nil)
	if err != nil {
		return nil, err
	}
	return specs[0].New()
}

// verdicts is a run of 60 iterations from the standard start; nil where the method cannot
// run on the problem.
func verdicts(t *testing.T, text string, p problems.Problem, facts *problems.Facts) []theorem.Verdict {
	component, err := newComponent(param.Of[methods.Method](), text)
	if err != nil {
		t.Fatal(err)
	}
	if param.Resolve(component, facts.Global) != nil {
		return nil
	}
	m := methods.Unwrap(component)
	if _, proximal := component.(methods.Proximal); !proximal {
		if _, composite := problems.As[problems.Composite](p); composite {
			return nil
		}
	}
	x := make([]float64, p.Dim())
	if err := (starts.Standard{}).Start(facts, x, nil); err != nil {
		t.Fatal(err)
	}
	o, err := problems.NewOracle(p, facts, problems.OracleOptions{})
	if err != nil {
		t.Fatal(err)
	}
	guarantees := theory.For(theory.Setting{Method: m, Problem: p, Facts: facts})
	checker := theory.NewChecker(guarantees, p, facts)
	at := &methods.Iterate{Point: methods.Point{X: x, Grad: make([]float64, len(x))}}
	checker.Observe(0, at)
	var missing *problems.Missing
	if err := m.Init(o, at); errors.As(err, &missing) {
		return nil
	} else if err != nil {
		t.Fatal(fmt.Errorf("%s: %w", text, err))
	}
	for k := 1; k <= 60; k++ {
		if err := m.Step(at); err != nil {
			break
		}
		checker.Observe(k, at)
	}
	return checker.Verdicts()
}
