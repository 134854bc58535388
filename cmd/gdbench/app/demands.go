package app

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gdbench/gdbench/internal/methods/demands"
	"github.com/gdbench/gdbench/internal/methods/theory"
	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/theorem"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/results"
)

// guide is what a method, direction or step rule asks of its user and gives in return.
type guide struct {
	demands.Demands
	theorems []theorem.Theorem
}

// guideTo is nil for components of other kinds.
func guideTo(e *param.Entry) (*guide, error) {
	switch e.Kind {
	case methods.Registry.Kind, methods.DirectionRegistry.Kind, methods.StepRegistry.Kind:
	default:
		return nil, nil
	}
	subjects, err := subjects()
	if err != nil {
		return nil, err
	}
	found, err := demands.Of(e, subjects)
	if err != nil {
		return nil, err
	}
	return &guide{found, theory.Of(e)}, nil
}

// subjects are what methods are tried on: a sum of squares, a composite, a known M.
func subjects() ([]demands.Subject, error) {
	var out []demands.Subject
	for _, name := range []string{"least-squares", "lasso", "mccormick"} {
		p, facts, label, err := buildProblem(name, nil)
		if err != nil {
			return nil, err
		}
		out = append(out, demands.Subject{Name: label, Problem: p, Facts: facts})
	}
	return out, nil
}

// toldBy finds what the method of a record must be told, by trying it without. A method
// that this gdbench does not have, or that runs on no subject, tells nothing.
func toldBy() func(*results.Component) []string {
	offered := sync.OnceValues(subjects)
	known := map[string][]string{}
	return func(c *results.Component) []string {
		own := results.Component{Name: c.Name, Parameters: slices.DeleteFunc(slices.Clone(c.Parameters), func(p results.Parameter) bool {
			return p.Name == "batch" || p.Name == "sampling" // of the oracle
		})}
		text, err := own.MarshalJSON()
		if err != nil {
			return nil
		}
		told, found := known[string(text)]
		if !found {
			on, err := offered()
			if err != nil {
				return nil
			}
			returned := false
			if told, returned = tryFor(string(text), on); !returned {
				offered = sync.OnceValues(subjects) // the old ones belong to the trial that goes on
			}
			known[string(text)] = told
		}
		return told
	}
}

// patience is how long a trial of ten steps on a small problem may take. A report must
// come to its end whatever a method does.
const patience = 2 * time.Second

// tryFor finds what a method must be told; returned is false where it does not come back.
func tryFor(method string, subjects []demands.Subject) (told []string, returned bool) {
	answer := make(chan []string, 1) // taken by nobody when patience is over
	go func() {
		var told []string
		defer func() {
			_ = recover() // a method that panics tells nothing
			answer <- told
		}()
		told, _ = demands.Told(method, subjects)
	}()
	select {
	case told := <-answer:
		return told, true
	case <-time.After(patience):
		return nil, false
	}
}

// lines tells cost and needs.
func (g *guide) lines() []string {
	requires := "nothing"
	if len(g.Requires) > 0 {
		requires = strings.ReplaceAll(strings.Join(g.Requires, ", "), "mu", "μ")
	}
	batches := "not taken"
	if g.Batches {
		batches = "batch (a number of samples), sampling (shuffle or replace) beside its parameters"
	}
	return []string{
		fmt.Sprintf("cost of an iteration: %s (counted on %s, all samples at once)", g.Cost, g.On),
		"requires: " + requires,
		"mini-batches: " + batches,
	}
}

// statement is one theorem in a line.
func statement(t theorem.Theorem) string {
	kind := "upper bound"
	if t.Tight {
		kind = "tight"
	}
	if t.InExpectation {
		kind += ", in expectation"
	}
	return fmt.Sprintf("%s (%s): %s; %s", t.Name, kind, t.Statement, t.Source)
}
