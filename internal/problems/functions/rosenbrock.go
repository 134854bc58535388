package functions

import (
	"math"

	"github.com/gdbench/gdbench/problems"
	"gonum.org/v1/gonum/mat"
)

func init() {
	problems.Register("rosenbrock", problems.Info{
		Summary: "curved valley with a nearly flat floor, in two variables or chained",
		Formula: "Σᵢ₌₁ⁿ⁻¹ 100(xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)²",
		Source:  "H. H. Rosenbrock, An automatic method for finding the greatest or least value of a function, Comput. J. 3, 1960",
		DOI:     "10.1093/comjnl/3.3.175",
		Aliases: []string{"rosenbrock-chained"},
	}, func() problems.Problem { return new(Rosenbrock) })
}

// Rosenbrock is f(x) = Σᵢ 100(xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)², i from 1 to n−1.
type Rosenbrock struct {
	N int `param:"dim" default:"2" range:"[2,10000000]" doc:"number n of variables"`
}

var (
	_ problems.Describer      = (*Rosenbrock)(nil)
	_ problems.Hessian        = (*Rosenbrock)(nil)
	_ problems.HessianProduct = (*Rosenbrock)(nil)
	_ problems.Residuals      = (*Rosenbrock)(nil)
)

// Dim is the number n of variables.
func (r *Rosenbrock) Dim() int { return r.N }

// Evaluate returns f(x) and its gradient.
func (r *Rosenbrock) Evaluate(x, grad []float64) float64 {
	if grad == nil {
		return r.value(x)
	}
	grad = grad[:len(x)]
	var f, carry float64 // carry: what the term before adds to ∂f/∂xᵢ
	xi := x[0]
	for i := 1; i < len(x); i++ {
		next := x[i]
		a := next - float64(xi*xi)
		b := 1 - xi
		f += float64(100*a*a) + float64(b*b)
		grad[i-1] = carry - float64(2*b) - float64(400*xi*a)
		carry = 200 * a
		xi = next
	}
	grad[len(grad)-1] = carry
	return f
}

func (r *Rosenbrock) value(x []float64) float64 {
	var f float64
	xi := x[0]
	for _, next := range x[1:] {
		a := next - float64(xi*xi)
		b := 1 - xi
		f += float64(100*a*a) + float64(b*b)
		xi = next
	}
	return f
}

func (r *Rosenbrock) diagonal(x []float64, i int) float64 {
	var h float64
	if i > 0 {
		h = 200
	}
	if i < r.N-1 {
		h += 2 + float64(1200*x[i]*x[i]) - float64(400*x[i+1])
	}
	return h
}

func (*Rosenbrock) beside(x []float64, i int) float64 { return -400 * x[i] }

// Hessian is tridiagonal.
func (r *Rosenbrock) Hessian(x []float64, h *mat.SymDense) { chainHessian(r, x, h) }

// HessianProduct costs O(n).
func (r *Rosenbrock) HessianProduct(x, v, hv []float64) { chainProduct(r, x, v, hv) }

// ResidualCount is 2(n−1).
func (r *Rosenbrock) ResidualCount() int { return 2 * (r.N - 1) }

// Residuals are √200(xᵢ₊₁ − xᵢ²) and √2(1 − xᵢ), in pairs.
func (r *Rosenbrock) Residuals(x, res []float64) {
	for i := range r.N - 1 {
		res[2*i] = math.Sqrt(200) * (x[i+1] - float64(x[i]*x[i]))
		res[2*i+1] = math.Sqrt2 * (1 - x[i])
	}
}

// Jacobian has two entries in the first row of a pair, one in the second.
func (r *Rosenbrock) Jacobian(x []float64, jac *mat.Dense) {
	jac.Zero()
	for i := range r.N - 1 {
		jac.Set(2*i, i, -2*math.Sqrt(200)*x[i])
		jac.Set(2*i, i+1, math.Sqrt(200))
		jac.Set(2*i+1, i, -math.Sqrt2)
	}
}

// Facts state the minimum. From four variables on there is a second minimum near
// (−1, 1, …, 1); up to thirty it is known to be the only other one (Shang and Qiu 2006,
// doi:10.1162/evco.2006.14.1.119).
func (r *Rosenbrock) Facts() *problems.Facts {
	f := &problems.Facts{
		Convexity: problems.Nonconvex,
		Minimum:   zeroAt(fill(r.N, 1)),
		Starts: []problems.Start{
			{Name: "standard", X: fill(r.N, -1.2, 1), Source: "Rosenbrock 1960"},
			{Name: "origin", X: make([]float64, r.N)},
		},
	}
	if r.N == 2 {
		f.Window = window(-2, 2, -1, 3)
	}
	if r.N >= 4 && r.N <= 30 {
		x := fill(r.N, 1)
		x[0] = -1
		newton(r, x)
		f.Critical = critical(problems.LocalMinimum, x)
	}
	return f
}
