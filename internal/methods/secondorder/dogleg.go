package secondorder

import (
	"slices"

	"github.com/gdbench/gdbench/internal/linalg"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
	"gonum.org/v1/gonum/mat"
)

// dogleg goes from x to the model's minimizer along −g and on to the Newton point, as far
// as the region reaches (Powell 1970, in Numerical methods for nonlinear algebraic
// equations; Nocedal & Wright 2006, section 4.1). Where the Hessian is not positive
// definite there is no Newton point, and the step is the Cauchy point: the model's
// minimizer along −g within the region.
type dogleg struct {
	oracle          *methods.Oracle
	seen            []float64 // where h is the Hessian
	h               *mat.SymDense
	cholesky        *linalg.Cholesky
	sums            []float64 // scratch of norms
	hv, newton, leg []float64
}

func (d *dogleg) begin(o *methods.Oracle) error {
	n := o.Dim()
	if err := o.NeedHessian(); err != nil {
		return err
	}
	d.oracle, d.seen = o, nil
	d.h = mat.NewSymDense(n, nil)
	d.cholesky, d.sums = linalg.NewCholesky(n), make([]float64, n)
	d.hv, d.newton, d.leg = make([]float64, n), make([]float64, n), make([]float64, n)
	return nil
}

func (d *dogleg) solve(x, g []float64, radius float64, s []float64) (float64, bool, error) {
	if !slices.Equal(x, d.seen) { // else the last step was refused
		if err := d.oracle.Hessian(x, d.h); err != nil {
			return 0, false, err
		}
		d.seen = append(d.seen[:0], x...)
	}
	boundary := d.walk(g, radius, s)
	return -vec.Dot(g, s) - float64(0.5*d.curvature(s)), boundary, nil
}

// walk writes the step and reports whether it ends on the boundary.
func (d *dogleg) walk(g []float64, radius float64, s []float64) bool {
	definite := d.cholesky.Factorize(d.h)
	if definite && d.cholesky.Condition(linalg.Norm1(d.h, d.sums)) < 1e-16 {
		definite = false // nearly singular
	}
	if definite {
		copy(d.newton, g)
		d.cholesky.Solve(d.newton)
		vec.Scale(-1, d.newton)
	}
	if definite && vec.Norm(d.newton) <= radius {
		copy(s, d.newton)
		return false
	}
	clear(s)
	edge := radius / vec.Norm(g)
	t := vec.Dot(g, g) / d.curvature(g)
	if !(t > 0 && t < edge) {
		vec.AddScaled(s, s, -edge, g)
		return true
	}
	vec.AddScaled(s, s, -t, g)
	if !definite {
		return false
	}
	vec.AddScaled(d.leg, d.newton, -1, s)
	vec.AddScaled(s, s, toBoundary(s, d.leg, radius), d.leg)
	return true
}

// curvature is vᵀHv.
func (d *dogleg) curvature(v []float64) float64 {
	for i := range d.hv {
		d.hv[i] = 0
		for j, w := range v {
			d.hv[i] += float64(d.h.At(i, j) * w)
		}
	}
	return vec.Dot(v, d.hv)
}
