package functions

import (
	"math"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	registerSeparable("levy", problems.Info{
		Summary: "a bowl with waves, whose curvature at the minimum differs by variable",
		Formula: "sin²πw₁ + Σᵢ₌₁ⁿ⁻¹ (wᵢ−1)²(1 + 10sin²(πwᵢ+1)) + (wₙ−1)²(1 + sin²2πwₙ), wᵢ = 1 + (xᵢ−1)/4",
		Source:  "M. Laguna and R. Martí, Experimental testing of advanced scatter search designs for global optimization of multimodal functions, J. Glob. Optim. 33, 2005, after A. V. Levy and A. Montalvo",
		DOI:     "10.1007/s10898-004-1936-z",
	}, separable{
		term: levyTerm,
		describe: func(n int) *problems.Facts {
			return &problems.Facts{
				Convexity: problems.Nonconvex,
				Minimum:   zeroAt(fill(n, 1)),
				Starts:    standard("", fill(n, 3, -2)...),
				Window:    planeOnly(n, -5, 5),
			}
		},
	})
}

func levyTerm(i, n int, t float64) (f, first, second float64) {
	d := float64((t - 1) / 4) // w − 1
	if i == 1 {
		// sin πw = −sin π(w−1), which is exact where w is 1.
		sin, cos := elementary.Sincos(math.Pi * d)
		f, first = float64(sin*sin), float64(2*math.Pi*sin*cos)
		second = float64(2 * math.Pi * math.Pi * (float64(cos*cos) - float64(sin*sin)))
	}
	weight, rate, phase := 10.0, math.Pi, math.Pi+1
	if i == n {
		weight, rate, phase = 1, 2*math.Pi, 0
	}
	// d²·s with s = 1 + weight·sin²(rate·d + phase)
	sin, cos := elementary.Sincos(float64(rate*d) + phase)
	s := 1 + float64(weight*sin*sin)
	s1 := float64(2 * weight * rate * sin * cos)
	s2 := 2 * weight * rate * rate * (float64(cos*cos) - float64(sin*sin))
	f += float64(d * d * s)
	first += float64(2*d*s) + float64(d*d*s1)
	second += float64(2*s) + float64(4*d*s1) + float64(d*d*s2)
	return f, first / 4, second / 16
}
