package losses

import (
	"math"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/problems/data"
	"github.com/gdbench/gdbench/internal/simd"
	"github.com/gdbench/gdbench/problems"
)

// Logistic is f(w) = (1/m) Σ log(1 + exp(−yᵢxᵢᵀw)) + (l2/2)‖w‖² with yᵢ = ±1 (Cox 1958).
// Without a regularizer it has no minimum where the classes are separable.
type Logistic struct {
	Data     data.Set `param:"data" default:"breast-cancer" doc:"a data set with classes for labels"`
	Positive string   `param:"positive" default:"none" doc:"the class labelled +1; all others are −1; default: the larger of two"`
	Design
	linear
}

var (
	_ problems.Builder   = (*Logistic)(nil)
	_ problems.FiniteSum = (*Logistic)(nil)
	_ problems.Hessian   = (*Logistic)(nil)
)

var logisticInfo = problems.Info{
	Summary: "logistic regression with two classes",
	Formula: "f(w) = (1/m) Σ log(1 + exp(−yᵢxᵢᵀw)) + (l2/2)‖w‖²",
	Source:  "D. R. Cox 1958, Journal of the Royal Statistical Society B 20, 215–242",
	DOI:     "10.1111/j.2517-6161.1958.tb00292.x",
	Family:  "linear model",
}

func init() {
	problems.Register("logistic", logisticInfo, func() problems.Problem { return new(Logistic) })
}

// Build loads the data and solves for f*.
func (p *Logistic) Build(env problems.Env) error {
	p.binary = true
	return p.build(env, &p.Design, p.Data, logistic{}, signs(p.Positive))
}

// separating is the mean logarithmic loss of m samples below which all are classified
// right, so that larger weights lower it towards 0 for ever: were one on the wrong side,
// its loss alone would be ln 2. It is 0 where a regularizer forbids large weights.
func separating(m int, l2 float64) float64 {
	if l2 > 0 {
		return 0
	}
	return math.Ln2 / float64(m)
}

// logistic is φ(z, y) = log(1 + exp(−yz)).
type logistic struct{}

var _ marginSum = logistic{}

// at is sum for one sample.
func (l logistic) at(z, y float64) (value, slope float64) {
	var slopes [1]float64
	value = l.sum([]float64{z}, []float64{y}, slopes[:])
	return value, slopes[0]
}

// sum takes at most 1000 samples.
func (logistic) sum(z, y, slopes []float64) float64 { return simd.Logistic(z, y, slopes) }

func (logistic) pass(x *data.Dense, w, grad []float64, p *pass, block int) float64 {
	return x.LogisticPass(w, p.rows, p.targets, grad, block)
}

func (logistic) curvature(z, _ float64) float64 {
	e := elementary.Exp(-math.Abs(z))
	return e / ((1 + e) * (1 + e))
}

func (logistic) slope() float64 { return 1 }

// bend is the largest |φ‴|, at z = ln(2 + √3).
func (logistic) bend() float64 { return 1 / (6 * math.Sqrt(3)) }

func (logistic) curvatures() (least, greatest float64) { return 0, 0.25 }
