package reference

import (
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/internal/linalg"
	"github.com/gdbench/gdbench/internal/vec"
)

// Linear is a convex loss of a linear model with n features and C outputs,
//
//	f(W) = (1/m) Σ φᵢ(Wᵀxᵢ) + (l2/2)‖W‖²,
//
// where W is n×C and the regularizer leaves out the rows of W from Penalized on.
type Linear struct {
	Terms     Terms
	M, N      int                // samples, features
	Columns   func() [][]float64 // the features: n new columns of m entries
	L2        float64
	Penalized int
	// Weights are those of the problem behind n×C weights W, by rows, where it has one
	// minimizer if f has one minimizer W; nil where it has several.
	Weights func(w []float64) []float64
}

// Model is a problem with the same minimum as a Linear.
type Model interface {
	Linear() *Linear // nil where its terms are of no kind that can be proved
}

// Terms are the φᵢ.
type Terms interface {
	Outputs() int // C
	// At is φᵢ(z), with its gradient in slope (C entries) and its Hessian in curvature (C×C).
	At(i int, z, slope, curvature []float64) (value float64)
}

// Pieces are terms of one output that consist of quadratic pieces. A loss of such terms
// attains its minimum if it is bounded below (Frank & Wolfe 1956, doi:10.1002/nav.3800030109).
type Pieces interface {
	Terms
	// Outside is the distance from a slope to those that φᵢ has.
	Outside(i int, slope float64) float64
}

// Tailed are terms with |φ‴[v,v,v]| ≤ r(v)·φ″[v,v], where r(v)² ≤ Spread·‖v‖² (Bach 2010,
// doi:10.1214/09-EJS521), and with tails along which they approach an infimum.
type Tailed interface {
	Terms
	Spread() float64
	// Tails are vectors a of C entries: φᵢ(z + t·v) does not grow as t → ∞ if and only if
	// aᵀv ≥ 0 for all of them, or = 0 where level is true, and is constant if all are 0.
	Tails(i int, each func(a []float64, level bool))
	// Unattained says in words why there is no minimum.
	Unattained() string
}

// reduced is a Linear in the coordinates U of an orthonormal basis (√m·Q₁; Q₂) of what the
// rows (X; √(m·l2)·I) of its features and regularizer span:
//
//	f(U) = (1/m) Σ φᵢ(Uᵀzᵢ) + ½‖Q₂U‖².
//
// There are no directions left in which f is constant, and the conditioning of X is gone.
type reduced struct {
	terms   Terms
	basis   *basis
	m, r, c int
	rows    [][]float64 // the zᵢ, r entries each
	rest    [][]float64 // rows of Q₂
	slopes  []float64   // m×c: ∇φᵢ at the last point that was evaluated with a gradient

	z, slope, curvature, scaled []float64 // scratch
}

// Bounds of a reference solve: numbers stored, and multiplications of the factorization and of
// one Newton step. They take a few seconds.
const (
	maxStored = 1 << 26
	maxBasis  = 5e9
	maxStep   = 1e9
)

// affordable reports whether l is small enough to be solved in an orthonormal basis.
func (l *Linear) affordable() bool {
	n, rows := float64(l.N), float64(l.M)
	if l.L2 > 0 {
		rows += float64(l.Penalized)
	}
	rank := math.Min(n, rows)
	size := rank * float64(l.Terms.Outputs())
	return rows*n <= maxStored && rows*n*rank <= maxBasis && rows*size*size <= maxStep && size*size*size <= maxStep
}

func (l *Linear) reduce() *reduced {
	m, root, columns, rows := l.M, math.Sqrt(float64(l.M)), l.Columns(), l.M
	if l.L2 > 0 {
		rows += l.Penalized
		for j, c := range columns {
			columns[j] = append(c, make([]float64, l.Penalized)...)
			if j < l.Penalized {
				columns[j][m+j] = root * math.Sqrt(l.L2)
			}
		}
	}
	p := &reduced{terms: l.Terms, basis: newBasis(columns, rows), m: m, c: l.Terms.Outputs()}
	p.r = p.basis.rank()
	all := make([]float64, rows*p.r)
	for k, q := range p.basis.q {
		for i, v := range q {
			all[i*p.r+k] = v
		}
	}
	vec.Scale(root, all[:m*p.r])
	for i := range rows {
		row := all[i*p.r : (i+1)*p.r]
		switch {
		case i < m:
			p.rows = append(p.rows, row)
		case !vec.IsZero(row):
			p.rest = append(p.rest, row)
		}
	}
	p.slopes = make([]float64, p.m*p.c)
	p.z, p.slope, p.curvature = make([]float64, p.c), make([]float64, p.c), make([]float64, p.c*p.c)
	p.scaled = make([]float64, p.r)
	return p
}

// Dim is the number of coordinates.
func (p *reduced) Dim() int { return p.r * p.c }

// outputs writes Uᵀrow into z.
func (p *reduced) outputs(z, row, u []float64) {
	clear(z)
	for k, v := range row {
		for c := range z {
			z[c] += float64(v * u[k*p.c+c])
		}
	}
}

// spread adds row·sᵀ to g.
func (p *reduced) spread(g, row, s []float64) {
	for k, v := range row {
		for c, sc := range s {
			g[k*p.c+c] += float64(v * sc)
		}
	}
}

// Evaluate is f with its gradient, and keeps the slopes of the terms.
func (p *reduced) Evaluate(u, grad []float64) float64 {
	var f, square float64
	clear(grad)
	for i, row := range p.rows {
		p.outputs(p.z, row, u)
		slope := p.slopes[i*p.c : (i+1)*p.c]
		f += p.terms.At(i, p.z, slope, p.curvature)
		p.spread(grad, row, slope)
	}
	vec.Scale(1/float64(p.m), grad)
	for _, row := range p.rest {
		p.outputs(p.z, row, u)
		square += vec.Dot(p.z, p.z)
		p.spread(grad, row, p.z)
	}
	return f/float64(p.m) + float64(square/2)
}

// Hessian is (1/m) Σ ∇²φᵢ ⊗ zᵢzᵢᵀ + Q₂ᵀQ₂ ⊗ I.
func (p *reduced) Hessian(u []float64, h *mat.SymDense) {
	h.Zero()
	for i, row := range p.rows {
		p.outputs(p.z, row, u)
		p.terms.At(i, p.z, p.slope, p.curvature)
		p.addOuter(h, row, p.curvature, 1/float64(p.m))
	}
	identity := make([]float64, p.c*p.c)
	for c := range p.c {
		identity[c*p.c+c] = 1
	}
	for _, row := range p.rest {
		p.addOuter(h, row, identity, 1)
	}
}

// addOuter adds share·(curvature ⊗ row·rowᵀ) to the upper triangle of h.
func (p *reduced) addOuter(h *mat.SymDense, row, curvature []float64, share float64) {
	for a, va := range row {
		for c := range p.c {
			upper := linalg.UpperRow(h, a*p.c+c)
			for e := c; e < p.c; e++ {
				upper[e-c] += float64(share * va * va * curvature[c*p.c+e])
			}
			for b := a + 1; b < p.r; b++ {
				product := share * va * row[b]
				part := upper[(b-a)*p.c-c:][:p.c]
				for e := range part {
					part[e] += float64(product * curvature[c*p.c+e])
				}
			}
		}
	}
}

// longest is max ‖zᵢ‖².
func (p *reduced) longest() (square float64) {
	for _, row := range p.rows {
		square = math.Max(square, vec.Dot(row, row))
	}
	return square
}

// rounding bounds what f changes by where each column is rounded: to first order the
// slopes times Σ |wⱼ|·‖column j‖. The computed basis spans columns that differ from the
// given ones by so much, and values of f at the minimizer are no more accurate.
func (p *reduced) rounding(u, w []float64) float64 {
	var size float64
	part, of := make([]float64, p.r), make([]float64, len(p.basis.exponent))
	for c := range p.c {
		for k := range part {
			part[k] = u[k*p.c+c]
		}
		size += p.basis.weights(of, part)
		for j, v := range of {
			w[j*p.c+c] = v
		}
	}
	square := vec.Dot(p.slopes, p.slopes) / float64(p.m)
	for _, row := range p.rest {
		p.outputs(p.z, row, u)
		square += vec.Dot(p.z, p.z)
	}
	return 16 * epsilon * math.Sqrt(square) * size
}
