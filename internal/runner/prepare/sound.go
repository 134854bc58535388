package prepare

import (
	"fmt"
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/problems"
)

// sound refuses a problem whose facts contradict themselves, or that changes the point at which
// it is evaluated: every result of it would be worthless.
func sound(p problems.Problem, facts *problems.Facts) error {
	n := p.Dim()
	for _, start := range facts.Starts {
		if len(start.X) != n {
			return fmt.Errorf("its start %q has length %d; expected %d, the number of variables", start.Name, len(start.X), n)
		}
		if slices.ContainsFunc(start.X, notFinite) {
			return fmt.Errorf("its start %q is not finite", start.Name)
		}
	}
	if m := facts.Minimum; m != nil {
		if notFinite(m.Value) || !(m.Accuracy >= 0) {
			return fmt.Errorf("it states the minimum %v with the accuracy %v; expected finite numbers, or no minimum where it is not known", m.Value, m.Accuracy)
		}
		for _, x := range m.Points {
			if len(x) != n {
				return fmt.Errorf("a minimizer that it states has length %d; expected %d, the number of variables", len(x), n)
			}
		}
	}
	if len(facts.Starts) == 0 {
		return nil
	}
	return evaluates(p, facts)
}

// evaluates looks at the problem at its first start. What a value or a gradient is there is the
// affair of the descents. A gradient of differences, which may take millions of values, is left to them.
func evaluates(p problems.Problem, facts *problems.Facts) error {
	x := slices.Clone(facts.Starts[0].X)
	grad := make([]float64, len(x))
	if differs(p) {
		grad = nil
	}
	f := problems.Objective(p, x, grad)
	if !vec.SameBits(x, facts.Starts[0].X) {
		return fmt.Errorf("its Evaluate changes the point x that it is given; expected that it only reads x")
	}
	if m := facts.Minimum; m != nil && f < m.Value-m.Accuracy-float64(1e-8*math.Max(math.Abs(f), math.Abs(m.Value))) {
		return fmt.Errorf("it states the minimum %v, and its value at the start %q is %v, which is less", m.Value, facts.Starts[0].Name, f)
	}
	return nil
}

// differs reports whether p, or a problem that it wraps, has differences for its gradient.
func differs(p problems.Problem) bool {
	if _, ok := p.(problems.Differences); ok {
		return true
	}
	w, ok := p.(problems.Wrapper)
	return ok && differs(w.Inner())
}

func notFinite(v float64) bool { return v-v != 0 }
