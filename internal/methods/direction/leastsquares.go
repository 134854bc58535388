package direction

import (
	"math"

	"github.com/gdbench/gdbench/internal/linalg"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
	"gonum.org/v1/gonum/mat"
)

// leastSquares solves min ‖Jv + r‖² + ‖Ev‖², E diagonal, by QR of J over E.
type leastSquares struct {
	oracle  *methods.Oracle
	r       []float64
	jac     *mat.Dense
	m, n    int
	damping []float64  // diagonal of E
	rows    int        // of J over E
	qr      *linalg.QR // of J over E, or of its transpose where that has fewer rows than columns
	b       []float64  // −r over zeros, overwritten by the solution
}

// Needs r and its Jacobian.
func (*leastSquares) Needs() []problems.Need { return []problems.Need{problems.NeedsResiduals} }

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
	q.rows, q.damping = rows, make([]float64, damping)
	q.qr = linalg.NewQR(max(rows, n), min(rows, n))
	q.b = make([]float64, max(rows, n))
	return nil
}

// look evaluates r and J at the iterate, and lays out the system without damping.
func (q *leastSquares) look(at *methods.Iterate) error {
	if err := q.oracle.Residuals(at.X, q.r, q.jac); err != nil {
		return err
	}
	clear(q.damping)
	clear(q.b)
	negate(q.b, q.r)
	if top := vec.MaxAbs(q.jac.RawMatrix().Data); math.IsNaN(top) || math.IsInf(top, 0) {
		return methods.Stalled("the Jacobian has an entry that is not a finite number")
	}
	return nil
}

func (q *leastSquares) damp(j int, e float64) { q.damping[j] = e }

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
	wide := q.rows < q.n
	q.fill(wide)
	regular := q.qr.Factorize()
	least, most := math.Inf(1), 0.0 // diagonal of the triangular factor
	for _, v := range q.qr.Diagonal() {
		v = math.Abs(v)
		least, most = math.Min(least, v), math.Max(most, v)
	}
	if !regular || least <= ε*float64(max(q.rows, q.n))*most {
		return methods.Stalled("the Jacobian is rank-deficient to working precision (pivots from %.2g to %.2g); levenberg-marquardt steps over this", least, most)
	}
	if wide {
		q.qr.SolveTransposed(q.b)
	} else {
		q.qr.Solve(q.b)
	}
	copy(d, q.b[:q.n])
	return nil
}

// fill lays out J over E for the factorization, or its transpose.
func (q *leastSquares) fill(wide bool) {
	if wide { // there is no damping
		for i := range q.m {
			copy(q.qr.Column(i), q.jac.RawRowView(i))
		}
		return
	}
	for j := range q.n {
		c := q.qr.Column(j)
		clear(c)
		for i := range q.m {
			c[i] = q.jac.At(i, j)
		}
		if j < len(q.damping) {
			c[q.m+j] = q.damping[j]
		}
	}
}
