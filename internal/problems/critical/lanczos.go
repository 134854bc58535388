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

// lanczos estimates the extreme eigenvalues of a symmetric n×n matrix from its products
// (Golub & Van Loan 2013, Matrix Computations, §10.1), with full reorthogonalization. It
// stops when the residual of both Ritz values is below 1e-9 of the largest.
func lanczos(times func(v, hv []float64), n int) Spectrum {
	rng := rand.New(rand.NewPCG(1, uint64(n)))
	v := make([]float64, n)
	for i := range v {
		v[i] = random.Normal(rng)
	}
	vec.Scale(1/vec.Norm(v), v)
	var basis [][]float64
	var alpha, beta []float64
	s := Spectrum{Lowest: math.NaN(), Highest: math.NaN(), Smallest: math.NaN()}
	for k := 1; k <= min(n, lanczosSteps); k++ {
		basis = append(basis, v)
		w := make([]float64, n)
		times(v, w)
		alpha = append(alpha, vec.Dot(v, w))
		for range 2 { // twice is enough (Kahan & Parlett)
			for _, b := range basis {
				vec.AddScaled(w, w, -vec.Dot(b, w), b)
			}
		}
		norm := vec.Norm(w)
		if math.IsNaN(norm) || math.IsInf(norm, 0) {
			return s
		}
		var residual float64
		s.Lowest, s.Highest, residual = ritz(alpha, beta, norm)
		largest := math.Max(math.Abs(s.Lowest), math.Abs(s.Highest))
		s.zero = zeroCurvature * largest
		if residual <= 1e-9*largest {
			return s
		}
		beta = append(beta, norm)
		vec.Scale(1/norm, w)
		v = w
	}
	return s
}

// ritz is the extreme eigenvalues of the tridiagonal matrix, with the larger of their
// residual norms: next·|last entry of the eigenvector|.
func ritz(alpha, beta []float64, next float64) (low, high, residual float64) {
	k := len(alpha)
	t := mat.NewSymDense(k, nil)
	for i, a := range alpha {
		t.SetSym(i, i, a)
		if i+1 < k {
			t.SetSym(i, i+1, beta[i])
		}
	}
	var e linalg.Eigen
	if !e.Factorize(t, true) {
		return math.NaN(), math.NaN(), math.Inf(1)
	}
	values := e.Values()
	residual = next * math.Max(math.Abs(e.Vector(0)[k-1]), math.Abs(e.Vector(k - 1)[k-1]))
	return values[0], values[k-1], residual
}
