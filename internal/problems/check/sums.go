package check

import (
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/problems"
)

// batches: the mean over the batches of an epoch, weighted by their sizes, is the full
// value and gradient; a sample named twice counts twice; the gradient of a batch agrees
// with differences of its value.
func batches(s *subject, t *tally) {
	p, ok := problems.As[problems.FiniteSum](s.problem)
	if !ok {
		t.skip("the problem is not a sum over samples")
		return
	}
	m := p.Samples()
	for _, at := range s.points {
		order := make([]int32, m)
		for i, v := range s.rng.Perm(m) {
			order[i] = int32(v)
		}
		terms := largestTerms(s, p, at.x, order)
		for _, size := range []int{1, max(1, m/3), m} {
			checkEpoch(s, t, at, p, order, terms, size)
		}
		one, other := order[0], order[m-1]
		thrice := meanOn(s, p, at.x, []int32{one, one, other})
		parts := meanOn(s, p, at.x, []int32{one})
		vec.AddScaled(parts, parts, 0.5, meanOn(s, p, at.x, []int32{other}))
		vec.Scale(2.0/3, parts)
		t.demand(agree(thrice, parts, terms, 1e-10), "at %s the mean over samples %d, %d, %d is not that of its terms", place(at.x), one, one, other)
	}
	batch := []int32{0, 0, int32(m - 1)}
	at := s.points[len(s.points)-1]
	inner := sample{x: at.x, g: blank(s.n)}
	inner.f = p.EvaluateOn(at.x, inner.g, batch)
	checkGradient(s, t, inner, func(x []float64) float64 { return p.EvaluateOn(x, nil, batch) }, " over a batch")
}

// checkEpoch adds up the batches that order falls into.
func checkEpoch(s *subject, t *tally, at sample, p problems.FiniteSum, order []int32, terms []float64, size int) {
	m := len(order)
	if m/size > 200 { // one sample a batch on much data: a part of it is enough for time
		size = (m + 199) / 200
	}
	total := make([]float64, s.n+1)
	for batch := range slices.Chunk(order, size) {
		vec.AddScaled(total, total, float64(len(batch))/float64(m), meanOn(s, p, at.x, batch))
	}
	full := append([]float64{at.f}, at.g...)
	t.demand(agree(total, full, terms, 1e-9),
		"at %s the batches of %d average to %s (value, then gradient); the full sum is %s", place(at.x), size, place(total), place(full))
}

// largestTerms is the greatest modulus of each entry over some single samples.
func largestTerms(s *subject, p problems.FiniteSum, x []float64, order []int32) []float64 {
	largest := make([]float64, s.n+1)
	for _, i := range order[:min(50, len(order))] {
		for j, v := range meanOn(s, p, x, []int32{i}) {
			largest[j] = math.Max(largest[j], math.Abs(v))
		}
	}
	return largest
}

// meanOn is the value over a batch, then its gradient.
func meanOn(s *subject, p problems.FiniteSum, x []float64, batch []int32) []float64 {
	out := blank(s.n + 1)
	out[0] = p.EvaluateOn(x, out[1:], batch)
	return out
}

// agree compares the value, and the entries of the gradient relative to the largest
// term of any, since terms may cancel.
func agree(a, b, terms []float64, tolerance float64) bool {
	size := vec.MaxAbs(terms[1:])
	for i := range a {
		scale := math.Max(size, vec.MaxAbs(b[1:]))
		if i == 0 {
			scale = math.Max(math.Abs(terms[0]), math.Abs(b[0]))
		}
		if !(math.Abs(a[i]-b[i]) <= tolerance*math.Max(scale, 1e-12)) {
			return false
		}
	}
	return true
}

// fork: a fork evaluates like the original, and the two do not disturb each other.
func fork(s *subject, t *tally) {
	p, ok := s.problem.(problems.Forker)
	if !ok {
		t.skip("the workers share one copy of the problem")
		return
	}
	other := p.Fork()
	t.demand(other.Dim() == s.n, "a fork has %d variables; the original %d", other.Dim(), s.n)
	for _, at := range s.points {
		g := blank(s.n)
		f := other.Evaluate(at.x, g)
		t.demand(f == at.f && slices.Equal(g, at.g), "a fork evaluates to %.17g at %s; the original to %.17g, or the gradients differ", f, place(at.x), at.f)
	}
}

// starts: the facts have the problem's number of coordinates, names that differ, finite
// values, and a window that is one.
func starts(s *subject, t *tally) {
	seen := map[string]bool{}
	for _, start := range s.facts.Starts {
		t.demand(!seen[start.Name], "two starts are named %q", start.Name)
		seen[start.Name] = true
		t.demand(len(start.X) == s.n, "the start %q has %d coordinates; the problem has %d variables", start.Name, len(start.X), s.n)
		if len(start.X) == s.n {
			at := s.at(start.X)
			t.demand(finite(at.f) && finite(vec.Norm(at.g)), "value or gradient is not finite at the start %q", start.Name)
		}
	}
	if w := s.facts.Window; w != nil {
		t.demand(w.X[0] < w.X[1], "the window is empty: x from %g to %g", w.X[0], w.X[1])
		t.demand(s.n == 1 || w.Y[0] < w.Y[1], "the window is empty: y from %g to %g", w.Y[0], w.Y[1])
	}
}
