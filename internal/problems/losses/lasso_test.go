package losses_test

import (
	"math"
	"testing"

	"github.com/gdbench/gdbench/problems"
)

// The proximal operator is the minimizer that its definition asks for, coordinate by
// coordinate, by golden-section search.
func TestLassoProx(t *testing.T) {
	p := build(t, "{name: lasso, data: diabetes, l1: 3, intercept: free}").(interface {
		problems.Problem
		problems.Composite
	})
	n := p.Dim()
	x, u := make([]float64, n), make([]float64, n)
	for j := range x {
		x[j] = float64(j) - 4.5
	}
	x[n-1] = 0.5
	const step = 0.7
	p.Prox(u, x, step)
	for j := range u {
		point := make([]float64, n)
		objective := func(v float64) float64 {
			point[j] = v
			return p.Rest(point) + (v-x[j])*(v-x[j])/(2*step)
		}
		low, high := -20.0, 20.0
		for range 200 {
			a, b := low+0.381966*(high-low), high-0.381966*(high-low)
			if objective(a) < objective(b) {
				high = b
			} else {
				low = a
			}
		}
		if math.Abs(u[j]-low) > 1e-6 {
			t.Errorf("coordinate %d of the prox at %g is %g, by search %g", j, x[j], u[j], low)
		}
	}
	if u[n-1] != 0.5 {
		t.Errorf("the free intercept moved to %g", u[n-1])
	}
}

// No proximal gradient step leaves the stated minimizer, and with l1 beyond the largest
// correlation only the free intercept is left.
func TestLassoMinimum(t *testing.T) {
	for _, text := range []string{
		"{name: lasso, data: diabetes, l1: 2}",
		"{name: lasso, data: diabetes, l1: 5, l2: 0.1, intercept: free}",
		"{name: lasso, data: diabetes, l1: 0}",
	} {
		p := build(t, text)
		facts := problems.FactsOf(p)
		if facts.Minimum == nil || len(facts.Minimum.Points) != 1 {
			t.Fatalf("%s: minimum %+v, notes %q", text, facts.Minimum, facts.Notes)
		}
		x, g := facts.Minimum.Points[0], make([]float64, p.Dim())
		rest := p.(problems.Composite)
		within(t, text+": f* + h*", p.Evaluate(x, g)+rest.Rest(x), facts.Minimum.Value, 1e-14)
		step := 1 / facts.Constants[problems.SmoothnessL].Value
		next := along(x, g, -step)
		rest.Prox(next, next, step)
		for j := range x {
			within(t, text+": a step from the minimizer", next[j], x[j], 1e-12)
		}
		if facts.Minimum.Accuracy > 1e-9*facts.Minimum.Value {
			t.Errorf("%s: accuracy %g", text, facts.Minimum.Accuracy)
		}
	}
	x := problems.FactsOf(build(t, "{name: lasso, data: diabetes, l1: 100, intercept: free}")).Minimum.Points[0]
	for j, v := range x[:10] {
		if v != 0 {
			t.Errorf("weight %d is %g", j, v)
		}
	}
	within(t, "intercept", x[10], 67243.0/442, 1e-13)
}
