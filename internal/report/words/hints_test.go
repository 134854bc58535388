package words_test

import (
	"context"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/methods/direction"
	"github.com/gdbench/gdbench/internal/methods/step"
	"github.com/gdbench/gdbench/internal/problems/critical"
	"github.com/gdbench/gdbench/internal/report/words"
	"github.com/gdbench/gdbench/internal/runner/pool"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/methods"
	_ "github.com/gdbench/gdbench/methods/catalogue"
	_ "github.com/gdbench/gdbench/problems/catalogue"
)

// ownDescent is a user's preset: gradient descent by another name.
type ownDescent struct {
	LR methods.Length `param:"lr" default:"1/L" range:"(0,)" doc:"step length"`
}

func (m *ownDescent) Method() methods.Method {
	return &methods.Descent{Direction: new(direction.Gradient), Rule: &step.Fixed{T: m.LR}}
}

func init() {
	methods.RegisterPreset("own-descent", methods.Info{}, func() methods.Preset { return new(ownDescent) })
}

// described is what is said of one descent, and the theorems that it was compared with.
func described(t *testing.T, problem, method string) (sentences string, theorems []string) {
	t.Helper()
	s, err := suite.Read("hints", ".", strings.NewReader("suite: hints\nproblems: ["+problem+"]\nmethods: ["+method+"]\n"), nil)
	if err != nil {
		t.Fatal(err)
	}
	r, built, err := pool.First(context.Background(), s)
	if err != nil {
		t.Fatal(err)
	}
	for _, th := range r.Theorems {
		theorems = append(theorems, th.Name)
	}
	return strings.Join(words.Tell(r, words.Problem{Notes: built.Facts.Notes, Curvature: func(x []float64) float64 { return critical.Curvature(built.Problem, x).Highest }}), "\n"), theorems
}

// The same steps get the same sentences, however they are written.
func TestHintsAreAboutTheSteps(t *testing.T) {
	const quadratic = "{name: quadratic, dim: 2, condition: 10}"
	for _, c := range []struct{ method, want, not string }{
		{"{name: fixed-step, lr: 2.6/L}", "lr is 1.3 × the limit 2/L", ""},
		{"{name: descent, direction: gradient, step: 2.6/L}", "step.t is 1.3 × the limit 2/L", ""},
		{"{name: steepest, norm: l2, step: 2.6/L}", "step.t is 1.3 × the limit 2/L", ""},
		{"{name: sgd, batch: full, lr: 2.6/L, momentum: 0}", "lr is 1.3 × the limit 2/L", ""},
		{"{name: heavy-ball, lr: 2.6/L, momentum: 0}", "lr is 1.3 × the limit 2/L", ""},
		{"{name: own-descent, lr: 2.6/L}", "lr is 1.3 × the limit 2/L", ""},
		{"{name: heavy-ball, lr: 4/L, momentum: 0.9}", "lr is 1.05 × the limit 2(1+β)/L", "× the limit 2/L"},
		{"{name: heavy-ball, lr: 3/L, momentum: 0.9}", "converged", "the limit"},
		{"{name: sgd, lr: 3/L, momentum: 0.9}", "converged", "the limit"},
		{"{name: adam, lr: 3/L}", "", "the limit"}, // its steps have no such limit
		{"{name: fixed-step, lr: 0.1/L}", "lr is 0.1 × 1/L", ""},
		{"{name: descent, step: 0.1/L}", "step.t is 0.1 × 1/L", ""},
		{"{name: own-descent, lr: 0.1/L}", "lr is 0.1 × 1/L", ""},
		{"{name: heavy-ball, lr: 0.1/L}", "", "× 1/L"},
		{"{name: fixed-step, lr: 1.9/L}", "lr is 0.95 × the limit 2/L: where the curvature is L, the iterates jump from side to side", ""},
		{"{name: fixed-step, lr: 1.9998/L}", "lr is 0.9999 × the limit 2/L: where the curvature is L, the iterates jump from side to side", ""},
		{"{name: fixed-step, lr: 2/L}", "lr is 1 × the limit 2/L: where the curvature is L, the iterates jump from side to side", ""},
		{"{name: sgd, lr: 1.9/L}", "lr is 0.95 × the limit 2/L: where the curvature is L, the iterates jump from side to side", ""},
		{"{name: fixed-step, lr: 1/L}", "", "1/L"},
	} {
		said, _ := described(t, quadratic, c.method)
		if !strings.Contains(said, c.want) || c.not != "" && strings.Contains(said, c.not) {
			t.Errorf("%s: expected %q and not %q; said\n%s", c.method, c.want, c.not, said)
		}
	}
	for _, c := range []struct{ method, want string }{
		{"{name: fixed-step, lr: 0.01}", "lr is 7.53 × the limit 2/λmax (λmax of the Hessian at the start; L is unknown)"},
		{"{name: descent, step: 0.01}", "step.t is 7.53 × the limit 2/λmax (λmax of the Hessian at the start; L is unknown)"},
	} {
		if said, _ := described(t, "rosenbrock", c.method); !strings.Contains(said, c.want) {
			t.Errorf("%s: expected %q; said\n%s", c.method, c.want, said)
		}
	}
}

// No step length is short or long by 1/L where the gradient is that of a few samples.
func TestNoHintOnBatches(t *testing.T) {
	said, _ := described(t, "{name: logistic, data: iris, positive: 0, l2: 1e-2}", "{name: sgd, lr: 0.01/L, batch: 10}")
	if strings.Contains(said, "1/L") {
		t.Errorf("said %s", said)
	}
}

// A user's preset equal to gradient descent is compared with the same theorems.
func TestOwnPresetMeetsTheSameTheorems(t *testing.T) {
	_, want := described(t, "{name: quadratic, dim: 2, condition: 10}", "{name: fixed-step, lr: 1/L}")
	_, got := described(t, "{name: quadratic, dim: 2, condition: 10}", "own-descent")
	if len(want) < 5 || strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("the preset is compared with %d theorems, fixed-step with %d", len(got), len(want))
	}
}

// What is said of where a run ended is the same in all units.
func TestWhereItEndsDoesNotDependOnUnits(t *testing.T) {
	for _, c := range []struct{ problem, method, want, not string }{
		// min x²/2 + 5y²: at (0, 0) after some steps, and in no unit before one.
		{"{name: scale, of: {name: quadratic, dim: 2, condition: 10}, ratio: 1, value: %s}", "{name: fixed-step, lr: 1/L}", "at the global minimum (0, 0)", "after 0 iterations"},
		{"{name: scale, of: {name: least-squares, data: diabetes}, ratio: 1, value: %s}", "{name: fixed-step, lr: 1/L}", "stopped before it converged (", "minimum"},
		// The infimum 0 is not attained.
		{"{name: scale, of: {name: logistic, data: breast-cancer, l2: 0}, ratio: 1, value: %s}", "{name: lbfgs}", "f* is unknown", "at the"},
		// The plateau of exp(700(x − 1)²) − 2x: the gradient is small only beside that of the start.
		{"{name: scale, of: {name: expression, of: 'exp(700*(x-1)^2)-2*x'}, ratio: 1, value: %s, start: [0.3]}", "{name: newton}", "f* is unknown", "at a"},
	} {
		for _, value := range []string{"1", "9.5367431640625e-07", "1e-18", "1e12"} {
			problem := strings.Replace(c.problem, "%s", value, 1)
			said, _ := described(t, problem, c.method)
			if !strings.Contains(said, c.want) || strings.Contains(said, c.not) {
				t.Errorf("%s: expected %q and not %q; said\n%s", problem, c.want, c.not, said)
			}
		}
	}
}
