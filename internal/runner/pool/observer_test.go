package pool_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/results"
)

// On mini-batches targets are looked for at the ends of epochs, at trace points, and at least
// 20 times in the first epoch, or at each of its steps where it has fewer: 150 samples in
// batches of 15 are epochs of 10 steps.
func TestCadence(t *testing.T) {
	for more, allowed := range map[string]func(int) bool{
		"trace: {points: 0}": func(k int) bool { return k < 10 || k%10 == 0 },
		"trace: {every: 10}": func(k int) bool { return k < 10 || k%10 == 0 },
		"trace: {every: 25}": func(k int) bool { return k < 10 || k%10 == 0 || k%25 == 0 },
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

// The first epoch is looked at 20 times, equally spaced as far as batches allow, and then the
// end of each: the looks are those steps at which the samples pass a multiple of m/20 in the
// first epoch, counted here by fractions. Targets are as dense as the steps, so that their
// hits show the looks.
func TestLooksOfTheFirstEpoch(t *testing.T) {
	const m = 150
	for _, batch := range []int{1, 4, 7, 8, 50, 100, m} {
		steps := (m + batch - 1) / batch
		looks := map[int]bool{0: true}
		for k, before := 1, 0; k <= 3*steps; k++ {
			after := min((k-1)%steps*batch+batch, m) + (k-1)/steps*m
			if after <= m && 20*after/m > 20*before/m || after/m > before/m {
				looks[k] = true
			}
			before = after
		}
		first := 0
		for k := 1; k <= steps; k++ {
			if looks[k] {
				first++
			}
		}
		if want := min(20, steps); first != want {
			t.Fatalf("batch %d: the enumeration has %d looks in the first epoch, want %d", batch, first, want)
		}
		folder, _ := runText(t, fmt.Sprintf(`
suite: t
budget: {epochs: 3}
targets: {log: [0.99999, 0.01, 400]}
trace: {points: 0}
problems: [{name: logistic, data: iris, positive: 1, l2: 0.1}]
methods: [{name: sgd, lr: 0.1, batch: %d}]
`, batch), 1)
		r := readRecords(t, folder)[0]
		seen := map[int]bool{}
		for _, hit := range r.Targets {
			if hit.Iteration == nil {
				continue
			}
			seen[*hit.Iteration] = true
			if !looks[*hit.Iteration] || !looks[*hit.Since] {
				t.Errorf("batch %d: a hit between looks at %d and %d", batch, *hit.Since, *hit.Iteration)
			}
			for k := *hit.Since + 1; k < *hit.Iteration; k++ {
				if looks[k] {
					t.Errorf("batch %d: the hit at %d names the look at %d, but one was due at %d", batch, *hit.Iteration, *hit.Since, k)
				}
			}
		}
		if len(seen) < min(3, steps) {
			t.Errorf("batch %d: hits at %v", batch, seen)
		}
	}
}

// Epochs limit sums over samples, for a full batch too. Another problem has 1000 iterations
// where the suite limits nothing else, and the run says so.
func TestEpochsLimitSumsOnly(t *testing.T) {
	const grid = `
suite: t
stop: {gradient: 0}
targets: {relative: []}
problems: [{name: rosenbrock, label: valley}, {name: logistic, data: iris, positive: 1, l2: 0.1}]
methods: [{name: fixed-step, lr: 1e-4}, {name: sgd, lr: 1e-4, batch: 50, on: [logistic]}]
`
	for _, c := range []struct {
		budget  string
		valley  int
		message string // of the run in the valley
		noted   bool
	}{
		{"{epochs: 7}", 1000, "budget spent: 1000 iterations, the default, since epochs limit only sums over samples", true},
		{"{epochs: 7, iterations: 40}", 40, "budget spent: 40 iterations", false},
		{"{epochs: 7, gradients: 30}", 30, "budget spent: 30 gradients", false}, // the last may be spent without a step
	} {
		folder, m := runText(t, "budget: "+c.budget+grid, 1)
		records := readRecords(t, folder)
		valley, full, batched := records[0], records[1], records[2]
		if c.valley-valley.Iterations < 0 || c.valley-valley.Iterations > 1 || valley.Message != c.message {
			t.Errorf("%s: %d iterations, %q", c.budget, valley.Iterations, valley.Message)
		}
		for _, r := range []*results.Record{full, batched} {
			if r.Counts.Samples != 7*150 || r.Message != "budget spent: 7 epochs" {
				t.Errorf("%s: %d samples, %q", c.budget, r.Counts.Samples, r.Message)
			}
		}
		want := "valley: no sum over samples, so the budget of epochs does not apply; each run has 1000 iterations, the default"
		if noted := slices.Contains(m.Notes, want); noted != c.noted {
			t.Errorf("%s: notes %q", c.budget, m.Notes)
		}
		if last := valley.Trace.Iteration[valley.Trace.Len()-1]; last != int64(valley.Iterations) || valley.Trace.Len() < 10 {
			t.Errorf("%s: a trace of %d points that ends at %d", c.budget, valley.Trace.Len(), last)
		}
	}
}
