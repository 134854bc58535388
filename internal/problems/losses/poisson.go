package losses

import (
	"math"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/problems/data"
	"github.com/gdbench/gdbench/problems"
)

// Poisson is f(w) = (1/m) Σ (exp(xᵢᵀw) − yᵢxᵢᵀw) + (l2/2)‖w‖² for counts yᵢ ≥ 0; the
// constant log yᵢ! is left out. It is convex but not smooth: no global L exists.
type Poisson struct {
	Data data.Set `param:"data" default:"{name: minstd, labels: counts}" doc:"a data set with counts for labels"`
	Design
	linear
}

var _ problems.Builder = (*Poisson)(nil)

func init() {
	problems.Register("poisson", problems.Info{
		Summary: "regression for counts; convex, without a global smoothness constant",
		Formula: "f(w) = (1/m) Σ (exp(xᵢᵀw) − yᵢxᵢᵀw) + (l2/2)‖w‖²",
		Source:  "J. A. Nelder & R. W. M. Wedderburn 1972, Journal of the Royal Statistical Society A 135, 370–384",
		DOI:     "10.2307/2344614",
		Family:  "linear model",
	}, func() problems.Problem { return new(Poisson) })
}

// Build loads the data and solves for f*.
func (p *Poisson) Build(env problems.Env) error {
	return p.build(env, &p.Design, p.Data, poisson{}, counts)
}

// counts are labels that are whole numbers from 0 on.
func counts(s *data.Samples) ([]float64, error) {
	y, err := numbers(s)
	for i, v := range y {
		if v < 0 || v != math.Trunc(v) {
			return nil, s.Errorf(i, "the label %g is not a count; expected whole numbers ≥ 0", v)
		}
	}
	return y, err
}

type poisson struct{}

func (poisson) at(z, y float64) (value, slope float64) {
	e := elementary.Exp(z)
	return e - float64(y*z), e - y
}

func (poisson) curvature(z, _ float64) float64 { return elementary.Exp(z) }

func (poisson) curvatures() (least, greatest float64) { return 0, math.Inf(1) }
