package step

import (
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
)

// clock counts the iterations of a schedule.
type clock struct{ k int }

// advance goes the length that the schedule has for this iteration.
func (c *clock) advance(s methods.Schedule, at *methods.Iterate, d []float64, next *methods.Point) (float64, error) {
	t := s.Length(c.k)
	c.k++
	vec.AddScaled(next.X, at.X, t, d)
	return t, nil
}
