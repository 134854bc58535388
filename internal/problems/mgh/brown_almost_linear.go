package mgh

import (
	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	register(separable.Function{
		Name: "brown-almost-linear",
		Info: problem(27, "all equations linear but one",
			"Σᵢ₌₁ⁿ⁻¹ (xᵢ + Σⱼ xⱼ − n − 1)² + (Πⱼ xⱼ − 1)²"),
		Dims: separable.Dims{Usual: 10, Least: 2, Most: 1000}, Sum: brownAlmostLinear, Squares: same,
		Convexity: problems.Nonconvex,
		Start:     separable.All(0.5),
		Facts: func(n int, f *problems.Facts) {
			f.Minimum = separable.Attained(0, separable.Constant(n, 1))
			f.Notes = []string{"further minimizers (c, …, c, c¹⁻ⁿ) with ncⁿ − (n + 1)cⁿ⁻¹ + 1 = 0, " +
				"and for n > 2 a critical point (0, …, 0, n + 1) with f = 1"}
			if n == 2 {
				return
			}
			far := make([]float64, n)
			far[n-1] = float64(n + 1)
			kind := problems.Degenerate // the product vanishes to second order
			if n == 3 {
				kind = problems.Saddle
			}
			f.Critical = []problems.Critical{{X: far, Kind: kind}}
		},
	})
}

func brownAlmostLinear(x []float64, s sum) (f float64) {
	n := len(x)
	w := separable.Borrow(n, n*(n-1)/2, 2*n+2)
	defer w.Return()
	shared := -float64(n + 1)
	for j, v := range x {
		shared += v
		w.First[j] = separable.Partial{At: j, By: 1}
	}
	for i, v := range x[:n-1] {
		w.First[i].By = 2
		f += s.Square(1, v+shared, w.First, nil)
		w.First[i].By = 1
	}

	// The product without one factor, from the products before and after it.
	before, after := w.Floats[:n+1], w.Floats[n+1:]
	before[0], after[n] = 1, 1
	for j := range n {
		before[j+1] = before[j] * x[j]
		after[n-1-j] = after[n-j] * x[n-1-j]
	}
	pairs := w.Second[:0]
	for j := range n {
		w.First[j].By = before[j] * after[j+1]
		between := 1.0
		for k := j + 1; k < n && s.Order() == 2; k++ {
			pairs = append(pairs, separable.Pair{At: j, And: k, By: before[j] * between * after[k+1]})
			between *= x[k]
		}
	}
	return f + s.Square(1, before[n]-1, w.First, pairs)
}
