package momentum

import (
	"fmt"
	"math"

	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
)

type (
	oracle  = methods.Oracle
	iterate = methods.Iterate
	length  = methods.Length
)

// extrapolation is a private point y with the gradient there.
type extrapolation struct {
	oracle *oracle
	y, g   []float64
	filter methods.Filter // nil: none
}

// Through has every gradient pass a filter.
func (e *extrapolation) Through(filter methods.Filter) error { e.filter = filter; return nil }

// Carry moves y.
func (e *extrapolation) Carry(shift []float64) { vec.AddScaled(e.y, e.y, 1, shift) }

// begin puts y where the descent begins.
func (e *extrapolation) begin(o *oracle, at *iterate) {
	e.oracle = o
	e.y = append([]float64(nil), at.X...)
	e.g = make([]float64, len(at.X))
}

// look evaluates ∇f(y), of the next batch if there are batches, for a step of length t.
// Nothing is known at X afterwards.
func (e *extrapolation) look(at *iterate, t float64) {
	e.oracle.NextBatch()
	e.oracle.Gradient(e.y, e.g)
	if e.filter != nil {
		e.filter(e.y, e.g)
	}
	at.HasF, at.HasGrad = false, false
	at.Length, at.Slope, at.Trials = t, math.NaN(), 0
}

// extrapolate writes x + β(x − before) into dst.
func extrapolate(dst, x, before []float64, beta float64) {
	for i := range dst {
		dst[i] = x[i] + float64(beta*(x[i]-before[i]))
	}
}

// theta is the next of the numbers θ⁺ = (1 + √(1 + factor·θ²))/2 that make momentum grow;
// with factor 4, θ⁺² − θ⁺ = θ².
func theta(now, factor float64) float64 {
	return (1 + math.Sqrt(1+float64(factor*now*now))) / 2
}

// errBetas is the complaint about a pair of betas that is none.
func errBetas(found int) error {
	return fmt.Errorf("betas has %d entries; expected 2, such as [0.9, 0.999]", found)
}
