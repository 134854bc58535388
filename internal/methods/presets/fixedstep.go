package presets

import (
	"math"

	"github.com/gdbench/gdbench/methods"
)

// FixedStep is gradient descent with a constant learning rate,
//
//	x ← x − lr·∇f(x):
//
// the descent method with direction gradient and step fixed, in one loop. It descends on
// L-smooth functions for lr < 2/L; on strongly convex ones 2/(L+mu) is the best constant.
//
// Source: Polyak 1963, Gradient methods for the minimisation of functionals,
// doi:10.1016/0041-5553(63)90382-3.
type FixedStep struct {
	LR methods.Length `param:"lr" default:"1/L" range:"(0,)" space:"{loguniform: [1e-5, 100]}" doc:"learning rate"`

	oracle *methods.Oracle
	grad   []float64 // of the batch, or behind the filter; nil when neither
	filter methods.Filter
}

var (
	_ methods.Method       = (*FixedStep)(nil)
	_ methods.Recurrent    = (*FixedStep)(nil)
	_ methods.GradientOnly = (*FixedStep)(nil)
	_ methods.Adjustable   = (*FixedStep)(nil)
)

func init() {
	methods.Register("fixed-step", methods.Info{
		Summary: "gradient descent with a constant learning rate",
		Formula: "x ← x − lr·∇f(x)",
		Source:  "Polyak 1963, USSR Comput. Math. Math. Phys. 3, 864–878",
		DOI:     "10.1016/0041-5553(63)90382-3",
		Aliases: []string{"gradient-descent", "gd"},
		Family:  "gradient",
	}, func() methods.Method { return new(FixedStep) })
}

func (m *FixedStep) Init(o *methods.Oracle, at *methods.Iterate) error {
	m.oracle, m.grad = o, nil
	if o.Batched() || m.filter != nil {
		m.grad = make([]float64, len(at.X))
	}
	return nil
}

// Through has every gradient pass a filter.
func (m *FixedStep) Through(filter methods.Filter) error { m.filter = filter; return nil }

// Carry has nothing to move.
func (m *FixedStep) Carry([]float64) {}

func (m *FixedStep) Step(at *methods.Iterate) error {
	at.Length = m.LR.Value
	if m.grad != nil {
		m.filter.Gradient(m.oracle, &at.Point, m.grad)
		if m.filter != nil {
			at.Length = math.NaN() // the step is along another vector
		}
		move(at.X, m.grad, m.LR.Value)
		at.Slope, at.HasF, at.HasGrad = math.NaN(), false, false
		return nil
	}
	m.oracle.GradientAt(&at.Point)
	at.Slope = -m.LR.Value * move(at.X, at.Grad, m.LR.Value)
	at.HasF, at.HasGrad = false, false
	return nil
}

// Recurrence has no momentum.
func (m *FixedStep) Recurrence() (gamma, beta float64, ok bool) { return m.LR.Value, 0, true }

// GradientOnly: a step asks for nothing else.
func (m *FixedStep) GradientOnly() any { return m }

// move goes t along the negative gradient, and returns ‖g‖².
func move(x, g []float64, t float64) float64 {
	var sum float64
	x = x[:len(g)]
	for i, v := range g {
		x[i] -= float64(t * v)
		sum += float64(v * v)
	}
	return sum
}
