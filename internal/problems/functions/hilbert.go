package functions

import (
	"math"

	"github.com/gdbench/gdbench/internal/linalg"
	"github.com/gdbench/gdbench/problems"
	"gonum.org/v1/gonum/mat"
)

func init() {
	problems.Register("hilbert", problems.Info{
		Summary: "quadratic of Hilbert's matrix: its condition number grows like e^(3.5n)",
		Formula: "½(x − 1)ᵀH(x − 1), Hᵢⱼ = 1/(i+j−1)",
		Source:  "M.-D. Choi, Tricks or treats with the Hilbert matrix, Amer. Math. Monthly 90, 1983",
		DOI:     "10.1080/00029890.1983.11971218",
		Family:  "quadratic",
	}, func() problems.Problem { return new(Hilbert) })
}

// Hilbert is f(x) = ½(x − 1)ᵀH(x − 1) with Hᵢⱼ = 1/(i+j−1).
type Hilbert struct {
	N int `param:"dim" default:"6" range:"[1,2000]" doc:"number n of variables"`

	form
	known problems.Facts
}

var (
	_ problems.Builder   = (*Hilbert)(nil)
	_ problems.Forker    = (*Hilbert)(nil)
	_ problems.Describer = (*Hilbert)(nil)
	_ problems.Hessian   = (*Hilbert)(nil)
	_ problems.Quadratic = (*Hilbert)(nil)
)

// largestInverse is the number of variables up to which μ is worked out; beyond it lies
// far below what rounding leaves of it.
const largestInverse = 50

// Build forms H and its extreme eigenvalues.
func (p *Hilbert) Build(problems.Env) error {
	h := newDense(p.N, func(i, j int) float64 { return 1 / float64(i+j+1) })
	p.form = form{n: p.N, matrix: h, centre: fill(p.N, 1)}.fork()
	p.known = p.facts(0, largestEigenvalue(p.N, h.entry), "eigenvalues")
	p.known.Convexity = problems.StronglyConvex
	delete(p.known.Constants, problems.ConvexityMu)
	if p.N <= largestInverse {
		mu := 1 / largestEigenvalue(p.N, func(i, j int) float64 { return inverseHilbert(p.N, i+1, j+1) })
		p.known.Constants[problems.ConvexityMu] = problems.Constant{Value: mu, Scope: problems.Global, Source: "largest eigenvalue of H⁻¹, whose entries are whole numbers in closed form"}
	}
	p.known.Minimum = zeroAt(p.centre)
	p.known.Starts = []problems.Start{{Name: "standard", X: make([]float64, p.N)}}
	p.known.Window = windowAround(p.centre, 2)
	return nil
}

// Fork has its own scratch.
func (p *Hilbert) Fork() problems.Problem {
	fork := *p
	fork.form = p.fork()
	return &fork
}

// Facts hold the extreme eigenvalues.
func (p *Hilbert) Facts() *problems.Facts { return &p.known }

// inverseHilbert is (H⁻¹)ᵢⱼ = (−1)^(i+j)·(i+j−1)·C(n+i−1, n−j)·C(n+j−1, n−i)·C(i+j−2, i−1)²,
// i and j from 1.
func inverseHilbert(n, i, j int) float64 {
	c := binomial(i+j-2, i-1)
	s := float64(i+j-1) * binomial(n+i-1, n-j) * binomial(n+j-1, n-i) * c * c
	return math.Copysign(s, float64(1-2*((i+j)%2)))
}

// binomial is C(n, k), without error below 2⁵³/n.
func binomial(n, k int) float64 {
	c := 1.0
	for i := 1; i <= min(k, n-k); i++ {
		c = float64(c*float64(n-i+1)) / float64(i)
	}
	return c
}

func largestEigenvalue(n int, entry func(i, j int) float64) float64 {
	a := mat.NewSymDense(n, nil)
	for i := range n {
		for j := i; j < n; j++ {
			a.SetSym(i, j, entry(i, j))
		}
	}
	var eigen linalg.Eigen
	if !eigen.Factorize(a, false) {
		return math.NaN()
	}
	return eigen.Values()[n-1]
}
