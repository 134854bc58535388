package losses

import (
	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/problems/data"
	"github.com/gdbench/gdbench/problems"
)

// StudentT is f(w) = (1/m) Σ log(1 + (xᵢᵀw − yᵢ)²/ν) + (l2/2)‖w‖²: outliers pull less the
// farther they lie. It is not convex; ν = 1 is Cauchy's loss.
type StudentT struct {
	Data data.Set `param:"data" default:"{name: minstd, labels: outliers}" doc:"a data set with numbers for labels"`
	Nu   float64  `param:"nu" default:"1" range:"(0,)" doc:"degrees of freedom ν"`
	Design
	linear
}

var _ problems.Builder = (*StudentT)(nil)

func init() {
	problems.Register("student-t", problems.Info{
		Summary: "robust linear regression; nonconvex; Cauchy's loss for ν = 1",
		Formula: "f(w) = (1/m) Σ log(1 + (xᵢᵀw − yᵢ)²/ν) + (l2/2)‖w‖²",
		Source:  "K. L. Lange, R. J. A. Little & J. M. G. Taylor 1989, Journal of the American Statistical Association 84, 881–896",
		DOI:     "10.1080/01621459.1989.10478852",
		Family:  "linear model",
	}, func() problems.Problem { return new(StudentT) })
}

// Build loads the data.
func (p *StudentT) Build(env problems.Env) error {
	return p.build(env, &p.Design, p.Data, studentT{p.Nu}, numbers)
}

type studentT struct{ nu float64 }

func (s studentT) at(z, y float64) (value, slope float64) {
	r := z - y
	return elementary.Log1p(r * r / s.nu), 2 * r / (s.nu + float64(r*r))
}

func (s studentT) curvature(z, y float64) float64 {
	r := z - y
	square := float64(r * r)
	return 2 * (s.nu - square) / ((s.nu + square) * (s.nu + square))
}

// curvatures are attained at r² = 3ν and at r = 0.
func (s studentT) curvatures() (least, greatest float64) { return -0.25 / s.nu, 2 / s.nu }
