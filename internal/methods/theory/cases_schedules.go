package theory

import (
	"fmt"

	"github.com/gdbench/gdbench/internal/methods/instances"
	"github.com/gdbench/gdbench/internal/methods/step"
	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/problems"
)

// schedules are long steps. On Huber's function of the right slope the iterate stays on the line
// until the end, so that only the sum of the lengths counts.
func (s *suite) schedules() {
	const (
		silver   = "silver steps, convex"
		dynamic  = "dynamic steps, convex"
		value    = "optimized steps, convex: gap"
		gradient = "optimized steps, convex: gradient"
		byRule   = "{name: descent, step: %s}"
		forSlope = "{name: descent, step: {name: optimized, goal: gradient}}"
	)
	start := []float64{radius}
	line := func(theorem, rule string, sum float64, steps int) {
		s.attained(theorem, fmt.Sprintf(byRule, rule), fmt.Sprintf("Huber, N = %d", steps),
			&instances.Huber{L: bigL, Slope: bigL * radius / (float64(2*sum) + 1)}, start, steps)
	}
	for _, steps := range []int{1, 3, 7, 31} {
		sum := 0.0
		for k := range steps {
			sum += (&step.Silver{T: param.NewLength(1)}).Length(k)
		}
		line(silver, "silver", sum, steps)
	}
	for _, steps := range horizons {
		line(dynamic, "dynamic", new(step.Dynamic).Sum(steps), steps)
		sum := 0.0
		for _, t := range step.OptimizedLengths(steps, "value") {
			sum += t
		}
		line(value, "optimized", sum, steps)
		at := fmt.Sprintf(", N = %d", steps)
		s.attained(value, fmt.Sprintf(byRule, "optimized"), "Lx²/2"+at, instances.Class(bigL, 0, bigL), start, steps)
		s.attained(gradient, forSlope, "Lx²/2"+at, instances.Class(bigL, 0, bigL), start, steps)
		s.attained(gradient, forSlope, "Huber"+at, &instances.Huber{L: bigL, Slope: bigL * radius / (sum + 1)}, start, steps)
	}
	s.longSteps()
	s.random(true, func(name string, p problems.Problem, x0 []float64) {
		for _, steps := range []int{7, 127} {
			s.upper(silver, fmt.Sprintf(byRule, "silver"), fmt.Sprintf("%s, N = %d", name, steps), p, x0, steps)
		}
		s.upper(dynamic, fmt.Sprintf(byRule, "dynamic"), name, p, x0, 100)
		s.upper("adaptive gradient descent, convex: each step", "{name: descent, step: adgd}", name, p, x0, 100)
		for _, steps := range []int{3, 10, 50} {
			s.upper(value, fmt.Sprintf(byRule, "optimized"), fmt.Sprintf("%s, N = %d", name, steps), p, x0, steps)
			s.upper(gradient, forSlope, fmt.Sprintf("%s, N = %d", name, steps), p, x0, steps)
		}
	})
}

// longSteps are periods from a place whose gap is small in comparison with LR². The slope of Huber's function
// is that part of LR, and the smaller it is, the nearer is the fall to the least one.
func (s *suite) longSteps() {
	const longSteps = "long steps, convex: each period"
	shallow := instances.Diagonal(bigL, 1e-3*bigL, 1e-5*bigL, 1e-8*bigL)
	for _, pattern := range []string{"2", "3", "7", "15", "31", "63", "127"} {
		method := "{name: descent, step: {name: long-steps, pattern: " + pattern + "}}"
		rule := step.LongSteps{Pattern: pattern}
		steps := 2 * len(rule.Period().Lengths)
		huber := &instances.Huber{L: bigL, Slope: 2e-8 * bigL * radius}
		name := fmt.Sprintf("Huber, n = %s", pattern)
		if pattern == "127" { // whose rate is 2.6e-6 below the mean length
			s.upper(longSteps, method, name, huber, []float64{radius}, steps)
		} else {
			s.attained(longSteps, method, name, huber, []float64{radius}, steps)
		}
		s.upper(longSteps, method, "shallow quadratic, n = "+pattern, shallow, []float64{1e-6, 1e-4, 1e-2, radius}, steps)
	}
}
