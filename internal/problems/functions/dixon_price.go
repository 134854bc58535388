package functions

import (
	"math"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/problems"
	"gonum.org/v1/gonum/mat"
)

func init() {
	problems.Register("dixon-price", problems.Info{
		Summary: "a chain of parabolic valleys, with a degenerate critical point where descents slow down",
		Formula: "(x₁ − 1)² + Σᵢ₌₂ i(2xᵢ² − xᵢ₋₁)²",
		Source:  "L. C. W. Dixon and R. C. Price, Truncated Newton method for sparse unconstrained optimization using automatic differentiation, J. Optim. Theory Appl. 60, 1989",
		DOI:     "10.1007/BF00940007",
	}, func() problems.Problem { return new(DixonPrice) })
}

// DixonPrice is f(x) = (x₁ − 1)² + Σᵢ₌₂ i(2xᵢ² − xᵢ₋₁)².
type DixonPrice struct {
	N int `param:"dim" default:"2" range:"[2,10000000]" doc:"number n of variables"`
}

var (
	_ problems.Describer      = (*DixonPrice)(nil)
	_ problems.Hessian        = (*DixonPrice)(nil)
	_ problems.HessianProduct = (*DixonPrice)(nil)
	_ problems.Residuals      = (*DixonPrice)(nil)
)

// Dim is the number n of variables.
func (d *DixonPrice) Dim() int { return d.N }

// link is 2xᵢ² − xᵢ₋₁, i from 1 as the index of x counts from 0.
func link(x []float64, i int) float64 { return float64(2*x[i]*x[i]) - x[i-1] }

// Evaluate returns f(x) and its gradient.
func (d *DixonPrice) Evaluate(x, grad []float64) float64 {
	first := x[0] - 1
	f := float64(first * first)
	carry := 2 * first // what the term before adds to ∂f/∂xᵢ₋₁
	for i := 1; i < d.N; i++ {
		weight, r := float64(i+1), link(x, i)
		f += float64(weight * r * r)
		if grad != nil {
			grad[i-1] = carry - float64(2*weight*r)
			carry = 8 * weight * r * x[i]
		}
	}
	if grad != nil {
		grad[d.N-1] = carry
	}
	return f
}

func (d *DixonPrice) diagonal(x []float64, i int) float64 {
	h := 2.0
	if i > 0 {
		h = 8 * float64(i+1) * (float64(4*x[i]*x[i]) + link(x, i))
	}
	if i < d.N-1 {
		h += float64(2 * (i + 2))
	}
	return h
}

// beside is ∂²f/∂xᵢ∂xᵢ₊₁.
func (d *DixonPrice) beside(x []float64, i int) float64 { return -8 * float64(i+2) * x[i+1] }

// Hessian is tridiagonal.
func (d *DixonPrice) Hessian(x []float64, h *mat.SymDense) { chainHessian(d, x, h) }

// HessianProduct costs O(n).
func (d *DixonPrice) HessianProduct(x, v, hv []float64) { chainProduct(d, x, v, hv) }

// ResidualCount is n.
func (d *DixonPrice) ResidualCount() int { return d.N }

// Residuals are √2(x₁ − 1) and √(2i)(2xᵢ² − xᵢ₋₁).
func (d *DixonPrice) Residuals(x, r []float64) {
	r[0] = math.Sqrt2 * (x[0] - 1)
	for i := 1; i < d.N; i++ {
		r[i] = math.Sqrt(float64(2*(i+1))) * link(x, i)
	}
}

// Jacobian is lower bidiagonal.
func (d *DixonPrice) Jacobian(x []float64, jac *mat.Dense) {
	jac.Zero()
	jac.Set(0, 0, math.Sqrt2)
	for i := 1; i < d.N; i++ {
		root := math.Sqrt(float64(2 * (i + 1)))
		jac.Set(i, i, 4*root*x[i])
		jac.Set(i, i-1, -root)
	}
}

// Facts hold both minimizers, xᵢ = 2^(2^(1−i) − 1) up to the sign of the last. At
// (1/3, 0, …, 0) the Hessian is singular in three and more variables, and f falls along
// a curve.
func (d *DixonPrice) Facts() *problems.Facts {
	plus, minus := make([]float64, d.N), make([]float64, d.N)
	for i := range plus {
		plus[i] = elementary.Exp2(elementary.Exp2(-float64(i)) - 1)
		minus[i] = plus[i]
	}
	minus[d.N-1] = -plus[d.N-1]
	kind := problems.Degenerate
	if d.N == 2 {
		kind = problems.Saddle
	}
	return &problems.Facts{
		Convexity: problems.Nonconvex,
		Minimum:   zeroAt(plus, minus),
		Critical:  critical(kind, firstUnit(d.N, 1./3)),
		Starts:    standard("corner of the usual box", fill(d.N, 10)...),
		Window:    planeOnly(d.N, -11, 11),
	}
}
