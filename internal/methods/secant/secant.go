// Package secant keeps the last step and the change of the gradient along it, from which
// conjugate gradients, quasi-Newton directions and Barzilai–Borwein steps learn about
// curvature.
package secant

import (
	"math"

	"github.com/gdbench/gdbench/internal/simd"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
)

// Pair is s = x − x₋₁ and y = ∇f(x) − ∇f(x₋₁), with their products.
//
// On a batched oracle both gradients must belong to one function, or y is noise and no
// curvature: the gradient at x₋₁ is evaluated again on the current batch, at the price
// of one more gradient a step (Schraudolph, Yu & Günter 2007, A stochastic quasi-Newton
// method for online convex optimization, AISTATS, PMLR 2).
type Pair struct {
	S, Y   []float64
	Before []float64 // ∇f(x₋₁)

	SS, SY, YY float64 // sᵀs, sᵀy and yᵀy

	oracle  *methods.Oracle
	x, grad []float64 // the last iterate, and ∇f there
	known   bool
}

// Init forgets everything; s and y are new.
func (p *Pair) Init(o *methods.Oracle) {
	n := o.Dim()
	room := make(vec.Room, (2+Vectors)*n)
	p.InitIn(&room, o)
	p.S, p.Y = room.Take(n), room.Take(n)
}

// Vectors is how many of n numbers a pair needs beside s and y.
const Vectors = 3

// InitIn forgets everything, takes Vectors from a room, and leaves s and y to the caller.
func (p *Pair) InitIn(room *vec.Room, o *methods.Oracle) {
	n := o.Dim()
	*p = Pair{Before: room.Take(n), oracle: o, x: room.Take(n), grad: room.Take(n)}
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
	p.SS, p.SY, p.YY = simd.Secant(p.S, p.Y, p.x, p.grad, at.X, p.Before, at.Grad)
	return true
}

// Curved reports whether the pair has positive curvature beyond rounding, sᵀy > 2⁻⁵²‖s‖‖y‖.
func (p *Pair) Curved() bool { return p.SY > 0x1p-52*math.Sqrt(p.SS*p.YY) }
