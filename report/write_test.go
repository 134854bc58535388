package report

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/report/evidencetest"

	"github.com/gdbench/gdbench/internal/report/draw"
	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/plots"
	"github.com/gdbench/gdbench/internal/report/synthetic"
	"github.com/gdbench/gdbench/internal/report/tables"
	"github.com/gdbench/gdbench/results"
)

func TestAxesThatAreAskedForAreDrawn(t *testing.T) {
	run := synthetic.Write(t, []synthetic.Draft{{Problem: "p", Method: "m", Status: results.Budget, Gaps: synthetic.Halving(0.5, 5)}}, "")
	for name, axes := range map[string][2]string{"value-gradients-p": {"gradients", "value"}, "gap-iterations-p": {"iterations", ""}} {
		folder := t.TempDir()
		if _, err := Write([]*results.Run{run}, folder, Options{X: axes[0], Y: axes[1], Formats: []draw.Format{draw.SVG}}); err != nil {
			t.Fatal(err)
		}
		if found, _ := filepath.Glob(filepath.Join(folder, "figures", name+"*.csv")); len(found) != 1 {
			files, _ := os.ReadDir(filepath.Join(folder, "figures"))
			t.Errorf("%s is drawn %d times among %v", name, len(found), files)
		}
	}
	for want, o := range map[string]Options{"cost \"time\"": {X: "time"}, "quantity \"loss\"": {Y: "loss"}, "format \"gif\"": {Formats: []Format{"gif"}}} {
		if _, err := Write([]*results.Run{run}, t.TempDir(), o); err == nil || !strings.Contains(err.Error(), "unknown "+want) {
			t.Errorf("%v; expected that the %s is unknown", err, want)
		}
	}
	if got := (&plots.Axes{X: evidence.Seconds, Y: evidence.GradientNorm}).Columns(); !slices.Equal(got, []string{"seconds", "gradient_norm"}) {
		t.Errorf("columns %v", got)
	}
}

func TestRebuildThatFailsIsAWarning(t *testing.T) {
	run := synthetic.Write(t, []synthetic.Draft{{Problem: "p", Method: "m", Status: results.Budget, Gaps: []float64{1, 0.5}, Path: true}}, "")
	r, err := Write([]*results.Run{run}, t.TempDir(), Options{Rebuild: func(*results.Record) (*evidence.Landscape, error) {
		return nil, errors.New("the data has moved")
	}})
	if err != nil || !slices.ContainsFunc(r.Warnings, func(w evidence.Warning) bool { return strings.Contains(string(w), "the data has moved") }) {
		t.Errorf("%v, warnings %v", err, r.Warnings)
	}
}

func TestRebuildOfNothingIsAWarning(t *testing.T) {
	run := synthetic.Write(t, []synthetic.Draft{{Problem: "p", Method: "m", Status: results.Budget, Gaps: []float64{1, 0.5}, Path: true}}, "")
	for _, l := range []*Landscape{nil, {Dim: 2}} {
		r, err := Write([]*results.Run{run}, t.TempDir(), Options{Rebuild: func(*results.Record) (*Landscape, error) { return l, nil }})
		if err != nil || !slices.ContainsFunc(r.Warnings, func(w evidence.Warning) bool { return strings.Contains(string(w), "no function") }) {
			t.Errorf("%v, warnings %v", err, r.Warnings)
		}
	}
}

func TestRunsThatWereNotOpenedAreRefused(t *testing.T) {
	for _, run := range []*results.Run{nil, {}} {
		runs := []*results.Run{run}
		_, written := Write(runs, t.TempDir(), Options{})
		_, reviewed := Review(runs)
		for _, err := range []error{written, reviewed} {
			if err == nil || !strings.Contains(err.Error(), "run 1 of 1 has no manifest") {
				t.Errorf("error %v; expected one that names the run", err)
			}
		}
	}
}

func TestUnknownMinimumIsBestSeen(t *testing.T) {
	e := evidencetest.Gather(t,
		synthetic.Draft{Problem: "p", Method: "a", Status: results.Budget, Gaps: []float64{4, 2}, Unknown: true},
		synthetic.Draft{Problem: "p", Method: "b", Status: results.Budget, Gaps: []float64{4, 1}, Unknown: true})
	p := e.Problems[0]
	if !p.BestSeen || p.Reference != 6 {
		t.Errorf("reference %g; expected the best value, 6", p.Reference)
	}
	if got := evidencetest.Cell(t, tables.Summary(e), 0, "final gap"); got != "1" {
		t.Errorf("gap %s above the best seen; expected 1", got)
	}
	if f := plots.Convergence(p, evidence.Iterations, evidence.Gap); f.Y.Label != "value above the best seen" {
		t.Errorf("the axis claims %q", f.Y.Label)
	}
	if !slices.ContainsFunc(e.Warnings, func(w evidence.Warning) bool { return strings.Contains(string(w), "f* is unknown") }) {
		t.Error("no warning")
	}
}

func TestWriteIsRepeatableAndWhole(t *testing.T) {
	run := synthetic.Write(t, synthetic.GridOfDrafts(), "")
	first, second := t.TempDir(), t.TempDir()
	a, err := Write([]*results.Run{run}, first, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Write([]*results.Run{run}, second, Options{}); err != nil {
		t.Fatal(err)
	}
	if len(a.Files) < 10+6*3 {
		t.Errorf("%d files: %v", len(a.Files), a.Files)
	}
	for _, path := range a.Files {
		name, _ := filepath.Rel(first, path)
		x, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		y, err := os.ReadFile(filepath.Join(second, name))
		if err != nil || !bytes.Equal(x, y) {
			t.Errorf("%s differs from one report to the next (%v)", name, err)
		}
	}
	if !strings.Contains(a.Text, "newton") {
		t.Errorf("the text is\n%s", a.Text)
	}
}

// What to look at is as exact as the costs that its claims are about.
func TestLookSaysWhereTargetsWereNotChecked(t *testing.T) {
	for since, want := range map[int]bool{3: true, 8: false} {
		d := synthetic.Reaching("p", "m", 3, 8)
		d.Mend = func(r *results.Record) {
			at := 9
			r.Targets[1].Iteration, r.Targets[1].Since = &at, &since
		}
		run, folder := synthetic.Write(t, []synthetic.Draft{d}, ""), t.TempDir()
		run.Manifest.Claims = []results.Claim{{Name: "soon", Text: "it arrives soon", Holds: true, Share: 1, Reaches: 0.001, Within: &results.Within{Iterations: 10},
			About: []results.CellsOn{{Problem: "p", Methods: []string{"m"}}}}}
		run.Manifest.Look = []results.Look{{Text: "See.", Expect: []string{"soon"}}}
		if _, err := Write([]*results.Run{run}, folder, Options{}); err != nil {
			t.Fatal(err)
		}
		look, err := os.ReadFile(filepath.Join(folder, "look.txt"))
		if err != nil || strings.Contains(string(look), "in up to 56%") != want {
			t.Errorf("checked at %d and 9: %v\n%s", since, err, look)
		}
	}
}

// Where no table can be written, that is reported once, not for each of them.
func TestWriteTellsOnceOfAFolderThatTakesNothing(t *testing.T) {
	run, folder := synthetic.Write(t, synthetic.GridOfDrafts(), ""), t.TempDir()
	r, err := Write([]*results.Run{run}, folder, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range r.Files {
		if filepath.Dir(path) == folder {
			if err := os.MkdirAll(filepath.Join(path+".tmp", "in the way"), 0o755); err != nil {
				t.Fatal(err)
			}
		}
	}
	if _, err := Write([]*results.Run{run}, folder, Options{}); err == nil || strings.Count(err.Error(), "table ") != 1 {
		t.Errorf("got %v", err)
	}
}

// Whatever the run looks like, there is a report, or an error that says what is wrong.
func TestWriteSurvivesBadRuns(t *testing.T) {
	constant := []float64{1, 1, 1, 1}
	for name, c := range map[string]struct {
		drafts  []synthetic.Draft
		tail    string
		warning string
	}{
		"empty":              {nil, "", "no finished cell"},
		"one cell":           {[]synthetic.Draft{{Problem: "p", Method: "m", Status: results.Budget, Gaps: synthetic.Halving(0.5, 4)}}, "", "no run had a target"},
		"one point":          {[]synthetic.Draft{{Problem: "p", Method: "m", Status: results.Failed, Gaps: []float64{1}}}, "", "every run diverged or failed"},
		"all skipped":        {[]synthetic.Draft{{Problem: "p", Method: "m", Status: results.Skipped}}, "", "every cell was skipped"},
		"all diverged":       {[]synthetic.Draft{{Problem: "p", Method: "m", Status: results.Diverged, Gaps: []float64{1, 1e200, synthetic.Inf}}}, "", "every run diverged"},
		"zero gaps":          {[]synthetic.Draft{{Problem: "p", Method: "m", Status: results.Converged, Gaps: []float64{0, 0, 0}, Path: true}}, "", ""},
		"negative gaps":      {[]synthetic.Draft{{Problem: "p", Method: "m", Status: results.Converged, Gaps: []float64{1, -1e-17}, Path: true}}, "", ""},
		"constant":           {[]synthetic.Draft{{Problem: "p", Method: "m", Rate: 1, Status: results.Budget, Gaps: constant, Path: true}}, "", ""},
		"torn last line":     {[]synthetic.Draft{{Problem: "p", Method: "m", Status: results.Budget, Gaps: constant}}, `{"id": "x", "sta`, "complete records of 1 of its 2 cells"},
		"one repeat of many": {[]synthetic.Draft{{Problem: "p", Method: "m", Repeat: 7, Status: results.Budget, Gaps: synthetic.Halving(0.5, 4), Targets: []float64{0.3}}}, "", "one repeat although the runs are random"},
		"targets of some": {[]synthetic.Draft{{Problem: "p", Method: "m", Status: results.Budget, Gaps: synthetic.Halving(0.5, 4), Targets: []float64{0.3}},
			{Problem: "p", Method: "n", Status: results.Budget, Gaps: synthetic.Halving(0.5, 4)}, {Problem: "q", Method: "m", Status: results.Budget, Gaps: synthetic.Halving(0.5, 4)}}, "", ""},
		"no trace": {[]synthetic.Draft{{Problem: "p", Method: "m", Status: results.Budget}}, "", ""},
		"all of value zero": {[]synthetic.Draft{{Problem: "p", Method: "m", Rate: 1, Status: results.Budget, Gaps: []float64{-5, -5, -5}, Unknown: true},
			{Problem: "p", Method: "m", Rate: 2, Status: results.Budget, Gaps: []float64{-5, -5, -5}, Unknown: true},
			{Problem: "p", Method: "m", Rate: 4, Status: results.Budget, Gaps: []float64{-5, -5, -5}, Unknown: true}}, "", "f* is unknown"},
		"a line of nonsense": {[]synthetic.Draft{{Problem: "p", Method: "m", Status: results.Budget, Gaps: constant}}, "nonsense\n", "runs.jsonl:2"},
	} {
		t.Run(name, func(t *testing.T) {
			run := synthetic.Write(t, c.drafts, c.tail)
			if strings.HasPrefix(c.tail, "{") {
				run.Manifest.Cells++ // the one whose line was cut
			}
			r, err := Write([]*results.Run{run}, t.TempDir(), Options{Formats: []draw.Format{draw.SVG}})
			if err != nil {
				t.Fatal(err)
			}
			if !slices.ContainsFunc(r.Warnings, func(w evidence.Warning) bool { return strings.Contains(string(w), c.warning) }) && c.warning != "" {
				t.Errorf("warnings %q; expected one with %q", r.Warnings, c.warning)
			}
			for _, w := range r.Warnings {
				if strings.Contains(string(w), "drawing failed") {
					t.Error(w)
				}
			}
		})
	}
	if _, err := Write([]*results.Run{synthetic.Write(t, nil, "nonsense\n")}, t.TempDir(), Options{}); err == nil || !strings.Contains(err.Error(), "runs.jsonl:1") {
		t.Errorf("%v; expected the line that is no record", err)
	}
	blocked := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(blocked, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Write([]*results.Run{synthetic.Write(t, nil, "")}, blocked, Options{}); err == nil {
		t.Error("a file for a folder went unnoticed")
	}
}
