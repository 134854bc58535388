package momentum

import (
	"math"

	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

// GradientOptimized is OGM-G, the method with the least worst gradient norm after N steps, given
// the gap at the start (Kim & Fessler 2021, doi:10.1007/s10957-020-01770-2):
//
//	y₊ = x − lr·∇f(x),
//	x₊ = y₊ + (θ−1)(2θ₊−1)/(θ(2θ−1))·(y₊ − y) + (2θ₊−1)/(2θ−1)·(y₊ − x),
//
// θ falling to θ_N = 1 by θ = (1 + √(1 + 4θ₊²))/2, the first with 8 in the place of 4. N is the
// iteration budget; ‖∇f(x_N)‖² ≤ 2L(f(x₀) − f*)/θ₀² holds at the end only.
type GradientOptimized struct {
	LR length `param:"lr" default:"1/L" range:"(0,)" space:"{loguniform: [1e-5, 100]}" doc:"learning rate; the theorem is for 1/L"`
	methods.FirstOrder

	theta []float64
	y     []float64
	k     int
}

var (
	_ methods.Method   = (*GradientOptimized)(nil)
	_ methods.Informed = (*GradientOptimized)(nil)
)

func init() {
	methods.Register("ogm-g", methods.Info{
		Summary: "OGM-G: the least worst gradient norm at the end of the budget",
		Formula: "y₊ = x − lr·∇f(x), x₊ = y₊ + (θ−1)(2θ₊−1)/(θ(2θ−1))·(y₊ − y) + (2θ₊−1)/(2θ−1)·(y₊ − x), θ_N = 1",
		Source:  "Kim & Fessler 2021, Optimizing the efficiency of first-order methods for decreasing the gradient of smooth convex functions, J. Optim. Theory Appl. 188:192–219",
		DOI:     "10.1007/s10957-020-01770-2",
		Family:  "momentum",
	}, func() methods.Method { return new(GradientOptimized) })
}

// Requires the iteration budget.
func (*GradientOptimized) Requires(*oracle) []string { return []string{methods.HorizonFact} }

// Init computes all θ, from the last one.
func (m *GradientOptimized) Init(o *oracle, at *iterate) error {
	n := o.Horizon()
	if n == 0 {
		return &problems.Missing{What: "a budget of iterations, from which the coefficients follow"}
	}
	m.theta, m.k = GradientThetas(n), 0
	m.y = append([]float64(nil), at.X...)
	return m.Begin(o, at)
}

// GradientThetas are θ₀ … θ_N of OGM-G.
func GradientThetas(n int) []float64 {
	out := make([]float64, n+1)
	out[n] = 1
	for i := n - 1; i > 0; i-- {
		out[i] = theta(out[i+1], 4)
	}
	out[0] = theta(out[1], 8)
	return out
}

// Step makes one step.
func (m *GradientOptimized) Step(at *iterate) error {
	if m.k+1 >= len(m.theta) {
		return methods.Stalled("all %d steps of the budget are done, and the method has no others", m.k)
	}
	return m.Advance(at, m)
}

// Update is the rule.
func (m *GradientOptimized) Update(x, g []float64) float64 {
	now, next := m.theta[m.k], m.theta[m.k+1]
	m.k++
	far := (float64(2*next) - 1) / (float64(2*now) - 1)
	along := float64((now-1)/now) * far
	for i, v := range g {
		y := x[i] - float64(m.LR.Value*v)
		x[i] = y + float64(along*(y-m.y[i])) + float64(far*(y-x[i]))
		m.y[i] = y
	}
	return math.NaN()
}

// Carry moves y.
func (m *GradientOptimized) Carry(shift []float64) { vec.AddScaled(m.y, m.y, 1, shift) }

// Units are those of ∇f times the learning rate.
func (m *GradientOptimized) Units() methods.Units {
	return methods.GradientUnits.Times(methods.LengthUnits(m.LR))
}
