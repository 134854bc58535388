package functions

import "gonum.org/v1/gonum/mat"

// chain is a function in which each variable meets its neighbours only: its Hessian is
// tridiagonal.
type chain interface {
	diagonal(x []float64, i int) float64 // ∂²f/∂xᵢ²
	beside(x []float64, i int) float64   // ∂²f/∂xᵢ∂xᵢ₊₁
}

func chainHessian(c chain, x []float64, h *mat.SymDense) {
	h.Zero()
	for i := range x {
		h.SetSym(i, i, c.diagonal(x, i))
		if i+1 < len(x) {
			h.SetSym(i, i+1, c.beside(x, i))
		}
	}
}

// chainProduct writes ∇²f(x)·v into hv.
func chainProduct(c chain, x, v, hv []float64) {
	var before float64 // what the variable before adds
	for i := range x {
		s := before + float64(c.diagonal(x, i)*v[i])
		if i+1 < len(x) {
			side := c.beside(x, i)
			s += float64(side * v[i+1])
			before = side * v[i]
		}
		hv[i] = s
	}
}
