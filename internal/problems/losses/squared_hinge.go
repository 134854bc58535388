package losses

import (
	"github.com/gdbench/gdbench/internal/problems/data"
	"github.com/gdbench/gdbench/problems"
)

// SquaredHinge is f(w) = (1/2m) Σ max(0, 1 − yᵢxᵢᵀw)² + (l2/2)‖w‖² with yᵢ = ±1: the
// support vector machine with a smooth loss.
type SquaredHinge struct {
	Data     data.Set `param:"data" default:"breast-cancer" doc:"a data set with classes for labels"`
	Positive string   `param:"positive" default:"none" doc:"the class labelled +1; all others are −1; default: the larger of two"`
	Design
	linear
}

var _ problems.Builder = (*SquaredHinge)(nil)

var squaredHingeInfo = problems.Info{
	Summary: "support vector machine with two classes and a smooth loss",
	Formula: "f(w) = (1/2m) Σ max(0, 1 − yᵢxᵢᵀw)² + (l2/2)‖w‖²",
	Source:  "C. Cortes & V. Vapnik 1995, Machine Learning 20, 273–297",
	DOI:     "10.1007/BF00994018",
	Family:  "linear model",
}

func init() {
	problems.Register("squared-hinge", squaredHingeInfo, func() problems.Problem { return new(SquaredHinge) })
}

// Build loads the data and solves for f*.
func (p *SquaredHinge) Build(env problems.Env) error {
	p.binary = true
	return p.build(env, &p.Design, p.Data, squaredHinge{}, signs(p.Positive))
}

type squaredHinge struct{}

func (squaredHinge) at(z, y float64) (value, slope float64) {
	short := 1 - float64(y*z)
	if short <= 0 {
		return 0, 0
	}
	return 0.5 * short * short, -y * short
}

func (squaredHinge) curvature(z, y float64) float64 {
	if y*z < 1 {
		return 1
	}
	return 0
}

func (squaredHinge) curvatures() (least, greatest float64) { return 0, 1 }
