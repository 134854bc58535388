package secondorder

import (
	"math"

	"github.com/gdbench/gdbench/internal/linalg"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
	"gonum.org/v1/gonum/mat"
)

// CubicNewton minimizes Newton's model with a cubic bound on what it leaves out, globally
// (Nesterov & Polyak 2006, doi:10.1007/s10107-006-0706-8):
//
//	x ← x + argmin_s gᵀs + ½sᵀHs + (M/6)‖s‖³.
//
// With M a Lipschitz constant of the Hessian f decreases at every step, and saddles are
// left. A step costs a Hessian, its eigenvalues and a gradient.
type CubicNewton struct {
	M methods.Length `param:"M" default:"M" range:"(0,)" doc:"Lipschitz constant of the Hessian"`

	oracle *methods.Oracle
	model  cubicModel
	s      []float64
}

var _ methods.Method = (*CubicNewton)(nil)

func init() {
	methods.Register("cubic-newton", methods.Info{
		Summary: "Newton's method with cubic regularization",
		Formula: "x ← x + argmin_s gᵀs + ½sᵀHs + (M/6)‖s‖³",
		Source:  "Nesterov & Polyak 2006, Cubic regularization of Newton method and its global performance, Math. Program. 108:177–205",
		DOI:     "10.1007/s10107-006-0706-8",
		Family:  "newton",
	}, func() methods.Method { return new(CubicNewton) })
}

// Needs ∇²f.
func (*CubicNewton) Needs() []problems.Need { return []problems.Need{problems.NeedsHessian} }

// Init makes room for the model.
func (m *CubicNewton) Init(o *methods.Oracle, at *methods.Iterate) error {
	if err := o.NeedHessian(); err != nil {
		return err
	}
	m.oracle = o
	m.model = newCubicModel(len(at.X))
	m.model.m = m.M.Value
	m.s = make([]float64, len(at.X))
	return nil
}

// Step goes to the minimizer of the cubic model.
func (m *CubicNewton) Step(at *methods.Iterate) error {
	m.oracle.GradientAt(&at.Point)
	if err := m.oracle.Hessian(at.X, m.model.h); err != nil {
		return err
	}
	if err := m.model.minimize(at.Grad, m.s); err != nil {
		return err
	}
	at.Length, at.Slope, at.Trials = math.NaN(), vec.Dot(at.Grad, m.s), 0
	vec.AddScaled(at.X, at.X, 1, m.s)
	at.HasF, at.HasGrad = false, false
	return nil
}

// cubicModel is gᵀs + ½sᵀHs + (M/6)‖s‖³. Its global minimizer is the s with
//
//	(H + λI)s = −g,  H + λI ⪰ 0,  λ = M‖s‖/2,
//
// found in the eigenvectors qᵢ of H, as s = −Σ cᵢ/(λᵢ + λ)·qᵢ with cᵢ = qᵢᵀg, by the one
// unknown r = ‖s‖.
type cubicModel struct {
	h *mat.SymDense
	m float64

	eigen  *linalg.Eigen
	values []float64
	c      []float64
}

func newCubicModel(n int) cubicModel {
	return cubicModel{h: mat.NewSymDense(n, nil), eigen: linalg.NewEigen(n), c: make([]float64, n)}
}

// minimize writes the minimizer into s. It is an error if that is 0, because no step is left to take.
func (m *cubicModel) minimize(g, s []float64) error {
	if !finite(m.h, g) {
		return methods.Stalled("the gradient or the Hessian has an entry that is not a finite number")
	}
	if !m.eigen.Factorize(m.h, true) {
		return methods.Stalled("the eigenvalues of the Hessian did not converge")
	}
	m.values = m.eigen.Values()
	m.eigen.Coordinates(m.c, g)

	least := m.values[0]
	low := 2 * max(0, -least) / m.m // below it H + λI is indefinite
	high := (math.Sqrt(float64(least*least)+float64(2*m.m*vec.Norm(g))) - least) / m.m
	r := low
	if m.norm(low) > low && high > low {
		r = m.bisect(low, high)
	}
	m.step(r, low, s)
	if vec.MaxAbs(s) == 0 {
		return methods.Stalled("the gradient is zero and no curvature is negative")
	}
	return nil
}

// step writes the s of length r. In the hard case g has no part along the least
// eigenvector, or one so small that r rounds to the least admissible length: then that
// vector makes up what the length lacks.
func (m *cubicModel) step(r, low float64, s []float64) {
	clear(s)
	var least float64 // |q₁ᵀs|
	for i, value := range m.values {
		if shifted := value + float64(m.m*r/2); shifted != 0 {
			m.along(s, i, -m.c[i]/shifted)
			if i == 0 {
				least = math.Abs(m.c[0] / shifted)
			}
		}
	}
	const near = 1e-6
	if lacking := float64(r*r) - vec.Dot(s, s); lacking > 0 && r-low <= near*low {
		m.along(s, 0, -math.Copysign(lacking/(least+math.Sqrt(float64(least*least)+lacking)), m.c[0]))
	}
}

// norm is ‖s‖ for λ = Mr/2, infinite where g has a part along an eigenvalue −λ.
func (m *cubicModel) norm(r float64) float64 {
	var sum float64
	for i, value := range m.values {
		if m.c[i] != 0 {
			part := m.c[i] / (value + float64(m.m*r/2))
			sum += float64(part * part)
		}
	}
	return math.Sqrt(sum)
}

// bisect finds r = norm(r) to the last bit between low, where norm is larger, and high;
// norm decreases.
func (m *cubicModel) bisect(low, high float64) float64 {
	for {
		r := low + float64((high-low)/2)
		if !(r > low && r < high) {
			return high
		}
		if m.norm(r) > r {
			low = r
		} else {
			high = r
		}
	}
}

// along adds t·qᵢ to s.
func (m *cubicModel) along(s []float64, i int, t float64) {
	vec.AddScaled(s, s, t, m.eigen.Vector(i))
}

// finite reports whether all entries are finite numbers.
func finite(h *mat.SymDense, g []float64) bool {
	sum := 0.0
	for i, v := range g {
		sum += v - v
		for j := i; j < len(g); j++ {
			sum += h.At(i, j) - h.At(i, j)
		}
	}
	return sum == 0
}

// Units are those of x where M is the constant of the problem.
func (m *CubicNewton) Units() methods.Units {
	if methods.LengthUnits(m.M) != (methods.Units{Value: 1, Variables: -3}) {
		return methods.Units{Value: methods.Never, Variables: methods.Never}
	}
	return methods.NaturalUnits
}
