package tables

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/evidencetest"
	"github.com/gdbench/gdbench/internal/report/synthetic"
	"github.com/gdbench/gdbench/results"
)

// two is a deterministic run in three variables that reaches 0.1 after a evaluations and 0.001
// after b; 0: it does not.
func two(problem, method string, a, b int) synthetic.Draft {
	d := synthetic.Reaching(problem, method, a, b)
	d.Deterministic, d.Dim = true, 3
	return d
}

// The whole screen, worked out by hand: in three variables a run costs its evaluations.
func TestScreen(t *testing.T) {
	unknown := two("u", "gd", 3, 8)
	unknown.Unknown = true
	e := evidencetest.Gather(t, two("p", "gd", 20, 40), two("p", "quick", 3, 45), two("p", "twin", 3, 46), two("q", "gd", 9, 0), two("q", "quick", 0, 0), unknown, two("v", "quick", 4, 7))
	want := `synthetic: 4 problems, 3 methods, 3 settings
7 runs: 7 stopped at the budget.

Cheapest setting of all for each target, and the reference, gd, at its own cheapest setting, in passes
problem  to relative gap 0.1  passes  reference  to relative gap 0.001  passes  reference
───────────────────────────────────────────────────────────────────────────────────────────
p        quick (+1 equal)          3         20  gd                         40         40
q        gd                        9          9  not reached                 ∞          ∞
u        not measurable            –          –  not measurable              –          –
v        quick                     4          –  quick                       7          –
Medians over all runs of a setting; ∞: half of them or more do not arrive; –: did not run, or not measurable.
Not measurable: f* is unknown; this is no miss.
A pass is one evaluation of f, ∇f or both, on a sum the reading of all samples; a Hessian product costs 2, a Hessian n.

Accuracy changes the cheapest method on the only problem where methods compete at both. On p: quick (+1 equal) (3
  passes) at 0.1, gd (40) at 0.001.
Before citing: 7 of 7 runs stopped at the budget. ` + "`gdbench review RUN` lists what a referee would criticize.\n"
	if got := unfolded(e); got != unwrapped(want) {
		t.Errorf("found\n%s\nexpected\n%s", got, unwrapped(want))
	}
}

// unfolded is the screen with RUN for the folder of the run, and without breaks of lines, which
// hang on its length.
func unfolded(e *evidence.Evidence) string {
	return strings.ReplaceAll(unwrapped(Screen(e)), e.Runs[0].Folder, "RUN")
}

func unwrapped(s string) string { return strings.ReplaceAll(s, "\n  ", " ") }

func TestScreenOfManyProblems(t *testing.T) {
	var drafts []synthetic.Draft
	for i := range 15 {
		drafts = append(drafts, two(fmt.Sprint("p", i), "gd", 3, 8))
	}
	if got := Screen(evidencetest.Gather(t, drafts...)); !strings.Contains(got, "\np11 ") || strings.Contains(got, "\np12 ") || !strings.Contains(got, "3 more problems in cheapest.txt of the report.") {
		t.Errorf("%s", got)
	}
	if got := Screen(evidencetest.Gather(t, drafts[:12]...)); strings.Contains(got, "more problem") {
		t.Errorf("%s", got)
	}
}

// Without a target that can be measured there is no table, and the reason is said.
func TestScreenWithoutTargets(t *testing.T) {
	d := two("p", "gd", 3, 8)
	d.Targets = nil
	got := unfolded(evidencetest.Gather(t, d))
	if strings.Contains(got, "Cheapest") || !strings.Contains(got, "warning: no run had a target") {
		t.Errorf("%s", got)
	}
	d = two("p", "gd", 3, 8)
	d.Unknown = true
	got = unfolded(evidencetest.Gather(t, d))
	if strings.Contains(got, "Cheapest") || !strings.Contains(got, "warning: no target is measurable") {
		t.Errorf("%s", got)
	}
}

// The table in the files has every problem and target, and the reference that the suite names.
func TestCheapest(t *testing.T) {
	e := evidencetest.Gather(t, two("p", "gd", 20, 40), two("p", "quick", 3, 45), two("p", "twin", 3, 46))
	c := Cheapest(e)
	if strings.Contains(strings.Join(c.Notes, "\n"), "measurable") || strings.Contains(Screen(e), "Not measurable") {
		t.Errorf("all is measurable: %q", c.Notes)
	}
	unknown := two("u", "gd", 3, 8)
	unknown.Unknown = true
	if notes := Cheapest(evidencetest.Gather(t, unknown)).Notes; !slices.Contains(notes, "Not measurable: f* is unknown; this is no miss.") {
		t.Errorf("%q", notes)
	}
	if len(c.Rows) != 2 {
		t.Fatalf("%d rows; expected one a target", len(c.Rows))
	}
	for column, want := range map[string]string{"target": "relative gap ≤ 0.1", "cheapest": "quick", "equally cheap": "1", "reached": "1/1", "passes": "3", "reference": "gd", "reference's passes": "20"} {
		if got := evidencetest.Cell(t, c, 0, column); got != want {
			t.Errorf("%s is %s; expected %s", column, got, want)
		}
	}
}

// The reference is the method that the manifest names, and else the first that ran.
func TestReference(t *testing.T) {
	run := synthetic.Write(t, []synthetic.Draft{two("p", "gd", 20, 40), two("p", "quick", 3, 45)}, "")
	run.Manifest.Reference = &results.Reference{Name: "fast", Methods: []string{"quick", "unused"}}
	e, err := evidence.Gather([]*results.Run{run})
	if err != nil {
		t.Fatal(err)
	}
	if c := Cheapest(e); evidencetest.Cell(t, c, 1, "reference") != "fast" || evidencetest.Cell(t, c, 1, "reference's passes") != "45" {
		t.Errorf("%v", c.Rows[1])
	}
}

// No line of a table is wider than a terminal of 120 columns, and no word of it is lost.
func TestScreenFitsATerminal(t *testing.T) {
	shown := Screen(evidencetest.Gather(t, many()...))
	for _, line := range strings.Split(shown, "\n") {
		if n := utf8.RuneCountInString(line); n > 120 && !strings.Contains(line, "`") {
			t.Errorf("%d columns: %s", n, line)
		}
	}
	if joined := strings.Join(strings.Fields(shown), ""); !strings.Contains(joined, "direction=steepest(norm=") || !strings.Contains(joined, "step=lipschitz-backtracking") {
		t.Errorf("%s", shown)
	}
}
