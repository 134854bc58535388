package losses

import (
	"math"

	"github.com/gdbench/gdbench/internal/problems/data"
	"github.com/gdbench/gdbench/problems"
)

// Huber is f(w) = (1/m) Σ h(xᵢᵀw − yᵢ) + (l2/2)‖w‖² with h(r) = r²/2 for |r| ≤ δ and
// δ|r| − δ²/2 beyond: outliers pull with the force δ and no more.
type Huber struct {
	Data  data.Set `param:"data" default:"{name: minstd, labels: outliers}" doc:"a data set with numbers for labels"`
	Delta float64  `param:"delta" default:"1" range:"(0,)" doc:"residual δ at which the loss changes from quadratic to linear"`
	Design
	linear
}

var _ problems.Builder = (*Huber)(nil)

var huberInfo = problems.Info{
	Summary: "robust linear regression: quadratic for small residuals, linear for large ones",
	Formula: "f(w) = (1/m) Σ h(xᵢᵀw − yᵢ) + (l2/2)‖w‖², h(r) = r²/2 for |r| ≤ δ, δ|r| − δ²/2 beyond",
	Source:  "P. J. Huber 1964, Annals of Mathematical Statistics 35, 73–101",
	DOI:     "10.1214/aoms/1177703732",
	Family:  "linear model",
}

func init() {
	problems.Register("huber", huberInfo, func() problems.Problem { return new(Huber) })
}

// Build loads the data and solves for f*.
func (p *Huber) Build(env problems.Env) error {
	return p.build(env, &p.Design, p.Data, huber{p.Delta}, numbers)
}

type huber struct{ delta float64 }

func (h huber) at(z, y float64) (value, slope float64) {
	r := z - y
	if math.Abs(r) <= h.delta {
		return 0.5 * r * r, r
	}
	return h.delta * (math.Abs(r) - float64(h.delta/2)), math.Copysign(h.delta, r)
}

func (h huber) curvature(z, y float64) float64 {
	if math.Abs(z-y) <= h.delta {
		return 1
	}
	return 0
}

func (h huber) slope() float64 { return h.delta }

func (huber) curvatures() (least, greatest float64) { return 0, 1 }
