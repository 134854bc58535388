package runner_test

import (
	"context"
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
	"github.com/gdbench/gdbench/runner"
)

// Every method without settings descends, or says what it lacks.
func TestEveryMethodMovesOrSaysWhatIsMissing(t *testing.T) {
	problem, err := problems.New("quadratic", map[string]any{"dim": 3, "condition": 10})
	if err != nil {
		t.Fatal(err)
	}
	moved := 0
	for _, name := range methods.Names() {
		method, err := methods.New(name, nil)
		if err != nil {
			if !strings.Contains(err.Error(), "needs the parameter") {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		record, err := runner.Descend(context.Background(), problem, method, runner.Descent{
			Start: []float64{1, 2, 3}, Budget: runner.Budget{Iterations: 20}, Stop: runner.Stop{Divergence: -1},
		})
		var missing *problems.Missing
		switch {
		case errors.As(err, &missing):
		case err != nil:
			t.Errorf("%s: %v", name, err)
		case record.Iterations == 0:
			t.Errorf("%s: %s after no iteration: %s", name, record.Status, record.Message)
		default:
			moved++
		}
	}
	if moved < 30 {
		t.Errorf("%d methods of %d moved", moved, len(methods.Names()))
	}
}

// A method made by New is known as in a suite: its learning rate, its limit of stability, and
// the theorems that apply.
func TestDescendKnowsTheMethod(t *testing.T) {
	problem, err := problems.New("quadratic", map[string]any{"dim": 2, "condition": 10})
	if err != nil {
		t.Fatal(err)
	}
	method, err := methods.New("fixed-step", map[string]any{"lr": "1/L"})
	if err != nil {
		t.Fatal(err)
	}
	record, err := runner.Descend(context.Background(), problem, method, runner.Descent{Start: []float64{3, 4}, Trace: 20})
	if err != nil {
		t.Fatal(err)
	}
	if r := record.LearningRate; r == nil || r.Parameter != "lr" || math.Abs(float64(r.Value)-0.1) > 1e-15 {
		t.Errorf("learning rate %+v", r)
	}
	if s := record.Stability; s == nil || math.Abs(float64(s.Limit)-0.2) > 1e-15 {
		t.Errorf("stability %+v", s)
	}
	if len(record.Theorems) < 3 {
		t.Errorf("%d theorems apply", len(record.Theorems))
	}
	for _, th := range record.Theorems {
		if th.Outcome != "holds" {
			t.Errorf("%s: %s", th.Name, th.Outcome)
		}
	}
}
