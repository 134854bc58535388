package pool_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/gdbench/gdbench/internal/runner/pool"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/internal/runner/verify"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
	"github.com/gdbench/gdbench/results"
)

// trouble is a method that fails in a chosen way.
type trouble struct {
	How string `param:"how" default:"panic" oneof:"panic error bytes stall nan leap" doc:"what happens in step 3"`

	o *methods.Oracle
	k int
}

func (m *trouble) Init(o *methods.Oracle, at *methods.Iterate) error {
	m.o, m.k = o, 0
	return nil
}

func (m *trouble) Step(at *methods.Iterate) error {
	if m.k++; m.k < 3 {
		at.X[0] *= 0.5
		return nil
	}
	switch m.How {
	case "panic":
		panic("a broken invariant")
	case "error":
		return errors.New("a plain error")
	case "bytes":
		return errors.New("not \xff text")
	case "stall":
		return methods.Stalled("no way on")
	case "nan":
		at.X[0] = math.NaN()
	case "leap":
		at.X[0] = 1e9
	}
	return nil
}

// waiter is a method that signals its start and then never ends.
type waiter struct{}

var waiting = make(chan struct{}, 100)

func (waiter) Init(*methods.Oracle, *methods.Iterate) error { waiting <- struct{}{}; return nil }
func (waiter) Step(*methods.Iterate) error                  { return nil }

// brittle is a problem that panics where x is negative.
type brittle struct{}

func (brittle) Dim() int { return 1 }
func (brittle) Evaluate(x, g []float64) float64 {
	if x[0] < 0 {
		panic(fmt.Sprintf("x = %g", x[0]))
	}
	if g != nil {
		g[0] = 1
	}
	return x[0]
}

func init() {
	methods.Register("test-trouble", methods.Info{}, func() methods.Method { return new(trouble) })
	methods.Register("test-waiter", methods.Info{}, func() methods.Method { return new(waiter) })
	problems.Register("test-brittle", problems.Info{}, func() problems.Problem { return new(brittle) })
}

const oneDimensional = "{name: quadratic, dim: 1, condition: 1, start: [1]}"

// Every way of ending has its status and a message that says what happened.
func TestStatuses(t *testing.T) {
	for _, c := range []struct {
		problem, method, more string
		status                results.Status
		iterations            int
		message               string
	}{
		{oneDimensional, "fixed-step", "", results.Converged, 1, "gradient norm 0 ≤ 1e-08"},
		{oneDimensional, "{name: fixed-step, lr: 0.5}", "stop: {gradient: 0, gap: 1e-3}", results.Converged, 5, "gap 0.00049 ≤ 0.0005"},
		{oneDimensional, "{name: fixed-step, lr: 0.5}", "budget: {iterations: 7}", results.Budget, 7, "budget spent: 7 iterations"},
		{oneDimensional, "{name: fixed-step, lr: 0.5}", "budget: {gradients: 5}", results.Budget, 5, "budget spent: 5 gradients"},
		{oneDimensional, "{name: fixed-step, lr: 0.5}", "budget: {evaluations: 6}", results.Budget, 6, "budget spent: 6 evaluations"},
		{oneDimensional, "{name: fixed-step, lr: 3}", "", results.Diverged, 10, "value 5.24e+05 at iteration 10 exceeds the divergence limit 5e+05"},
		{oneDimensional, "test-waiter", "budget: {seconds: 0.05}", results.Timeout, -1, "time limit reached after"},
		{oneDimensional, "{name: test-trouble, how: error}", "", results.Failed, 2, "iteration 3: a plain error"},
		{oneDimensional, "{name: test-trouble, how: stall}", "", results.Stalled, 2, "iteration 2: no way on"},
		{oneDimensional, "{name: test-trouble, how: nan}", "", results.Diverged, 3, "value not finite at iteration 3"},
		{oneDimensional, "{name: test-trouble, how: leap}", "", results.Diverged, 3, "exceeds the divergence limit"},
		{oneDimensional, "{name: test-trouble, how: panic}", "", results.Failed, 0, "panic after 2 iterations: a broken invariant (pool/status_test.go:"},
		{"{name: test-brittle, start: [1]}", "{name: fixed-step, lr: 0.4}", "", results.Failed, 0, "panic after 3 iterations: x = -0."},
		{"{name: test-brittle, start: [1]}", "newton", "", results.Skipped, 0, "needs a Hessian"},
		{"rosenbrock", "fixed-step", "", results.Skipped, 0, "lr = 1/L: needs the constant L, which is not known for this problem"},
		{oneDimensional, "{name: sgd, lr: 1, batch: 4}", "", results.Skipped, 0, "needs a problem that is a sum over samples"},
		{"{name: logistic, data: iris, positive: 0}", "{name: sgd, lr: 1, batch: 151}", "", results.Skipped, 0, "needs a batch of 151 samples; the data has 150"},
	} {
		t.Run(c.method+" "+c.more, func(t *testing.T) {
			folder, m := runText(t, "suite: t\n"+c.more+"\nproblems: ["+c.problem+"]\nmethods: ["+c.method+"]\n", 1)
			r := readRecords(t, folder)[0]
			if r.Status != c.status || c.iterations >= 0 && r.Iterations != c.iterations || !strings.Contains(r.Message, c.message) {
				t.Errorf("got  %s after %d iterations: %s\nwant %s after %d iterations: %s", r.Status, r.Iterations, r.Message, c.status, c.iterations, c.message)
			}
			if m.Status[c.status] != 1 {
				t.Errorf("the manifest counts %v", m.Status)
			}
		})
	}
}

// One bad cell does not touch the others: those before and after a panic are what they
// are without it.
func TestPanicLeavesTheRestAlone(t *testing.T) {
	const with = "suite: t\nproblems: [" + oneDimensional + "]\nmethods: [{name: fixed-step, lr: 0.5}, test-trouble, {name: fixed-step, lr: 0.25}]\n"
	folder, _ := runText(t, with, 1)
	records := readRecords(t, folder)
	if len(records) != 3 || records[0].Status != results.Converged || records[1].Status != results.Failed || records[2].Status != results.Converged {
		t.Fatalf("got %d records: %+v", len(records), records)
	}
}

// A message repeats as it was read, though its bytes be no text.
func TestMessageThatIsNoText(t *testing.T) {
	folder, _ := runText(t, "suite: t\nproblems: ["+oneDimensional+"]\nmethods: [{name: test-trouble, how: bytes}]\n", 1)
	if got := readRecords(t, folder)[0].Message; !strings.Contains(got, "not \uFFFD text") {
		t.Errorf("got %q", got)
	}
	if v, err := verify.Verify(folder, ".", 1); err != nil || v.Again != 1 || len(v.Faults) > 0 {
		t.Errorf("%+v, %v", v, err)
	}
}

// The manifest of a run that the clock may end says that it need not repeat.
func TestSecondsAreInexact(t *testing.T) {
	for budget, want := range map[string]string{"{iterations: 3}": "", "{iterations: 3, seconds: 100}": "the budget in seconds makes results depend on the clock"} {
		_, m := runText(t, "suite: t\nproblems: ["+oneDimensional+"]\nmethods: [{name: fixed-step, lr: 0.5}]\nbudget: "+budget+"\n", 1)
		if m.Inexact != want {
			t.Errorf("%s: %q, want %q", budget, m.Inexact, want)
		}
	}
}

// N iterations cost N gradients, and targets carry the counts at their hit.
func TestCountsAndTargets(t *testing.T) {
	folder, _ := runText(t, "suite: t\nproblems: ["+oneDimensional+"]\nmethods: [{name: fixed-step, lr: 0.5}]\ntargets: {relative: [0.1, 1e-3], absolute: [0.25], gradient: [0.3]}\nbudget: {iterations: 8}\n", 1)
	r := readRecords(t, folder)[0]
	// x halves in each step from 1: the gap is 4⁻ᵏ/2, the gradient 2⁻ᵏ.
	if r.Counts.Gradients != 8 || r.Counts.Values != 0 || r.Counts.Evaluations != 8 {
		t.Errorf("8 iterations cost %+v", r.Counts)
	}
	for i, want := range []int{2, 5, 1, 2} {
		hit := r.Targets[i]
		if hit.Iteration == nil || *hit.Iteration != want || *hit.Since != want-1 || hit.Gradients != int64(want) {
			t.Errorf("target %d: %+v, want iteration %d", i, hit, want)
		}
	}
	if r.Final.X == nil || (*r.Final.X)[0] != math.Pow(0.5, 8) || float64(r.Best.Gap) != math.Pow(0.25, 8)/2 || r.Best.Iteration != 8 {
		t.Errorf("final %+v, best %+v", r.Final, r.Best)
	}
}

// A target that rounding or the accuracy of f* cannot distinguish from zero is refused.
func TestTargetFinerThanRounding(t *testing.T) {
	folder, _ := runText(t, "suite: t\nproblems: [{name: saddle-quartic, start: [1, 0.5]}, {name: test-brittle, start: [1]}]\nmethods: [{name: fixed-step, lr: 0.1}]\ntargets: [1e-2, 1e-16]\nbudget: {iterations: 3}\n", 1)
	records := readRecords(t, folder)
	if got := records[0].Targets[1].Message; !strings.Contains(got, "too fine: the accuracy of f* and rounding allow gaps from") {
		t.Errorf("got %q", got)
	}
	if records[0].Targets[0].Message != "" {
		t.Errorf("a coarse target was refused: %q", records[0].Targets[0].Message)
	}
	if records[1].Minimum != nil || records[1].Targets[0].Message != "not measurable: f* is unknown" {
		t.Errorf("got %+v", records[1].Targets[0])
	}
}

// Methods meet the same starts and the same batches: with one learning rate and no
// momentum, two methods that are the same on paper walk the same path.
func TestPairedSeeds(t *testing.T) {
	folder, _ := runText(t, `
suite: t
repeats: 3
budget: {epochs: 2}
problems: [{name: logistic, data: iris, positive: 1, start: {name: normal}}]
methods:
  - {name: sgd, lr: 0.1, batch: 16}
  - {name: fixed-step, lr: 0.1, batch: 16}
  - {name: descent, direction: gradient, step: 0.1, batch: 16}
  - {name: sgd, lr: 0.1, batch: 16, sampling: replace}
`, 2)
	records := readRecords(t, folder)
	x := func(method, repeat int) []float64 { return *records[3*method+repeat].Final.X }
	for repeat := range 3 {
		if !slices.Equal(x(0, repeat), x(1, repeat)) || !slices.Equal(x(0, repeat), x(2, repeat)) {
			t.Errorf("repeat %d: the three methods saw different batches", repeat)
		}
		if slices.Equal(x(0, repeat), x(3, repeat)) {
			t.Errorf("repeat %d: sampling makes no difference", repeat)
		}
	}
	if slices.Equal(x(0, 0), x(0, 1)) {
		t.Error("two repeats are the same")
	}
	if r := records[0]; r.Deterministic || r.Samples != 150 || r.Counts.Samples != 300 || r.Iterations != 20 {
		t.Errorf("two epochs in batches of 16, the last of 6: %d samples in %d iterations", r.Counts.Samples, r.Iterations)
	}
}

// An interrupted run keeps every finished cell; gently, those in flight too.
func TestInterrupt(t *testing.T) {
	for _, gentle := range []bool{true, false} {
		t.Run(fmt.Sprint("gentle=", gentle), func(t *testing.T) {
			for len(waiting) > 0 { // what other tests have left
				<-waiting
			}
			text := "suite: t\nbudget: {iterations: 10000000}\nproblems: [" + oneDimensional + "]\nmethods: [newton, test-waiter, {name: fixed-step, lr: 0.5}]\n"
			s, err := suite.Read("t", ".", strings.NewReader(text), nil)
			if err != nil {
				t.Fatal(err)
			}
			now, stop := context.WithCancelCause(context.Background())
			gently, drain := context.WithCancelCause(context.Background())
			why := errors.New("the user has had enough")
			var began atomic.Bool
			go func() {
				<-waiting
				began.Store(true)
				if gentle {
					drain(why)
				} else {
					stop(why)
				}
			}()
			folder := filepath.Join(t.TempDir(), "run")
			_, err = pool.Run(now, s, pool.Options{Folder: folder, Workers: 1, Drain: gently})
			if !errors.Is(err, why) || !began.Load() {
				t.Errorf("the error is %v", err)
			}
			want := []results.Status{results.Converged}
			if gentle {
				want = append(want, results.Budget)
			}
			var got []results.Status
			for _, r := range readRecords(t, folder) {
				got = append(got, r.Status)
			}
			if !slices.Equal(got, want) {
				t.Errorf("kept %v, want %v", got, want)
			}
		})
	}
}

func TestFolderThatCannotBeWritten(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	s, err := suite.Read("t", ".", strings.NewReader("suite: t\nproblems: ["+oneDimensional+"]\nmethods: [newton]\n"), nil)
	if err != nil {
		t.Fatal(err)
	}
	_, err = pool.Run(context.Background(), s, pool.Options{Folder: filepath.Join(file, "run")})
	if err == nil || !strings.Contains(err.Error(), "output folder") {
		t.Errorf("got %v", err)
	}
	folder := filepath.Join(t.TempDir(), "run")
	for i, want := range []string{"", "already contains a run; choose another folder"} {
		_, err = pool.Run(context.Background(), s, pool.Options{Folder: folder})
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("run %d: got %v, want %q", i+1, err, want)
		}
	}
}

// Diagnostics are recorded at trace points and not charged to the method.
func TestDiagnostics(t *testing.T) {
	text := "suite: t\ndiagnostics: [sharpness, layers]\nbudget: {iterations: 4}\ntrace: {every: 2}\nproblems: [{name: sigmoid-chain}, {name: quadratic, condition: 50}]\nmethods: [{name: fixed-step, lr: 0.01}]\n"
	folder, _ := runText(t, text, 1)
	records := readRecords(t, folder)
	chain, quadratic := records[0].Trace.Diagnostics, records[1].Trace.Diagnostics
	if len(chain["gradient norm of layer 1"]) != 3 || !(chain["gradient norm of layer 1"][0] > 0) || len(chain["sharpness"]) != 3 {
		t.Errorf("sigmoid-chain: %v", chain)
	}
	if len(quadratic) != 1 || len(quadratic["sharpness"]) != 3 || math.Abs(quadratic["sharpness"][1]-50) > 1e-9 {
		t.Errorf("quadratic: %v", quadratic)
	}
	if c := records[0].Counts; c.Gradients != 4 || c.Hessians != 0 {
		t.Errorf("the method was charged %+v", c)
	}
	s, err := suite.Read("t", ".", strings.NewReader(strings.Replace(text, "layers", "sharpnes", 1)), nil)
	if err != nil {
		t.Fatal(err)
	}
	_, err = pool.Run(context.Background(), s, pool.Options{Folder: t.TempDir() + "/run"})
	if err == nil || !strings.Contains(err.Error(), `no problem of the suite has "sharpnes"; did you mean "sharpness"?`) {
		t.Errorf("got %v", err)
	}
}

// A run is compared with the theorems that apply to it. On λx²/2 with λ = L the bound of
// strong convexity is attained at every step.
func TestTheorems(t *testing.T) {
	folder, _ := runText(t, "suite: t\nbudget: {iterations: 20}\nproblems: [{name: quadratic, dim: 1, condition: 1, start: [1]}, {name: rosenbrock}]\nmethods: [{name: fixed-step, lr: 0.5}]\n", 1)
	records := readRecords(t, folder)
	found := false
	for _, th := range records[0].Theorems {
		if th.Outcome == "violated" {
			t.Errorf("%s: %s", th.Name, th.Message)
		}
		if th.Name == "gradient descent, strongly convex: distance" {
			found = true
			if math.Abs(float64(th.Ratio)-1) > 1e-9 || th.Compared < 10 || len(th.Bound) != len(th.Iteration) {
				t.Errorf("not attained: %+v", th)
			}
		}
	}
	if !found {
		t.Errorf("the theorem of strong convexity is not among %d", len(records[0].Theorems))
	}
	for _, th := range records[1].Theorems {
		if th.Name == "gradient descent, strongly convex: distance" {
			t.Error("a theorem about convex functions was applied to Rosenbrock's")
		}
	}
}
