package methods_test

import (
	"testing"

	"github.com/gdbench/gdbench/internal/methods/methodtest"
	"github.com/gdbench/gdbench/internal/problems/functions"
	"github.com/gdbench/gdbench/problems"
)

// What an iteration costs beside a bare loop through the problem's interface: compare
// the lines of one run. fixed-step should stay within 1.6 times the bare loop, the
// composed descent within 3 times.
func BenchmarkIteration(b *testing.B) {
	const lr = 1e-4
	var rosenbrock problems.Problem = &functions.Rosenbrock{N: 2}
	b.Run("bare", func(b *testing.B) {
		b.ReportAllocs()
		x, g := []float64{-1.2, 1}, make([]float64, 2)
		rosenbrock.Evaluate(x, g)
		for b.Loop() {
			for i := range x {
				x[i] -= lr * g[i]
			}
			rosenbrock.Evaluate(x, g)
		}
	})
	for _, method := range []string{"{name: fixed-step, lr: 1e-4}", "{name: descent, step: 1e-4}"} {
		b.Run(method, func(b *testing.B) { iterate(b, method, rosenbrock, []float64{-1.2, 1}) })
	}
}

// The methods with more to do: runs of 30 iterations, their beginnings included, on the
// quadratic in ten variables that bench/peers gives to liblbfgs too.
func BenchmarkQuadratic(b *testing.B) {
	p := &functions.Quadratic{N: 10, Condition: 100, Spectrum: "log"}
	if err := p.Build(problems.Env{}); err != nil {
		b.Fatal(err)
	}
	x0 := []float64{1, 1, 1, 1, 1, 1, 1, 1, 1, 1}
	for _, method := range []string{"fixed-step", "{name: lbfgs, memory: 6}", "bfgs", "conjugate-gradient", "barzilai-borwein"} {
		b.Run(method, func(b *testing.B) { iterate(b, method, p, x0) })
	}
}

func iterate(b *testing.B, method string, p problems.Problem, x0 []float64) {
	b.ReportAllocs()
	r := methodtest.Begin(b, method, p, x0)
	for k := 0; b.Loop(); k++ {
		if k%30 == 29 && len(x0) > 2 {
			copy(r.At.X, x0)
			r.At.HasF = false
			if err := r.Init(r.Oracle, r.At); err != nil {
				b.Fatal(err)
			}
		}
		if err := r.Step(r.At); err != nil {
			b.Fatal(err)
		}
	}
}
