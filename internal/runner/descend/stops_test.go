package descend

import (
	"fmt"
	"math"
	"testing"

	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/problems"
	"github.com/gdbench/gdbench/results"
)

// stopped is the record of one descent under stops and budgets as a suite writes them.
func stopped(t *testing.T, stop, problem, method string) *results.Record {
	t.Helper()
	w, cell := onlyCell(t, "suite: stops\nstop: "+stop+"\nbudget: {iterations: 300}\ntrace: {points: 0}\nproblems: ["+problem+"]\nmethods: ["+method+"]\n")
	r, ok := w.Run(cell)
	if !ok || r.Final == nil {
		t.Fatalf("%s on %s: %s %s", method, problem, r.Status, r.Message)
	}
	return r
}

// On ½x² a step of ½ halves the gradient: 1e-3 of the start's is left after 10 steps, whatever
// the units, and an absolute limit is in those of the problem.
func TestGradientStops(t *testing.T) {
	for _, c := range []struct {
		stop       string
		value      float64 // of the problem value·½x², from 1
		iterations int
		status     results.Status
	}{
		{"{gradient: 1e-3}", 1, 10, results.Converged},
		{"{gradient: 1e-3}", 0x1p-30, 10, results.Converged},
		{"{gradient: 1e-3}", 0x1p30, 10, results.Converged},
		{"{gradient: 0, gradient-absolute: 1e-3}", 1, 10, results.Converged},
		{"{gradient: 0, gradient-absolute: 1e-3}", 0x1p-30, 1, results.Converged},
		{"{gradient: 0, gradient-absolute: 1e-3}", 0x1p10, 20, results.Converged},
		{"{gradient: 1e-3, gradient-absolute: 0.3}", 1, 2, results.Converged},
		{"{gradient: 0}", 1, 300, results.Budget},
		{"{gradient: 0, gap: 1e-6}", 0x1p-30, 10, results.Converged},
	} {
		problem := fmt.Sprintf("{name: scale, of: {name: quadratic, dim: 1, condition: 1}, ratio: 1, value: %g, start: [1]}", c.value)
		r := stopped(t, c.stop, problem, "{name: fixed-step, lr: 0.5/L}")
		if r.Status != c.status || r.Iterations != c.iterations && !(c.iterations == 1 && r.Iterations <= 1) {
			t.Errorf("%s, f × %g: %s after %d iterations (%s); expected %s after %d", c.stop, c.value, r.Status, r.Iterations, r.Message, c.status, c.iterations)
		}
	}
}

// A start at which the gradient is zero has converged, though no gradient is below a share of
// it.
func TestStartAtAStationaryPoint(t *testing.T) {
	r := stopped(t, "{}", "{name: quadratic, dim: 2, start: [0, 0]}", "{name: fixed-step, lr: 1/L}")
	if r.Status != results.Converged || r.Iterations > 1 || r.Final.CriticalPoint != string(problems.GlobalMinimum) {
		t.Errorf("%s after %d iterations at %q", r.Status, r.Iterations, r.Final.CriticalPoint)
	}
}

// Labels in small units do not make a fit: nothing has converged before it has moved.
func TestSmallUnits(t *testing.T) {
	var iterations []int
	for _, value := range []float64{1, 0x1p-60} {
		problem := fmt.Sprintf("{name: scale, of: {name: least-squares, data: diabetes}, ratio: 1, value: %g}", value)
		r := stopped(t, "{gradient: 1e-2}", problem, "{name: fixed-step, lr: 1/L}")
		if r.Iterations == 0 || r.Final.CriticalPoint != "" {
			t.Errorf("f × %g: %d iterations, at %q", value, r.Iterations, r.Final.CriticalPoint)
		}
		iterations = append(iterations, r.Iterations)
	}
	if iterations[0] != iterations[1] {
		t.Errorf("%d iterations in one unit and %d in the other", iterations[0], iterations[1])
	}
}

// Gradient descent with t = 3/L on ½Lx² doubles |x|, so that the gap grows by 4: past 1e6 of
// the start's after 10 steps. Where f* is unknown, (f − f0) is compared with the largest of
// |f|, ‖∇f‖‖x‖ = 2|f| and ‖∇f‖²/L there.
func TestDivergenceLimit(t *testing.T) {
	for _, c := range []struct {
		problem    string
		iterations int
	}{
		{"{name: quadratic, dim: 1, condition: 1, start: [1]}", 10},
		{"{name: scale, of: {name: quadratic, dim: 1, condition: 1}, ratio: 1, value: 1e-20, start: [1]}", 10},
		{"{name: scale, of: {name: quadratic, dim: 1, condition: 1}, factors: [1e-5], start: [1e5]}", 10},
	} {
		r := stopped(t, "{}", c.problem, "{name: fixed-step, lr: 3/L}")
		if r.Status != results.Diverged || r.Iterations != c.iterations {
			t.Errorf("%s: %s after %d iterations (%s); expected divergence after %d", c.problem, r.Status, r.Iterations, r.Message, c.iterations)
		}
	}
	for _, c := range []struct {
		of, lr     string
		iterations int
	}{
		{"x^2/2", "3", 11}, // 4^k − 1 > 2·10⁶
		{"1e-12*x^2/2", "3e12", 11},
		{"x^2/2 + 1000", "3", 16}, // (4^k − 1)/2 > 1000.5·10⁶
	} {
		problem := fmt.Sprintf("{name: expression, of: %q, start: [1]}", c.of)
		r := stopped(t, "{}", problem, "{name: fixed-step, lr: "+c.lr+"}")
		if r.Status != results.Diverged || r.Iterations != c.iterations {
			t.Errorf("%s: %s after %d iterations (%s); expected divergence after %d", c.of, r.Status, r.Iterations, r.Message, c.iterations)
		}
	}
}

// Where the start has no scale (f = 0 at the origin, L unknown) a rise is no divergence until
// f is not finite.
func TestNoDivergenceLimit(t *testing.T) {
	o := &observer{facts: &problems.Facts{}, minimum: math.NaN(), startGap: math.NaN(), gradNorm: 1}
	o.setLimits(suite.Stop{Divergence: 1e6})
	if o.limit != math.MaxFloat64 {
		t.Errorf("the limit is %g; expected none", o.limit)
	}
}
