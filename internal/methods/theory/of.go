package theory

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"reflect"
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
// is short for. Which of them hold for a run depends on settings and problem: see For.
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

// All lists every theorem that is known here, in the order of the built-in suite. It reads a
// generated file: to meet each theorem in the suite takes longer than the rest of a listing.
func All() []theorem.Theorem {
	all.once.Do(func() {
		if err := json.Unmarshal(listed, &all.theorems); err != nil {
			panic(fmt.Sprintf("theory: theorems.json: %v", err)) // a test reads it
		}
	})
	return all.theorems
}

// What is found once is behind a function each and no sync.OnceValue, whose function is part of every
// program that knows theorems: the cases would be a twentieth of what the page of the playground loads.
var (
	all struct {
		once     sync.Once
		theorems []theorem.Theorem
	}
	suiteObeys struct {
		once sync.Once
		by   []obeyed
	}
)

//go:embed theorems.json
var listed []byte

// obeyed is a theorem that a method of the built-in suite obeys.
type obeyed struct {
	method  *shape
	theorem theorem.Theorem
}

// shape is what a method is made of: the types of the component, and of direction and step
// rule where it is a descent.
type shape struct{ component, direction, rule reflect.Type }

func shapeOf(component any) *shape {
	k := known{Setting: Setting{Method: methods.Unwrap(component)}}
	k.descent()
	return &shape{reflect.TypeOf(component), reflect.TypeOf(k.direction), reflect.TypeOf(k.rule)}
}

// obedience lists what the methods of the built-in suite obey.
func obedience() []obeyed {
	suiteObeys.once.Do(func() { suiteObeys.by = meet() })
	return suiteObeys.by
}

func meet() []obeyed {
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
		for _, g := range For(Setting{Method: b.method(), Problem: c.Problem, Facts: facts, Batch: c.Batch, Replacement: true, Horizon: c.Steps}) {
			if g.Name == c.Theorem {
				out = append(out, obeyed{shapeOf(b.component), g.Theorem})
			}
		}
	}
	return out
}

// fitting lists the cases that are about a component.
func fitting(e *param.Entry) func(*shape) bool {
	own := reflect.TypeOf(e.Prototype())
	switch e.Kind {
	case param.Of[methods.Direction]().Kind:
		return func(s *shape) bool { return s.direction == own }
	case param.Of[methods.StepRule]().Kind:
		return func(s *shape) bool { return s.rule == own }
	case param.Of[methods.Method]().Kind:
		usual := defaults(e)
		return func(s *shape) bool {
			same := usual.direction != nil && s.direction == usual.direction && s.rule == usual.rule
			return s.component == own || same
		}
	}
	return func(*shape) bool { return false }
}

// defaults is the shape of a method with its defaults; its numbers are not resolved.
func defaults(e *param.Entry) *shape {
	node := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: e.Name}
	specs, err := param.Of[methods.Method]().Expand(param.Source(e.Name), node, nil)
	if err != nil {
		return &shape{}
	}
	component, err := specs[0].New()
	if err != nil {
		return &shape{}
	}
	return shapeOf(component)
}
