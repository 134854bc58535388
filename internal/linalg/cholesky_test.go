package linalg

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// positiveDefinite is GGᵀ/n + shift·I with G random.
func positiveDefinite(rng *rand.Rand, n int, shift float64) *mat.SymDense {
	g := mat.NewDense(n, n, nil)
	for i := range n {
		for j := range n {
			g.Set(i, j, rng.NormFloat64())
		}
	}
	a := mat.NewSymDense(n, nil)
	a.SymOuterK(1/float64(n), g)
	for i := range n {
		a.SetSym(i, i, a.At(i, i)+shift)
	}
	return a
}

// The factor is LAPACK's, at sizes below, at and beyond the edges of panels and tiles.
func TestCholeskyIsLAPACKs(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{1, 2, 5, 31, 32, 33, 36, 64, 101, 545} {
		a := positiveDefinite(rng, n, 0.1)
		var want mat.Cholesky
		var upper mat.TriDense
		c := NewCholesky(n)
		if !want.Factorize(a) || !c.Factorize(a) {
			t.Fatalf("n = %d: not found positive definite", n)
		}
		want.UTo(&upper)
		for i := range n {
			for j := i; j < n; j++ {
				if got := c.factor.At(i, j); math.Abs(got-upper.At(i, j)) > 1e-12 {
					t.Fatalf("n = %d: U[%d,%d] = %v, LAPACK %v", n, i, j, got, upper.At(i, j))
				}
			}
		}
		x, ax := make([]float64, n), mat.NewVecDense(n, nil)
		for i := range x {
			x[i] = rng.NormFloat64()
		}
		ax.MulVec(a, mat.NewVecDense(n, x))
		b := ax.RawVector().Data
		c.Solve(b)
		for i := range x {
			if math.Abs(b[i]-x[i]) > 1e-11 {
				t.Fatalf("n = %d: x[%d] = %v, want %v", n, i, b[i], x[i])
			}
		}
	}
}

// Matrices without a factor are distinguished from those with one, wherever the fault is.
func TestCholeskyRefuses(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for _, n := range []int{1, 7, 40} {
		for _, bad := range []float64{-1, 0, math.NaN(), math.Inf(1)} {
			for _, at := range []int{0, n / 2, n - 1} {
				a := positiveDefinite(rng, n, 1)
				a.SetSym(at, at, bad)
				if NewCholesky(n).Factorize(a) {
					t.Errorf("n = %d: %v on the diagonal at %d was found positive definite", n, bad, at)
				}
			}
		}
	}
}

// The estimate is never below the reciprocal condition number, and within three of it; for
// a diagonal matrix it is exact.
func TestConditionIsEstimated(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	check := func(a *mat.SymDense, within float64) {
		n := a.SymmetricDim()
		var inverse mat.Dense
		if err := inverse.Inverse(a); err != nil {
			t.Fatal(err)
		}
		want := 1 / (mat.Norm(a, 1) * mat.Norm(&inverse, 1))
		c := NewCholesky(n)
		norm := Norm1(a, make([]float64, n))
		if math.Abs(norm-mat.Norm(a, 1)) > 1e-12*norm {
			t.Fatalf("n = %d: norm %v, want %v", n, norm, mat.Norm(a, 1))
		}
		if !c.Factorize(a) {
			t.Fatal("not found positive definite")
		}
		if got := c.Condition(norm); got < want*(1-1e-6) || got > want*within {
			t.Errorf("n = %d: reciprocal condition number %v, want %v", n, got, want)
		}
	}
	for n := 1; n < 40; n++ {
		check(positiveDefinite(rng, n, 1e-3), 3)
	}
	for _, smallest := range []int{0, 4, 9} {
		d := mat.NewSymDense(10, nil)
		for i := range 10 {
			d.SetSym(i, i, 5)
		}
		d.SetSym(smallest, smallest, 1e-9)
		check(d, 1+1e-6)
	}
}
