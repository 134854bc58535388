package functions

import "github.com/gdbench/gdbench/problems"

// convexFacts are those of a convex function whose Hessian has its eigenvalues in
// [mu, smoothness] everywhere.
func convexFacts(mu, smoothness float64, source string) problems.Facts {
	convexity := problems.StronglyConvex
	if mu == 0 {
		convexity = problems.Convex
	}
	return problems.Facts{Convexity: convexity, Constants: map[string]problems.Constant{
		problems.SmoothnessL: {Value: smoothness, Scope: problems.Global, Source: source},
		problems.ConvexityMu: {Value: mu, Scope: problems.Global, Source: source},
	}}
}

// windowAround shows a square of the given half width, or an interval in one variable.
func windowAround(centre []float64, half float64) *problems.Window {
	switch len(centre) {
	case 1:
		return &problems.Window{X: [2]float64{centre[0] - half, centre[0] + half}}
	case 2:
		return window(centre[0]-half, centre[0]+half, centre[1]-half, centre[1]+half)
	}
	return nil
}

func window(left, right, bottom, top float64) *problems.Window {
	return &problems.Window{X: [2]float64{left, right}, Y: [2]float64{bottom, top}}
}

// zeroAt is the exact least value 0 with its minimizers.
func zeroAt(points ...[]float64) *problems.Minimum {
	return &problems.Minimum{Value: 0, Source: problems.Analytic, Points: points}
}

// fill repeats the pattern over n entries.
func fill(n int, pattern ...float64) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = pattern[i%len(pattern)]
	}
	return x
}

// steps is first, first + step, … over n entries.
func steps(n int, first, step float64) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = first + float64(float64(i)*step)
	}
	return x
}
