package methodtest

import (
	"math/rand/v2"

	"github.com/gdbench/gdbench/internal/random"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/problems"
	"gonum.org/v1/gonum/mat"
)

// Quadratic is f(x) = ½xᵀAx − bᵀx with A positive definite, every derivative and every
// fact of it known.
type Quadratic struct {
	A *mat.SymDense
	B []float64

	facts problems.Facts
}

var (
	_ problems.Problem   = (*Quadratic)(nil)
	_ problems.Hessian   = (*Quadratic)(nil)
	_ problems.Quadratic = (*Quadratic)(nil)
	_ problems.Describer = (*Quadratic)(nil)
)

// NewQuadratic computes the facts from eigenvalues and a direct solve.
func NewQuadratic(a *mat.SymDense, b []float64) *Quadratic {
	q := &Quadratic{A: a, B: b}
	var c mat.Cholesky
	if !c.Factorize(a) {
		panic("methodtest: the matrix of a quadratic is not positive definite")
	}
	minimizer := make([]float64, len(b))
	if err := c.SolveVecTo(mat.NewVecDense(len(b), minimizer), mat.NewVecDense(len(b), b)); err != nil {
		panic(err)
	}
	q.facts = problems.Facts{
		Convexity: problems.StronglyConvex,
		Constants: spectrum(a),
		Minimum: &problems.Minimum{Value: -0.5 * vec.Dot(b, minimizer), Source: problems.Analytic,
			Points: [][]float64{minimizer}},
	}
	return q
}

// Diagonal is the quadratic ½Σ λᵢxᵢ².
func Diagonal(eigenvalues ...float64) *Quadratic {
	a := mat.NewSymDense(len(eigenvalues), nil)
	for i, v := range eigenvalues {
		a.SetSym(i, i, v)
	}
	return NewQuadratic(a, make([]float64, len(eigenvalues)))
}

// spectrum states L and μ. A Hessian that is constant is Lipschitz with any M; methods
// that need M > 0 get 1.
func spectrum(a *mat.SymDense) map[string]problems.Constant {
	var e mat.EigenSym
	e.Factorize(a, false)
	values := e.Values(nil)
	global := func(v float64) problems.Constant {
		return problems.Constant{Value: v, Scope: problems.Global, Source: "eigenvalues"}
	}
	return map[string]problems.Constant{
		problems.SmoothnessL: global(values[len(values)-1]),
		problems.ConvexityMu: global(values[0]),
		problems.HessianM:    global(1),
	}
}

func (q *Quadratic) Dim() int               { return len(q.B) }
func (q *Quadratic) Quadratic() bool        { return true }
func (q *Quadratic) Facts() *problems.Facts { return &q.facts }

func (q *Quadratic) Evaluate(x, grad []float64) float64 {
	if grad == nil {
		grad = make([]float64, len(x))
	}
	q.HessianProduct(x, x, grad)
	f := 0.5*vec.Dot(x, grad) - vec.Dot(q.B, x)
	vec.AddScaled(grad, grad, -1, q.B)
	return f
}

func (q *Quadratic) Hessian(_ []float64, h *mat.SymDense) { h.CopySym(q.A) }

func (q *Quadratic) HessianProduct(_, v, hv []float64) {
	for i := range hv {
		hv[i] = 0
		for j := range v {
			hv[i] += float64(q.A.At(i, j) * v[j])
		}
	}
}

// LeastSquares is f(x) = (1/m)Σ ½(aᵢᵀx − bᵢ)², a sum over m samples.
type LeastSquares struct {
	Rows    [][]float64
	Targets []float64

	facts problems.Facts
}

var (
	_ problems.Problem   = (*LeastSquares)(nil)
	_ problems.FiniteSum = (*LeastSquares)(nil)
	_ problems.Hessian   = (*LeastSquares)(nil)
	_ problems.Quadratic = (*LeastSquares)(nil)
	_ problems.Describer = (*LeastSquares)(nil)
)

// NewLeastSquares draws rows and targets from a normal distribution.
func NewLeastSquares(m, n int) *LeastSquares {
	rng := rand.New(random.NewSource(1, "least squares"))
	p := &LeastSquares{Rows: make([][]float64, m), Targets: make([]float64, m)}
	largest := 0.0
	for i := range p.Rows {
		p.Rows[i] = make([]float64, n)
		for j := range p.Rows[i] {
			p.Rows[i][j] = rng.NormFloat64()
		}
		p.Targets[i] = rng.NormFloat64()
		largest = max(largest, vec.Dot(p.Rows[i], p.Rows[i]))
	}
	h := mat.NewSymDense(n, nil)
	p.Hessian(nil, h)
	p.facts = problems.Facts{Convexity: problems.StronglyConvex, Constants: spectrum(h)}
	p.facts.Constants[problems.LargestL] = problems.Constant{Value: largest, Scope: problems.Global}
	return p
}

func (p *LeastSquares) Dim() int               { return len(p.Rows[0]) }
func (p *LeastSquares) Quadratic() bool        { return true }
func (p *LeastSquares) Samples() int           { return len(p.Rows) }
func (p *LeastSquares) Facts() *problems.Facts { return &p.facts }

func (p *LeastSquares) Evaluate(x, grad []float64) float64 {
	clear(grad)
	var sum float64
	for i := range p.Rows {
		sum += p.add(int32(i), x, grad, float64(len(p.Rows)))
	}
	return sum
}

func (p *LeastSquares) EvaluateOn(x, grad []float64, batch []int32) float64 {
	clear(grad)
	var sum float64
	for _, i := range batch {
		sum += p.add(i, x, grad, float64(len(batch)))
	}
	return sum
}

func (p *LeastSquares) add(i int32, x, grad []float64, count float64) float64 {
	r := vec.Dot(p.Rows[i], x) - p.Targets[i]
	if grad != nil {
		vec.AddScaled(grad, grad, r/count, p.Rows[i])
	}
	return 0.5 * r * r / count
}

func (p *LeastSquares) Hessian(_ []float64, h *mat.SymDense) {
	h.Zero()
	for _, row := range p.Rows {
		h.SymRankOne(h, 1/float64(len(p.Rows)), mat.NewVecDense(len(row), row))
	}
}

func (p *LeastSquares) HessianProduct(_, v, hv []float64) {
	clear(hv)
	for _, row := range p.Rows {
		vec.AddScaled(hv, hv, vec.Dot(row, v)/float64(len(p.Rows)), row)
	}
}

// Huber is f(x) = slope·|x| − slope²/2 beyond |x| ≥ slope and x²/2 before, in one
// variable: L = 1, minimum 0 at 0. For the right slope it is the worst function of many
// first-order methods.
type Huber struct{ Slope float64 }

var _ problems.Describer = Huber{}

func (Huber) Dim() int { return 1 }

func (h Huber) Evaluate(x, grad []float64) float64 {
	a := max(x[0], -x[0])
	g := min(max(x[0], -h.Slope), h.Slope)
	if grad != nil {
		grad[0] = g
	}
	if a >= h.Slope {
		return float64(h.Slope*a) - 0.5*h.Slope*h.Slope
	}
	return 0.5 * a * a
}

func (Huber) Facts() *problems.Facts {
	return &problems.Facts{
		Convexity: problems.Convex,
		Constants: map[string]problems.Constant{problems.SmoothnessL: {Value: 1, Scope: problems.Global}},
		Minimum:   &problems.Minimum{Source: problems.Analytic, Points: [][]float64{{0}}},
	}
}
