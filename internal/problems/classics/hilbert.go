package classics

import (
	"math"

	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

// Quadratics with Hilbert's matrix Hᵢⱼ = 1/(i + j − 1), which is dense: an evaluation costs
// n² operations.
func init() {
	hilbert := func(name, cutestName, summary, formula string, shift float64) {
		register(separable.Function{
			Name: name,
			Info: problem(cutestName, summary, formula, buckley),
			Dims: separable.Dims{Usual: 10, Least: 1, Most: 5000},
			Sum:  func(x []float64, s sum) float64 { return hilbertSum(x, s, shift) },

			Convexity: problems.StronglyConvex,
			Start:     separable.All(-3),
			Facts: func(n int, f *problems.Facts) {
				f.Minimum = separable.Attained(0, make([]float64, n))
				// The eigenvalues of H lie between 0 and π (Hilbert's inequality).
				bound := func(v float64) problems.Constant {
					return problems.Constant{Value: v, Scope: problems.Global, Source: "bound by Hilbert's inequality"}
				}
				f.Constants[problems.SmoothnessL] = bound(shift + math.Pi)
				if shift > 0 {
					f.Constants[problems.ConvexityMu] = bound(shift)
				}
			},
		})
	}
	hilbert("hilberta", "HILBERTA", "Hilbert's matrix: condition number about e^(3.5n)", "½ Σᵢⱼ xᵢxⱼ/(i + j − 1)", 0)
	hilbert("hilbertb", "HILBERTB", "Hilbert's matrix plus ten times the identity: very well conditioned",
		"½ Σᵢⱼ xᵢxⱼ/(i + j − 1) + 5 Σ xᵢ²", 10)
}

func hilbertSum(x []float64, s sum, shift float64) (f float64) {
	for i, v := range x {
		f += s.Square((shift+1/float64(2*i+1))/2, v, first{{i, 1}}, nil)
		for j := i + 1; j < len(x); j++ {
			f += s.Linear(1/float64(i+j+1), v*x[j], first{{i, x[j]}, {j, v}}, second{{i, j, 1}})
		}
	}
	return f
}
