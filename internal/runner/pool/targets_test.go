package pool_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/runner/pool"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/results"
)

// The trace of every iteration says when each kind of target is met first.
func TestKindsOfTargets(t *testing.T) {
	folder, _ := runText(t, `
suite: t
budget: {iterations: 200}
trace: {every: 1}
diagnostics: [accuracy, validation, sharpness]
targets: {relative: 0.1, absolute: [0.05], gradient: [0.5, 0.1], gradient-absolute: 0.2, value: [0.4, -1],
  accuracy: 0.95, validation: [0.35], validation accuracy: 0.9, sharpness: {lin: [0.5, 0.3, 2]}}
problems:
  - {name: logistic, data: breast-cancer, l2: 0.01, split: 0.2}
methods:
  - {name: fixed-step, lr: 0.1}
`, 1)
	r := readRecords(t, folder)[0]
	trace := r.Trace
	columns := map[string]func(k int) float64{
		results.RelativeTarget:         func(k int) float64 { return trace.Gap[k] / trace.Gap[0] },
		results.AbsoluteTarget:         func(k int) float64 { return trace.Gap[k] },
		results.GradientTarget:         func(k int) float64 { return trace.GradientNorm[k] / trace.GradientNorm[0] },
		results.AbsoluteGradientTarget: func(k int) float64 { return trace.GradientNorm[k] },
		results.ValueTarget:            func(k int) float64 { return trace.Value[k] },
	}
	rising := map[string]bool{"accuracy": true, "validation accuracy": true}
	for key, column := range map[string]string{"accuracy": "accuracy", "validation": "validation loss", "validation accuracy": "validation accuracy", "sharpness": "sharpness"} {
		columns[key] = func(k int) float64 { return trace.Diagnostics[column][k] }
	}
	hits := 0
	for _, target := range r.Targets {
		if target.AtLeast != rising[target.Kind] {
			t.Errorf("%q: met at or above: %v", target.Kind, target.AtLeast)
		}
		first := -1
		for k := range trace.Iteration {
			v := columns[target.Kind](k)
			if rising[target.Kind] && v >= float64(target.Target) || !rising[target.Kind] && v <= float64(target.Target) {
				first = k
				break
			}
		}
		switch {
		case target.Message != "" && float64(target.Target) == -1: // below f*
		case target.Message != "":
			t.Errorf("%q: %s", target.Kind, target.Message)
		case first < 0 && target.Hit(), first >= 0 && (!target.Hit() || *target.Iteration != first):
			t.Errorf("%q %g is met first at %d; recorded %v", target.Kind, float64(target.Target), first, target.Iteration)
		case first > 0:
			hits++
		}
	}
	if len(r.Targets) != 12 || hits < 8 {
		t.Errorf("%d targets, %d of them met after the start", len(r.Targets), hits)
	}
}

// A target that a problem cannot show is not measurable, with the reason, and never missed.
func TestNotMeasurable(t *testing.T) {
	folder, _ := runText(t, `
suite: t
budget: {iterations: 3}
targets: {relative: [0.5, 1e-300], absolute: [0.5], value: [1e9, -1e9], gradient: 0.999, accuracy: [0.0]}
problems:
  - {name: mlp, data: iris, widths: [2]}
  - {name: quadratic, dim: 2, condition: 3}
methods:
  - {name: fixed-step, lr: 0.01}
`, 1)
	records := readRecords(t, folder)
	for i, want := range [][]string{ // relative twice, absolute, gradient, value twice, accuracy
		{"f* is unknown", "f* is unknown", "f* is unknown", "", "", "", ""},
		{"", "", "", "", "", "it is below the minimum", `the problem has no diagnostic "accuracy"`},
	} {
		for k, target := range records[i].Targets {
			refused := strings.HasPrefix(target.Message, "not measurable: "+want[k]) && !target.Hit()
			if want[k] == "" && target.Message != "" || want[k] != "" && !refused {
				t.Errorf("%s: %s %g: %q; expected %q", records[i].Labels.Problem, target.Kind, float64(target.Target), target.Message, want[k])
			}
		}
	}
	if accuracy := records[0].Targets[6]; !accuracy.Hit() || *accuracy.Iteration != 0 {
		t.Errorf("an accuracy of 0 is met at the start: %+v", accuracy)
	}
}

// At a minimum there is no gap to reduce: relative targets are refused for that reason, and others are
// met.
func TestTargetsOfARunThatStartsAtAMinimum(t *testing.T) {
	for start, refused := range map[string]bool{"[0, -1]": true, "[1, 1]": false} {
		folder, _ := runText(t, "suite: t\nbudget: {iterations: 3}\ntargets: {relative: [0.9], absolute: [1e6]}\nproblems: [{name: goldstein-price, start: ["+start+"]}]\nmethods: [{name: fixed-step, lr: 1e-9}]\n", 1)
		targets := readRecords(t, folder)[0].Targets
		if (targets[0].Message == "not measurable: the run starts at a minimum") != refused || (targets[0].Message == "") == refused || targets[1].Message != "" || !targets[1].Hit() {
			t.Errorf("from %s: %+v", start, targets)
		}
	}
}

// Where columns are nearly collinear f* is less accurate, and a target finer than that is refused; on
// the same columns farther apart it is not.
func TestTargetsBesideCollinearColumns(t *testing.T) {
	for near, apart := range map[bool]float64{true: 1e-8, false: 1} {
		random := rand.New(rand.NewPCG(4, 4))
		var text strings.Builder
		for range 20 {
			a, b := random.NormFloat64(), random.NormFloat64()
			fmt.Fprintf(&text, "%.17g,%.17g,%.17g,%.17g,%.17g\n", a, b, a+float64(apart*random.NormFloat64()), b-a+float64(apart*random.NormFloat64()), a+random.NormFloat64())
		}
		file := filepath.Join(t.TempDir(), "rows.csv")
		if err := os.WriteFile(file, []byte(text.String()), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, loss := range []string{"least-squares", "huber", "least-squares, l2: 1e-14"} {
			folder, _ := runText(t, "suite: t\nbudget: {iterations: 3}\ntargets: [1e-2, 1e-12]\nproblems: [{name: "+loss+", data: "+file+", standardize: false, intercept: none}]\nmethods: [{name: fixed-step, lr: 0.1/L}]\n", 1)
			targets := readRecords(t, folder)[0].Targets
			if len(targets) != 2 || targets[0].Message != "" || strings.HasPrefix(targets[1].Message, "not measurable: too fine: the accuracy of f*") != near {
				t.Errorf("%s, nearly collinear: %v: %+v", loss, near, targets)
			}
		}
	}
}

func TestWrongTargets(t *testing.T) {
	for targets, want := range map[string]string{
		"{relatve: [0.1]}":              `test.yaml:3:11: targets: "relatve" is no kind of target, and mlp data=iris widths=[2] has no diagnostic of that name; did you mean "relative"?`,
		"{value: 1, accuracies: 0.5}":   `test.yaml:3:21: targets: "accuracies" is no kind of target, and mlp data=iris widths=[2] has no diagnostic of that name; did you mean "accuracy"?`,
		"{layer: 0.5}":                  `test.yaml:3:11: targets: "layer" may be one of gradient norm of layer 1, gradient norm of layer 2; write which one, such as {gradient norm of layer 1: [0.5]}`,
		"{gradient norm of layer 2: 1}": "",
	} {
		s, err := suite.Read("test.yaml", t.TempDir(), strings.NewReader("suite: t\nbudget: {iterations: 2}\ntargets: "+targets+"\nproblems: [{name: mlp, data: iris, widths: [2]}]\nmethods: [{name: fixed-step, lr: 0.1}]\n"), nil)
		if err != nil {
			t.Fatal(err)
		}
		_, err = pool.Run(context.Background(), s, pool.Options{Folder: filepath.Join(t.TempDir(), "run"), Workers: 1})
		if got := errorText(err); got != want {
			t.Errorf("%s:\n%s\nexpected\n%s", targets, got, want)
		}
	}
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
