package functions_test

import "testing"

// benchmarked are the shapes whose cost matters: few variables, dense, and many.
var benchmarked = []string{
	"{name: rosenbrock}",
	"{name: rosenbrock, dim: 1000}",
	"{name: saddle-quartic}",
	"{name: quadratic, dim: 10}",
	"{name: quadratic, dim: 10, rotated: true}",
	"{name: quadratic, matrix: [[1, 1, 1, 1, 1], [1, 2, 3, 4, 5], [1, 3, 6, 10, 15], [1, 4, 10, 20, 35], [1, 5, 15, 35, 70]]}",
	"{name: quadratic, matrix: [[10, 1, 1, 1, 1, 1, 1, 1, 1, 1], [1, 11, 1, 1, 1, 1, 1, 1, 1, 1], [1, 1, 12, 1, 1, 1, 1, 1, 1, 1], [1, 1, 1, 13, 1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 14, 1, 1, 1, 1, 1], [1, 1, 1, 1, 1, 15, 1, 1, 1, 1], [1, 1, 1, 1, 1, 1, 16, 1, 1, 1], [1, 1, 1, 1, 1, 1, 1, 17, 1, 1], [1, 1, 1, 1, 1, 1, 1, 1, 18, 1], [1, 1, 1, 1, 1, 1, 1, 1, 1, 19]]}",
}

func BenchmarkEvaluate(b *testing.B) {
	for _, text := range benchmarked {
		b.Run(text, func(b *testing.B) {
			p := build(b, text)
			x, grad := p.Facts().Starts[0].X, make([]float64, p.Dim())
			b.ReportAllocs()
			for b.Loop() {
				p.Evaluate(x, grad)
			}
		})
	}
}

// BenchmarkMillion is the loop that bench/peers times in C too.
func BenchmarkMillion(b *testing.B) {
	p := build(b, "{name: rosenbrock, dim: 1000000}")
	x, grad := p.Facts().Starts[0].X, make([]float64, p.Dim())
	b.ReportAllocs()
	for b.Loop() {
		p.Evaluate(x, grad)
	}
}

// TestNoAllocation holds for values, gradients and Hessian products of every function.
func TestNoAllocation(t *testing.T) {
	for _, text := range everyFunction() {
		p := build(t, text)
		x, grad, hv := p.Facts().Starts[0].X, make([]float64, p.Dim()), make([]float64, p.Dim())
		if n := testing.AllocsPerRun(10, func() {
			p.Evaluate(x, nil)
			p.Evaluate(x, grad)
			p.HessianProduct(x, grad, hv)
		}); n != 0 {
			t.Errorf("%s: %v allocations", text, n)
		}
	}
}
