package words

import (
	"math"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/results"
)

// walked is a run whose iterates are given, with f at each of them.
func walked(f func(x float64) float64, path ...float64) *results.Record {
	t := &results.Trace{}
	for k, x := range path {
		t.Iteration = append(t.Iteration, int64(k))
		t.X = append(t.X, results.Series{x})
		t.Value = append(t.Value, f(x))
	}
	last := t.X[len(t.X)-1]
	return &results.Record{Trace: t, Status: results.Budget, Final: &results.Final{X: &last}}
}

// repeated is a path of n points that a map makes.
func repeated(x float64, n int, next func(x float64) float64) []float64 {
	path := []float64{x}
	for range n {
		x = next(x)
		path = append(path, x)
	}
	return path
}

func square(x float64) float64 { return x * x / 2 }

func TestEvents(t *testing.T) {
	for _, c := range []struct {
		name string
		run  *results.Record
		want string // kinds
		says string
	}{
		{"between 3 and -3", walked(square, repeated(3, 30, func(x float64) float64 { return -x })...), "cycle", "cycles through 2 points: (-3), (3)"},
		{"three points", walked(math.Abs, repeated(1, 30, func(x float64) float64 { return math.Mod(x, 3) + 1 })...), "cycle", "3 points"},
		{"into a cycle", walked(square, append([]float64{9, 7, 5}, repeated(1, 30, func(x float64) float64 { return -x })...)...), "cycle", "from iteration 3 on"},
		{"alternating, yet converging", walked(square, repeated(3, 30, func(x float64) float64 { return -0.999 * x })...), "zigzag", "29 of 29 turn"},
		{"converged", walked(square, repeated(1, 60, func(x float64) float64 { return 0.2 * x })...), "", ""},
		{"at a fixed point", walked(square, repeated(1, 60, func(x float64) float64 { return x })...), "", ""},
		{"straight", walked(square, 3, 2, 1, 0.5), "", ""},
		{"one step too far", walked(square, 3, 2, -2.5, 1, 0.5), "overshoot", "f rose in 1 of 4 steps, first at iteration 2, from 2 to 3.12"},
		{"rounding is no overshoot", walked(func(x float64) float64 { return 1 + x }, 3e-16, 4e-16, 5e-16), "", ""},
		{"a plateau", walked(func(x float64) float64 { return x }, append(append([]float64{3}, repeated(2, 40, func(x float64) float64 { return x - 1e-5 })...), 1, 0)...), "plateau", "from iteration 1 to 41"},
		{"a flat end is no plateau", walked(func(x float64) float64 { return x }, append([]float64{3}, repeated(0, 40, func(x float64) float64 { return x })...)...), "", ""},
		{"diverging", walked(square, repeated(1, 30, func(x float64) float64 { return -2 * x })...), "zigzag overshoot", ""},
	} {
		var kinds, said []string
		for _, e := range Events(c.run) {
			kinds, said = append(kinds, e.Kind), append(said, e.Text)
		}
		if got := strings.Join(kinds, " "); got != c.want || !strings.Contains(strings.Join(said, "; "), c.says) {
			t.Errorf("%s: %s: %q; expected %s: %q", c.name, got, said, c.want, c.says)
		}
	}
}

// Only a constant step along the gradient, which is stable up to the curvature 2/lr, is blamed for a rise.
func TestBlame(t *testing.T) {
	path := []float64{3, 2, -2.5, 1, 0.5}
	for name, c := range map[string]struct {
		lr, curvature results.Number // 0: the record has none
		blamed        bool
	}{
		"gradient descent":                {0.3, 2 / 0.3, true},
		"momentum":                        {0.3, 2 * 1.9 / 0.3, false},
		"a schedule of long steps":        {0.3, 0, false},
		"Frank and Wolfe's open loop":     {0, 0, false},
		"a limit without a learning rate": {0, 4, false},
	} {
		r := walked(square, path...)
		if c.lr > 0 {
			r.LearningRate = &results.LearningRate{Parameter: "lr", Value: c.lr}
		}
		if c.curvature > 0 {
			r.Stability = &results.Stability{Curvature: c.curvature}
		}
		events := Events(r)
		if len(events) != 1 || strings.HasSuffix(events[0].Text, "from 2 to 3.12: the step went too far") != c.blamed || !strings.Contains(events[0].Text, "from 2 to 3.12") {
			t.Errorf("%s: %v; the step is to blame: %t", name, events, c.blamed)
		}
	}
}

// A trace with holes, and one on batches, show no events.
func TestNoEvents(t *testing.T) {
	path := repeated(3, 30, func(x float64) float64 { return -x })
	holes := walked(square, path...)
	holes.Trace.Iteration[30] = 60
	batches := walked(square, path...)
	batches.Method.Parameters = []results.Parameter{{Name: "batch", Value: 8.0}}
	for name, r := range map[string]*results.Record{"holes": holes, "batches": batches, "no trace": {}} {
		if got := Events(r); len(got) != 0 {
			t.Errorf("%s: %v", name, got)
		}
	}
}
