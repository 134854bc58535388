package descend

import (
	"fmt"
	"math"
	"reflect"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/gdbench/gdbench/internal/runner/prepare"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/results"
)

// runs are the records of a suite.
func runs(t *testing.T, text string) (out []*results.Record) {
	t.Helper()
	s, err := suite.Read("laws", ".", strings.NewReader("suite: laws\n"+text), nil)
	if err != nil {
		t.Fatal(err)
	}
	built := prepare.Problems{}
	for _, p := range s.Problems {
		if built[p], err = prepare.Problem(s, p); err != nil {
			t.Fatal(err)
		}
	}
	w := NewWorker(s, built, new(atomic.Bool))
	for cell := range s.Cells() {
		r, ok := w.Run(cell)
		if !ok || r.Status == results.Failed {
			t.Fatalf("%s: %s", r.Status, r.Message)
		}
		line, err := w.Encode(r)
		if err != nil || len(line) == 0 {
			t.Fatal(err)
		}
		kept := *r
		kept.Trace = nil // the next run uses its memory
		out = append(out, &kept)
	}
	return out
}

// The law and the tail of a run do not depend on how many of its iterations a trace records.
func TestLawWithoutTrace(t *testing.T) {
	suites := []string{`
problems: [{name: logistic, data: breast-cancer, l2: 1e-2}]
methods:
  - {name: sgd, lr: [0.01, 0.1, 1], batch: [8, 64]}
  - {name: svrg, lr: 0.1}
  - {name: fixed-step, lr: 1/L}
repeats: 2
budget: {epochs: 20}
`, `
problems: [{name: quadratic, dim: 10, condition: 100, spectrum: log}, rosenbrock, {name: lasso, data: diabetes, l1: 1}]
methods:
  - {name: fixed-step, lr: 1e-4}
  - {name: newton, on: [quadratic, rosenbrock]}
  - {name: bfgs, on: [quadratic, rosenbrock]}
  - {name: nesterov, lr: 1e-4, on: [quadratic, rosenbrock]}
  - proximal-gradient
budget: {iterations: 3000}
`}
	for i, text := range suites {
		var first []*results.Record
		for _, points := range []int{0, 7, 30, 60, 100, 1000} {
			found := runs(t, fmt.Sprintf("trace: {points: %d}\n%s", points, text))
			if first == nil {
				first = found
			}
			for j, r := range found {
				if r.Iterations == first[j].Iterations && (!reflect.DeepEqual(r.Law, first[j].Law) || !reflect.DeepEqual(r.Tail, first[j].Tail)) {
					t.Errorf("suite %d, run %d, with %d points: %+v %+v; without a trace: %+v %+v", i, j, points, r.Law, r.Tail, first[j].Law, first[j].Tail)
				}
			}
		}
	}
}

// Laws that are known: steps 1/L on x₁²/2 + 50x₂² multiply the first distance by 0.99, and the
// gap by its square; Newton's method ends quadratically on Rosenbrock's function, after a slow part.
func TestLawsOfRuns(t *testing.T) {
	for _, test := range []struct {
		name, text, law, quantity string
		want, slack               float64
	}{
		{"linear", "problems: [{name: quadratic, matrix: [[1, 0], [0, 100]]}]\nmethods: [{name: fixed-step, lr: 1/L}]\nbudget: {iterations: 1000}",
			results.LinearLaw, "gap", 0.99 * 0.99, 1e-6},
		{"linear, long", "problems: [{name: quadratic, matrix: [[1, 0], [0, 1e5]]}]\nmethods: [{name: fixed-step, lr: 1/L}]\nbudget: {iterations: 200000}",
			results.LinearLaw, "gap", (1 - 1e-5) * (1 - 1e-5), 1e-9},
		{"quadratic", "problems: [rosenbrock]\nmethods: [{name: descent, direction: newton, step: wolfe}]\nbudget: {iterations: 200}",
			results.SuperlinearLaw, "gap", 2, 0.3},
	} {
		r := runs(t, test.text+"\n")[0]
		if r.Law == nil || r.Law.Name != test.law || r.Law.Quantity != test.quantity || !(math.Abs(float64(r.Law.Number)-test.want) <= test.slack) {
			t.Errorf("%s: found %+v in %d iterations (%s); expected %s with %g", test.name, r.Law, r.Iterations, r.Status, test.law, test.want)
		}
	}
}

// Runs in batches rest where the rate is constant and the budget long enough, and neither where
// it decreases nor where the budget is short: the mean change of ln(gap), with its error.
func TestTailsOfRuns(t *testing.T) {
	for _, test := range []struct {
		name, method string
		epochs       int
		rests        bool
	}{
		{"constant", "{name: sgd, lr: 0.1, batch: 8}", 40, true},
		{"decreasing", "{name: descent, direction: gradient, step: {name: diminishing, p: 0.5}, batch: 8}", 40, false},
		{"short", "{name: sgd, lr: 0.001, batch: 8}", 15, false},
	} {
		found := runs(t, fmt.Sprintf("problems: [{name: least-squares, data: {name: regression, samples: 500, features: 20, noise: 0.5}}]\nmethods: [%s]\nrepeats: 5\nbudget: {epochs: %d}\n", test.method, test.epochs))
		var change, square float64
		for _, r := range found {
			if r.Tail == nil {
				t.Fatalf("%s: no tail", test.name)
			}
			change += float64(r.Tail.Change) / 5
			square += float64(r.Tail.Error*r.Tail.Error) / 25
		}
		if far := math.Abs(change) > 4*math.Sqrt(square); far == test.rests || test.rests && math.Sqrt(square) > 0.2 {
			t.Errorf("%s: a change by %.2f ± %.2f", test.name, change, math.Sqrt(square))
		}
	}
	r := runs(t, "problems: [{name: logistic, data: breast-cancer, l2: 1e-2}]\nmethods: [{name: fixed-step, lr: 1/L}]\nbudget: {iterations: 50}\n")[0]
	if r.Tail != nil {
		t.Errorf("a tail of a run without noise: %+v", r.Tail)
	}
}

// A look that is not quiet has the value and gradient that were free: without a stop or a target
// that needs them, the course is whole.
func TestCourseWithoutNeeds(t *testing.T) {
	w, cell := newBench(t, "{name: quadratic, matrix: [[1, 0], [0, 1000]]}", "{name: fixed-step, lr: 1e-3}", 0, 30_000)
	w.suite.Targets = suite.Targets{}
	r, ok := w.Run(cell)
	if !ok || r.Law == nil || r.Law.Quantity != "gap" || r.Law.Points < 90 || math.Abs(float64(r.Law.Number)-0.999*0.999) > 1e-9 {
		t.Errorf("found %+v in %d iterations", r.Law, r.Iterations)
	}
}
