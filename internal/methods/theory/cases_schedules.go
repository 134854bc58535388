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
