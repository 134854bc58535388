package losses

import (
	"math"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/problems/data"
	"github.com/gdbench/gdbench/problems"
)

// SigmoidLoss is f(w) = (1/m) Σ σ(−yᵢxᵢᵀw) + (l2/2)‖w‖² with yᵢ = ±1 and
// σ(t) = 1/(1 + exp(−t)): a smooth approximation of the fraction of misclassified samples.
type SigmoidLoss struct {
	Data     data.Set `param:"data" default:"breast-cancer" doc:"a data set with classes for labels"`
	Positive string   `param:"positive" default:"none" doc:"the class labelled +1; all others are −1; default: the larger of two"`
	Design
	linear
}

var _ problems.Builder = (*SigmoidLoss)(nil)

func init() {
	problems.Register("sigmoid-loss", problems.Info{
		Summary: "smoothed 0–1 loss for two classes; nonconvex",
		Formula: "f(w) = (1/m) Σ σ(−yᵢxᵢᵀw) + (l2/2)‖w‖²",
		Source:  "L. Mason, J. Baxter, P. L. Bartlett & M. Frean 2000, Advances in Neural Information Processing Systems 12, 512–518",
		Family:  "linear model",
	}, func() problems.Problem { return new(SigmoidLoss) })
}

// Build loads the data.
func (p *SigmoidLoss) Build(env problems.Env) error {
	p.binary = true
	return p.build(env, &p.Design, p.Data, sigmoidLoss{}, signs(p.Positive))
}

type sigmoidLoss struct{}

func (sigmoidLoss) at(z, y float64) (value, slope float64) {
	s := sigmoid(-y * z)
	return s, -y * s * (1 - s)
}

func (sigmoidLoss) curvature(z, y float64) float64 {
	s := sigmoid(-y * z)
	return s * (1 - s) * (1 - 2*s)
}

// curvatures are attained where σ = ½ ± √3/6.
func (sigmoidLoss) curvatures() (least, greatest float64) {
	return -math.Sqrt(3) / 18, math.Sqrt(3) / 18
}

// sigmoid is 1/(1 + exp(−t)), without overflow.
func sigmoid(t float64) float64 {
	if t >= 0 {
		return 1 / (1 + elementary.Exp(-t))
	}
	e := elementary.Exp(t)
	return e / (1 + e)
}
