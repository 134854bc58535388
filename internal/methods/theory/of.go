package theory

import (
	"slices"
	"sync"

	"gopkg.in/yaml.v3"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/theorem"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

// Of lists the theorems that a registered method, direction or step rule obeys on some
// case of the built-in suite: its own, and of a method those of the descent that it
// stands for. Which of them hold for a run depends on settings and problem: see For.
func Of(e *param.Entry) []theorem.Theorem {
	fits := fitting(e)
	var out []theorem.Theorem
	for _, o := range obedience() {
		if fits(o.method) && !slices.ContainsFunc(out, func(t theorem.Theorem) bool { return t.Name == o.theorem.Name }) {
			out = append(out, o.theorem)
		}
	}
	return out
}

// obeyed is a theorem that a method of the built-in suite obeys.
type obeyed struct {
	method  *known // only its name and parameters
	theorem theorem.Theorem
}

var obedience = sync.OnceValue(func() []obeyed {
	var out []obeyed
	done := map[string]bool{}
	for _, c := range Cases(0) {
		if done[c.Theorem+c.Method] {
			continue
		}
		done[c.Theorem+c.Method] = true
		facts := problems.FactsOf(c.Problem)
		b, err := newMethod(c.Method, facts)
		if err != nil {
			continue // it is not registered in this program
		}
		for _, g := range For(Setting{Method: b.described, Problem: c.Problem, Facts: facts, Batch: c.Batch, Replacement: true}) {
			if g.Name == c.Theorem {
				out = append(out, obeyed{&known{method: part(b.described)}, g.Theorem})
			}
		}
	}
	return out
})

// fitting tells the cases that are about a component.
func fitting(e *param.Entry) func(*known) bool {
	switch e.Kind {
	case methods.DirectionRegistry.Kind:
		return func(k *known) bool { d, _ := k.descent(); return d.Name == e.Name }
	case methods.StepRegistry.Kind:
		return func(k *known) bool { _, t := k.descent(); return t.Name == e.Name }
	case methods.Registry.Kind:
		direction, step := defaults(e).descent()
		return func(k *known) bool {
			d, t := k.descent()
			return k.method.Name == e.Name || direction.Name != "" && d.Name == direction.Name && t.Name == step.Name
		}
	}
	return func(*known) bool { return false }
}

// defaults is the method with its defaults; its numbers are not resolved.
func defaults(e *param.Entry) *known {
	node := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: e.Name}
	specs, err := methods.Registry.Expand(param.Source(e.Name), node, nil)
	if err != nil {
		return &known{}
	}
	component, err := specs[0].New()
	if err != nil {
		return &known{}
	}
	return &known{method: part(specs[0].Describe(component))}
}
