package bbob

import (
	"math"

	"github.com/gdbench/gdbench/internal/elementary"
)

// stage is one transformation on the way from x to the variables z of the raw function.
type stage interface {
	// forward writes the transformed x into out; slope is scratch for what backward needs.
	forward(out, x, slope []float64)
	// backward turns the gradient in the transformed variables, g, into that in x, in its place; room
	// is for n numbers.
	backward(g, slope, room []float64)
}

// shift is x − by.
type shift struct{ by []float64 }

func (s shift) forward(out, x, _ []float64) {
	out, x = out[:len(s.by)], x[:len(s.by)]
	for i, b := range s.by {
		out[i] = x[i] - b
	}
}

func (shift) backward(_, _, _ []float64) {}

// affine is factor·x + by in every variable.
type affine struct{ factor, by float64 }

func (s affine) forward(out, x, _ []float64) {
	for i, v := range x {
		out[i] = float64(s.factor*v) + s.by
	}
}

func (s affine) backward(g, _, _ []float64) {
	for i, v := range g {
		g[i] = s.factor * v
	}
}

// linear is M·x.
type linear struct{ matrix }

func (s linear) forward(out, x, _ []float64) { s.product(out, x) }

func (s linear) backward(g, _, room []float64) {
	s.transposed(room, g)
	copy(g, room)
}

// diagonal is d·x by variable.
type diagonal struct{ d []float64 }

func (s diagonal) forward(out, x, _ []float64) {
	for i, d := range s.d {
		out[i] = d * x[i]
	}
}

func (s diagonal) backward(g, _, _ []float64) { multiply(g, s.d) }

// oscillating is T_osz in every variable.
type oscillating struct{}

func (oscillating) forward(out, x, slope []float64) {
	for i, v := range x {
		out[i], slope[i] = oscillate(v)
	}
}

func (oscillating) backward(g, slope, _ []float64) { multiply(g, slope) }

// oscillate is T_osz with its derivative: for t = ln|x|/α with α = 0.1,
//
//	±exp(α(t + 0.49(sin a·t + sin b·t))), (a, b) = (1, 0.79) for x > 0, (0.55, 0.31) for x < 0.
//
// At 0 the derivative oscillates between positive bounds and has no limit; 1 is between them.
func oscillate(x float64) (value, slope float64) {
	const α = 0.1
	a, b := 1.0, 0.79
	switch {
	case x == 0:
		return 0, 1
	case x < 0:
		a, b = 0.55, 0.31
	}
	t := elementary.Log(math.Abs(x)) / α
	sa, ca := elementary.Sincos(a * t)
	sb, cb := elementary.Sincos(b * t)
	value = elementary.Exp(α * (t + float64(0.49*(sa+sb))))
	slope = value / math.Abs(x) * (1 + float64(0.49*(float64(a*ca)+float64(b*cb))))
	return math.Copysign(value, x), slope
}

// asymmetric is T_asy: x^(1 + β·i/(n−1)·√x) for x > 0, else x.
type asymmetric struct{ exponents []float64 } // β·i/(n−1)

func newAsymmetric(β float64, n int) asymmetric {
	s := asymmetric{make([]float64, n)}
	for i := range s.exponents {
		s.exponents[i] = β * float64(i) / float64(n-1)
	}
	return s
}

func (s asymmetric) forward(out, x, slope []float64) {
	for i, e := range s.exponents {
		v := x[i]
		out[i], slope[i] = v, 1
		if v > 0 {
			root := math.Sqrt(v)
			out[i] = elementary.Pow(v, 1+float64(e*root))
			slope[i] = out[i] * ((1+float64(e*root))/v + float64(e*elementary.Log(v))/(2*root))
		}
	}
}

func (asymmetric) backward(g, slope, _ []float64) { multiply(g, slope) }

// rising is the scaling of f4: √10^(i/(n−1)), ten times as much where the variable is
// positive and i even.
type rising struct{ d []float64 }

func (s rising) forward(out, x, slope []float64) {
	for i, d := range s.d {
		if i%2 == 0 && x[i] > 0 {
			d *= 10
		}
		out[i], slope[i] = d*x[i], d
	}
}

func (rising) backward(g, slope, _ []float64) { multiply(g, slope) }

func multiply(g, slope []float64) {
	for i, v := range g {
		g[i] = v * slope[i]
	}
}

// penalty is weight·Σ max(0, |xᵢ| − 5)², whose gradient it adds to g unless that is nil.
func penalty(weight float64, x, g []float64) float64 {
	if weight == 0 {
		return 0
	}
	var sum float64
	for i, v := range x {
		out := math.Abs(v) - 5
		if !(out > 0) {
			continue
		}
		sum += float64(out * out)
		if g != nil {
			g[i] += math.Copysign(2*weight*out, v)
		}
	}
	return weight * sum
}
