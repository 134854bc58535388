package descend

import (
	"math"

	"github.com/gdbench/gdbench/internal/problems/constraint"
	"github.com/gdbench/gdbench/internal/runner/prepare"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
	"github.com/gdbench/gdbench/results"
)

// place writes the start of a descent into x, within the constraint if there is one.
func (w *Worker) place(c suite.Cell, b *prepare.Built, seed problems.Seed, x []float64) error {
	if err := c.Problem.Keys.Start.Start(b.Facts, x, seed.Rand("start")); err != nil {
		return err
	}
	if w.nudge != nil {
		nudge(x, w.nudge)
	}
	w.moved = nil
	if by := prepare.Confine(w.observed, x); by > 0 && w.nudge == nil {
		distance := results.Number(by)
		w.moved = &distance
	}
	return nil
}

// duality measures the gap of Frank and Wolfe, which takes a linear minimization: the observer's, not
// the method's.
type duality struct {
	set  problems.Set // nil: no bounded constraint
	room []float64
	stop float64 // converged at or below; −∞: never
}

// begin takes the constraint of a problem, and the limit of a stop from the gap at the start.
func (d *duality) begin(p problems.Problem, x, g []float64, s suite.Stop) {
	d.set, d.stop = prepare.BoundedSet(p), math.Inf(-1)
	if d.set == nil {
		return
	}
	if len(d.room) != len(x) {
		d.room = make([]float64, len(x))
	}
	if s.DualityGap > 0 {
		d.stop = s.DualityGap * d.gap(x, g)
	}
	if s.DualityGapAbsolute > 0 {
		d.stop = math.Max(d.stop, s.DualityGapAbsolute)
	}
}

// gap is that at x, where g is ∇f(x).
func (d *duality) gap(x, g []float64) float64 { return constraint.DualityGap(d.set, x, g, d.room) }

// dualityGap is the gap at the last look, as the record has it: absent where there is no bounded
// constraint.
func (o *observer) dualityGap(at *methods.Iterate) *results.Number {
	if o.duality.set == nil {
		return nil
	}
	n := results.Number(o.duality.gap(at.X, o.completed(at).Grad))
	return &n
}

// active is the number of inequalities of the constraint that hold with equality at x; nil where
// there is no constraint, or x is no point.
func active(p problems.Problem, x []float64) *int {
	c, ok := problems.As[problems.Constrained](p)
	if !ok {
		return nil
	}
	for _, v := range x {
		if math.IsNaN(v) {
			return nil
		}
	}
	count := c.Constraint().Active(x)
	return &count
}
