package descend

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/results"
)

// On ½‖x‖² a step of ½ halves x = (2⁻ᵏ, 0), whose Frank–Wolfe gap over the ball of radius 1 and over
// the box [−1, 1] is 4⁻ᵏ + 2⁻ᵏ: below 2e-3 after 9 steps and below 1e-3 after 10, whatever the units
// where the gap is compared with that of the start.
func TestDualityGapStops(t *testing.T) {
	for _, c := range []struct {
		stop       string
		value      float64 // of the problem value·½‖x‖²
		iterations int
		status     results.Status
	}{
		{"{gradient: 0, duality-gap: 1e-3}", 1, 9, results.Converged},
		{"{gradient: 0, duality-gap: 1e-3}", 0x1p-30, 9, results.Converged},
		{"{gradient: 0, duality-gap: 1e-3}", 0x1p30, 9, results.Converged},
		{"{gradient: 0, duality-gap-absolute: 1e-3}", 1, 10, results.Converged},
		{"{gradient: 0, duality-gap-absolute: 1e-3}", 0x1p10, 20, results.Converged},
		{"{gradient: 0, duality-gap: 1e-3, duality-gap-absolute: 0.4}", 1, 2, results.Converged},
		{"{gradient: 0.3, duality-gap: 1e-3}", 1, 2, results.Converged}, // the first stop that is met
		{"{gradient: 0}", 1, 300, results.Budget},
	} {
		for _, set := range []string{"{ball: 1}", "{box: {lower: -1, upper: 1}}"} {
			problem := fmt.Sprintf("{name: scale, of: {name: quadratic, dim: 2, condition: 1}, ratio: 1, value: %g, start: [1, 0], constraint: %s}", c.value, set)
			r := stopped(t, c.stop, problem, "{name: projected-gradient, step: 0.5/L}")
			if r.Status != c.status || r.Iterations != c.iterations {
				t.Errorf("%s on %s, f × %g: %s after %d iterations (%s); expected %s after %d", c.stop, set, c.value, r.Status, r.Iterations, r.Message, c.status, c.iterations)
			}
			k := float64(r.Iterations)
			if want := c.value * (math.Exp2(-2*k) + math.Exp2(-k)); math.Abs(float64(*r.Final.DualityGap)-want) > 1e-12*want {
				t.Errorf("%s: a final duality gap of %g; expected %g", c.stop, *r.Final.DualityGap, want)
			}
			if *r.Start.DualityGap != results.Number(2*c.value) {
				t.Errorf("%s: a duality gap of %g at the start; expected %g", c.stop, *r.Start.DualityGap, 2*c.value)
			}
		}
	}
}

// On ½‖x‖² over the simplex of sum 1, max xᵀ(x − s) = ‖x‖² − min xᵢ: 1 at e₁, and 0 at (½, ½), which
// an exact line search finds in a step. The observer's linear minimizations are not the method's.
func TestDualityGapOnTheSimplex(t *testing.T) {
	const problem, method = "{name: quadratic, dim: 2, condition: 1, start: [1, 0], constraint: simplex}", "{name: frank-wolfe, step: line-search}"
	r := stopped(t, "{gradient: 0, duality-gap: 1e-12}", problem, method)
	if r.Status != results.Converged || r.Iterations != 1 || *r.Start.DualityGap != 1 || *r.Final.DualityGap != 0 {
		t.Errorf("%s after %d iterations (%s), duality gap from %g to %g; expected one step from 1 to 0", r.Status, r.Iterations, r.Message, *r.Start.DualityGap, *r.Final.DualityGap)
	}
	if r.Counts.LinearMinimizations != 1 || r.Counts.Gradients != 1 {
		t.Errorf("one step is charged %+v", r.Counts)
	}
}

// The duality gap bounds f − f*, on any set and at any point.
func TestDualityGapBoundsTheGap(t *testing.T) {
	for _, c := range []struct{ problem, method string }{
		{"{name: least-squares, data: diabetes, constraint: {ball: {radius: 100, norm: l1}}}", "frank-wolfe"},
		{"{name: quadratic, dim: 5, condition: 100, constraint: {simplex: 2}}", "projected-gradient"},
		{"{name: quadratic, dim: 5, condition: 100, constraint: {box: {lower: 0.3, upper: 2}}}", "lbfgsb"},
	} {
		for _, stop := range []string{"{gradient: 0, duality-gap: 0.3}", "{gradient: 0, duality-gap: 1e-2}"} {
			r := stopped(t, stop, c.problem, c.method)
			if r.Status != results.Converged || *r.Final.DualityGap < r.Final.Gap-1e-9 || *r.Start.DualityGap < r.Start.Gap {
				t.Errorf("%s on %s: %s with a duality gap of %g and a gap of %g", c.method, c.problem, r.Status, *r.Final.DualityGap, r.Final.Gap)
			}
		}
	}
}

// As a diagnostic the duality gap is 4⁻ᵏ + 2⁻ᵏ at each point of the trace, beside those that the problem has, and a
// target of it is met where it falls to that; where there is none, the target cannot be measured.
func TestDualityGapIsADiagnostic(t *testing.T) {
	const keys, method = "budget: {iterations: 12}\ndiagnostics: [duality gap]\ntargets: {duality gap: [0.1, 1e-2]}\ntrace: {every: 1}", "{name: projected-gradient, step: 0.5/L}"
	r := runCell(t, keys, "{name: quadratic, dim: 2, condition: 1, start: [1, 0], constraint: {ball: 1}}", method)
	for k, v := range r.Trace.Diagnostics["duality gap"] {
		if want := math.Exp2(-2*float64(k)) + math.Exp2(-float64(k)); math.Abs(v-want) > 1e-12*want {
			t.Errorf("%g at iteration %d; expected %g", v, k, want)
		}
	}
	for i, want := range []int{4, 7} { // 1/256 + 1/16, 1/16384 + 1/128
		if target := r.Targets[i]; target.Iteration == nil || *target.Iteration != want {
			t.Errorf("a duality gap of %g at iteration %v; expected %d", target.Target, target.Iteration, want)
		}
	}
	r = runCell(t, keys, "{name: quadratic, dim: 2, constraint: nonnegative}", method)
	if target := r.Targets[0]; !strings.Contains(target.Message, `not measurable: the problem has no diagnostic "duality gap"`) {
		t.Errorf("over an unbounded set: %q", target.Message)
	}
}

// Without a bounded constraint there is no duality gap, in no record and in no stop.
func TestNoDualityGap(t *testing.T) {
	const other = "{name: quadratic, dim: 2, constraint: {ball: 1}}" // without which the stop is refused
	for _, set := range []string{"", ", constraint: nonnegative", ", constraint: {box: {lower: -1}}"} {
		problem := "{name: quadratic, dim: 1, condition: 1, start: [1]" + set + "}"
		r := stopped(t, "{gradient: 0, duality-gap: 0.5}", problem+", "+other, "{name: projected-gradient, step: 0.5/L}")
		if r.Status != results.Budget || r.Start.DualityGap != nil || r.Final.DualityGap != nil {
			t.Errorf("%s: %s (%s), duality gap from %v to %v", problem, r.Status, r.Message, r.Start.DualityGap, r.Final.DualityGap)
		}
	}
}
