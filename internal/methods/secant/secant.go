// Package secant keeps the last step and the change of the gradient along it, from which
// conjugate gradients, quasi-Newton directions and Barzilai–Borwein steps learn about
// curvature.
package secant

import (
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
)

// Pair is s = x − x₋₁ and y = ∇f(x) − ∇f(x₋₁).
//
// On a batched oracle both gradients must belong to one function, or y is noise and no
// curvature: the gradient at x₋₁ is evaluated again on the current batch, at the price
// of one more gradient a step (Schraudolph, Yu & Günter 2007, A stochastic quasi-Newton
// method for online convex optimization, AISTATS, PMLR 2).
type Pair struct {
	S, Y   []float64
	Before []float64 // ∇f(x₋₁)

	oracle  *methods.Oracle
	x, grad []float64 // the last iterate, and ∇f there
	known   bool
}

// Init forgets everything; s and y are new.
func (p *Pair) Init(o *methods.Oracle) {
	n := o.Dim()
	room := make(vec.Room, 5*n)
	*p = Pair{S: room.Take(n), Y: room.Take(n), Before: room.Take(n), oracle: o, x: room.Take(n), grad: room.Take(n)}
}

// Update forms the pair at an iterate whose gradient is known. It is false at the first.
func (p *Pair) Update(at *methods.Iterate) bool {
	known := p.known
	if known && p.oracle.Batched() {
		if vec.SameBits(at.X, p.x) { // the gradient there is known
			copy(p.grad, at.Grad)
		} else {
			p.oracle.Gradient(p.x, p.grad)
		}
	}
	p.Before, p.grad = p.grad, p.Before
	p.known = true
	if !known {
		copy(p.x, at.X)
		copy(p.grad, at.Grad)
		return false
	}
	n := len(p.S)
	S, Y, last, before, grad, x, g := p.S, p.Y[:n], p.x[:n], p.Before[:n], p.grad[:n], at.X[:n], at.Grad[:n]
	for i := range S { // one pass instead of four
		S[i], last[i] = x[i]-last[i], x[i]
		Y[i], grad[i] = g[i]-before[i], g[i]
	}
	return true
}
