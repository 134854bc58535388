package pool_test

import (
	"math"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/results"
)

// On mini-batches targets are looked for at the ends of epochs and at trace points, and
// at no other iteration: 150 samples in batches of 15 are epochs of 10 steps.
func TestCadence(t *testing.T) {
	for more, allowed := range map[string]func(int) bool{
		"trace: {points: 0}": func(k int) bool { return k%10 == 0 },
		"trace: {every: 10}": func(k int) bool { return k%10 == 0 },
		"trace: {every: 25}": func(k int) bool { return k%10 == 0 || k%25 == 0 },
	} {
		folder, _ := runText(t, `
suite: t
budget: {iterations: 400}
targets: {log: [0.9, 0.1, 12]}
problems: [{name: logistic, data: iris, positive: 1, l2: 0.1}]
methods: [{name: sgd, lr: 0.02, batch: 15}]
`+more+"\n", 1)
		hits := 0
		for _, hit := range readRecords(t, folder)[0].Targets {
			if hit.Iteration == nil {
				continue
			}
			hits++
			if !allowed(*hit.Iteration) || !allowed(*hit.Since) || *hit.Since >= *hit.Iteration {
				t.Errorf("%s: hit between the looks at %d and %d", more, *hit.Since, *hit.Iteration)
			}
		}
		if hits < 3 {
			t.Errorf("%s: %d targets hit", more, hits)
		}
	}
}

// What only the trace evaluates counts for the best value too.
func TestBestOfTheTrace(t *testing.T) {
	folder, _ := runText(t, "suite: t\nbudget: {iterations: 4}\nstop: {gradient: 0}\ntargets: {relative: []}\ntrace: {every: 1}\nproblems: ["+oneDimensional+"]\nmethods: [{name: test-trouble, how: leap}]\n", 1)
	r := readRecords(t, folder)[0]
	// x goes 1, ½, ¼ before it leaps away.
	if float64(r.Best.Value) != 1./32 || r.Best.Iteration != 2 || r.Iterations != 3 || !strings.Contains(r.Message, "exceeds the divergence limit") {
		t.Errorf("best %+v after %d iterations: %s", r.Best, r.Iterations, r.Message)
	}
}

// At the start of a lasso the prox-gradient mapping is known in closed form from the
// trace's first two points: one step of length 1/L is −t times it.
func TestCompositeGradientNorm(t *testing.T) {
	folder, _ := runText(t, "suite: t\nbudget: {iterations: 3}\ntrace: {every: 1, path: true}\nproblems: [lasso]\nmethods: [{name: proximal-gradient, lr: 1/L}]\n", 1)
	r := readRecords(t, folder)[0]
	if len(r.Trace.X) < 2 {
		t.Fatalf("%s: %s", r.Status, r.Message)
	}
	length := float64(r.Trace.StepLength[1])
	var square float64
	for i, x := range r.Trace.X[0] {
		d := (x - r.Trace.X[1][i]) / length
		square += d * d
	}
	if got, want := float64(r.Trace.GradientNorm[0]), math.Sqrt(square); !(math.Abs(got/want-1) < 1e-9) {
		t.Errorf("the norm is %v, want %v", got, want)
	}
}

// Budgets that their counters cannot hold are refused.
func TestAbsurdBudgets(t *testing.T) {
	for _, key := range []string{"seconds", "epochs"} {
		text := "suite: t\nproblems: [quadratic]\nmethods: [newton]\nbudget: {" + key + ": 1e10}\n"
		if _, err := suite.Read("t", ".", strings.NewReader(text), nil); err == nil || !strings.Contains(err.Error(), key+": 1e10 is out of range") {
			t.Errorf("%s: got %v", key, err)
		}
	}
}

// Stops are seen at every iteration, however few points the trace has.
func TestStopsBetweenPoints(t *testing.T) {
	var ends []int
	for _, points := range []string{"3", "10000"} {
		folder, _ := runText(t, "suite: t\nbudget: {iterations: 5000}\ntrace: {points: "+points+"}\nproblems: [{name: quadratic, condition: 100}]\nmethods: [fixed-step]\n", 1)
		r := readRecords(t, folder)[0]
		if r.Status != results.Converged {
			t.Fatalf("%s points: %s, %s", points, r.Status, r.Message)
		}
		ends = append(ends, r.Iterations)
	}
	if ends[0] != ends[1] || ends[0] < 100 {
		t.Errorf("it converges after %d iterations with 3 points, after %d with one at each", ends[0], ends[1])
	}
}
