package wrappers_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/gdbench/gdbench/internal/param"
	_ "github.com/gdbench/gdbench/internal/problems/bbob"
	"github.com/gdbench/gdbench/internal/problems/check"
	_ "github.com/gdbench/gdbench/internal/problems/classics"
	_ "github.com/gdbench/gdbench/internal/problems/mgh"
	_ "github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
	"gonum.org/v1/gonum/mat"
)

// around are the wrappers, each around any problem.
var around = []string{
	"{name: shift, of: %s}", "{name: rotate, of: %s}", "{name: rotate, of: %s, reflections: 1, instance: 4}", "{name: scale, of: %s, ratio: 7}",
	"{name: noise, of: %s, gradient: 0.1}", "{name: finite-difference, of: %s}", "{name: rotate, of: {name: scale, of: %s, ratio: 5}}",
	"{name: kinks, of: %s}", "{name: plateau, of: %s, depth: 3}",
}

// A wrapper keeps a constant only where it survives: none is contradicted, around no
// problem of the registry.
func TestConstantsSurvive(t *testing.T) {
	compared := 0
	inside := append(param.Of[problems.Problem]().Names(), "{name: quadratic, dim: 6, condition: 1000}", "{name: quadratic, matrix: [[60, 3], [3, 2]]}",
		"{name: least-squares, data: diabetes, l2: 0.1}", "{name: lasso, l2: 0.1}")
	for _, name := range inside {
		for _, form := range around {
			text := fmt.Sprintf(form, name)
			p, err := compose(text)
			if err != nil || p.Dim() > 60 || len(problems.FactsOf(p).Constants) == 0 {
				continue
			}
			for _, r := range check.Problem(text, p, check.Options{Seed: 3, Points: 4}) {
				if r.Check != "constants" {
					continue
				}
				compared += r.Compared
				if r.Conclusion == check.Failed {
					t.Error(r)
				}
			}
			checkCoordinates(t, text, p)
		}
	}
	if compared < 5000 {
		t.Errorf("only %d comparisons", compared)
	}
}

// checkCoordinates compares Lmax of a problem that is no sum with its gradients along each
// coordinate, and on a quadratic demands that it is attained.
func checkCoordinates(t *testing.T, text string, p problems.Problem) {
	t.Helper()
	c, known := problems.FactsOf(p).Constants[problems.LargestL]
	_, sum := problems.As[problems.FiniteSum](p)
	_, hessian := problems.As[problems.Hessian](p)
	if !known || sum || !hessian {
		return
	}
	n := p.Dim()
	x, g, moved := make([]float64, n), make([]float64, n), make([]float64, n)
	p.Evaluate(x, g)
	steepest := 0.0
	for i := range x {
		x[i] = 1
		p.Evaluate(x, moved)
		x[i] = 0
		steepest = max(steepest, math.Abs(moved[i]-g[i]))
	}
	if steepest > c.Value*(1+1e-9) {
		t.Errorf("%s: Lmax is stated to be %.12g; along a coordinate it is %.12g", text, c.Value, steepest)
	}
	if q, ok := problems.As[problems.Quadratic](p); ok && q.Quadratic() && c.Source == "largest entry of the diagonal: of one coordinate" && steepest < c.Value*(1-1e-9) {
		t.Errorf("%s: Lmax is stated to be %.12g; no coordinate is steeper than %.12g", text, c.Value, steepest)
	}
}

// A constant is known after a rotation exactly where the matrix says what it is.
func TestRotatedCoordinates(t *testing.T) {
	p := build(t, "{name: rotate, of: {name: quadratic, dim: 6, condition: 1000}}")
	h := mat.NewSymDense(6, nil)
	p.(problems.Hessian).Hessian(make([]float64, 6), h)
	largest := 0.0
	for i := range 6 {
		largest = max(largest, h.At(i, i))
	}
	if c := problems.FactsOf(p).Constants[problems.LargestL]; math.Abs(c.Value-largest) > 1e-12*largest || !(largest < 990) {
		t.Errorf("Lmax is %g; the diagonal reaches %g", c.Value, largest)
	}
	inside := problems.FactsOf(build(t, "{name: least-squares, data: diabetes, l2: 0.1}")).Constants
	sum := problems.FactsOf(build(t, "{name: rotate, of: {name: least-squares, data: diabetes, l2: 0.1}}")).Constants
	for _, name := range []string{problems.LargestL, problems.SampleMu, problems.SmoothnessL, problems.ConvexityMu} {
		if sum[name] != inside[name] {
			t.Errorf("a rotation keeps %s of a sum: %v became %v", name, inside[name], sum[name])
		}
	}
}
