package descend

import (
	"math"

	"github.com/gdbench/gdbench/internal/methods/theory"
	"github.com/gdbench/gdbench/internal/methods/traits"
	"github.com/gdbench/gdbench/internal/problems/guard"
	"github.com/gdbench/gdbench/internal/runner/prepare"
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
	made    any            // the method, where it was made in code and not from an entry

	weighed bool   // what the method keeps was counted
	memory  *int64 // numbers; nil: unknown

	studied bool            // the theorems were looked up
	checker *theory.Checker // by those that apply; nil where none does
}

// pair is the pairing of a cell, which the cell before often has had too.
func (w *Worker) pair(c suite.Cell) *pairing {
	if w.paired == nil || w.paired.problem != c.Problem || w.paired.method != c.Method {
		w.paired = newPairing(w.suite, c, w.built[c.Problem])
	}
	return w.paired
}

// size writes down how large the problem is.
func (p *pairing) size(b *prepare.Built) {
	p.record.Variables = b.Problem.Dim()
	p.record.Samples = b.Samples()
	p.record.Nonconvex = b.Facts.Convexity == problems.Nonconvex
	p.record.Benchmark = benchmark(b.Problem)
}

// weigh counts the numbers that the method keeps, which are as many in all repeats.
func (p *pairing) weigh(m methods.Method, at *methods.Iterate) {
	p.weighed = true
	if numbers, known := traits.Memory(m, at); known {
		p.memory = &numbers
	}
}

// benchmark is the place of a problem in a published suite, nil where it has none.
func benchmark(p problems.Problem) *results.Benchmark {
	numbered, ok := problems.As[problems.Benchmark](p)
	if !ok {
		return nil
	}
	place := numbered.Benchmark()
	_, differs := p.(problems.Differences)
	return &results.Benchmark{Suite: place.Suite, Function: place.Function, Instance: place.Instance, Differences: differs}
}

func newPairing(s *suite.Suite, c suite.Cell, b *prepare.Built) (p *pairing) {
	p = &pairing{problem: c.Problem, method: c.Method}
	r := &p.record
	r.Labels, r.Written = c.Labels(), c.Written()
	r.Deterministic, r.Minimum = c.Deterministic, recordMinimum(b.Facts.Minimum)
	p.size(b)
	defer func() {
		if v := recover(); v != nil {
			p.err = guard.Panicked("before the start", v)
		}
	}()
	p.err = p.describe(s, b)
	return p
}

// describe writes down the problem and the method with every parameter resolved.
func (p *pairing) describe(s *suite.Suite, b *prepare.Built) error {
	r := &p.record
	problem, err := p.problem.New()
	if err != nil {
		return err
	}
	if len(r.Written.Problem) > 0 { // their numbers depend on its data
		problem = b.Problem
	}
	r.Problem = component(problem, p.problem.Spec, &suite.ProblemKeys{}, p.problem.Decisive()...)
	method, err := prepare.Method(p.method, b)
	if method == nil {
		return err
	}
	r.Method = component(method, p.method.Spec, &suite.MethodKeys{}, p.method.Decisive()...)
	r.Families = &results.Families{Problem: p.problem.Spec.Entry.FamilyOrName(), Method: traits.Family(p.method.Spec.Entry, method)}
	if err == nil {
		p.characterize(s, method, b)
	}
	return err
}

// begin is the record of a cell before it runs.
func (p *pairing) begin(s *suite.Suite, c suite.Cell) *results.Record {
	r := p.record
	r.ID = c.ID()
	r.Definition, r.Conditions = s.Definition(&c)
	r.Repeat, r.Targets, r.Seconds = c.Number(s), []results.Target{}, results.Number(math.NaN())
	r.Tuned = s.Tuned(&c, r.Samples)
	return &r
}

// build makes the method of one run.
func (p *pairing) build(b *prepare.Built) (any, error) {
	if p.err != nil || p.made != nil {
		return p.made, p.err
	}
	return prepare.Method(p.method, b)
}

// Failed is the record of a cell that failed with a message, for where its worker cannot
// write one.
func Failed(s *suite.Suite, b *prepare.Built, c suite.Cell, message string) *results.Record {
	r := newPairing(s, c, b).begin(s, c)
	r.Status, r.Message = results.Failed, message
	return r
}
