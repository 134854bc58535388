package functions

import (
	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/problems"
)

// plOfSin is min f′²/(2f), computed to 30 digits and rounded down.
const plOfSin = 0.1755309858797373

func init() {
	registerLine("pl-sin", problems.Info{
		Summary: "nonconvex, yet gradient descent converges linearly (Polyak–Łojasiewicz)",
		Formula: "x² + 3sin²x",
		Source:  "H. Karimi, J. Nutini and M. Schmidt, Linear convergence of gradient and proximal-gradient methods under the Polyak–Łojasiewicz condition, 2016",
		DOI:     "10.1007/978-3-319-46128-1_50",
	}, line{
		at: func(x float64) (f, first, second float64) {
			sin, cos := elementary.Sincos(x)
			return float64(x*x) + float64(3*sin*sin),
				float64(2*x) + float64(6*sin*cos),
				2 + float64(6*(float64(cos*cos)-float64(sin*sin)))
		},
		known: problems.Facts{
			Convexity: problems.Nonconvex,
			Constants: map[string]problems.Constant{
				problems.SmoothnessL:   {Value: 8, Scope: problems.Global, Source: "closed form: f″ = 2 + 6cos 2x"},
				problems.SmallestCurve: {Value: -4, Scope: problems.Global, Source: "closed form: f″ = 2 + 6cos 2x"},
				problems.PLConstant:    {Value: plOfSin, Scope: problems.Global, Source: "least f′²/(2f), at |x| = 2.2017; Karimi, Nutini and Schmidt quote 1/32"},
				problems.HessianM:      {Value: 12, Scope: problems.Global, Source: "closed form: f‴ = −12sin 2x"},
			},
			Minimum: zeroAt([]float64{0}),
			Starts:  standard("", 4),
			Window:  windowAround([]float64{0}, 5),
		},
	})
}
