//go:build !playground

package demands

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/problems/constraint"
	"github.com/gdbench/gdbench/internal/problems/wrappers"
	"github.com/gdbench/gdbench/methods"
	_ "github.com/gdbench/gdbench/methods/catalogue"
	"github.com/gdbench/gdbench/problems"
	_ "github.com/gdbench/gdbench/problems/catalogue"
)

// withheld lists the facts without which a run that otherwise succeeds is refused.
func (t trial) withheld() []string {
	var out []string
	try := func(name string, without trial) {
		if _, err := without.run(); err != nil {
			out = append(out, name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(t.facts.Constants)) {
		without := t
		without.facts.Constants = maps.Clone(t.facts.Constants)
		delete(without.facts.Constants, name)
		if strings.HasPrefix(name, "L_") {
			name = problems.CoordinateL
		}
		try(name, without)
	}
	without := t
	without.facts.Minimum = nil
	try(methods.MinimumFact, without)
	without = t
	without.horizon = 0
	try(methods.HorizonFact, without)
	slices.Sort(out)
	return slices.Compact(out)
}

// manySubjects are a sum of squares, a composite, and a function that is no quadratic with
// constants along the coordinates.
func manySubjects(t *testing.T) []Subject {
	t.Helper()
	var out []Subject
	for _, name := range []string{"least-squares", "lasso", "mccormick", "softmax"} {
		node := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: name}
		spec, err := param.Of[problems.Problem]().Only(param.Source(name), node, nil)
		if err != nil {
			t.Fatal(err)
		}
		component, err := spec.New()
		if err != nil {
			t.Fatal(err)
		}
		p := component.(problems.Problem)
		if b, ok := p.(problems.Builder); ok {
			if err := b.Build(problems.Env{Name: name}); err != nil {
				t.Fatal(err)
			}
		}
		facts := *problems.FactsOf(p)
		if name == "mccormick" {
			facts.Constants = maps.Clone(facts.Constants)
			facts.Constants["L_1"] = problems.Constant{Value: 3, Scope: problems.Global}
			facts.Constants["L_2"] = facts.Constants["L_1"]
		}
		out = append(out, Subject{Name: name, Problem: p, Facts: &facts})
	}
	for _, set := range []constraint.Set{&constraint.Simplex{Radius: 1}, &constraint.Ball{Radius: 1, Norm: "l2"}, new(constraint.Nonnegative)} {
		component, err := problems.New("trid", map[string]any{"dim": 3})
		if err != nil {
			t.Fatal(err)
		}
		p := bounded(t, component, set)
		out = append(out, Subject{Name: "trid on a set", Problem: p, Facts: problems.FactsOf(p)})
	}
	return out
}

// bounded is p on a set.
func bounded(t *testing.T, p problems.Problem, set constraint.Set) problems.Problem {
	t.Helper()
	c := wrappers.Constrain(p, set)
	if err := c.Build(problems.Env{Seed: 1}); err != nil {
		t.Fatal(err)
	}
	return c
}

// withDefaults are all methods, directions and step rules, each with its defaults in a method.
func withDefaults(t *testing.T) (texts []string) {
	t.Helper()
	for _, registry := range []*param.Registry{param.Of[methods.Method](), param.Of[methods.Direction](), param.Of[methods.StepRule]()} {
		for _, name := range registry.Names() {
			e, err := registry.Lookup(name)
			if err != nil {
				t.Fatal(err)
			}
			texts = append(texts, alone(e))
		}
	}
	return texts
}

// What a component says that it requires is what a run is refused without: for every
// method, direction and step rule with its defaults, and for settings that differ in this.
func TestRequiredIsWhatIsMissed(t *testing.T) {
	texts := append(withDefaults(t), "{name: fixed-step, lr: 0.01}", "{name: descent, step: {name: polyak, minimum: estimated}}",
		"{name: descent, step: {name: cosine, period: 10, t: 1/L}}", "{name: descent, step: {name: warmup, then: {name: cosine, t: 1e-3}}}",
		"{name: nesterov, schedule: strongly-convex}", "{name: nesterov, schedule: strongly-convex, lr: 0.01}",
		"{name: descent, direction: {name: coordinate, scaled: true}, step: 0.01}",
		"{name: descent, direction: {name: coordinate, order: lipschitz}, step: 0.01}",
		"{name: steepest, step: {name: polyak, longest: 1/L}}")
	required := map[string]bool{}
	for _, text := range texts {
		tried := false
		for _, s := range manySubjects(t) {
			for _, batch := range []int{0, 2} {
				trial := trial{text: text, problem: s.Problem, facts: *s.Facts, horizon: horizon, batch: batch, short: true}
				ran, err := trial.run()
				if err != nil {
					continue
				}
				tried = true
				requires := ran.requires
				if withheld := trial.withheld(); fmt.Sprint(requires) != fmt.Sprint(withheld) {
					t.Errorf("%s on %s, batches of %d: says that it requires %v, but is refused without %v", text, s.Name, batch, requires, withheld)
				}
				for _, fact := range requires {
					required[fact] = true
				}
			}
		}
		if !tried {
			t.Errorf("%s ran on no subject", text)
		}
	}
	for _, fact := range []string{"L", "mu", "Lmax", "M", problems.CoordinateL, methods.MinimumFact, methods.HorizonFact} {
		if !required[fact] {
			t.Errorf("nothing requires %s: the test has lost its subject", fact)
		}
	}
}
