package instances

import (
	"math"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/problems"
)

// Sawtooth is the smooth function on which gradient descent with step γ finds the same
// gradient U at every iterate: the derivative dips from U to U(1 − h/2) and back between
// two iterates, h = γL ≤ 1, and falls to 0 with slope L behind the last (Abbaszadehpeivasti,
// de Klerk & Zamani 2021, doi:10.1007/s11590-021-01821-1).
type Sawtooth struct{ L, Step, U float64 }

func (*Sawtooth) Dim() int { return 1 }

// Start is the point from which n steps lead to the edge of the last slope.
func (p *Sawtooth) Start(n int) []float64 {
	return []float64{p.U/p.L + float64(float64(n)*p.Step*p.U)}
}

func (p *Sawtooth) Evaluate(x, grad []float64) float64 {
	last, period := p.U/p.L, p.Step*p.U
	if x[0] <= last {
		if grad != nil {
			grad[0] = p.L * x[0]
		}
		return p.L / 2 * x[0] * x[0]
	}
	teeth, phase := math.Modf((x[0] - last) / period)
	// Distance to the nearer end of the tooth, and the area of the dip so far.
	near := math.Min(phase, 1-phase) * period
	dip := float64(p.L / 2 * near * near)
	whole := float64(p.L * period * period / 4)
	if phase > 0.5 {
		dip = whole - dip
	}
	if grad != nil {
		grad[0] = p.U - float64(p.L*near)
	}
	return float64(p.L/2*last*last) + float64(p.U*(x[0]-last)) - float64(teeth*whole) - dip
}

// Gap is f, since f* = 0.
func (p *Sawtooth) Gap(x []float64) float64 { return p.Evaluate(x, nil) }

func (p *Sawtooth) Facts() *problems.Facts {
	return &problems.Facts{
		Convexity: problems.Nonconvex,
		Constants: global(map[string]float64{problems.SmoothnessL: p.L}),
		Minimum:   minimum(0, []float64{0}),
	}
}

// SquaredSines is Σ xᵢ² + 3sin²xᵢ, which is not convex but satisfies the inequality of
// Polyak and Łojasiewicz (Karimi, Nutini & Schmidt 2016, doi:10.1007/978-3-319-46128-1_50).
type SquaredSines struct{ N int }

func (p *SquaredSines) Dim() int { return p.N }

func (p *SquaredSines) Evaluate(x, grad []float64) float64 {
	sum := 0.0
	for i, v := range x {
		s := elementary.Sin(v)
		sum += float64(v*v) + float64(3*s*s)
		if grad != nil {
			grad[i] = float64(2*v) + float64(3*elementary.Sin(2*v))
		}
	}
	return sum
}

// Gap is f, since f* = 0.
func (p *SquaredSines) Gap(x []float64) float64 { return p.Evaluate(x, nil) }

func (p *SquaredSines) Facts() *problems.Facts {
	return &problems.Facts{
		Convexity: problems.Nonconvex,
		Constants: global(map[string]float64{problems.SmoothnessL: 8, problems.PLConstant: 1.0 / 32}),
		Minimum:   minimum(0, make([]float64, p.N)),
	}
}
