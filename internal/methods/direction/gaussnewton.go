package direction

import "github.com/gdbench/gdbench/methods"

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

var _ methods.Direction = (*GaussNewton)(nil)

func init() {
	methods.RegisterDirection("gauss-newton", methods.Info{
		Summary: "the Gauss–Newton direction of a least-squares problem",
		Formula: "Δx = argmin ‖J(x)v + r(x)‖²",
		Source:  "Nocedal & Wright 2006, Numerical Optimization, §10.3",
		DOI:     "10.1007/978-0-387-40065-5",
		Family:  "least squares",
	}, func() methods.Direction { return new(GaussNewton) })
}

func (m *GaussNewton) Init(o *methods.Oracle) error { return m.init(o, 0) }

func (m *GaussNewton) Direction(at *methods.Iterate, d []float64) error {
	if err := m.look(at); err != nil {
		return err
	}
	return m.solve(d)
}

// Units are those of x.
func (*GaussNewton) Units() methods.Units { return methods.NaturalUnits }
