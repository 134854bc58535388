package classics

import (
	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	register(separable.Function{
		Name: "tointgss",
		Info: problem("TOINTGSS", "Toint's Gaussian: bells that widen with a third variable",
			"Σᵢ₌₁ⁿ⁻² (10/(n − 2) + xᵢ₊₂²)(2 − exp(−(xᵢ − xᵢ₊₁)²/(0.1 + xᵢ₊₂²)))",
			"Toint 1978, Some numerical results using a sparse matrix updating formula in unconstrained optimization, Math. Comp. 32:839–851"),
		Dims: from(3), Sum: tointgss,
		Convexity: problems.Nonconvex,
		Start:     separable.All(3),
		Facts: func(n int, f *problems.Facts) {
			// Each factor is at its least where xᵢ = xᵢ₊₁ and xᵢ₊₂ = 0.
			f.Minimum = separable.Attained(10, make([]float64, n))
		},
	})
}

func tointgss(x []float64, s sum) (f float64) {
	floor := 10 / float64(len(x)-2)
	for i := range len(x) - 2 {
		d, z := x[i]-x[i+1], x[i+2]
		p, q := floor+sq(z), 0.1+sq(z)
		e := elementary.Exp(-sq(d) / q)
		// w = d²/q, in d and z
		wd, wz := 2*d/q, -2*d*d*z/(q*q)
		wdd, wdz, wzz := 2/q, -4*d*z/(q*q), d*d*(float64(8*z*z)-2*q)/(q*q*q)
		fd, fz := p*e*wd, float64(2*z*(2-e))+float64(p*e*wz)
		fdd := p * e * (wdd - float64(wd*wd))
		fdz := float64(2*z*e*wd) + float64(p*e*(wdz-float64(wd*wz)))
		fzz := float64(2*(2-e)) + float64(4*z*e*wz) + float64(p*e*(wzz-float64(wz*wz)))
		f += s.Linear(1, p*(2-e), first{{i, fd}, {i + 1, -fd}, {i + 2, fz}},
			second{
				{i, i, fdd}, {i, i + 1, -fdd}, {i + 1, i + 1, fdd},
				{i, i + 2, fdz}, {i + 1, i + 2, -fdz}, {i + 2, i + 2, fzz},
			})
	}
	return f
}
