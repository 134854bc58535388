package runner

import (
	"errors"
	"fmt"
	"math"

	"github.com/gdbench/gdbench/internal/methods/theory"
	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
	"github.com/gdbench/gdbench/results"
)

// pairing is what the repeats of a method on a problem have in common, found once.
type pairing struct {
	problem *suite.Problem
	method  *suite.Method
	record  results.Record // as far as it does not depend on the repeat
	err     error          // why the method cannot run here

	studied bool            // the theorems were looked up
	checker *theory.Checker // by those that apply; nil where none does
}

// pair is the pairing of a cell, which the cell before often has had too.
func (w *worker) pair(c suite.Cell) *pairing {
	if w.paired == nil || w.paired.problem != c.Problem || w.paired.method != c.Method {
		w.paired = newPairing(c, w.built[c.Problem])
	}
	return w.paired
}

func newPairing(c suite.Cell, b *builtProblem) (p *pairing) {
	p = &pairing{problem: c.Problem, method: c.Method}
	r := &p.record
	r.Labels = results.Labels{Problem: c.Problem.Label, Method: c.Method.Label}
	r.Deterministic, r.Minimum = c.Deterministic, recordMinimum(b.facts.Minimum)
	if sum, ok := problems.As[problems.FiniteSum](b.problem); ok {
		r.Samples = sum.Samples()
	}
	defer func() {
		if v := recover(); v != nil {
			p.err = fmt.Errorf("panic before the start: %v%s", v, origin())
		}
	}()
	p.err = p.describe(b)
	return p
}

// describe writes down the problem and the method with every parameter resolved.
func (p *pairing) describe(b *builtProblem) error {
	problem, err := p.problem.Spec.New()
	if err != nil {
		return err
	}
	r := &p.record
	r.Problem = component(problem, p.problem.Spec, &suite.ProblemKeys{}, "start")
	r.Written.Problem = expressions(p.problem.Spec)
	method, err := p.method.Spec.New()
	if err != nil {
		return err
	}
	r.Written.Method = expressions(p.method.Spec)
	unresolved := param.Resolve(method, b.facts.Global)
	r.Method = component(method, p.method.Spec, &suite.MethodKeys{}, "batch", "sampling")
	if _, ok := problems.As[problems.Composite](b.problem); ok && unresolved == nil {
		if m, ok := methods.Unwrap(method).(methods.Proximal); !ok || !m.Proximal() {
			return &problems.Missing{What: "a smooth objective; this one has a part with a proximal operator only"}
		}
	}
	return unresolved
}

// begin is the record of a cell before it runs.
func (p *pairing) begin(s *suite.Suite, c suite.Cell) *results.Record {
	r := p.record
	r.ID = c.ID()
	r.Definition, r.Conditions = s.Definition(&c)
	r.Repeat, r.Targets, r.Seconds = c.Repeat, []results.Target{}, results.Number(math.NaN())
	return &r
}

// build makes the method of one run.
func (p *pairing) build(b *builtProblem) (any, error) {
	if p.err != nil {
		return nil, p.err
	}
	method, err := p.method.Spec.New()
	return method, errors.Join(err, param.Resolve(method, b.facts.Global))
}
