package evidence

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/results"
)

// onBBOB is a run on f1 that has the gaps at the evaluations.
func onBBOB(label, method string, repeat int, target results.Target, evaluations []int64, gaps ...float64) *results.Record {
	last := evaluations[len(evaluations)-1]
	r := &results.Record{ID: fmt.Sprint(label, method, repeat), Labels: results.Labels{Problem: label, Method: method}, Repeat: repeat, Status: results.Budget,
		Problem: results.Component{Name: "p"}, Method: results.Component{Name: method}, Families: &results.Families{Problem: "p", Method: method},
		Iterations: int(last), Counts: results.Counts{Evaluations: last}, Variables: 2, Minimum: &results.Minimum{Source: "analytic"},
		Benchmark: &results.Benchmark{Suite: "bbob", Function: 1, Instance: 1},
		Start:     &results.Start{Gap: results.Number(gaps[0])}, Final: &results.Final{Gap: results.Number(gaps[len(gaps)-1])},
		Targets: []results.Target{target}, Trace: &results.Trace{Iteration: evaluations, Gap: gaps, Value: gaps}}
	r.Trace.Evaluations, r.Trace.Values, r.Trace.Samples = evaluations, evaluations, make([]int64, len(evaluations))
	return r
}

func hitAt(kind string, target float64, evaluations int) results.Target {
	t := results.Target{Target: results.Number(target), Kind: kind, Iteration: &evaluations}
	t.Evaluations = int64(evaluations)
	return t
}

// stored is a run folder, of an archive or ours.
func stored(t *testing.T, archive *results.Archive, records ...*results.Record) *results.Run {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "run")
	if archive != nil {
		folder = filepath.Join(t.TempDir(), "archive")
	}
	var lines []byte
	for _, r := range records {
		var err error
		if lines, err = r.AppendLine(lines); err != nil {
			t.Fatal(err)
		}
	}
	m := &results.Manifest{Schema: results.Schema, Suite: "s", Cells: len(records), Archive: archive}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, results.RunsFile), lines, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := m.Write(folder); err != nil {
		t.Fatal(err)
	}
	run, err := results.Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	return run
}

// beside gathers two repeats of ours, which arrive at 0.1 after 50 evaluations, and an archived
// run with some gaps, in both orders, which must not matter.
func beside(t *testing.T, kind string, evaluations []int64, gaps ...float64) *Evidence {
	t.Helper()
	ours := stored(t, nil, onBBOB("p start=box", "m", 0, hitAt(kind, 0.1, 50), []int64{0, 50}, 9, 0.1), onBBOB("p start=box", "m", 1, hitAt(kind, 0.1, 50), []int64{0, 50}, 9, 0.1))
	archived := stored(t, &results.Archive{Format: "coco", Name: "a"}, onBBOB("p", "a (archived)", 0, hitAt(results.AbsoluteTarget, 7, 1), evaluations, gaps...))
	var out *Evidence
	for _, runs := range [][]*results.Run{{ours, archived}, {archived, ours}} {
		e, err := Gather(runs)
		if err != nil {
			t.Fatal(err)
		}
		if len(e.Problems) != 1 || e.Problems[0].Label != "p start=box" || len(e.Problems[0].Entries) != 2 || e.Reference != "m" || e.Problems[0].Entries[1].IsReference {
			t.Fatalf("%d problems, reference %s", len(e.Problems), e.Reference)
		}
		if i := slices.Index(runs, ours); e.Read[i] != 2 || e.Read[1-i] != 1 {
			t.Errorf("read %v", e.Read)
		}
		out = e
	}
	return out
}

// An archived run is compared at our targets, and enters every repeat.
func TestArchivedBesideOurs(t *testing.T) {
	c := beside(t, results.AbsoluteTarget, []int64{1, 20, 80}, 9, 0.05, 0.01).NewContest()
	if len(c.Goals) != 1 || c.Goals[0].Target != 0.1 || len(c.Instances) != 2 {
		t.Fatalf("goals %v, %d instances", c.Goals, len(c.Instances))
	}
	for _, i := range c.Instances {
		if ours, archived := i.Cost(0, c.Goals[0], Evaluations), i.Cost(1, c.Goals[0], Evaluations); ours != 50 || archived != 20 {
			t.Errorf("costs %g and %g; expected 50 and 20", ours, archived)
		}
	}
}

// An archive does not say what ended its runs: they are counted apart, and mend nothing.
func TestArchivedEndings(t *testing.T) {
	e := beside(t, results.AbsoluteTarget, []int64{1, 20, 80}, 9, 0.05, 0.01)
	if got, want := e.Counted(), "2 runs: 2 stopped at the budget; beside them 1 archived run."; got != want {
		t.Errorf("%q; expected %q", got, want)
	}
	if said := e.toMend("RUN"); !strings.Contains(said, "2 of 2 runs stopped at the budget") {
		t.Error(said)
	}
	alone, err := Gather([]*results.Run{stored(t, &results.Archive{Format: "coco", Name: "a"}, onBBOB("p", "a (archived)", 0, hitAt(results.AbsoluteTarget, 7, 1), []int64{1, 20}, 9, 0.05))})
	if err != nil {
		t.Fatal(err)
	}
	if said := alone.Counted() + alone.toMend("RUN"); !strings.HasPrefix(said, "1 archived run.") || strings.Contains(said, "stopped") {
		t.Error(said)
	}
}

// A run that ended before ours arrived says nothing about more; one that went on has missed.
func TestArchivedBudgets(t *testing.T) {
	for _, end := range []int64{40, 60} {
		c := beside(t, results.AbsoluteTarget, []int64{1, end}, 9, 5).NewContest()
		o := c.Medians(c.Goals[0], Evaluations)[0]
		known := end > 50
		if math.IsInf(o.Costs[1], 1) != known || math.IsNaN(o.Costs[1]) == known || o.Unknown[1] == known || o.Costs[0] != 50 || o.Spent[0] != 50 || o.Spent[1] != math.Max(50, float64(end)) {
			t.Errorf("ended at %d: costs %v, spent %v", end, o.Costs, o.Spent)
		}
		if got := c.Instances[0].Cells[1].Censored(c.Goals[0], Evaluations, 50); got == known {
			t.Errorf("ended at %d: censored is %v", end, got)
		}
		if c.Instances[0].Cells[0].Censored(c.Goals[0], Evaluations, 1e9) {
			t.Error("a run of ours is censored")
		}
	}
}

// Relative targets are measured from another start: neither met nor missed, and said so.
func TestArchivedAndRelativeTargets(t *testing.T) {
	const said = "relative targets do not compare"
	warned := func(e *Evidence) bool {
		return slices.ContainsFunc(e.Warnings, func(w Warning) bool { return strings.Contains(string(w), said) })
	}
	e := beside(t, results.RelativeTarget, []int64{1, 80}, 9, 0.001)
	if v := e.Problems[0].Entries[1].Cells[0].ToReach(e.Problems[0].Goals()[0], Evaluations); !math.IsNaN(v) || !warned(e) {
		t.Errorf("cost %g; warnings %v", v, e.Warnings)
	}
	if e := beside(t, results.AbsoluteTarget, []int64{1, 80}, 9, 0.001); warned(e) {
		t.Errorf("warnings %v", e.Warnings)
	}
}

// An archive of other problems is named; alone, it is a run like any other.
func TestArchivedOnOtherProblems(t *testing.T) {
	const said = "on none of the problems"
	far := onBBOB("q", "a (archived)", 0, hitAt(results.AbsoluteTarget, 7, 1), []int64{1, 5}, 9, 6)
	far.Benchmark.Function = 2
	archived := stored(t, &results.Archive{Format: "coco", Name: "a"}, far)
	ours := stored(t, nil, onBBOB("p", "m", 0, hitAt(results.AbsoluteTarget, 0.1, 50), []int64{0, 50}, 9, 0.1))
	for k, runs := range [][]*results.Run{{ours, archived}, {archived}} {
		e, err := Gather(runs)
		if err != nil {
			t.Fatal(err)
		}
		if got := slices.ContainsFunc(e.Warnings, func(w Warning) bool { return strings.Contains(string(w), said) }); got != (k == 0) || e.Reference == "" {
			t.Errorf("warnings %v, reference %q", e.Warnings, e.Reference)
		}
	}
}

// Imported iterates are of our problem, with our start: they keep their targets, and nothing is said
// about archives.
func TestImportedBesideOurs(t *testing.T) {
	const kind = results.RelativeTarget
	ours := stored(t, nil, onBBOB("p", "m", 0, hitAt(kind, 0.1, 50), []int64{0, 50}, 9, 0.1))
	imported := stored(t, &results.Archive{Format: "iterates", Name: "a.csv", Source: results.ImportedSource}, onBBOB("p", "a (imported)", 0, hitAt(kind, 0.1, 20), []int64{0, 20}, 9, 0.1))
	e, err := Gather([]*results.Run{imported, ours})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := e.Counted(), "1 run: 1 stopped at the budget; beside them 1 imported run."; got != want {
		t.Errorf("%q; expected %q", got, want)
	}
	c := e.NewContest()
	if len(c.Goals) != 1 || len(c.Instances) != 1 || e.Reference != "m" {
		t.Fatalf("goals %v, %d instances, reference %s", c.Goals, len(c.Instances), e.Reference)
	}
	if ours, theirs := c.Instances[0].Cost(0, c.Goals[0], Evaluations), c.Instances[0].Cost(1, c.Goals[0], Evaluations); ours != 50 || theirs != 20 {
		t.Errorf("costs %g and %g; expected 50 and 20", ours, theirs)
	}
	for _, w := range e.Warnings {
		if strings.Contains(string(w), "archived") {
			t.Error(w)
		}
	}
	e = beside(t, results.AbsoluteTarget, []int64{1, 20}, 9, 0.05)
	if got := e.Counted(); !strings.Contains(got, "1 archived run") || strings.Contains(got, "imported") {
		t.Error(got)
	}
}

// Runs that a program has written are whole: how they ended is known, and the first method is
// the reference.
func TestWrittenRuns(t *testing.T) {
	e, err := Gather([]*results.Run{stored(t, &results.Archive{Format: "python", Name: "s", Source: results.WrittenSource}, onBBOB("p", "m", 0, hitAt(results.AbsoluteTarget, 0.1, 50), []int64{0, 50}, 9, 0.1))})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := e.Counted(), "1 run: 1 stopped at the budget."; got != want || e.Reference != "m" || e.Problems[0].Entries[0].Archived {
		t.Errorf("%q; expected %q; reference %q", got, want, e.Reference)
	}
}
