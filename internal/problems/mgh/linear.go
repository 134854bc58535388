package mgh

import (
	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

// The paper leaves the number m ≥ n of equations free; here it is 2n.
func init() {
	register(separable.Function{
		Name: "linear-full-rank",
		Info: problem(32, "linear least squares with orthogonal columns: the Hessian is 2I",
			"Σᵢ₌₁ⁿ (xᵢ − s − 1)² + Σᵢ₌ₙ₊₁ᵐ (s + 1)², s = (2/m)Σⱼ xⱼ, m = 2n", "arglina"),
		Dims: separable.Dims{Usual: 10, Least: 1, Most: dense}, Sum: linearFullRank, Squares: twice,
		Convexity: problems.StronglyConvex,
		Start:     separable.All(1),
		Facts: func(n int, f *problems.Facts) {
			f.Minimum = separable.Attained(float64(n), separable.Constant(n, -1))
			exact(f, problems.SmoothnessL, 2)
			exact(f, problems.ConvexityMu, 2)
		},
	})
	register(separable.Function{
		Name: "linear-rank1",
		Info: problem(33, "one direction with all the curvature, none in the others",
			"Σᵢ₌₁ᵐ (i Σⱼ jxⱼ − 1)², m = 2n", "arglinb"),
		Dims: separable.Dims{Usual: 10, Least: 1, Most: dense}, Sum: linearRank1, Squares: twice,
		Convexity: problems.Convex,
		Start:     separable.All(1),
		Facts: func(n int, f *problems.Facts) {
			m := float64(2 * n)
			value := m * (m - 1) / (2 * (float64(2*m) + 1))
			rankOne(f, n, value, 3/(float64(2*m)+1), squaresTo(m), 1, n)
		},
	})
	register(separable.Function{
		Name: "linear-rank1-zero",
		Info: problem(34, "as linear-rank1, with columns and rows of zeros",
			"2 + Σᵢ₌₂ᵐ⁻¹ ((i − 1)Σⱼ₌₂ⁿ⁻¹ jxⱼ − 1)², m = 2n", "arglinc"),
		Dims: separable.Dims{Usual: 10, Least: 3, Most: dense}, Sum: linearRank1Zero, Squares: twice,
		Convexity: problems.Convex,
		Start:     separable.All(1),
		Facts: func(n int, f *problems.Facts) {
			m := float64(2 * n)
			value := (sq(m) + float64(3*m) - 6) / (2 * (float64(2*m) - 3))
			rankOne(f, n, value, 3/(float64(2*m)-3), squaresTo(m-2), 2, n-1)
		},
	})
}

func twice(n int) int { return 2 * n }

// squaresTo is 1² + … + k².
func squaresTo(k float64) float64 { return k * (k + 1) * (float64(2*k) + 1) / 6 }

func exact(f *problems.Facts, name string, value float64) {
	f.Constants[name] = problems.Constant{Value: value, Scope: problems.Global, Source: "closed form"}
}

// rankOne states the facts of Σᵢ (aᵢs − 1)², s = Σⱼ jxⱼ over j from low to high, with
// Σ aᵢ² = weight: curvature 2·weight·Σj² along (j)ⱼ, none across it, and the minimizers
// where s has its best value, of which the shortest is named.
func rankOne(f *problems.Facts, n int, value, s, weight float64, low, high int) {
	var length float64
	for j := low; j <= high; j++ {
		length += float64(j * j)
	}
	point := make([]float64, n)
	for j := low; j <= high; j++ {
		point[j-1] = s * float64(j) / length
	}
	f.Minimum = separable.Attained(value, point)
	f.Notes = []string{"the minimizers form a hyperplane; the one of least norm is given"}
	exact(f, problems.SmoothnessL, 2*weight*length)
	exact(f, problems.PLConstant, 2*weight*length)
}

func linearFullRank(x []float64, s sum) (f float64) {
	n := len(x)
	w := separable.Borrow(n, 0, 0)
	defer w.Return()
	shared := 0.0
	for j, v := range x {
		shared += v / float64(n)
		w.First[j] = separable.Partial{At: j, By: -1 / float64(n)}
	}
	for i := range 2 * n {
		if i >= n {
			f += s.Square(1, -shared-1, w.First, nil)
			continue
		}
		w.First[i].By = 1 - 1/float64(n)
		f += s.Square(1, x[i]-shared-1, w.First, nil)
		w.First[i].By = -1 / float64(n)
	}
	return f
}

func linearRank1(x []float64, s sum) (f float64) {
	return rankOneSum(x, s, 1, len(x), func(i int) float64 { return float64(i) })
}

func linearRank1Zero(x []float64, s sum) (f float64) {
	return rankOneSum(x, s, 2, len(x)-1, func(i int) float64 {
		if i == 1 || i == 2*len(x) {
			return 0
		}
		return float64(i - 1)
	})
}

// rankOneSum is Σᵢ (a(i)·s − 1)² over i = 1…2n, s = Σⱼ jxⱼ over j from low to high.
func rankOneSum(x []float64, s sum, low, high int, a func(i int) float64) (f float64) {
	w := separable.Borrow(high-low+1, 0, 0)
	defer w.Return()
	var shared float64
	for j := low; j <= high; j++ {
		shared += float64(float64(j) * x[j-1])
	}
	for i := 1; i <= 2*len(x); i++ {
		for j := low; j <= high && s.Order() > 0; j++ {
			w.First[j-low] = separable.Partial{At: j - 1, By: a(i) * float64(j)}
		}
		f += s.Square(1, float64(a(i)*shared)-1, w.First, nil)
	}
	return f
}
