package app

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/methods/demands"
	"github.com/gdbench/gdbench/internal/methods/theory"
	"github.com/gdbench/gdbench/internal/methods/wrap"
	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/theorem"
	"github.com/gdbench/gdbench/methods"
)

// guide is what a method, direction, step rule, wrapper or schedule costs and requires, and which
// theorems it obeys.
type guide struct {
	demands.Demands
	theorems []theorem.Theorem
}

// guideTo is nil for components of other kinds.
func guideTo(e *param.Entry) (*guide, error) {
	switch e.Kind {
	case param.Of[methods.Method]().Kind, param.Of[methods.Direction]().Kind, param.Of[methods.StepRule]().Kind,
		wrap.Registry.Kind, wrap.ScheduleRegistry.Kind:
	default:
		return nil, nil
	}
	subjects, err := subjects()
	if err != nil {
		return nil, err
	}
	sized, err := sized()
	if err != nil {
		return nil, err
	}
	found, err := demands.Of(e, subjects, sized)
	if err != nil {
		return nil, err
	}
	return &guide{found, theory.Of(e)}, nil
}

// subjects are what methods are tried on: a sum of squares, a composite, a known M, matrices, a
// sum of squares that is no quadratic, a simplex, a box. On the last two some variables of the minimizer
// are at bounds and some are not, so that no method ends in one step.
func subjects() ([]demands.Subject, error) {
	var out []demands.Subject
	for _, name := range []string{"least-squares", "lasso", "mccormick", "softmax", "rosenbrock"} {
		built, label, err := buildProblem(name, nil)
		if err != nil {
			return nil, err
		}
		out = append(out, demands.Subject{Name: label, Problem: built.Problem, Facts: built.Facts})
	}
	for _, set := range []string{"{simplex: {radius: 250}}", "{box: {lower: -20, upper: 200}}"} {
		built, label, err := buildProblem("least-squares", []string{"constraint=" + set})
		if err != nil {
			return nil, err
		}
		out = append(out, demands.Subject{Name: label + " with a constraint", Problem: built.Problem, Facts: built.Facts})
	}
	return out, nil
}

// sized are sums of squares of some sizes, on which the memory of methods is counted.
func sized() ([]demands.Subject, error) {
	var out []demands.Subject
	for _, size := range demands.Sizes {
		built, label, err := buildProblem("least-squares", []string{
			fmt.Sprintf("data={name: regression, features: %d, samples: %d}", size[0], size[1]), "intercept=none",
		})
		if err != nil {
			return nil, err
		}
		out = append(out, demands.Subject{Name: label, Problem: built.Problem, Facts: built.Facts})
	}
	return out, nil
}

// lines describes cost and requirements, one a line.
func (g *guide) lines() []string {
	required := slices.Clone(g.Needs)
	if len(g.Requires) > 0 {
		required = slices.Insert(required, 0, strings.ReplaceAll(strings.Join(g.Requires, ", "), "mu", "μ"))
	}
	requires := cmp.Or(strings.Join(required, "; "), "nothing")
	if g.Around != "" {
		return []string{
			fmt.Sprintf("cost per iteration: %s around %s, whose own is %s (counted on %s, with all samples)", g.Cost, g.Around, g.AloneCost, g.On),
			fmt.Sprintf("memory: %s; that of the method alone: %s", g.Memory, g.AloneMemory),
			"requires: " + requires,
		}
	}
	batches := "not supported"
	if g.Batches {
		batches = "supported, by the keys batch (number of samples) and sampling (shuffle or replace)"
	}
	return []string{
		fmt.Sprintf("cost per iteration: %s (counted on %s, with all samples)", g.Cost, g.On),
		"memory: " + g.Memory,
		"requires: " + requires,
		"mini-batches: " + batches,
		"scale-free: " + g.ScaleFree,
	}
}

// statement is one theorem in a line.
func statement(t theorem.Theorem) string {
	name := t.Name
	if q := t.Qualities(); q != "" {
		name += " (" + q + ")"
	}
	return fmt.Sprintf("%s: %s; %s", name, t.Statement, t.Source)
}
