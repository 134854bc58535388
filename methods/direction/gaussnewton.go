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

// GaussNewton is the Gauss–Newton direction of a least-squares problem f = ½‖r(x)‖²,
//
//	Δx = argmin_v ‖J(x)v + r(x)‖²,
//
// by QR of the Jacobian J; with fewer residuals than variables the shortest minimizer.
// It promises descent. A Jacobian that is rank-deficient to working precision stalls it:
// levenberg-marquardt steps over that.
//
// Source: Nocedal & Wright 2006, Numerical Optimization, §10.3,
// doi:10.1007/978-0-387-40065-5.
type GaussNewton struct{ leastSquares }

// LevenbergMarquardt is the damped Gauss–Newton direction
//
//	(JᵀJ + λD²)Δx = −Jᵀr,
//
// D = I, or the norms of J's columns (Marquardt). λ starts at damping·max (JᵀJ)ᵢᵢ/Dᵢᵢ²
// and follows the gain ratio ϱ of the decrease found to the decrease predicted by the
// linear model, for the step that was taken (Nielsen): λ·max(⅓, 1 − (2ϱ−1)³) if ϱ > 0,
// else λν with ν doubling, up to 1/ε of the scale. It promises descent. Unlike the textbook's, a step that
// raises f is taken unless the step rule refuses it: choose a line search.
//
// Sources: Marquardt 1963, doi:10.1137/0111030; Madsen, Nielsen & Tingleff 2004, Methods
// for non-linear least squares problems, 2nd ed., algorithm 3.16.
type LevenbergMarquardt struct {
	Damping float64 `param:"damping" default:"1e-3" range:"(0,)" doc:"first λ relative to the largest entry of D⁻¹JᵀJD⁻¹"`
	Scaling string  `param:"scaling" default:"identity" oneof:"identity columns" doc:"D: the identity, or the norms of the Jacobian's columns"`

	leastSquares
	λ, ν      float64 // λ = 0 before the first direction
	diagonal  []float64
	x, d      []float64 // the last iterate, and Δx there
	f         float64   // ½‖r‖² there
	slope, jd float64   // gᵀΔx and ‖JΔx‖² there
}

var (
	_ methods.Direction = (*GaussNewton)(nil)
	_ methods.Direction = (*LevenbergMarquardt)(nil)
)

func init() {
	methods.RegisterDirection("gauss-newton", methods.Info{
		Summary: "the Gauss–Newton direction of a least-squares problem",
		Formula: "Δx = argmin ‖J(x)v + r(x)‖²",
		Source:  "Nocedal & Wright 2006, Numerical Optimization, §10.3",
		DOI:     "10.1007/978-0-387-40065-5",
		Family:  "least squares",
	}, func() methods.Direction { return new(GaussNewton) })
	methods.RegisterDirection("levenberg-marquardt", methods.Info{
		Summary: "the Gauss–Newton direction with adaptive damping",
		Formula: "(JᵀJ + λD²)Δx = −Jᵀr",
		Source:  "Marquardt 1963, J. SIAM 11, 431–441; Madsen, Nielsen & Tingleff 2004, algorithm 3.16",
		DOI:     "10.1137/0111030",
		Family:  "least squares",
	}, func() methods.Direction { return new(LevenbergMarquardt) })
}

func (m *GaussNewton) Init(o *methods.Oracle) error { return m.init(o, 0) }

func (m *GaussNewton) Direction(at *methods.Iterate, d []float64) error {
	if err := m.look(at); err != nil {
		return err
	}
	return m.solve(d)
}

func (m *LevenbergMarquardt) Init(o *methods.Oracle) error {
	n := o.Dim()
	m.λ, m.ν = 0, 2
	m.diagonal, m.x, m.d = make([]float64, n), make([]float64, n), make([]float64, n)
	return m.init(o, n)
}

func (m *LevenbergMarquardt) Direction(at *methods.Iterate, d []float64) error {
	if err := m.look(at); err != nil {
		return err
	}
	f := vec.Dot(m.r, m.r) / 2
	m.columns()
	if m.λ == 0 {
		m.λ = m.Damping * m.scale()
	} else {
		m.adapt(at.X, f)
	}
	for j, v := range m.diagonal {
		m.damp(j, math.Sqrt(m.λ)*v)
	}
	if err := m.solve(d); err != nil {
		return err
	}
	m.f, m.slope = f, vec.Dot(at.Grad, d)
	m.jd = -m.slope
	for j, v := range m.diagonal {
		m.jd -= float64(m.λ * float64(float64(v*d[j])*float64(v*d[j])))
	}
	copy(m.x, at.X)
	copy(m.d, d)
	return nil
}

// columns sets D. A column of zeros is not scaled.
func (m *LevenbergMarquardt) columns() {
	for j := range m.diagonal {
		m.diagonal[j] = 1
		if m.Scaling == "columns" {
			if norm := m.column(j); norm > 0 {
				m.diagonal[j] = norm
			}
		}
	}
}

// scale is max (JᵀJ)ⱼⱼ/Dⱼⱼ², 1 for a Jacobian of zeros.
func (m *LevenbergMarquardt) scale() float64 {
	largest := 0.0
	for j, v := range m.diagonal {
		c := m.column(j) / v
		largest = math.Max(largest, c*c)
	}
	if largest == 0 {
		return 1
	}
	return largest
}

// adapt judges the step from the last iterate to x, unless there was none.
func (m *LevenbergMarquardt) adapt(x []float64, f float64) {
	var sd, dd float64
	for i, d := range m.d {
		sd += float64((x[i] - m.x[i]) * d)
		dd += float64(d * d)
	}
	if sd == 0 || dd == 0 {
		return
	}
	t := sd / dd
	predicted := -float64(t*m.slope) - float64(t*t*m.jd)/2
	ϱ := (m.f - f) / predicted
	if ϱ > 0 {
		w := 2*ϱ - 1
		m.λ = math.Max(m.λ*math.Max(1.0/3, 1-float64(w*w*w)), leastDamping*m.scale())
		m.ν = 2
		return
	}
	// Beyond scale/ε the step is along the gradient already, and rounded away.
	if raised := m.λ * m.ν; raised < m.scale()/ε {
		m.λ = raised
		m.ν *= 2
	}
}

// leastDamping keeps λ, relative to the scale, where a rank-deficient Jacobian can still
// be factorized.
const leastDamping = 1e-20

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
