package losses

import (
	"math"

	"github.com/gdbench/gdbench/internal/problems/data"
	"github.com/gdbench/gdbench/problems"
)

// Tukey is the biweight regression f(w) = (1/m) Σ ρ(xᵢᵀw − yᵢ) + (l2/2)‖w‖² with
// ρ(r) = (c²/6)(1 − (1 − (r/c)²)³) for |r| ≤ c, and c²/6 beyond: what lies far off is
// left out altogether.
type Tukey struct {
	Data data.Set `param:"data" default:"{name: minstd, labels: outliers}" doc:"a data set with numbers for labels"`
	C    float64  `param:"c" default:"4.685" range:"(0,)" doc:"residual c beyond which a sample has no influence"`
	Design
	linear
}

var _ problems.Builder = (*Tukey)(nil)

func init() {
	problems.Register("tukey", problems.Info{
		Summary: "robust linear regression with Tukey's biweight; nonconvex, flat far from the data",
		Formula: "f(w) = (1/m) Σ ρ(xᵢᵀw − yᵢ) + (l2/2)‖w‖², ρ(r) = (c²/6)(1 − (1 − (r/c)²)³) for |r| ≤ c, c²/6 beyond",
		Source:  "A. E. Beaton & J. W. Tukey 1974, Technometrics 16, 147–185",
		DOI:     "10.1080/00401706.1974.10489171",
		Family:  "linear model",
	}, func() problems.Problem { return new(Tukey) })
}

// Build loads the data.
func (p *Tukey) Build(env problems.Env) error {
	return p.build(env, &p.Design, p.Data, biweight{p.C}, numbers)
}

type biweight struct{ c float64 }

func (b biweight) at(z, y float64) (value, slope float64) {
	r := z - y
	u := r / b.c
	if math.Abs(u) > 1 {
		return b.c * b.c / 6, 0
	}
	v := 1 - float64(u*u)
	return b.c * b.c / 6 * (1 - float64(v*v*v)), r * v * v
}

func (b biweight) curvature(z, y float64) float64 {
	u := (z - y) / b.c
	if math.Abs(u) > 1 {
		return 0
	}
	return (1 - float64(u*u)) * (1 - float64(5*u*u))
}

// curvatures are attained at (r/c)² = 3/5 and at r = 0.
func (biweight) curvatures() (least, greatest float64) { return -0.8, 1 }
