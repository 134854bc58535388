package functions

import (
	"github.com/gdbench/gdbench/internal/linalg"
	"github.com/gdbench/gdbench/internal/random"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/problems"
	"gonum.org/v1/gonum/mat"
)

func init() {
	problems.Register("ls-rankdef", problems.Info{
		Summary: "underdetermined least squares: convex, not strongly convex, yet with a linear rate (Polyak–Łojasiewicz)",
		Formula: "½‖Ax − b‖², A 4×7 from a fixed random stream",
		Source:  "H. Karimi, J. Nutini and M. Schmidt, Linear convergence of gradient and proximal-gradient methods under the Polyak–Łojasiewicz condition, 2016",
		DOI:     "10.1007/978-3-319-46128-1_50",
	}, func() problems.Problem { return new(RankDeficient) })
}

const rankRows, rankColumns = 4, 7

// RankDeficient is f(x) = ½‖Ax − b‖² with more variables than equations, so that the
// minimizers are an affine space.
type RankDeficient struct {
	a, b  []float64 // 4×7 row by row, 4
	known problems.Facts
}

var (
	_ problems.Builder   = (*RankDeficient)(nil)
	_ problems.Describer = (*RankDeficient)(nil)
	_ problems.Hessian   = (*RankDeficient)(nil)
	_ problems.Quadratic = (*RankDeficient)(nil)
	_ problems.Residuals = (*RankDeficient)(nil)
)

// Build draws A and b and decomposes A.
func (p *RankDeficient) Build(problems.Env) error {
	stream := random.MinStd(7)
	p.a, p.b = stream.Normals(rankRows*rankColumns), stream.Normals(rankRows)
	var svd linalg.SVD
	if !svd.Factorize(mat.NewDense(rankRows, rankColumns, p.a)) {
		panic("functions: no singular values of a fixed matrix")
	}
	sigma := svd.Values()
	x := make([]float64, rankColumns)
	for k, σ := range sigma {
		vec.AddScaled(x, x, vec.Dot(svd.Left(k), p.b)/σ, svd.Right(k))
	}
	least := sigma[rankRows-1]
	p.known = convexFacts(0, sigma[0]*sigma[0], "singular values")
	p.known.Constants[problems.PLConstant] = problems.Constant{Value: least * least, Scope: problems.Global, Source: "least eigenvalue of AᵀA that is not zero"}
	p.known.Minimum = zeroAt(x)
	p.known.Starts = []problems.Start{{Name: "standard", X: make([]float64, rankColumns)}}
	p.known.Notes = []string{"the stated minimizer is the one nearest to the origin, to which gradient descent from the origin converges"}
	return nil
}

// Facts hold the singular values of A.
func (p *RankDeficient) Facts() *problems.Facts { return &p.known }

// Dim is 7.
func (*RankDeficient) Dim() int { return rankColumns }

func (p *RankDeficient) row(i int) []float64 { return p.a[i*rankColumns : (i+1)*rankColumns] }

// Evaluate returns f(x) and Aᵀ(Ax − b).
func (p *RankDeficient) Evaluate(x, grad []float64) float64 {
	clear(grad)
	var f float64
	for i, b := range p.b {
		r := vec.Dot(p.row(i), x) - b
		f += float64(r * r)
		vec.AddScaled(grad, grad, r, p.row(i)[:len(grad)])
	}
	return f / 2
}

// Hessian is AᵀA.
func (p *RankDeficient) Hessian(_ []float64, h *mat.SymDense) {
	h.Zero()
	for i := range p.b {
		addOuter(h, 1, p.row(i))
	}
}

// HessianProduct is Aᵀ(Av).
func (p *RankDeficient) HessianProduct(_, v, hv []float64) {
	clear(hv)
	for i := range p.b {
		vec.AddScaled(hv, hv, vec.Dot(p.row(i), v), p.row(i))
	}
}

// Quadratic is true.
func (*RankDeficient) Quadratic() bool { return true }

// ResidualCount is 4.
func (*RankDeficient) ResidualCount() int { return rankRows }

// Residuals are Ax − b.
func (p *RankDeficient) Residuals(x, r []float64) {
	for i, b := range p.b {
		r[i] = vec.Dot(p.row(i), x) - b
	}
}

// Jacobian is A.
func (p *RankDeficient) Jacobian(_ []float64, jac *mat.Dense) {
	jac.Copy(mat.NewDense(rankRows, rankColumns, p.a))
}

// addOuter adds t·v·vᵀ to h, in an order that does not depend on the processor.
func addOuter(h *mat.SymDense, t float64, v []float64) {
	for i, vi := range v {
		for j := i; j < len(v); j++ {
			h.SetSym(i, j, h.At(i, j)+float64(t*vi*v[j]))
		}
	}
}
