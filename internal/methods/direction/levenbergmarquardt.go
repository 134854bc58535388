package direction

import (
	"math"

	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
)

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

var _ methods.Direction = (*LevenbergMarquardt)(nil)

func init() {
	methods.RegisterDirection("levenberg-marquardt", methods.Info{
		Summary: "the Gauss–Newton direction with adaptive damping",
		Formula: "(JᵀJ + λD²)Δx = −Jᵀr",
		Source:  "Marquardt 1963, J. SIAM 11, 431–441; Madsen, Nielsen & Tingleff 2004, algorithm 3.16",
		DOI:     "10.1137/0111030",
		Family:  "least squares",
	}, func() methods.Direction { return new(LevenbergMarquardt) })
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
	predicted := -float64(t*m.slope) - float64(float64(t*t*m.jd)/2)
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

// Units are those of x.
func (*LevenbergMarquardt) Units() methods.Units { return methods.NaturalUnits }
