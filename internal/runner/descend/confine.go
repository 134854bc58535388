package descend

import (
	"math"

	"github.com/gdbench/gdbench/internal/runner/prepare"
	"github.com/gdbench/gdbench/internal/runner/suite"
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
