package wrappers

import (
	"math"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	problems.Register("finite-difference", problems.Info{
		Summary: "a problem whose gradient is approximated by differences of values, as for functions without a gradient",
		Formula: "∂f/∂xᵢ ≈ (f(x + heᵢ) − f(x − heᵢ))/2h, or (f(x + heᵢ) − f(x))/h; h = step·max(1, |xᵢ|)",
		Source:  "J. Nocedal and S. J. Wright, Numerical Optimization, 2006, section 8.1",
		DOI:     "10.1007/978-0-387-40065-5",
		Family:  "wrapper",
	}, func() problems.Problem { return new(FiniteDifference) })
}

// FiniteDifference replaces the gradient by differences of values, 2n of them or n + 1.
// A gradient is counted as these values, and as a gradient. Second derivatives are not
// offered.
type FiniteDifference struct {
	valued

	Formula string  `param:"formula" default:"central" oneof:"central forward" doc:"central: error O(h²), 2n values per gradient; forward: O(h), n + 1 values"`
	Step    float64 `param:"step" default:"0" range:"[0,0.1]" doc:"relative step; 0: ε^(1/3) for central, ε^(1/2) for forward"`

	x []float64 // scratch
}

var (
	_ problems.Builder = (*FiniteDifference)(nil)
	_ problems.Forker  = (*FiniteDifference)(nil)

	_ problems.Differences = (*FiniteDifference)(nil)
	_ problems.Benchmark   = (*FiniteDifference)(nil)
)

// Build builds the wrapped problem.
func (d *FiniteDifference) Build(env problems.Env) error {
	if err := d.valued.Build(env); err != nil {
		return err
	}
	d.x = make([]float64, d.Dim())
	return nil
}

// Fork has its own scratch.
func (d *FiniteDifference) Fork() problems.Problem {
	fork := *d
	fork.valued = d.forked()
	fork.x = make([]float64, d.Dim())
	return &fork
}

// Approximate says that the gradient is not exact.
func (*FiniteDifference) Approximate() bool { return true }

// GradientValues is 2n for central differences, and n + 1 with f(x) for forward ones.
func (d *FiniteDifference) GradientValues() (count int, own bool) {
	if d.Formula == "forward" {
		return d.Dim() + 1, true
	}
	return 2 * d.Dim(), false
}

// Benchmark is the place of the wrapped problem, whose values are the same.
func (d *FiniteDifference) Benchmark() problems.Place {
	if numbered, ok := problems.As[problems.Benchmark](d.Of); ok {
		return numbered.Benchmark()
	}
	return problems.Place{}
}

// Evaluate returns f(x) and differences for its gradient.
func (d *FiniteDifference) Evaluate(x, grad []float64) float64 {
	return d.difference(x, grad, nil)
}

// EvaluateOn is the same on a batch.
func (d *FiniteDifference) EvaluateOn(x, grad []float64, batch []int32) float64 {
	return d.difference(x, grad, batch)
}

func (d *FiniteDifference) difference(x, grad []float64, batch []int32) float64 {
	f := d.value(x, batch)
	copy(d.x, x)
	for i := range grad {
		low, high := d.ends(x[i])
		behind := f
		if low != x[i] {
			d.x[i] = low
			behind = d.value(d.x, batch)
		}
		d.x[i] = high
		grad[i] = (d.value(d.x, batch) - behind) / (high - low)
		d.x[i] = x[i]
	}
	return f
}

// value is f, or its mean over a batch.
func (d *FiniteDifference) value(x []float64, batch []int32) float64 {
	if batch == nil {
		return d.Of.Evaluate(x, nil)
	}
	return d.sum.EvaluateOn(x, nil, batch)
}

// ends are the two coordinates whose values are compared.
func (d *FiniteDifference) ends(t float64) (low, high float64) {
	const epsilon = 0x1p-52
	scale := max(1, math.Abs(t))
	if d.Formula == "forward" {
		return t, t + float64(or(d.Step, math.Sqrt(epsilon))*scale)
	}
	h := float64(or(d.Step, elementary.Cbrt(epsilon)) * scale)
	return t - h, t + h
}

// or is a step as written, or the usual one.
func or(step, usual float64) float64 {
	if step == 0 {
		return usual
	}
	return step
}
