package wrappers_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/gdbench/gdbench/internal/problems/constraint"
	_ "github.com/gdbench/gdbench/internal/problems/functions"
	_ "github.com/gdbench/gdbench/internal/problems/losses"
	"github.com/gdbench/gdbench/internal/problems/wrappers"
	"github.com/gdbench/gdbench/problems"
)

// confine is a problem on a set, both as a suite writes them.
func confine(t testing.TB, problem, set string) (*wrappers.Constrained, error) {
	t.Helper()
	p, err := compose(problem)
	if err != nil {
		t.Fatal(err)
	}
	var document yaml.Node
	if err := yaml.Unmarshal([]byte(set), &document); err != nil {
		t.Fatal(err)
	}
	spec, err := constraint.Registry.Only("suite.yaml", document.Content[0], nil)
	if err != nil {
		t.Fatal(err)
	}
	component, err := spec.New()
	if err != nil {
		t.Fatal(err)
	}
	c := wrappers.Constrain(p, component.(constraint.Set))
	return c, c.Build(problems.Env{Seed: 1, Dir: "."})
}

// The minimum of a problem on a set is what it is by hand: ½‖x − b‖² has its minimizer at the
// projection of b, and a separable function its minimizer in each coordinate.
func TestMinimumOnASet(t *testing.T) {
	for _, c := range []struct {
		problem, set string
		value        float64
		at           []float64
		source       problems.MinimumSource
	}{
		{"{name: shift, by: [3, 4], of: {name: sphere, dim: 2}}", "{ball: {radius: 1}}", -1, []float64{0.6, 0.8}, problems.Solved},
		{"{name: shift, by: [3, 4], of: {name: sphere, dim: 2}}", "{box: {lower: -1, upper: [1, 9]}}", -1, []float64{1, 4}, problems.Solved},
		{"{name: shift, by: [3, 4], of: {name: sphere, dim: 2}}", "simplex", -1, []float64{0, 1}, problems.Solved},
		{"{name: shift, by: [3, 2.5], of: {name: sphere, dim: 2}}", "{ball: {radius: 1.5, norm: l1}}", -1, []float64{1, 0.5}, problems.Solved},
		{"{name: shift, by: [3, -4], of: {name: sphere, dim: 2}}", "nonnegative", -1, []float64{3, 0}, problems.Solved},
		{"{name: shift, by: [3, 4], of: {name: sphere, dim: 2}}", "nonnegative", 0, []float64{3, 4}, problems.Analytic},
		{"{name: quadratic, matrix: [[1, 0], [0, 1e4]]}", "{box: {lower: [2, 0.5]}}", -1, []float64{2, 0.5}, problems.Solved},
	} {
		p, err := confine(t, c.problem, c.set)
		if err != nil {
			t.Fatal(err)
		}
		m := p.Facts().Minimum
		if m == nil || m.Source != c.source || len(m.Points) != 1 {
			t.Errorf("%s on %s: minimum %+v", c.problem, c.set, m)
			continue
		}
		want := c.value
		if want < 0 {
			want = p.Evaluate(c.at, nil)
		}
		if math.Abs(m.Value-want) > m.Accuracy+1e-15*math.Abs(want) || m.Accuracy > 1e-12*math.Max(1, want) {
			t.Errorf("%s on %s: f* = %.17g ± %g; expected %.17g", c.problem, c.set, m.Value, m.Accuracy, want)
		}
		for i, v := range c.at {
			if math.Abs(m.Points[0][i]-v) > 1e-7 {
				t.Errorf("%s on %s: the minimizer is %v; expected %v", c.problem, c.set, m.Points[0], c.at)
			}
		}
	}
}

// What is known on ℝⁿ and does not hold on the set is not claimed there.
func TestFactsOnASet(t *testing.T) {
	p, err := confine(t, "{name: rosenbrock}", "{box: {upper: 0.5}}")
	if err != nil {
		t.Fatal(err)
	}
	if f := p.Facts(); f.Minimum != nil || len(f.Notes) != 1 || !strings.Contains(f.Notes[0], "f* is unknown") {
		t.Errorf("(1, 1) is outside: %+v, %v", f.Minimum, f.Notes)
	}
	if p, err = confine(t, "{name: rosenbrock}", "{box: {upper: 1}}"); err != nil || p.Facts().Minimum == nil || len(p.Facts().Notes) != 0 {
		t.Errorf("(1, 1) is inside: %+v, %v", p.Facts().Minimum, err)
	}
	if p, err = confine(t, "{name: himmelblau}", "nonnegative"); err != nil || len(p.Facts().Minimum.Points) != 1 {
		t.Errorf("one of four minimizers is nonnegative: %+v, %v", p.Facts().Minimum, err)
	}
	if p, err = confine(t, "{name: quadratic, dim: 3, condition: 10}", "simplex"); err != nil {
		t.Fatal(err)
	}
	inside := problems.FactsOf(p.Of)
	if l := p.Facts().Constants[problems.SmoothnessL]; l != inside.Constants[problems.SmoothnessL] {
		t.Errorf("L = %v on the set; expected %v", l, inside.Constants[problems.SmoothnessL])
	}
	if _, known := p.Facts().Constants[problems.PLConstant]; known {
		t.Error("a gradient need not vanish at the minimizer on a set")
	}
	// The classes of breast-cancer are separable: f has no minimum, but on a ball it has one.
	if p, err = confine(t, "{name: logistic, data: breast-cancer}", "{ball: 3}"); err != nil {
		t.Fatal(err)
	}
	if f := p.Facts(); f.Minimum == nil || f.Minimum.Accuracy > 1e-12 || strings.Contains(strings.Join(f.Notes, " "), "unknown") || !strings.Contains(strings.Join(problems.FactsOf(p.Of).Notes, " "), "unknown") {
		t.Errorf("on a ball: %+v, %q", f.Minimum, f.Notes)
	}
	if _, err := confine(t, "{name: lasso}", "nonnegative"); err == nil || !strings.Contains(err.Error(), "proximal operator already") {
		t.Errorf("a second part that is not smooth: %v", err)
	}
	if _, err := confine(t, "{name: rosenbrock}", "{box: {lower: [0, 0, 0]}}"); err == nil || !strings.Contains(err.Error(), "3 numbers for a problem in 2 variables") {
		t.Errorf("another dimension: %v", err)
	}
}

// The problem on a set offers what the problem offers, and the set.
func TestConstrainedOffers(t *testing.T) {
	p, err := confine(t, "{name: least-squares, data: diabetes}", "{ball: 10}")
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := problems.As[problems.FiniteSum](p); !ok {
		t.Error("no sum")
	}
	if c, ok := problems.As[problems.Constrained](p); !ok || c.Constraint() == nil {
		t.Error("no constraint")
	}
	if _, ok := problems.As[problems.Composite](p.Fork()); !ok {
		t.Error("no proximal operator")
	}
	x := make([]float64, p.Dim())
	x[0] = 11
	if h := problems.Rest(p, x); !math.IsInf(h, 1) {
		t.Errorf("h = %g outside", h)
	}
	if x[0] = 10 * (1 + 1e-15); problems.Rest(p, x) != 0 {
		t.Error("rounding takes a point out of the set")
	}
	if q, err := confine(t, "{name: booth}", "{ball: 10}"); err != nil {
		t.Fatal(err)
	} else if _, ok := problems.As[problems.FiniteSum](q); ok {
		t.Error("booth is no sum")
	}
	o, err := problems.NewOracle(p, p.Facts(), problems.OracleOptions{})
	if err != nil || o.Constraint() == nil {
		t.Errorf("the oracle knows no constraint: %v", errors.Join(err))
	}
}

// The diagnostics are those of the problem, and over a bounded set the duality gap: of ‖x‖² over the ball of
// radius 2, 2‖x‖² + 4‖x‖.
func TestDiagnosticsOnASet(t *testing.T) {
	for _, c := range []struct{ problem, set, names string }{
		{"{name: sphere, dim: 2}", "{ball: 2}", "duality gap"},
		{"{name: sphere, dim: 2}", "nonnegative", ""},
		{"{name: logistic, data: iris, positive: 0, split: 0.2}", "nonnegative", "accuracy, validation loss, validation accuracy"},
		{"{name: logistic, data: iris, positive: 0, split: 0.2}", "{ball: 2}", "accuracy, validation loss, validation accuracy, duality gap"},
	} {
		p, err := confine(t, c.problem, c.set)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range []problems.Problem{p, p.Fork()} {
			d, ok := problems.As[problems.Diagnostics](p)
			if !ok {
				if c.names != "" {
					t.Errorf("%s on %s has no diagnostics", c.problem, c.set)
				}
				continue
			}
			names := d.DiagnosticNames()
			if got := strings.Join(names, ", "); got != c.names {
				t.Errorf("%s on %s: %s; expected %s", c.problem, c.set, got, c.names)
			}
			x, values := make([]float64, p.Dim()), make([]float64, len(names))
			x[0], x[1] = 0.6, 0.8
			d.Diagnostics(x, values)
			if p.Dim() == 2 && math.Abs(values[0]-6) > 1e-14 {
				t.Errorf("the duality gap is %g at a distance of 1; expected 6", values[0])
			}
			for i, v := range values {
				if !(v > 0) {
					t.Errorf("%s on %s: %s is %g", c.problem, c.set, names[i], v)
				}
			}
		}
	}
}
