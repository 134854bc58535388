package pool_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/results/tuning"
	"github.com/gdbench/gdbench/internal/runner/keep"
	"github.com/gdbench/gdbench/internal/runner/pool"
	"github.com/gdbench/gdbench/internal/runner/verify"
	"github.com/gdbench/gdbench/results"
)

// tunedSuite has each thing that can happen to a tuned method: instances, facts as units, a
// choice with a condition, batches, a problem that it cannot run on, and one that is held out.
const tunedSuite = `suite: t
seed: 3
repeats: 2
budget: {iterations: 20}
targets: [1e-1, 1e-2]
tune:
  trials: 4
  studies: 3
  after: [2]
  scope: SCOPE
  space:
    adam: {lr: {loguniform: [1e-3, 1]}, betas.0: {oneminus-log: [1e-2, 0.5]}}
    heavy-ball: {lr: {loguniform: [1e-3/L, 1/L]}, momentum: {uniform: [0, 0.9]}}
    sgd: {lr: {loguniform: [1e-3, 1]}, nesterov: {choice: [true, false]}, momentum: {uniform: [0.1, 0.9], when: {nesterov: true}}, batch: {choice: [8, 32]}}
problems:
  - {name: quadratic, dim: 3, condition: 10, instances: 2}
  - rosenbrock
  - {name: logistic, data: breast-cancer, l2: 1e-2}
methods: [adam, heavy-ball, {name: sgd, label: SGD}, lbfgs]
`

func scoped(scope string) string {
	return strings.Replace(tunedSuite, "SCOPE", scope, 1)
}

// A tuned run has the same bytes however it is run: with any number of workers, in shards, after
// an interruption, with cells of an earlier run.
func TestTunedRunsHaveTheSameBytes(t *testing.T) {
	for _, scope := range []string{"problem", "suite", "leave-one-out"} {
		t.Run(scope, func(t *testing.T) {
			text := scoped(scope)
			folder, m := runText(t, text, 1)
			whole := withoutTiming(t, folder)
			if parallel, _ := runText(t, text, 3); withoutTiming(t, parallel) != whole {
				t.Error("three workers give another file than one")
			}
			out := filepath.Join(t.TempDir(), "merged")
			if _, err := keep.Merge([]string{runShard(t, text, 2, 2), runShard(t, text, 1, 2)}, out); err != nil {
				t.Fatal(err)
			}
			if withoutTiming(t, out) != whole {
				t.Error("two shards give another file than one process")
			}
			again := filepath.Join(t.TempDir(), "again")
			reused, err := pool.Run(context.Background(), readSuite(t, text), pool.Options{Folder: again, Workers: 2, Reuse: folder, Version: m.Version, Commit: m.Commit})
			if err != nil {
				t.Fatal(err)
			}
			if reused.Reused != m.Cells || withoutTiming(t, again) != whole {
				t.Errorf("%d of %d cells were reused, or their bytes changed", reused.Reused, m.Cells)
			}
			for _, cut := range []int{1, m.Cells / 2, m.Cells - 1} {
				resumed(t, text, folder, cut, whole)
			}
			if v, err := verify.Verify(folder, "", m.Cells); err != nil || len(v.Faults) > 0 || v.Again != m.Cells {
				t.Errorf("verified %+v, %v", v, err)
			}
		})
	}
}

// resumed cuts a run after so many lines, resumes it and compares.
func resumed(t *testing.T, text, folder string, cut int, whole string) {
	t.Helper()
	lines, err := os.ReadFile(filepath.Join(folder, results.RunsFile))
	if err != nil {
		t.Fatal(err)
	}
	part := t.TempDir()
	kept := strings.Join(strings.SplitAfter(string(lines), "\n")[:cut], "")
	m, err := results.ReadManifest(folder)
	if err == nil {
		m.Status = map[results.Status]int{}
		err = m.Write(part)
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(part, results.RunsFile), []byte(kept), 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err := pool.Run(context.Background(), readSuite(t, text), pool.Options{Folder: part, Workers: 2, Resume: true, Version: m.Version, Commit: m.Commit}); err != nil {
		t.Fatal(err)
	}
	if withoutTiming(t, part) != whole {
		t.Errorf("resumed after %d lines, the file is another", cut)
	}
}

// Trials and final runs have nothing in common that is random: neither instances nor streams.
// What a final run uses is the best of its first trials, found here once more from the file.
func TestFinalRunsUseTheBestTrial(t *testing.T) {
	folder, m := runText(t, scoped("suite"), 2)
	trials := map[[2]any][]*results.Record{} // by method and study
	var finals []*results.Record
	tried, reported := map[string]bool{}, map[string]bool{}
	for _, r := range readRecords(t, folder) {
		switch {
		case r.Tuned == nil:
			t.Fatalf("%s has no place in the tuning", r.ID)
		case r.Tuned.IsTrial():
			key := [2]any{r.Tuned.Method, r.Tuned.Study}
			trials[key] = append(trials[key], r)
			tried[r.Labels.Problem], tried[r.Conditions] = true, true
			if r.Trace != nil {
				t.Errorf("trial %s has a curve", r.ID)
			}
		case r.Tuned.IsFinal():
			finals = append(finals, r)
			fallthrough
		default:
			reported[r.Conditions] = true
			if strings.Contains(r.Labels.Problem, "instance") && tried[r.Labels.Problem] {
				t.Errorf("the instance %s was tuned on", r.Labels.Problem)
			}
		}
	}
	for conditions := range reported {
		if tried[conditions] {
			t.Errorf("a trial met the conditions of a final run, %s", conditions)
		}
	}
	if want := 4 * 3 * 3 * 3; len(finals) == 0 || len(slices.Concat(valuesOf(trials)...)) != want {
		t.Fatalf("%d trials, want %d; %d final runs", len(slices.Concat(valuesOf(trials)...)), want, len(finals))
	}
	for _, r := range finals {
		outcomes := map[string][]tuning.Outcome{}
		var labels []string
		for _, trial := range trials[[2]any{r.Tuned.Method, r.Tuned.Study}] {
			if trial.Tuned.Trial > r.Tuned.After {
				continue
			}
			name := trial.Tuned.Problem
			if outcomes[name] == nil {
				labels = append(labels, name)
			}
			outcomes[name] = append(outcomes[name], tuning.Of(trial, m.Tuning.Targets, m.Tuning.Cost))
		}
		var by [][]tuning.Outcome
		for _, name := range labels {
			by = append(by, outcomes[name])
		}
		if best := tuning.Best(by) + 1; best != r.Tuned.Trial {
			t.Errorf("%s on %s, study %d after %d: trial %d was used, and the best is %d", r.Tuned.Method, r.Tuned.Problem, r.Tuned.Study, r.Tuned.After, r.Tuned.Trial, best)
		}
	}
}

func valuesOf[K comparable, V any](m map[K]V) []V {
	var out []V
	for _, v := range m {
		out = append(out, v)
	}
	return out
}

// More trials extend fewer: the trials of a small run are all in a larger one, and so are the
// runs whose settings are chosen after as many.
func TestMoreTrialsExtendFewer(t *testing.T) {
	few, m := runText(t, scoped("problem"), 2)
	more := strings.Replace(strings.Replace(scoped("problem"), "trials: 4", "trials: 7", 1), "after: [2]", "after: [2, 4]", 1)
	folder := filepath.Join(t.TempDir(), "more")
	grown, err := pool.Run(context.Background(), readSuite(t, more), pool.Options{Folder: folder, Workers: 2, Reuse: few, Version: m.Version, Commit: m.Commit})
	if err != nil {
		t.Fatal(err)
	}
	if grown.Reused != m.Cells {
		t.Errorf("%d of the %d cells were reused", grown.Reused, m.Cells)
	}
}
