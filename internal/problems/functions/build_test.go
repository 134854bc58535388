package functions_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/param"
	_ "github.com/gdbench/gdbench/internal/problems/functions"
	"github.com/gdbench/gdbench/problems"
)

// problem is what the tests ask of every function of this package.
type problem interface {
	problems.Problem
	problems.Describer
	problems.Hessian
	problems.HessianProduct
}

// compose reads a problem the way a suite does: {name: rosenbrock, dim: 3}.
func compose(text string) (problems.Problem, error) {
	node, err := param.Load("test", strings.NewReader(text))
	if err != nil {
		return nil, err
	}
	spec, err := param.Of[problems.Problem]().Only("test", node, nil)
	if err != nil {
		return nil, err
	}
	component, err := spec.New()
	if err != nil {
		return nil, err
	}
	p := component.(problems.Problem)
	if b, ok := p.(problems.Builder); ok {
		err = b.Build(problems.Env{Seed: 1, Name: spec.Text()})
	}
	if f, ok := p.(problems.Forker); ok && err == nil {
		p = f.Fork()
	}
	return p, err
}

func build(t testing.TB, text string) problem {
	t.Helper()
	p, err := compose(text)
	if err != nil {
		t.Fatal(err)
	}
	full, ok := p.(problem)
	if !ok {
		t.Fatalf("%s offers no facts, no Hessian or no Hessian products", text)
	}
	return full
}

// buildDim sets the dimension where the problem has that parameter.
func buildDim(t testing.TB, name string, dim int) problem {
	t.Helper()
	entry, err := param.Of[problems.Problem]().Lookup(name)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range entry.Fields() {
		if f.Name == "dim" {
			return build(t, fmt.Sprintf("{name: %s, dim: %d}", name, dim))
		}
	}
	return build(t, "{name: "+name+"}")
}
