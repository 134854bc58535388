// Package methodtest runs methods in tests as a suite would: written as text, resolved
// against the problem's facts, and stepped by hand.
package methodtest

import (
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

// Run is a method on a problem, between steps.
type Run struct {
	methods.Method
	Oracle *methods.Oracle
	At     *methods.Iterate
}

// Read reads a method as a suite writes it, a name or a flow map; the error is the one that
// the author of the suite gets.
func Read(text string, p problems.Problem) (methods.Method, error) {
	c, err := read(param.Of[methods.Method](), text, p)
	if err != nil {
		return nil, err
	}
	return methods.Unwrap(c), nil
}

// Component is Read before a preset is unwrapped.
func Component(text string, p problems.Problem) (any, error) {
	return read(param.Of[methods.Method](), text, p)
}

// Direction is Read for a direction that must be right.
func Direction(t testing.TB, text string, p problems.Problem) methods.Direction {
	t.Helper()
	c, err := read(param.Of[methods.Direction](), text, p)
	if err != nil {
		t.Fatal(err)
	}
	return c.(methods.Direction)
}

// Rule is Read for a step rule that must be right.
func Rule(t testing.TB, text string, p problems.Problem) methods.StepRule {
	t.Helper()
	c, err := read(param.Of[methods.StepRule](), text, p)
	if err != nil {
		t.Fatal(err)
	}
	return c.(methods.StepRule)
}

// read builds a component and resolves it against the facts of p.
func read(registry *param.Registry, text string, p problems.Problem) (any, error) {
	source := param.Source("test")
	document, err := param.Load(source, strings.NewReader("it: "+text))
	if err != nil {
		return nil, err
	}
	spec, err := registry.Only(source, document.Content[1], nil)
	if err != nil {
		return nil, err
	}
	c, err := spec.New()
	if err != nil {
		return nil, err
	}
	return c, param.Resolve(c, problems.FactsOf(p).Global)
}

// Exact is the oracle of p without batches.
func Exact(t testing.TB, p problems.Problem) *methods.Oracle {
	t.Helper()
	o, err := problems.NewOracle(p, problems.FactsOf(p), problems.OracleOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// Build is Read for a method that must be right.
func Build(t testing.TB, text string, p problems.Problem) methods.Method {
	t.Helper()
	m, err := Read(text, p)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// Start opens an oracle and initializes the method at x0; the error is Init's.
func Start(t testing.TB, text string, p problems.Problem, x0 []float64, options problems.OracleOptions) (*Run, error) {
	t.Helper()
	m := Build(t, text, p)
	o, err := problems.NewOracle(p, problems.FactsOf(p), options)
	if err != nil {
		t.Fatal(err)
	}
	at := &methods.Iterate{Point: methods.Point{X: append([]float64(nil), x0...), Grad: make([]float64, p.Dim())}}
	return &Run{m, o, at}, m.Init(o, at)
}

// Begin is Start for a method whose Init must not fail, on the exact oracle.
func Begin(t testing.TB, text string, p problems.Problem, x0 []float64) *Run {
	t.Helper()
	r, err := Start(t, text, p, x0, problems.OracleOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Next takes one step that must not fail.
func (r *Run) Next(t testing.TB) {
	t.Helper()
	if err := r.Step(r.At); err != nil {
		t.Fatal(err)
	}
}
