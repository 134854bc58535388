package classics

import (
	"math"

	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	register(separable.Function{
		Name: "qing",
		Info: problem("QING", "2ⁿ global minimizers, one in each orthant",
			"Σ (xᵢ² − i)²", "Qing 2006, Dynamic differential evolution strategy and applications in electromagnetic inverse scattering problems, IEEE Trans. Geosci. Remote Sens. 44:116–125"),
		Dims: from(1), Sum: qing, Squares: same,
		Convexity: problems.Nonconvex,
		Start:     separable.All(1),
		Facts: func(n int, f *problems.Facts) {
			x := make([]float64, n)
			for i := range x {
				x[i] = math.Sqrt(float64(i + 1))
			}
			f.Minimum = separable.Attained(0, x)
			f.Critical = []problems.Critical{{X: make([]float64, n), Kind: problems.Maximum}}
			f.Notes = []string{"every change of signs of the minimizer is a minimizer"}
			if n == 2 {
				f.Window = window(-2.5, 2.5, -2.5, 2.5)
			}
		},
	})
}

func qing(x []float64, s sum) (f float64) {
	for i, v := range x {
		f += s.Square(1, sq(v)-float64(i+1), first{{i, 2 * v}}, second{{i, i, 2}})
	}
	return f
}
