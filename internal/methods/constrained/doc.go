// Package constrained holds methods whose iterates satisfy the constraint of a problem. Without a
// constraint each is what the same formula makes of ℝⁿ, or is skipped where it makes nothing.
package constrained

import (
	"math"

	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

// feasible is embedded by methods whose iterates satisfy the constraint.
type feasible struct{}

// Feasible is true.
func (feasible) Feasible() bool { return true }

// exact refuses batches and noise, on which values and gradients cannot be compared.
func exact(o *methods.Oracle) error {
	if o.Batched() {
		return &problems.Missing{What: "exact values and gradients, which mini-batches and noise do not give"}
	}
	return nil
}

// value is f(x), asked for unless it is known.
func value(o *methods.Oracle, at *methods.Iterate) float64 {
	if !at.HasF {
		at.F, at.HasF = o.Value(at.X), true
	}
	return at.F
}

// slope is gᵀ(y − x).
func slope(g, y, x []float64) float64 {
	sum := 0.0
	for i, v := range g {
		sum += float64(v * (y[i] - x[i]))
	}
	return sum
}

// moves reports whether two points differ.
func moves(x, y []float64) bool {
	for i, v := range x {
		if v != y[i] {
			return true
		}
	}
	return false
}

// finite reports a number.
func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
