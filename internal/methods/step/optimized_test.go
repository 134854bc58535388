package step

import (
	"math"
	"testing"

	"github.com/gdbench/gdbench/internal/param"
)

// The lengths of one and two steps are those of Das Gupta, Van Parys & Ryu 2022,
// arXiv:2203.07305, which their branch and bound found.
func TestOptimizedLengths(t *testing.T) {
	for n, want := range [][]float64{1: {1.5}, 2: {1.414214, 1.876768}} {
		for k, got := range OptimizedLengths(max(n, 1), "value") {
			if n > 0 && math.Abs(got-want[k]) > 5e-7 {
				t.Errorf("length %d of %d is %g; expected %g", k, n, got, want[k])
			}
		}
	}
}

// Both worst cases have the same bound: a line, on which the sum of the lengths counts, and a
// parabola, on which the product of 1 − t does. More steps have a smaller one, of order N^−1.27.
func TestOptimizedLengthsBalance(t *testing.T) {
	before := 1.0
	for n := 1; n <= 130; n++ {
		sum, product := 0.0, 1.0
		for _, h := range OptimizedLengths(n, "value") {
			sum, product = sum+h, product*(1-h)
		}
		bound := 1 / (2*sum + 1)
		if math.Abs(product*product/bound-1) > 1e-10 || bound >= before {
			t.Errorf("%d steps: %g on a line, %g on a parabola; with a step less %g", n, bound, product*product, before)
		}
		before = bound
	}
	// 0.4231·N^−1.27 is the bound of Grimmer, Shu & Wang 2024, arXiv:2403.14045, which these improve on.
	if older := 0.42312 * math.Pow(130, -math.Log2(1+math.Sqrt2)); !(before < older && before > 0.9*older) {
		t.Errorf("130 steps: the bound is %g; expected somewhat less than %g", before, older)
	}
}

// Single steps, joined: from √2 to 2, each the longest for which the line is the worst case.
func TestDynamicLengths(t *testing.T) {
	r := &Dynamic{T: param.NewLength(0.5)}
	sum := 0.0
	for k := range 50 {
		h := 2 * r.Length(k)
		if k == 0 && math.Abs(h-math.Sqrt2) > 1e-15 || h >= 2 || h <= 2*sum/(sum+2) {
			t.Errorf("length %d is %g after a sum of %g", k, h, sum)
		}
		// What joins: on the function whose kink the iterate reaches, line and parabola agree.
		if got, want := (h-1)/(1+sum), 1/(1+sum+h); math.Abs(got-want) > 1e-14 {
			t.Errorf("length %d: %g on a parabola, %g on a line", k, got, want)
		}
		sum += h
	}
	if r.Length(0) != 0.5*math.Sqrt2 {
		t.Errorf("asked again, the first length is %g", r.Length(0))
	}
}
