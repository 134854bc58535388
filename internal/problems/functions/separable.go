package functions

import (
	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/problems"
	"gonum.org/v1/gonum/mat"
)

// separable is f(x) = c + Σᵢ φᵢ(xᵢ).
type separable struct {
	N int `param:"dim" default:"2" range:"[1,10000000]" doc:"number n of variables"`

	offset float64 // c, for one variable: n·offset in all
	// term is φᵢ, its derivative and its second derivative at t, i from 1 to n.
	term func(i, n int, t float64) (f, first, second float64)
	// describe states the facts for n variables.
	describe func(n int) *problems.Facts
}

var (
	_ problems.Describer      = (*separable)(nil)
	_ problems.Hessian        = (*separable)(nil)
	_ problems.HessianProduct = (*separable)(nil)
)

// registerSeparable makes each problem from a copy of the prototype.
func registerSeparable(name string, info problems.Info, prototype separable) {
	info.Family = "separable"
	problems.Register(name, info, func() problems.Problem {
		s := prototype
		return &s
	})
}

// Dim is the number n of variables.
func (s *separable) Dim() int { return s.N }

// Facts are exact.
func (s *separable) Facts() *problems.Facts { return s.describe(s.N) }

// Evaluate returns f(x) and its gradient.
func (s *separable) Evaluate(x, grad []float64) float64 {
	sum := float64(float64(s.N) * s.offset)
	for i, t := range x[:s.N] {
		f, first, _ := s.term(i+1, s.N, t)
		sum += f
		if grad != nil {
			grad[i] = first
		}
	}
	return sum
}

// Hessian is diagonal.
func (s *separable) Hessian(x []float64, h *mat.SymDense) {
	h.Zero()
	for i, t := range x {
		_, _, second := s.term(i+1, s.N, t)
		h.SetSym(i, i, second)
	}
}

// HessianProduct costs O(n).
func (s *separable) HessianProduct(x, v, hv []float64) {
	for i, t := range x {
		_, _, second := s.term(i+1, s.N, t)
		hv[i] = second * v[i]
	}
}

// coordinate is a critical point of a term that is the same for all variables.
type coordinate struct {
	t    float64
	kind problems.Kind // GlobalMinimum, LocalMinimum or Maximum
}

// largestProduct bounds the critical points that are written out.
const largestProduct = 1024

// product writes out the critical points of Σφ(xᵢ): every combination of those of φ.
// Beyond largestProduct of them there are none, and minimizers only if they are fewer.
func product(n int, of []coordinate) (minimizers [][]float64, critical []problems.Critical) {
	var lowest []coordinate
	for _, c := range of {
		if c.kind == problems.GlobalMinimum {
			lowest = append(lowest, c)
		}
	}
	eachCombination(n, lowest, func(x []float64, _ problems.Kind) { minimizers = append(minimizers, x) })
	eachCombination(n, of, func(x []float64, kind problems.Kind) {
		if kind != problems.GlobalMinimum {
			critical = append(critical, problems.Critical{X: x, Kind: kind})
		}
	})
	return minimizers, critical
}

func eachCombination(n int, of []coordinate, visit func(x []float64, kind problems.Kind)) {
	count := elementary.Pow(float64(len(of)), float64(n))
	if count > largestProduct {
		return
	}
	for c := range int(count) {
		x := make([]float64, n)
		kind := of[c%len(of)].kind
		for i := range x {
			x[i] = of[c%len(of)].t
			kind = combine(kind, of[c%len(of)].kind)
			c /= len(of)
		}
		visit(x, kind)
	}
}

// combine is the kind of a point that is of one kind in some variables and of another in
// the rest.
func combine(a, b problems.Kind) problems.Kind {
	switch {
	case a == b:
		return a
	case a == problems.Maximum || b == problems.Maximum || a == problems.Saddle || b == problems.Saddle:
		return problems.Saddle
	}
	return problems.LocalMinimum
}

// planeOnly is the window in one and two variables, nil in more.
func planeOnly(n int, low, high float64) *problems.Window {
	return windowAround(fill(n, (low+high)/2), float64((high-low)/2))
}
