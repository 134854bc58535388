package losses

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/internal/linalg"
	"github.com/gdbench/gdbench/internal/problems/data"
	"github.com/gdbench/gdbench/internal/random"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/problems"
)

// MatrixFactorization is f(U, V) = ½‖UVᵀ − M‖²_F + (balance/8)‖UᵀU − VᵀV‖²_F for an m×d
// matrix M, with U (m×r) and V (d×r) row by row, U first. Not convex, but all its minima
// are global; 0 is a saddle. With balance > 0 the two factors become equally large.
type MatrixFactorization struct {
	Matrix  [][]float64 `param:"matrix" default:"[[0.5, -1], [1, -2], [-0.5, 1]]" doc:"the matrix M, row by row"`
	Data    data.Set    `param:"data" default:"none" doc:"a data set whose features are M, instead of matrix"`
	Rank    int         `param:"rank" default:"1" range:"[1,1000]" doc:"columns r of U and of V"`
	Balance float64     `param:"balance" default:"1" range:"[0,)" doc:"weight of the difference of UᵀU and VᵀV"`

	samples // the rows of M
	facts   *problems.Facts

	r, dr []float64 // scratch: a row of UVᵀ − M, and its derivative along a direction
	s, ds []float64 // scratch: UᵀU − VᵀV, r×r, and its derivative
	block factorBlock
}

var (
	_ problems.Builder        = (*MatrixFactorization)(nil)
	_ problems.FiniteSum      = (*MatrixFactorization)(nil)
	_ problems.Hessian        = (*MatrixFactorization)(nil)
	_ problems.HessianProduct = (*MatrixFactorization)(nil)
	_ problems.Forker         = (*MatrixFactorization)(nil)
	_ problems.Shapes         = (*MatrixFactorization)(nil)
)

func init() {
	problems.Register("matrix-factorization", problems.Info{
		Summary: "a matrix as the product of two thin ones: a strict saddle, and minima that are all global",
		Formula: "f(U, V) = ½‖UVᵀ − M‖²_F + (balance/8)‖UᵀU − VᵀV‖²_F",
		Source:  "R. Ge, C. Jin & Y. Zheng 2017, Proceedings of Machine Learning Research 70, 1233–1242",
		Aliases: []string{"matfac"},
	}, func() problems.Problem { return new(MatrixFactorization) })
}

// Validate refuses a ragged matrix.
func (p *MatrixFactorization) Validate() error {
	for i, row := range p.Matrix {
		if len(row) == 0 || len(row) != len(p.Matrix[0]) {
			return fmt.Errorf("row %d of the matrix has %d entries; the first row has %d", i+1, len(row), len(p.Matrix[0]))
		}
	}
	if len(p.Matrix) == 0 {
		return fmt.Errorf("the matrix has no rows")
	}
	return nil
}

// Build takes the matrix and computes f* from its singular values.
func (p *MatrixFactorization) Build(env problems.Env) error {
	var m data.Matrix
	if p.Data != nil {
		loaded, err := p.Data.Load(env)
		if err != nil {
			return err
		}
		m = loaded.X
	} else {
		m = data.NewDense(len(p.Matrix), len(p.Matrix[0]), slices.Concat(p.Matrix...))
	}
	rows, columns := m.Dims()
	if p.Rank > min(rows, columns) {
		return fmt.Errorf("rank %d of a %d×%d matrix; expected at most %d", p.Rank, rows, columns, min(rows, columns))
	}
	if err := env.Admit(int64(p.Rank) * (int64(rows) + int64(columns))); err != nil {
		return err
	}
	p.samples = newSamples(m, make([]float64, rows))
	p.scratch()
	p.facts = &problems.Facts{
		Convexity: problems.Nonconvex,
		Starts:    []problems.Start{{Name: "standard", X: p.start(env), Source: "ours"}},
	}
	if float64(rows)*float64(columns)*float64(min(rows, columns)) > maxDecomposed {
		p.facts.Notes = []string{fmt.Sprintf("f* is unknown: the singular values of a %d×%d matrix were not computed", rows, columns)}
		return nil
	}
	return p.decompose()
}

// maxDecomposed is the product of the sides of a matrix with its smaller one up to which singular values
// are computed, which takes some seconds.
const maxDecomposed = 1 << 27

// start is small: 0.1 but for a zero in second place where the rank is 1, random where
// equal columns would stay equal.
func (p *MatrixFactorization) start(env problems.Env) []float64 {
	x := make([]float64, p.Dim())
	rng := rand.New(random.NewSource(env.Seed, "start", p.count(), p.Rank))
	for i := range x {
		x[i] = 0.1
		if p.Rank > 1 {
			x[i] *= random.Normal(rng)
		}
	}
	if p.Rank == 1 {
		x[1] = 0
	}
	return x
}

func (p *MatrixFactorization) scratch() {
	d := columns(p.x)
	p.block = newFactorBlock(p.count(), d, p.Rank)
	p.r, p.dr = make([]float64, d), make([]float64, d)
	p.s, p.ds = make([]float64, p.Rank*p.Rank), make([]float64, p.Rank*p.Rank)
}

// decompose states f* by the theorem of Eckart and Young (1936): half the sum of the
// squared singular values beyond the rank.
func (p *MatrixFactorization) decompose() error {
	rows, columns := p.x.Dims()
	m := mat.NewDense(rows, columns, nil)
	for i := range rows {
		at, values := p.x.Row(i)
		for k, v := range values {
			m.Set(i, place(at, k), v)
		}
	}
	var svd linalg.SVD
	if !svd.Factorize(m) {
		return fmt.Errorf("the singular values of the %d×%d matrix did not converge", rows, columns)
	}
	values := svd.Values()
	var tail, total float64
	for k, s := range values {
		total += float64(s * s)
		if k >= p.Rank && s > 1e-13*values[0] {
			tail += float64(s * s)
		}
	}
	if math.IsInf(total, 0) {
		p.facts.Notes = []string{"f* is unknown: the squares of the entries overflow"}
		return nil
	}
	// Singular values are off by a share of the largest one, and counted as 0 below 1e-13.
	accuracy := float64(64*0x1p-52*math.Sqrt(tail*total)) + float64(1e-26*total)
	p.facts.Minimum = &problems.Minimum{Value: tail / 2, Source: problems.Analytic, Accuracy: accuracy}
	if values[0] > 0 {
		p.facts.Critical = []problems.Critical{{X: make([]float64, p.Dim()), Kind: problems.Saddle}}
	}
	unique := len(values) == 1 || values[1] < values[0]*(1-1e-9)
	if p.Rank == 1 && p.Balance > 0 && unique && values[0] > 0 {
		p.facts.Minimum.Points = p.minimizers(&svd, math.Sqrt(values[0]))
	}
	return nil
}

// minimizers are ±√σ₁·(u₁, v₁), from the first singular vectors.
func (p *MatrixFactorization) minimizers(svd *linalg.SVD, root float64) [][]float64 {
	u, v := svd.Left(0), svd.Right(0)
	plus, minus := make([]float64, p.Dim()), make([]float64, p.Dim())
	for i := range plus {
		if rows := p.Samples(); i < rows {
			plus[i] = root * u[i]
		} else {
			plus[i] = root * v[i-rows]
		}
		minus[i] = -plus[i]
	}
	return [][]float64{plus, minus}
}

// Fork is the same problem with its own scratch.
func (p *MatrixFactorization) Fork() problems.Problem {
	fork := *p
	fork.scratch()
	return &fork
}

// Dim is (m + d)·r.
func (p *MatrixFactorization) Dim() int {
	m, d := p.x.Dims()
	return (m + d) * p.Rank
}

// Shapes are the two factors.
func (p *MatrixFactorization) Shapes() []problems.Block {
	m, d := p.x.Dims()
	return []problems.Block{
		{Name: "U", Kind: problems.MatrixBlock, Rows: m, Columns: p.Rank},
		{Name: "V", Kind: problems.MatrixBlock, Rows: d, Columns: p.Rank, Offset: m * p.Rank},
	}
}

// Samples is the number m of rows.
func (p *MatrixFactorization) Samples() int { return p.count() }

// Facts are computed from the singular values when the problem is built.
func (p *MatrixFactorization) Facts() *problems.Facts { return p.facts }

// Evaluate is the value over all rows.
func (p *MatrixFactorization) Evaluate(x, grad []float64) float64 {
	return p.EvaluateOn(x, grad, p.rows)
}

// EvaluateOn is m times the mean over the rows in the batch, plus the balance.
func (p *MatrixFactorization) EvaluateOn(x, grad []float64, batch []int32) float64 {
	clear(grad)
	u, v := p.factors(x)
	scale := float64(p.count()) / float64(len(batch))
	f := float64(p.squares(u, v, grad, scale, batch) * (scale / 2))
	if p.Balance == 0 {
		return f
	}
	p.skew(p.s, u, v, u, v)
	if grad != nil {
		gu, gv := p.factors(grad)
		p.addProduct(gu, p.Balance/2, u, p.s)
		p.addProduct(gv, -p.Balance/2, v, p.s)
	}
	return f + float64(p.Balance/8*vec.Dot(p.s, p.s))
}

// squares is Σ‖V·uᵢ − Mᵢ‖² over a batch, with scale/2 times its gradient in grad unless that is nil.
func (p *MatrixFactorization) squares(u, v, grad []float64, scale float64, batch []int32) (f float64) {
	var gu, gv []float64
	if grad != nil {
		gu, gv = p.factors(grad)
	}
	const few = 4 // rows, with which arranging V for products takes more time than they save
	if len(batch) < few {
		for _, i := range batch {
			ui := p.rowOf(u, int(i))
			p.residual(int(i), ui, v)
			f += vec.Dot(p.r, p.r)
			if grad != nil {
				p.spread(p.rowOf(gu, int(i)), gv, scale, p.r, ui, v)
			}
		}
		return f
	}
	p.block.begin(v, grad != nil)
	for rows := range slices.Chunk(batch, p.block.room) {
		f = p.block.residuals(f, p.x, u, rows)
		if grad != nil {
			p.block.spread(gu, gv, scale, rows)
		}
	}
	return f
}

// HessianProduct is the derivative of the gradient along a direction (dU, dV).
func (p *MatrixFactorization) HessianProduct(x, direction, hv []float64) {
	clear(hv)
	u, v := p.factors(x)
	du, dv := p.factors(direction)
	hu, hw := p.factors(hv)
	for i := range p.count() {
		ui, dui := p.rowOf(u, i), p.rowOf(du, i)
		p.residual(i, ui, v)
		for j := range p.dr {
			p.dr[j] = vec.Dot(p.rowOf(dv, j), ui) + vec.Dot(p.rowOf(v, j), dui)
		}
		p.spread(p.rowOf(hu, i), hw, 1, p.dr, ui, v)
		p.spread(p.rowOf(hu, i), hw, 1, p.r, dui, dv)
	}
	if p.Balance == 0 {
		return
	}
	p.skew(p.s, u, v, u, v)
	p.skew(p.ds, u, v, du, dv)
	for a := range p.ds { // the derivative of UᵀU is twice the symmetric part of UᵀdU
		p.ds[a] *= 2
	}
	p.addProduct(hu, p.Balance/2, du, p.s)
	p.addProduct(hu, p.Balance/2, u, p.ds)
	p.addProduct(hw, -p.Balance/2, dv, p.s)
	p.addProduct(hw, -p.Balance/2, v, p.ds)
}

// Hessian is the products with the unit vectors.
func (p *MatrixFactorization) Hessian(x []float64, h *mat.SymDense) { hessianByProducts(p, x, h) }

// factors are U and V of a point or gradient.
func (p *MatrixFactorization) factors(x []float64) (u, v []float64) {
	cut := p.count() * p.Rank
	return x[:cut], x[cut:]
}

// rowOf is row i of a factor.
func (p *MatrixFactorization) rowOf(factor []float64, i int) []float64 {
	return factor[i*p.Rank : (i+1)*p.Rank]
}

// residual writes V·uᵢ − Mᵢ into p.r.
func (p *MatrixFactorization) residual(i int, ui, v []float64) {
	for j := range p.r {
		p.r[j] = vec.Dot(p.rowOf(v, j), ui)
	}
	subtractRow(p.r, p.x, i)
}

// spread adds scale·Vᵀr to gu, and scale·r·uᵢᵀ to gv.
func (p *MatrixFactorization) spread(gu, gv []float64, scale float64, r, ui, v []float64) {
	for j, rj := range r {
		t := float64(scale * rj)
		vec.AddScaled(gu, gu, t, p.rowOf(v, j))
		row := p.rowOf(gv, j)
		vec.AddScaled(row, row, t, ui)
	}
}

// skew writes the symmetric part of UᵀA − VᵀB into s.
func (p *MatrixFactorization) skew(s, u, v, a, b []float64) {
	clear(s)
	p.addCross(s, 0.5, u, a)
	p.addCross(s, -0.5, v, b)
}

// addCross adds t·(FᵀA + AᵀF) to s.
func (p *MatrixFactorization) addCross(s []float64, t float64, f, a []float64) {
	for i := 0; i < len(f); i += p.Rank {
		for k := range p.Rank {
			for l := range p.Rank {
				s[k*p.Rank+l] += float64(t * (float64(f[i+k]*a[i+l]) + float64(a[i+k]*f[i+l])))
			}
		}
	}
}

// addProduct adds t·F·S to g.
func (p *MatrixFactorization) addProduct(g []float64, t float64, f, s []float64) {
	for i := 0; i < len(f); i += p.Rank {
		for k := range p.Rank {
			vec.AddScaled(g[i:i+p.Rank], g[i:i+p.Rank], float64(t*f[i+k]), s[k*p.Rank:(k+1)*p.Rank])
		}
	}
}
