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

// Ridge is Σᵢ wᵢφ(aᵢᵀx) + (μ/2)‖x‖² with φ(t) = ln cosh t, or Huber's function where Kinked,
// over random aᵢ, scaled so that its curvature lies in [μ, L] and reaches L at 0. It is
// convex, smooth, no quadratic, and has its minimum 0 at 0.
type Ridge struct {
	L, Mu  float64
	Kinked bool
	a      *mat.Dense
}

// NewRidge draws 2n rows in n variables.
func NewRidge(n int, mu, l float64, kinked bool, rng *rand.Rand) *Ridge {
	a := mat.NewDense(2*n, n, nil)
	for i := range 2 * n {
		scale := elementary.Pow(10, rng.Float64())
		for j := range n {
			a.Set(i, j, scale*random.Normal(rng))
		}
	}
	var svd linalg.SVD
	svd.Factorize(a)
	largest := svd.Values()[0]
	// φ″ ≤ 1, with equality at 0: the curvature there is aᵀa + μ. The factor keeps
	// rounding from lifting it above L.
	a.Scale(math.Sqrt((l-mu)*(1-1e-12))/largest, a)
	return &Ridge{L: l, Mu: mu, Kinked: kinked, a: a}
}

func (p *Ridge) Dim() int { _, n := p.a.Dims(); return n }

func (p *Ridge) Evaluate(x, grad []float64) float64 {
	f := p.Mu / 2 * vec.Dot(x, x)
	if grad != nil {
		copy(grad, x)
		vec.Scale(p.Mu, grad)
	}
	rows, _ := p.a.Dims()
	for i := range rows {
		row := p.a.RawRowView(i)
		value, slope := p.φ(vec.Dot(row, x))
		f += value
		if grad != nil {
			vec.AddScaled(grad, grad, slope, row)
		}
	}
	return f
}

func (p *Ridge) φ(t float64) (value, slope float64) {
	a := math.Abs(t)
	switch {
	case p.Kinked && a <= 1:
		return t * t / 2, t
	case p.Kinked:
		return a - 0.5, math.Copysign(1, t)
	case a < 1e-4: // ln cosh t = t²/2 − t⁴/12 + …, without cancellation
		return t * t / 2 * (1 - t*t/6), elementary.Tanh(t)
	}
	return a + elementary.Log1p(elementary.Exp(-2*a)) - math.Ln2, elementary.Tanh(t)
}

// Gap is f, since f* = 0.
func (p *Ridge) Gap(x []float64) float64 { return p.Evaluate(x, nil) }

func (p *Ridge) Facts() *problems.Facts {
	f := &problems.Facts{
		Convexity: problems.Convex,
		Constants: global(map[string]float64{problems.SmoothnessL: p.L}),
		Minimum:   minimum(0, make([]float64, p.Dim())),
	}
	if p.Mu > 0 {
		f.Convexity = problems.StronglyConvex
		f.Constants = global(map[string]float64{problems.SmoothnessL: p.L, problems.ConvexityMu: p.Mu})
	}
	return f
}

// Sum is (1/m)Σ ½(aᵢᵀx − bᵢ)² + (l2/2)‖x‖² over m random samples: a finite sum whose optimum
// has noise.
type Sum struct {
	l2      float64
	rows    [][]float64
	targets []float64
	facts   *problems.Facts
	hessian *mat.SymDense
}

// NewSum draws m samples in n variables, with errors of the given size in the targets.
func NewSum(m, n int, noise, l2 float64, rng *rand.Rand) *Sum {
	p := &Sum{l2: l2, hessian: mat.NewSymDense(n, nil)}
	for i := range n {
		p.hessian.SetSym(i, i, l2)
	}
	right := make([]float64, n)
	largest := 0.0
	for range m {
		row := make([]float64, n)
		for j := range row {
			row[j] = random.Normal(rng)
		}
		target := row[0] - row[n-1] + float64(noise*random.Normal(rng))
		p.rows, p.targets = append(p.rows, row), append(p.targets, target)
		for i, v := range row {
			for j := i; j < n; j++ {
				p.hessian.SetSym(i, j, p.hessian.At(i, j)+float64(v/float64(m)*row[j]))
			}
		}
		vec.AddScaled(right, right, target/float64(m), row)
		largest = math.Max(largest, vec.Dot(row, row))
	}
	var eigen linalg.Eigen
	eigen.Factorize(p.hessian, false)
	λ := eigen.Values()
	c := linalg.NewCholesky(n)
	if !c.Factorize(p.hessian) {
		panic("instances: fewer samples than variables")
	}
	x := right
	c.Solve(x)
	p.facts = &problems.Facts{
		Convexity: problems.StronglyConvex,
		Constants: global(map[string]float64{problems.SmoothnessL: λ[n-1], problems.ConvexityMu: λ[0], problems.LargestL: largest + l2, problems.SampleMu: l2}),
		Minimum:   minimum(p.Evaluate(x, nil), x),
	}
	return p
}

func (p *Sum) Dim() int               { return p.hessian.SymmetricDim() }
func (p *Sum) Samples() int           { return len(p.rows) }
func (p *Sum) Facts() *problems.Facts { return p.facts }

// Gap is ½eᵀHe, e = x − x*.
func (p *Sum) Gap(x []float64) float64 {
	e, image := make([]float64, len(x)), make([]float64, len(x))
	for i, v := range x {
		e[i] = v - p.facts.Minimum.Points[0][i]
	}
	linalg.Product(image, p.hessian, e)
	return vec.Dot(e, image) / 2
}

func (p *Sum) Evaluate(x, grad []float64) float64 {
	return p.EvaluateOn(x, grad, every(len(p.rows)))
}

func (p *Sum) EvaluateOn(x, grad []float64, batch []int32) float64 {
	sum, share := float64(p.l2/2*vec.Dot(x, x)), 1/float64(len(batch))
	if grad != nil {
		vec.AddScaled(grad, make([]float64, len(x)), p.l2, x)
	}
	for _, i := range batch {
		r := vec.Dot(p.rows[i], x) - p.targets[i]
		sum += float64(share * r * r / 2)
		if grad != nil {
			vec.AddScaled(grad, grad, share*r, p.rows[i])
		}
	}
	return sum
}
