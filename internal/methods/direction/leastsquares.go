package direction

import (
	"math"

	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/lapack/lapack64"
	"gonum.org/v1/gonum/mat"
)

// leastSquares solves min ‖Jv + r‖² + ‖Ev‖², E diagonal, by QR of J over E.
type leastSquares struct {
	oracle *methods.Oracle
	r      []float64
	jac    *mat.Dense
	m, n   int
	a      blas64.General // J over E, overwritten by its factors
	b      blas64.General // −r over zeros, overwritten by the solution
	work   []float64
}

// init makes room for as many damping rows.
func (q *leastSquares) init(o *methods.Oracle, damping int) error {
	m, err := o.ResidualCount()
	if err != nil {
		return err
	}
	n := o.Dim()
	rows := m + damping
	if err := o.NeedDense(rows); err != nil {
		return err
	}
	q.oracle, q.m, q.n = o, m, n
	q.r = make([]float64, m)
	q.jac = mat.NewDense(m, n, nil)
	q.a = blas64.General{Rows: rows, Cols: n, Stride: n, Data: make([]float64, rows*n)}
	q.b = blas64.General{Rows: max(rows, n), Cols: 1, Stride: 1, Data: make([]float64, max(rows, n))}
	size := make([]float64, 1)
	lapack64.Gels(blas.NoTrans, q.a, q.b, size, -1)
	q.work = make([]float64, int(size[0]))
	return nil
}

// look evaluates r and J at the iterate, and lays out the system without damping.
func (q *leastSquares) look(at *methods.Iterate) error {
	if err := q.oracle.Residuals(at.X, q.r, q.jac); err != nil {
		return err
	}
	clear(q.a.Data)
	for i := range q.m {
		copy(q.a.Data[i*q.n:(i+1)*q.n], q.jac.RawRowView(i))
	}
	clear(q.b.Data)
	negate(q.b.Data, q.r)
	if top := vec.MaxAbs(q.a.Data); math.IsNaN(top) || math.IsInf(top, 0) {
		return methods.Stalled("the Jacobian has an entry that is not a finite number")
	}
	return nil
}

func (q *leastSquares) damp(j int, e float64) { q.a.Data[(q.m+j)*q.n+j] = e }

// column is the norm of J's j-th column.
func (q *leastSquares) column(j int) float64 {
	var sum float64
	for i := range q.m {
		v := q.jac.At(i, j)
		sum += float64(v * v)
	}
	return math.Sqrt(sum)
}

// solve writes the minimizer into d.
func (q *leastSquares) solve(d []float64) error {
	regular := lapack64.Gels(blas.NoTrans, q.a, q.b, q.work, len(q.work))
	least, most := math.Inf(1), 0.0 // diagonal of the triangular factor
	for i := range min(q.a.Rows, q.n) {
		v := math.Abs(q.a.Data[i*q.n+i])
		least, most = math.Min(least, v), math.Max(most, v)
	}
	if !regular || least <= ε*float64(max(q.a.Rows, q.n))*most {
		return methods.Stalled("the Jacobian is rank-deficient to working precision (pivots from %.2g to %.2g); levenberg-marquardt steps over this", least, most)
	}
	copy(d, q.b.Data[:q.n])
	return nil
}
