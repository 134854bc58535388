package descend

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/problems/guard"
	"github.com/gdbench/gdbench/internal/problems/starts"
	"github.com/gdbench/gdbench/internal/runner/prepare"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
	"github.com/gdbench/gdbench/results"
)

// Single runs one descent of a method on a problem, both made in code, under the header of a
// suite. The start is a vector of n entries, or nil for the problem's standard one. The record
// has no id, and keeps the last x in any dimension. A descent that could not run or failed is
// an error, as is one that ctx ended.
func Single(ctx context.Context, h suite.Header, b *prepare.Built, method methods.Method, start []float64, keys suite.MethodKeys) (*results.Record, error) {
	if err := context.Cause(ctx); err != nil {
		return nil, err
	}
	component := any(method)
	if h, ok := method.(param.Holder); ok { // made by methods.New, its expressions not yet resolved
		component = h.Component()
	}
	if err := prepare.Resolve(component, b); err != nil {
		return nil, fmt.Errorf("method: %w", err)
	}
	if err := param.Check(component); err != nil {
		return nil, fmt.Errorf("method: %w", err)
	}
	var stopped atomic.Bool
	defer context.AfterFunc(ctx, func() { stopped.Store(true) })()
	x := make([]float64, b.Problem.Dim())
	var rule problems.StartRule = starts.Standard{}
	if start != nil {
		rule = &starts.Point{X: start}
	}
	if err := rule.Start(b.Facts, x, nil); err != nil {
		return nil, fmt.Errorf("start: %w", err)
	}
	c := suite.Cell{Problem: &suite.Problem{Keys: suite.ProblemKeys{Start: &starts.Point{X: x}}}, Method: &suite.Method{Keys: &keys}}
	w := NewWorker(&suite.Suite{Header: h}, prepare.Problems{c.Problem: b}, &stopped)
	w.keepsEnd = true
	var err error
	if w.paired, err = pairMade(w.suite, c, component, b); err != nil {
		return nil, err
	}
	r := w.paired.record
	r.Targets = []results.Target{}
	err = w.descend(c, b, &r)
	switch {
	case errors.Is(err, errStopped):
		return nil, context.Cause(ctx)
	case err != nil:
		return nil, err
	case r.Status == results.Failed:
		return nil, errors.New(r.Message)
	}
	return &r, checkMoved(x, &r)
}

// pairMade is the pairing of a problem and a method that were made in code.
func pairMade(s *suite.Suite, c suite.Cell, method any, b *prepare.Built) (p *pairing, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = guard.Panicked("before the start", v)
		}
	}()
	p = &pairing{problem: c.Problem, method: c.Method, made: method}
	p.record.Minimum = recordMinimum(b.Facts.Minimum)
	p.size(b)
	p.characterize(s, method, b)
	return p, nil
}

// checkMoved refuses a descent that spent its budget at the start, though the gradient there
// is not zero: a method whose learning rate was left at zero does.
func checkMoved(start []float64, r *results.Record) error {
	spent := r.Status == results.Budget || r.Status == results.Timeout
	if !spent || r.Iterations == 0 || !(r.Final.GradientNorm > 0) || !slices.Equal(start, *r.Final.X) {
		return nil
	}
	return fmt.Errorf("the method has not moved in %s, and the gradient norm at the start is %.3g; is its learning rate zero?", english.Count(r.Iterations, "iteration"), r.Final.GradientNorm)
}
