package descend

import (
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/results"
)

// schedule is the iterations that a trace records besides the first and the last.
type schedule struct {
	every  int
	points []int // ascending
	growth float64
}

// newSchedule spreads the points of a trace evenly on a logarithmic scale up to the
// iteration budget. Without one, they follow each other by the factor that would spread
// them over a million iterations.
func newSchedule(t suite.Trace, horizon int) *schedule {
	s := &schedule{every: t.Every}
	if t.Every > 0 || t.Points == 0 {
		return s
	}
	if horizon == 0 {
		s.growth = elementary.Pow(1e6, 1/float64(t.Points))
		return s
	}
	last := 0
	for i := range t.Points {
		k := int(math.Round(elementary.Pow(float64(horizon), float64(i+1)/float64(t.Points))))
		if k > last {
			s.points, last = append(s.points, k), k
		}
	}
	return s
}

// after is the next iteration to record after k.
func (s *schedule) after(k int) int {
	switch {
	case s.every > 0:
		return k + s.every
	case s.growth > 0:
		return max(k+1, int(math.Ceil(float64(k)*s.growth)))
	}
	if i, _ := slices.BinarySearch(s.points, k+1); i < len(s.points) {
		return s.points[i]
	}
	return math.MaxInt
}

// resetTrace empties the columns and keeps their memory.
func resetTrace(t *results.Trace) {
	t.Iteration, t.Trials = t.Iteration[:0], t.Trials[:0]
	for _, column := range []*results.Series{&t.Value, &t.Gap, &t.GradientNorm, &t.Distance, &t.StepLength, &t.Slope, &t.Seconds} {
		*column = (*column)[:0]
	}
	for count, column := range t.Each {
		*column = (*column)[:0]
		if count.Rare() {
			*column = nil // absent where there is none of it
		}
	}
	t.X = t.X[:0]
	t.Diagnostics = nil // the next problem has others
}

// appendX adds a copy of x to the path, in memory of an earlier run where there is some.
func appendX(t *results.Trace, x []float64) {
	if len(t.X) < cap(t.X) {
		t.X = t.X[:len(t.X)+1]
	} else {
		t.X = append(t.X, nil)
	}
	last := &t.X[len(t.X)-1]
	*last = append((*last)[:0], x...)
}
