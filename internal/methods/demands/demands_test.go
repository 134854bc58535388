package demands_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/methods/demands"
	"github.com/gdbench/gdbench/internal/methods/methodtest"
	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/methods"
	_ "github.com/gdbench/gdbench/methods/catalogue"
	"github.com/gdbench/gdbench/problems"
)

func subject(p problems.Problem) []demands.Subject {
	return []demands.Subject{{Name: "subject", Problem: p, Facts: problems.FactsOf(p)}}
}

// What the formulas of the methods say, by hand.
func TestDemands(t *testing.T) {
	sum := methodtest.NewLeastSquares(12, 3)
	quadratic := methodtest.NewQuadratic(methodtest.Diagonal(1, 4, 10).A, []float64{1, 2, 3})
	for _, c := range []struct {
		registry *param.Registry
		name     string
		on       problems.Problem
		requires string
		cost     string
	}{
		{methods.Registry, "fixed-step", quadratic, "[L]", "1 gradient"},
		{methods.Registry, "triple-momentum", quadratic, "[L mu]", "1 gradient"},
		{methods.Registry, "adam", quadratic, "[]", "1 gradient"},
		{methods.Registry, "polyak", quadratic, "[f*]", "1 gradient, 1 value"},
		{methods.Registry, "newton", quadratic, "[]", "1 gradient, 1 Hessian"},
		{methods.Registry, "linear-cg", quadratic, "[]", "1 Hessian product"},
		{methods.Registry, "saga", sum, "[Lmax]", "1 gradient, 1 value, 1 sample in all"},
		{methods.DirectionRegistry, "newton", quadratic, "[]", "1 gradient, 1 Hessian"},
		{methods.StepRegistry, "cosine", quadratic, "[horizon]", "1 gradient"},
		{methods.StepRegistry, "exact", quadratic, "[]", "1 gradient, 1 Hessian product"},
	} {
		e, err := c.registry.Lookup(c.name)
		if err != nil {
			t.Fatal(err)
		}
		d, err := demands.Of(e, subject(c.on))
		if err != nil || fmt.Sprint(d.Requires) != c.requires || d.Cost != c.cost {
			t.Errorf("%s %s: requires %v, cost %q, error %v; expected %s, %q", e.Kind, e.Name, d.Requires, d.Cost, err, c.requires, c.cost)
		}
	}
}

// First-order methods take batches, and with them everything that is made of such parts.
func TestBatches(t *testing.T) {
	for _, c := range []struct {
		registry *param.Registry
		name     string
		want     bool
	}{{methods.Registry, "adam", true}, {methods.Registry, "newton", false}, {methods.Registry, "gonum-bfgs", false}, {methods.StepRegistry, "wolfe", true}, {methods.DirectionRegistry, "newton-cg", false}} {
		e, err := c.registry.Lookup(c.name)
		if err != nil {
			t.Fatal(err)
		}
		if d, err := demands.Of(e, subject(methodtest.NewLeastSquares(12, 3))); err != nil || d.Batches != c.want {
			t.Errorf("%s takes batches: %t, %v; expected %t", c.name, d.Batches, err, c.want)
		}
	}
}

// A method that runs on no subject says why.
func TestRefused(t *testing.T) {
	e, err := methods.Registry.Lookup("fista")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := demands.Of(e, subject(methodtest.Diagonal(1, 2))); err == nil || !strings.Contains(err.Error(), "composite") {
		t.Errorf("fista on a quadratic: %v", err)
	}
}
