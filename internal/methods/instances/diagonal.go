package instances

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/linalg"
	"github.com/gdbench/gdbench/internal/random"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/problems"
)

// Quadratic is ½xᵀAx. Its constants L and μ are those of the class it represents, which
// may be wider than its spectrum: Lx²/2 is a μ-strongly convex function for every μ ≤ L.
type Quadratic struct {
	A     *mat.SymDense
	L, Mu float64
}

// Diagonal has the given eigenvalues along the coordinates.
func Diagonal(eigenvalues ...float64) *Quadratic {
	a := mat.NewSymDense(len(eigenvalues), nil)
	q := &Quadratic{A: a, Mu: math.Inf(1)}
	for i, λ := range eigenvalues {
		a.SetSym(i, i, λ)
		q.L, q.Mu = math.Max(q.L, λ), math.Min(q.Mu, λ)
	}
	return q
}

// Shaped is a quadratic whose variables form a matrix and, where some are left, a bias.
type Shaped struct {
	*Quadratic
	Rows, Columns int
}

// Shapes are the matrix and the bias.
func (s *Shaped) Shapes() []problems.Block {
	blocks := []problems.Block{{Name: "W", Kind: problems.MatrixBlock, Rows: s.Rows, Columns: s.Columns}}
	if at := blocks[0].Size(); at < s.Dim() {
		blocks = append(blocks, problems.Block{Name: "b", Kind: problems.BiasBlock, Rows: s.Dim() - at, Columns: 1, Offset: at})
	}
	return blocks
}

// Class is the one-dimensional λx²/2 as a member of the class of μ-strongly convex and
// L-smooth functions.
func Class(λ, mu, l float64) *Quadratic {
	q := Diagonal(λ)
	q.L, q.Mu = l, mu
	return q
}

// Rotated has a random orthonormal basis of eigenvectors, and log-uniform eigenvalues
// between 1 and κ, both ends among them.
func Rotated(n int, κ float64, rng *rand.Rand) *Quadratic {
	eigenvalues := make([]float64, n)
	for i := range eigenvalues {
		eigenvalues[i] = elementary.Pow(κ, rng.Float64())
	}
	eigenvalues[0], eigenvalues[n-1] = 1, κ
	basis := orthonormal(n, rng)
	sym := mat.NewSymDense(n, nil)
	for i := range n {
		for j := i; j < n; j++ {
			var sum float64
			for k, λ := range eigenvalues {
				sum += float64(float64(basis[k][i]*λ) * basis[k][j])
			}
			sym.SetSym(i, j, sum)
		}
	}
	// The matrix was rounded, and with it its extreme eigenvalues.
	return &Quadratic{A: sym, L: κ * (1 + 1e-13), Mu: 1 - float64(1e-13*κ)}
}

// orthonormal is a random basis: the factor Q of a matrix of normal numbers.
func orthonormal(n int, rng *rand.Rand) [][]float64 {
	qr := linalg.NewQR(n, n)
	for i := range n {
		for j := range n {
			qr.Column(j)[i] = random.Normal(rng)
		}
	}
	qr.Factorize()
	basis := make([][]float64, n)
	for j := range basis {
		basis[j] = make([]float64, n)
		basis[j][j] = 1
		qr.Product(basis[j])
	}
	return basis
}

func (q *Quadratic) Dim() int { return q.A.SymmetricDim() }

// Quadratic reports that the Hessian is the same everywhere.
func (*Quadratic) Quadratic() bool { return true }

func (q *Quadratic) Evaluate(x, grad []float64) float64 {
	if grad == nil {
		grad = make([]float64, len(x))
	}
	q.HessianProduct(x, x, grad)
	return vec.Dot(x, grad) / 2
}

func (q *Quadratic) HessianProduct(_, v, hv []float64) {
	n := q.Dim()
	for i := range n {
		sum := 0.0
		for j := range n {
			sum += float64(q.A.At(i, j) * v[j])
		}
		hv[i] = sum
	}
}

func (q *Quadratic) Hessian(_ []float64, h *mat.SymDense) { h.CopySym(q.A) }

// Gap is f, since f* = 0.
func (q *Quadratic) Gap(x []float64) float64 { return q.Evaluate(x, nil) }

func (q *Quadratic) Facts() *problems.Facts {
	largest := 0.0
	for i := range q.Dim() {
		largest = math.Max(largest, q.A.At(i, i))
	}
	return &problems.Facts{
		Convexity: problems.StronglyConvex,
		Constants: global(map[string]float64{
			problems.SmoothnessL: q.L, problems.ConvexityMu: q.Mu, problems.LargestL: largest,
		}),
		Minimum: minimum(0, make([]float64, q.Dim())),
	}
}

// Chebyshev is the spectrum on which conjugate gradients are slowest after k steps: the
// k+1 extrema of the Chebyshev polynomial on [μ, L], with the start that weighs them so
// that no polynomial of degree k does better (Golub & Van Loan 2013, §11.3).
func Chebyshev(k int, mu, l float64) (q *Quadratic, x0 []float64) {
	λ := make([]float64, k+1)
	for j := range λ {
		λ[j] = float64((l+mu)/2) + float64((l-mu)/2*elementary.Cos(float64(j)*math.Pi/float64(k)))
	}
	x0 = make([]float64, k+1)
	for j := range λ {
		product := 1.0
		for i := range λ {
			if i != j {
				product *= math.Abs(λ[j] - λ[i])
			}
		}
		x0[j] = 1 / (λ[j] * math.Sqrt(product))
	}
	q = Diagonal(λ...)
	q.L, q.Mu = l, mu
	return q, x0
}

// Noise is a quadratic whose gradients carry independent normal errors of standard
// deviation σ in each coordinate.
type Noise struct {
	*Quadratic
	Sigma float64
}

func (p *Noise) Noise() problems.Noise { return problems.Noise{Gradient: p.Sigma} }
