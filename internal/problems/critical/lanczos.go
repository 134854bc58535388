package critical

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/internal/linalg"
	"github.com/gdbench/gdbench/internal/random"
	"github.com/gdbench/gdbench/internal/vec"
)

// lanczosSteps bounds the Krylov space; with full reorthogonalization it needs as many
// vectors of memory.
const lanczosSteps = 120

// krylov is an orthonormal basis of the space of v, Av, A²v, … and the tridiagonal matrix that
// A is in it (Golub & Van Loan 2013, Matrix Computations, §10.1), with full reorthogonalization.
type krylov struct {
	times       func(v, hv []float64)
	basis       [][]float64
	alpha, beta []float64 // the diagonal, and beside it
	next        []float64 // the direction of the next vector, of norm beta
}

func newKrylov(times func(v, hv []float64), v []float64) *krylov {
	return &krylov{times: times, next: v}
}

// grow adds a vector to the basis; false where the result is not finite. The norm of what
// follows is 0 where the space is complete.
func (k *krylov) grow() (norm float64, ok bool) {
	v := append([]float64(nil), k.next...)
	vec.Scale(1/vec.Norm(v), v)
	k.basis = append(k.basis, v)
	w := make([]float64, len(v))
	k.times(v, w)
	k.alpha = append(k.alpha, vec.Dot(v, w))
	for range 2 { // twice is enough (Kahan & Parlett)
		for _, b := range k.basis {
			vec.AddScaled(w, w, -vec.Dot(b, w), b)
		}
	}
	norm = vec.Norm(w)
	k.beta, k.next = append(k.beta, norm), w
	return norm, !math.IsNaN(norm) && !math.IsInf(norm, 0)
}

// tridiagonal is the eigen-decomposition of the matrix in the basis.
func (k *krylov) tridiagonal() (*linalg.Eigen, bool) {
	t := mat.NewSymDense(len(k.alpha), nil)
	for i, a := range k.alpha {
		t.SetSym(i, i, a)
		if i+1 < len(k.alpha) {
			t.SetSym(i, i+1, k.beta[i])
		}
	}
	e := new(linalg.Eigen)
	return e, e.Factorize(t, true)
}

// lanczos estimates the extreme eigenvalues of a symmetric n×n matrix from its products. It
// has converged when the residual of both Ritz values is below 1e-9 of the largest.
func lanczos(times func(v, hv []float64), n int) Spectrum {
	rng := rand.New(rand.NewPCG(1, uint64(n)))
	v := make([]float64, n)
	for i := range v {
		v[i] = random.Normal(rng)
	}
	k := newKrylov(times, v)
	s := Spectrum{Lowest: math.NaN(), Highest: math.NaN(), Smallest: math.NaN()}
	for range min(n, lanczosSteps) {
		norm, ok := k.grow()
		if !ok {
			return s
		}
		var residual float64
		s.Lowest, s.Highest, residual = k.ritz(norm)
		largest := math.Max(math.Abs(s.Lowest), math.Abs(s.Highest))
		s.zero = zeroCurvature * largest
		if s.converged = residual <= 1e-9*largest; s.converged {
			return s
		}
	}
	return s
}

// ritz is the extreme eigenvalues of the tridiagonal matrix, with the larger of their
// residual norms: next·|last entry of the eigenvector|.
func (k *krylov) ritz(next float64) (low, high, residual float64) {
	e, ok := k.tridiagonal()
	if !ok {
		return math.NaN(), math.NaN(), math.Inf(1)
	}
	values, last := e.Values(), len(k.alpha)-1
	residual = next * math.Max(math.Abs(e.Vector(0)[last]), math.Abs(e.Vector(last)[last]))
	return values[0], values[last], residual
}

// krylovStep is −A⁻¹g as far as the Krylov space of g has it, nil where that is not finite.
func krylovStep(times func(v, hv []float64), g []float64) []float64 {
	k, size := newKrylov(times, g), vec.Norm(g)
	for range min(len(g), lanczosSteps) {
		norm, ok := k.grow()
		if !ok {
			return nil
		}
		if norm <= 1e-12*math.Abs(k.alpha[0]) {
			break
		}
	}
	e, ok := k.tridiagonal()
	if !ok {
		return nil
	}
	values := e.Values()
	zero := zeroCurvature * math.Max(math.Abs(values[0]), math.Abs(values[len(values)-1]))
	step := make([]float64, len(g))
	for j, λ := range values {
		if math.Abs(λ) <= zero {
			continue
		}
		q := e.Vector(j)
		for i, b := range k.basis {
			vec.AddScaled(step, step, -size*q[0]*q[i]/λ, b)
		}
	}
	return step
}
