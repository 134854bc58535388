package linalg

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/internal/vec"
)

// symmetric is a random matrix of the given kind.
func symmetric(kind string, n int, rng *rand.Rand) *mat.SymDense {
	a := mat.NewSymDense(n, nil)
	for i := range n {
		for j := i; j < n; j++ {
			v := rng.NormFloat64()
			switch kind {
			case "diagonal":
				if i != j {
					v = 0
				}
			case "identity":
				v = 0
				if i == j {
					v = 1
				}
			case "zero":
				v = 0
			case "one":
				v = 1 // rank one: n−1 equal eigenvalues
			case "huge":
				v *= 1e300
			case "tiny":
				v *= 1e-300
			case "graded":
				v *= math.Pow(10, -float64(i+j)/2)
			}
			a.SetSym(i, j, v)
		}
	}
	return a
}

var kinds = []string{"normal", "diagonal", "identity", "zero", "one", "huge", "tiny", "graded"}

// Eigenvalues are gonum's; AQ = QΛ and QᵀQ = I.
func TestEigen(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	var e Eigen // one memory for all, in any order of sizes
	for _, n := range []int{1, 2, 3, 10, 40, 7, 120} {
		for _, kind := range kinds {
			a := symmetric(kind, n, rng)
			if !e.Factorize(a, true) {
				t.Fatalf("%s, n = %d: not decomposed", kind, n)
			}
			var want mat.EigenSym
			if !want.Factorize(a, true) {
				t.Fatalf("%s, n = %d: gonum has no decomposition", kind, n)
			}
			size := math.Max(math.Abs(e.Values()[0]), math.Abs(e.Values()[n-1]))
			tolerance := 100 * float64(n) * ε * size
			for i, w := range want.Values(nil) {
				if math.Abs(e.Values()[i]-w) > tolerance {
					t.Errorf("%s, n = %d: eigenvalue %d is %.17g; gonum has %.17g", kind, n, i, e.Values()[i], w)
				}
			}
			image := make([]float64, n)
			for j := range n {
				v := e.Vector(j)
				Product(image, a, v)
				vec.AddScaled(image, image, -e.Values()[j], v)
				if r := vec.Norm(image); r > tolerance {
					t.Errorf("%s, n = %d: ‖Av − λv‖ = %g for eigenvalue %d", kind, n, r, j)
				}
				for k := range j + 1 {
					delta := 0.0
					if k == j {
						delta = 1
					}
					if d := math.Abs(vec.Dot(v, e.Vector(k)) - delta); d > 100*float64(n)*ε {
						t.Errorf("%s, n = %d: eigenvectors %d and %d: off by %g", kind, n, j, k, d)
					}
				}
			}
		}
	}
}

func TestFinite(t *testing.T) {
	for _, n := range []int{1, 2, 9, 20} {
		for _, v := range []float64{0, 1e300, -math.MaxFloat64, math.NaN(), math.Inf(1), math.Inf(-1)} {
			h := mat.NewSymDense(n, nil)
			h.SetSym(n/2, n-1, v)
			if got, want := Finite(h), math.Abs(v) <= math.MaxFloat64; got != want {
				t.Errorf("n = %d with %v: finite: %t", n, v, got)
			}
		}
	}
}

func TestEigenRefusesWhatIsNotFinite(t *testing.T) {
	for _, v := range []float64{math.NaN(), math.Inf(1)} {
		a := symmetric("normal", 3, rand.New(rand.NewPCG(1, 2)))
		a.SetSym(0, 2, v)
		if new(Eigen).Factorize(a, false) {
			t.Errorf("a matrix with %v was decomposed", v)
		}
	}
}

// Values alone are those with vectors, to the bit, and Solve undoes Product.
func TestEigenSolves(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	a := symmetric("normal", 20, rng)
	var alone, e Eigen
	alone.Factorize(a, false)
	e.Factorize(a, true)
	for i, v := range alone.Values() {
		if v != e.Values()[i] {
			t.Errorf("eigenvalue %d is %v alone and %v with vectors", i, v, e.Values()[i])
		}
	}
	x, b := normal(20, rng), make([]float64, 20)
	Product(b, a, x)
	e.Solve(b)
	near(t, "solution", b, x, 1e-10)
}

func normal(n int, rng *rand.Rand) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = rng.NormFloat64()
	}
	return x
}

func near(t *testing.T, what string, got, want []float64, tolerance float64) {
	t.Helper()
	for i, w := range want {
		if !(math.Abs(got[i]-w) <= tolerance*math.Max(1, math.Abs(w))) {
			t.Errorf("%s: entry %d is %.17g; expected %.17g", what, i, got[i], w)
		}
	}
}

// Singular values are gonum's, and UΣVᵀ = A.
func TestSVD(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for _, shape := range [][2]int{{1, 1}, {5, 5}, {30, 4}, {4, 30}, {20, 19}} {
		for _, rank := range []int{1, 3, 100} {
			m, n := shape[0], shape[1]
			r := min(rank, m, n)
			var a mat.Dense
			a.Mul(mat.NewDense(m, r, normal(m*r, rng)), mat.NewDense(r, n, normal(r*n, rng)))
			var s SVD
			if !s.Factorize(&a) {
				t.Fatalf("%d×%d: not decomposed", m, n)
			}
			var want mat.SVD
			want.Factorize(&a, mat.SVDNone)
			near(t, fmt.Sprintf("%d×%d of rank %d", m, n, r), s.Values(), want.Values(nil), 1e-12)
			for i := range m {
				for j := range n {
					var sum float64
					for k, σ := range s.Values() {
						sum += s.Left(k)[i] * σ * s.Right(k)[j]
					}
					if math.Abs(sum-a.At(i, j)) > 1e-12*s.Values()[0] {
						t.Errorf("%d×%d of rank %d: entry (%d, %d) is %g; expected %g", m, n, r, i, j, sum, a.At(i, j))
					}
				}
			}
		}
	}
}

// The polar factor has orthonormal rows or columns in the space of A, its product with A is the
// nuclear norm, and a second decomposition does not allocate.
func TestPolar(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 10))
	for _, shape := range [][3]int{{5, 5, 5}, {30, 4, 4}, {4, 30, 2}, {6, 5, 1}} {
		m, n, rank := shape[0], shape[1], shape[2]
		var a, p, twice mat.Dense
		a.Mul(mat.NewDense(m, rank, normal(m*rank, rng)), mat.NewDense(rank, n, normal(rank*n, rng)))
		var s SVD
		dst := make([]float64, m*n)
		var nuclear float64
		if s.Factorize(&a) {
			nuclear = s.Polar(dst)
		}
		var want mat.SVD
		want.Factorize(&a, mat.SVDNone)
		var sum, inner float64
		for _, σ := range want.Values(nil) {
			sum += σ
		}
		for i := range m {
			for j := range n {
				inner += a.At(i, j) * dst[i*n+j]
			}
		}
		near(t, fmt.Sprintf("%d×%d of rank %d: nuclear norm and inner product", m, n, rank), []float64{nuclear, inner}, []float64{sum, sum}, 1e-12)
		o := mat.NewDense(m, n, dst)
		p.Mul(o.T(), o)
		twice.Mul(&p, &p)
		near(t, "a projection", twice.RawMatrix().Data, p.RawMatrix().Data, 1e-12)
		near(t, "its rank", []float64{mat.Trace(&p)}, []float64{float64(rank)}, 1e-12)
		if count := testing.AllocsPerRun(3, func() { s.Factorize(&a); s.Polar(dst) }); count != 0 {
			t.Errorf("%d×%d: allocates %g times", m, n, count)
		}
	}
}

// Least squares are gonum's, and Q is orthogonal.
func TestQR(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	for _, shape := range [][2]int{{1, 1}, {5, 5}, {30, 4}, {20, 19}} {
		m, n := shape[0], shape[1]
		a, b := mat.NewDense(m, n, normal(m*n, rng)), normal(m, rng)
		q := NewQR(m, n)
		for j := range n {
			mat.Col(q.Column(j), j, a)
		}
		if !q.Factorize() {
			t.Fatalf("%d×%d: said to be singular", m, n)
		}
		back := append([]float64(nil), b...)
		q.TransposedProduct(back)
		q.Product(back)
		near(t, "QQᵀb", back, b, 1e-13)
		var want mat.VecDense
		if err := want.SolveVec(a, mat.NewVecDense(m, b)); err != nil {
			t.Fatal(err)
		}
		x := append([]float64(nil), b...)
		q.Solve(x)
		near(t, "solution", x[:n], want.RawVector().Data, 1e-10)
	}
	q := NewQR(3, 2)
	copy(q.Column(0), []float64{1, 2, 2}) // the second column is zero
	if q.Factorize() {
		t.Error("a zero column is said to be regular")
	}
}

// Solutions are gonum's; the condition estimate is within a factor of three of the truth.
func TestLU(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 10))
	for _, n := range []int{1, 2, 5, 30} {
		for range 20 {
			a, b := mat.NewDense(n, n, normal(n*n, rng)), normal(n, rng)
			f := NewLU(n)
			for i := range n {
				copy(f.Row(i), a.RawRowView(i))
			}
			if !f.Factorize() {
				t.Fatalf("n = %d: said to be singular", n)
			}
			x := append([]float64(nil), b...)
			f.Solve(x)
			product := mat.NewVecDense(n, nil)
			product.MulVec(a, mat.NewVecDense(n, x))
			near(t, "Ax", product.RawVector().Data, b, 1e-9)
			y := append([]float64(nil), b...)
			f.solveTransposed(y)
			product.MulVec(a.T(), mat.NewVecDense(n, y))
			near(t, "Aᵀy", product.RawVector().Data, b, 1e-9)
			norm := mat.Norm(a, 1)
			want := 1 / mat.Cond(a, 1)
			if got := f.Condition(norm); got < want*(1-1e-9) || got > 3*want {
				t.Errorf("n = %d: reciprocal condition %g; it is %g", n, got, want)
			}
		}
	}
	f := NewLU(2) // zero
	if f.Factorize() {
		t.Error("the zero matrix is said to be regular")
	}
}

// Factorizing again allocates nothing.
func TestNoAllocation(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 12))
	a := symmetric("normal", 15, rng)
	var e Eigen
	e.Factorize(a, true)
	if n := testing.AllocsPerRun(20, func() { e.Factorize(a, true) }); n > 0 {
		t.Errorf("Eigen: %v allocations", n)
	}
	c := NewCholesky(15)
	if n := testing.AllocsPerRun(20, func() { c.Factorize(a) }); n > 0 {
		t.Errorf("Cholesky: %v allocations", n)
	}
}

func BenchmarkEigen(b *testing.B) {
	a := symmetric("normal", 100, rand.New(rand.NewPCG(1, 2)))
	b.Run("own", func(b *testing.B) {
		var e Eigen
		for b.Loop() {
			e.Factorize(a, true)
		}
	})
	b.Run("gonum", func(b *testing.B) {
		for b.Loop() {
			var e mat.EigenSym
			e.Factorize(a, true)
		}
	})
}
