package functions

import (
	"github.com/gdbench/gdbench/internal/linalg"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/problems"
	"gonum.org/v1/gonum/mat"
)

// newton moves x to the critical point next to it, as far as rounding allows, for facts
// that have no closed form. It takes full steps as long as they shorten the gradient,
// and shorter ones where they do not.
func newton(p interface {
	problems.Problem
	problems.Hessian
}, x []float64) {
	n := len(x)
	grad, next, step := make([]float64, n), make([]float64, n), make([]float64, n)
	h, lu := mat.NewSymDense(n, nil), linalg.NewLU(n)
	p.Evaluate(x, grad)
	norm := vec.Norm(grad)
	for range 100 {
		p.Hessian(x, h)
		for i := range n {
			for j, row := 0, lu.Row(i); j < n; j++ {
				row[j] = h.At(i, j)
			}
		}
		if !lu.Factorize() || lu.Condition(linalg.Norm1(h, step)) < 0x1p-53 {
			return
		}
		copy(step, grad)
		lu.Solve(step)
		before := norm
		for t := 1.0; t > 1e-3 && norm >= before; t /= 2 {
			vec.AddScaled(next, x, -t, step)
			p.Evaluate(next, grad)
			norm = vec.Norm(grad)
		}
		if norm >= before {
			return
		}
		copy(x, next)
	}
}
