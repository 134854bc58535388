package wrappers_test

import (
	"testing"

	"github.com/gdbench/gdbench/problems"
)

// TestForks: two forks do not share scratch.
func TestForks(t *testing.T) {
	for _, text := range composed {
		p := build(t, text)
		forker, ok := p.(problems.Forker)
		if !ok {
			t.Errorf("%s does not fork", text)
			continue
		}
		fork := forker.Fork()
		x := problems.FactsOf(p).Starts[0].X
		grad, other := make([]float64, p.Dim()), make([]float64, p.Dim())
		if f, g := p.Evaluate(x, grad), fork.Evaluate(x, other); f != g {
			t.Errorf("%s: f = %v, on the fork %v", text, f, g)
		}
		done := make(chan struct{})
		go func() {
			for range 100 {
				fork.Evaluate(x, other)
			}
			close(done)
		}()
		for range 100 {
			p.Evaluate(x, grad)
		}
		<-done
		for i := range grad {
			if grad[i] != other[i] {
				t.Errorf("%s: ∂f/∂x%d = %v, on the fork %v", text, i, grad[i], other[i])
			}
		}
	}
}

func BenchmarkEvaluate(b *testing.B) {
	for _, text := range []string{
		"{name: shift, of: {name: rosenbrock, dim: 10}}",
		"{name: rotate, of: {name: rosenbrock, dim: 10}}",
		"{name: scale, of: {name: rosenbrock, dim: 10}}",
		"{name: noise, of: {name: rosenbrock, dim: 10}, value: 1}",
		"{name: finite-difference, of: {name: rosenbrock, dim: 10}}",
	} {
		b.Run(text, func(b *testing.B) {
			p := build(b, text)
			x, grad := problems.FactsOf(p).Starts[0].X, make([]float64, p.Dim())
			b.ReportAllocs()
			for b.Loop() {
				p.Evaluate(x, grad)
			}
		})
	}
}

func TestNoAllocation(t *testing.T) {
	for _, text := range []string{
		"{name: shift, of: rosenbrock}", "{name: rotate, of: rosenbrock}", "{name: scale, of: rosenbrock}",
		"{name: noise, of: rosenbrock}", "{name: finite-difference, of: rosenbrock}",
	} {
		p := build(t, text)
		x, grad := problems.FactsOf(p).Starts[0].X, make([]float64, p.Dim())
		if n := testing.AllocsPerRun(10, func() { p.Evaluate(x, grad) }); n != 0 {
			t.Errorf("%s: %v allocations", text, n)
		}
	}
}
