package evidence

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/results"
)

// called is a run of one method on one problem in some variables, as its suite calls that.
func called(t *testing.T, label, method string, dim int64, targets ...results.Target) *results.Run {
	t.Helper()
	r := onBBOB(label, method, 0, results.Target{}, []int64{1, 20}, 9, 0.001)
	r.Benchmark, r.Targets = nil, targets
	r.Problem = results.Component{Name: "bowl", Parameters: []results.Parameter{{Name: "dim", Value: dim}}}
	return stored(t, nil, r)
}

// Two suites may call one problem "bowl" and "bowl dim=2": it is one. Other parameters make another,
// and so does another label in the same run.
func TestOneProblemUnderTwoLabels(t *testing.T) {
	target := hitAt("", 0.1, 10)
	for name, c := range map[string]struct {
		dim  int64
		want []string
	}{"the same": {2, []string{"bowl dim=2"}}, "another": {3, []string{"bowl dim=2", "bowl"}}} {
		ours, theirs := called(t, "bowl dim=2", "a", 2, target), called(t, "bowl", "b", c.dim, target)
		e, err := Gather([]*results.Run{ours, theirs})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, p := range e.Problems {
			got = append(got, p.Label)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: problems %q; expected %q", name, got, c.want)
		}
		if had, left := e.CellsOf(theirs)("bowl", "b"); !had || left {
			t.Errorf("%s: the cell of the second run is not there", name)
		}
	}
}

// Two suites may call two problems alike: they are two, each with the parameter that differs in its
// label, and a third run finds its own.
func TestTwoProblemsUnderOneLabel(t *testing.T) {
	target := hitAt("", 0.1, 10)
	two, three, again := called(t, "bowl", "a", 2, target), called(t, "bowl", "b", 3, target), called(t, "bowl", "c", 3, target)
	e, err := Gather([]*results.Run{two, three, again})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range e.Problems {
		got = append(got, p.Label)
		for _, entry := range p.Entries {
			got = append(got, entry.Method.Name+strings.SplitN(entry.Label, " ", 2)[0])
		}
	}
	if len(e.Problems) != 2 || e.Problems[0].Label != "bowl dim=2" || e.Problems[1].Label != "bowl dim=3" || len(e.Problems[0].Entries) != 1 || len(e.Problems[1].Entries) != 2 {
		t.Errorf("problems %q", got)
	}
	for run, method := range map[*results.Run]string{two: "a", three: "b", again: "c"} {
		if had, left := e.CellsOf(run)("bowl", method); !had || left {
			t.Errorf("the cell of %s is not there", method)
		}
	}
	if e, err = Gather([]*results.Run{two, called(t, "bowl", "b", 2, target)}); err != nil || len(e.Problems) != 1 || e.Problems[0].Label != "bowl" {
		t.Errorf("%v: the same problem is %q", err, got)
	}
}

// A target that no run on a problem was asked for is not one that cannot be measured, and the screen
// speaks of those that all problems were asked for.
func TestNotAskedForIsNotUnmeasurable(t *testing.T) {
	coarse, fine := hitAt("", 0.1, 10), hitAt("", 0.001, 20)
	e, err := Gather([]*results.Run{called(t, "p", "a", 2, coarse, fine), called(t, "q", "a", 3, coarse)})
	if err != nil {
		t.Fatal(err)
	}
	if _, aim, ok := e.Aims(); !ok || aim.Target != 0.1 {
		t.Errorf("the finer aim is %v; only 0.1 was asked for everywhere", aim)
	}
	q := e.Problems[1]
	if s := q.Standing(Goal{Target: 0.001}, Passes); s.Asked || s.Measurable {
		t.Errorf("%+v", s)
	}
	if said := q.winner(Goal{Target: 0.001}, Passes); said != "q: no run was asked for relative gap ≤ 0.001." {
		t.Errorf("%q", said)
	}
	refused := results.Target{Target: 0.001, Message: "f* is unknown"}
	if e, err = Gather([]*results.Run{called(t, "q", "a", 3, refused)}); err != nil {
		t.Fatal(err)
	}
	if said := e.Problems[0].winner(Goal{Target: 0.001}, Passes); !strings.Contains(said, "is not measurable") {
		t.Errorf("%q", said)
	}
}

// A link to a run is called by what it leads to, and two runs of one name by their suites too.
func TestSuffixesNameRuns(t *testing.T) {
	root := t.TempDir()
	var runs []*results.Run
	for _, suite := range []string{"a", "b"} {
		folder := filepath.Join(root, suite, "monday")
		if err := os.MkdirAll(folder, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink("monday", filepath.Join(root, suite, "latest")); err != nil {
			t.Skip(err)
		}
		runs = append(runs, &results.Run{Folder: filepath.Join(root, suite, "latest")})
	}
	if got := suffix(runs, runs[0]) + suffix(runs, runs[1]); got != " · "+filepath.Join("a", "monday")+" · "+filepath.Join("b", "monday") {
		t.Errorf("two runs of one name are %q", got)
	}
	if got := suffix(runs[:1], runs[0]); got != "" {
		t.Errorf("one run is %q", got)
	}
	other := &results.Run{Folder: filepath.Join(root, "tuesday")}
	if got := suffix([]*results.Run{runs[0], other}, runs[0]); got != " · monday" {
		t.Errorf("a run beside another is %q", got)
	}
}
