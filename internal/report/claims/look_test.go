package claims

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/synthetic"
	"github.com/gdbench/gdbench/internal/report/verdict"
	"github.com/gdbench/gdbench/results"
)

// A sentence is true where all of its claims hold, false where one is refuted, and otherwise
// not tested.
func TestShown(t *testing.T) {
	found := []verdict.Claim{
		{Name: "yes", Text: "it falls", Verdict: verdict.Holds, Evidence: "true for 2 of 2 runs"},
		{Name: "also", Text: "it rises", Denied: true, Verdict: verdict.Holds},
		{Name: "no", Text: "it flies", Verdict: verdict.Refuted},
		{Name: "open", Text: "it swims", Verdict: verdict.Untested},
		{Text: "nameless", Verdict: verdict.Refuted},
	}
	for _, c := range []struct {
		expect  string
		word    string
		because string
	}{
		{"yes", True, "TRUE, as claimed: it falls (true for 2 of 2 runs)"},
		{"yes also", True, "FALSE, as claimed: it rises"},
		{"yes no", False, "FALSE, though claimed TRUE: it flies"},
		{"yes open", NotTested, "UNTESTED: it swims"},
		{"open no", False, ""},
		{"no open", False, ""},
		{"gone yes", NotTested, "gone: not all of its cells are part of this report"},
		{"gone no", False, ""},
	} {
		word, because := Shown(results.Look{Text: "see", Expect: strings.Fields(c.expect)}, found)
		if word != c.word || !strings.Contains(because, c.because) {
			t.Errorf("%s: %s because %q; want %s, %q", c.expect, word, because, c.word, c.because)
		}
	}
}

// What there is to look at is as exact as the costs that its claims compare: not where they are about
// something else, and not where no sentence cites them.
func TestLookSaysHowExactCostsAre(t *testing.T) {
	d := synthetic.Reaching("p", "m", 3, 8)
	d.Mend = func(r *results.Record) {
		at, since := 9, 3
		r.Targets[1].Iteration, r.Targets[1].Since = &at, &since
	}
	on := func(problem string) []results.CellsOn {
		return []results.CellsOn{{Problem: problem, Methods: []string{"m"}}}
	}
	for name, c := range map[string]struct {
		claim results.Claim
		said  bool
	}{
		"a contest":         {results.Claim{At: 0.001, In: "evaluations", About: on("q"), Rivals: on("p")}, true},
		"a limit":           {results.Claim{Reaches: 0.001, Within: &results.Within{Iterations: 10}, About: on("p")}, true},
		"another target":    {results.Claim{At: 0.1, In: "evaluations", About: on("p")}, false},
		"another problem":   {results.Claim{At: 0.001, In: "evaluations", About: on("q")}, false},
		"another kind":      {results.Claim{At: 0.001, In: "evaluations", Kind: results.GradientTarget, About: on("p")}, false},
		"final gaps":        {results.Claim{At: 0.001, In: finalGap, About: on("p")}, false},
		"no limit":          {results.Claim{Reaches: 0.001, About: on("p")}, false},
		"ends":              {results.Claim{Status: results.Budget, About: on("p")}, false},
		"cited by no other": {results.Claim{Name: "other", At: 0.001, In: "evaluations", About: on("p")}, false},
	} {
		run := synthetic.Write(t, []synthetic.Draft{d, synthetic.Reaching("q", "m", 3, 8)}, "")
		run.Manifest.Claims, run.Manifest.Look = []results.Claim{c.claim}, []results.Look{{Text: "See.", Expect: []string{""}}}
		e, err := evidence.Gather([]*results.Run{run})
		if err != nil {
			t.Fatal(err)
		}
		said := strings.Join(Checks([]*results.Run{run}, e).Notes(), "")
		if strings.Contains(said, "in up to 56% fewer iterations") != c.said || (said != "") != c.said { // at 4 instead of 9
			t.Errorf("%s: %q", name, said)
		}
	}
}

// A report of some cells says nothing of sentences about others, and does not test a claim of which
// it has some cells only.
func TestLookIsAboutWhatIsIncluded(t *testing.T) {
	folder := t.TempDir()
	on := func(problem string) []results.CellsOn {
		return []results.CellsOn{{Problem: problem, Methods: []string{"m"}}}
	}
	m := &results.Manifest{Schema: results.Schema, Suite: "s", Claims: []results.Claim{
		{Name: "a", Text: "on a it ends", Holds: true, Share: 1, Status: results.Converged, About: on("a")},
		{Name: "b", Text: "on b it ends", Holds: true, Share: 1, Status: results.Converged, About: on("b")},
		{Name: "both", Text: "on both it ends", Holds: true, Share: 1, Status: results.Converged, About: append(on("a"), on("b")...)},
		{Name: "more", Text: "where it ran it ends", Holds: true, Share: 1, Status: results.Converged, About: append(on("a"), on("gone")...)},
	}, Look: []results.Look{{Text: "See a.", Expect: []string{"a"}}, {Text: "See b.", Expect: []string{"b"}}, {Text: "See both.", Expect: []string{"both"}}, {Text: "See more.", Expect: []string{"more"}}}}
	if err := m.Write(folder); err != nil {
		t.Fatal(err)
	}
	lines := `{"id": "1", "labels": {"problem": "a", "method": "m"}, "status": "converged"}` + "\n" + `{"id": "2", "labels": {"problem": "b", "method": "m"}, "status": "converged"}` + "\n"
	if err := os.WriteFile(filepath.Join(folder, results.RunsFile), []byte(lines), 0o644); err != nil {
		t.Fatal(err)
	}
	run, err := results.Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	for only, want := range map[string]string{"": "See a.: TRUE; See b.: TRUE; See both.: TRUE; See more.: TRUE", "a": "See a.: TRUE; See both.: not tested; See more.: TRUE", "c": ""} {
		look, err := LookTable([]*results.Run{run}, func(*results.Run) func(problem, method string) (had, left bool) {
			return func(problem, _ string) (bool, bool) {
				kept := only == "" || problem == only
				return kept && problem != "gone", !kept && problem != "gone"
			}
		})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, row := range look.Rows {
			got = append(got, row[1].Read()+": "+row[2].Read())
		}
		if strings.Join(got, "; ") != want {
			t.Errorf("of %q: %q; expected %q", only, got, want)
		}
	}
}
