package descend

import (
	"math"
	"slices"
	"testing"

	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/results"
)

// liar is gradient descent that says untrue things of its iterate.
type liar struct {
	How      string `param:"how" default:"none" oneof:"none value gradient elsewhere changed alias infinite shown stalled" doc:"about what it lies"`
	Promises bool   `param:"promises" default:"false" doc:"says that it is GradientOnly"`

	oracle *methods.Oracle
	inner  []float64
	other  []float64
	grad   []float64
	steps  int
}

func init() {
	methods.Register("test-liar", methods.Info{}, func() methods.Method { return new(liar) })
}

func (m *liar) Init(o *methods.Oracle, at *methods.Iterate) error {
	n := len(at.X)
	m.oracle, m.inner, m.grad = o, slices.Clone(at.X), at.Grad
	m.other = make([]float64, n)
	return nil
}

func (m *liar) GradientOnly() any {
	if m.Promises {
		return m
	}
	return nil
}

func (m *liar) Step(at *methods.Iterate) error {
	at.HasF, at.HasGrad = false, false
	m.oracle.GradientAt(&at.Point)
	for i, g := range at.Grad {
		at.X[i] -= 1e-3 * g
	}
	at.HasF, at.HasGrad = false, false
	switch m.How {
	case "value":
		at.F, at.HasF = -1e9, true
	case "gradient": // of the oracle's answer, it keeps the value
		at.F, at.HasF, at.HasGrad = m.oracle.Evaluate(at.X, at.Grad), true, true
		clear(at.Grad)
		clear(m.grad)
	case "elsewhere": // the oracle's answer at the minimizer
		for i := range m.other {
			m.other[i] = 1
		}
		at.F, at.HasF, at.HasGrad = m.oracle.Evaluate(m.other, at.Grad), true, true
	case "changed": // the same, and x is where the oracle was asked, but for what it holds now
		copy(m.inner, at.X)
		for i := range at.X {
			at.X[i] = 1
		}
		at.F, at.HasF, at.HasGrad = m.oracle.Evaluate(at.X, at.Grad), true, true
		copy(at.X, m.inner)
	case "alias": // the gradient is a buffer that is cleared after the oracle has filled it
		m.oracle.Gradient(at.X, m.grad)
		clear(m.grad)
		at.Grad, at.HasGrad = m.grad, true
	case "infinite":
		m.oracle.Value(at.X)
		at.F, at.HasF = math.Inf(-1), true
	case "stalled": // after a while, and writes over the gradient
		if m.steps++; m.steps > 20 {
			clear(at.Grad)
			m.oracle.Gradient(m.other, m.grad)
			return methods.ErrStalled
		}
	case "shown": // these are only shown
		at.Length, at.Slope, at.Trials = 1e300, -1e300, 1<<40
	}
	return nil
}

// A method that lies about value and gradient at its iterate hits no target that it would not
// have hit, and does not converge.
func TestLiesAreNotBelieved(t *testing.T) {
	keys := "stop: {gradient: 1e-6, gap: 1e-9}\nbudget: {iterations: 40}\ntargets: {relative: [0.5, 1e-2, 1e-6], gradient: [0.5, 1e-3]}\ntrace: {every: 1}"
	want := runCell(t, keys, valley, "{name: fixed-step, lr: 1e-3}")
	lies := []string{"none", "value", "gradient", "elsewhere", "changed", "alias", "infinite", "shown"}
	for i := range 2 * len(lies) {
		how, promises := lies[i/2], []string{"false", "true"}[i%2]
		r := runCell(t, keys, valley, "{name: test-liar, how: "+how+", promises: "+promises+"}")
		if r.Status != results.Budget || r.Iterations != want.Iterations || r.Final.Value != want.Final.Value || r.Best.Value != want.Best.Value || r.Final.GradientNorm != want.Final.GradientNorm {
			t.Errorf("%s, promises %s: %s (%s) with %g, ‖∇f‖ = %g, best %g; want %g, %g, %g", how, promises, r.Status, r.Message, r.Final.Value, r.Final.GradientNorm, r.Best.Value, want.Final.Value, want.Final.GradientNorm, want.Best.Value)
		}
		if !slices.Equal(r.Trace.Value, want.Trace.Value) || !slices.Equal(r.Trace.GradientNorm, want.Trace.GradientNorm) {
			t.Errorf("%s, promises %s: the trace shows other values", how, promises)
		}
		for i := range r.Targets {
			a, b := r.Targets[i].Iteration, want.Targets[i].Iteration
			if (a == nil) != (b == nil) || a != nil && *a != *b {
				t.Errorf("%s, promises %s: target %g is hit at %v, want %v", how, promises, r.Targets[i].Target, a, b)
			}
		}
	}
}
