package losses

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/internal/problems/data"
	"github.com/gdbench/gdbench/problems"
)

// LeastSquares is f(w) = (1/2m)‖Xw − y‖² + (l2/2)‖w‖²; with l2 > 0, ridge regression
// (Hoerl & Kennard 1970).
type LeastSquares struct {
	Data data.Set `param:"data" default:"diabetes" doc:"a data set with numbers for labels"`
	Design
	linear
}

var (
	_ problems.Builder   = (*LeastSquares)(nil)
	_ problems.FiniteSum = (*LeastSquares)(nil)
	_ problems.Residuals = (*LeastSquares)(nil)
	_ problems.Quadratic = (*LeastSquares)(nil)
	_ problems.Forker    = (*LeastSquares)(nil)
)

// Quadratic says that f is one, so that exact line searches have a closed form.
func (*LeastSquares) Quadratic() bool { return true }

func init() {
	problems.Register("least-squares", problems.Info{
		Summary: "linear regression; ridge regression with l2",
		Formula: "f(w) = (1/2m)‖Xw − y‖² + (l2/2)‖w‖²",
		Source:  "A. E. Hoerl & R. W. Kennard 1970, Technometrics 12, 55–67",
		DOI:     "10.1080/00401706.1970.10488634",
		Aliases: []string{"ridge"}, Family: "linear model",
	}, func() problems.Problem { return new(LeastSquares) })
}

// Build loads the data and solves for f*. Labels that are all 1 or −1 are classes, which the sign
// of the margin predicts.
func (p *LeastSquares) Build(env problems.Env) error {
	return p.build(env, &p.Design, p.Data, squared{}, func(s *data.Samples) ([]float64, error) {
		y, err := numbers(s)
		p.binary = !slices.ContainsFunc(y, func(v float64) bool { return math.Abs(v) != 1 })
		return y, err
	})
}

// Fork is the same loss with its own scratch.
func (p *LeastSquares) Fork() problems.Problem {
	fork := *p
	fork.scratch()
	return &fork
}

// squared is φ(z, y) = ½(z − y)².
type squared struct{}

func (squared) at(z, y float64) (value, slope float64) {
	r := z - y
	return 0.5 * r * r, r
}

func (squared) curvature(float64, float64) float64 { return 1 }

func (squared) curvatures() (least, greatest float64) { return 1, 1 }

// ResidualCount is m, and one for each penalized weight where l2 > 0.
func (p *LeastSquares) ResidualCount() int {
	if p.weight == 0 {
		return p.Samples()
	}
	return p.Samples() + p.penalized
}

// Residuals are (xᵢᵀw − yᵢ)/√m, then √l2·wⱼ.
func (p *LeastSquares) Residuals(w, r []float64) {
	m := p.Samples()
	scale := 1 / math.Sqrt(float64(m))
	p.train.x.Products(r[:m], w, p.train.rows)
	for i, y := range p.train.y {
		r[i] = (r[i] - y) * scale
	}
	root := math.Sqrt(p.weight)
	for j := range r[m:] {
		r[m+j] = root * w[j]
	}
}

// Jacobian is X/√m, then √l2 on the diagonal of the penalized weights.
func (p *LeastSquares) Jacobian(_ []float64, jac *mat.Dense) {
	jac.Zero()
	m := p.Samples()
	scale := 1 / math.Sqrt(float64(m))
	for i := range m {
		columns, values := p.train.x.Row(i)
		for k, v := range values {
			jac.Set(i, place(columns, k), v*scale)
		}
	}
	root := math.Sqrt(p.weight)
	for j := range p.ResidualCount() - m {
		jac.Set(m+j, j, root)
	}
}
