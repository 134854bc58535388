package instances

import (
	"math"

	"github.com/gdbench/gdbench/problems"
)

// Huber is Lx²/2 near 0 and a line of the given slope outside:
//
//	f(x) = Lx²/2 for |x| ≤ slope/L, slope·|x| − slope²/(2L) beyond.
//
// With a slope in proportion to 1/N it is the worst case of gradient methods on smooth
// convex functions (Drori & Teboulle 2014, doi:10.1007/s10107-013-0653-0).
type Huber struct{ L, Slope float64 }

func (*Huber) Dim() int { return 1 }

func (p *Huber) Evaluate(x, grad []float64) float64 {
	if grad != nil {
		grad[0] = math.Max(-p.Slope, math.Min(p.Slope, p.L*x[0]))
	}
	return p.Gap(x)
}

// Gap is f, since f* = 0.
func (p *Huber) Gap(x []float64) float64 {
	a := math.Abs(x[0])
	if p.L*a <= p.Slope {
		return p.L / 2 * a * a
	}
	return float64(p.Slope*a) - p.Slope*p.Slope/(2*p.L)
}

func (p *Huber) Facts() *problems.Facts {
	return &problems.Facts{
		Convexity: problems.Convex,
		Constants: global(map[string]float64{problems.SmoothnessL: p.L}),
		Minimum:   minimum(0, []float64{0}),
	}
}
