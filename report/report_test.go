package report

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/report/draw"
	"github.com/gdbench/gdbench/internal/report/table"
	"github.com/gdbench/gdbench/results"
)

// grid is a run with everything: rates, batches, repeats, divergence, paths.
func gridOfDrafts() []draft {
	var drafts []draft
	targets := []float64{1e-1, 1e-3, 1e-6}
	for _, rate := range []float64{0.01, 0.1, 1, 10} {
		for _, batch := range []int{1, 32} {
			for repeat := range 3 {
				d := draft{problem: "bowl", method: "sgd", rate: rate, batch: batch, repeat: repeat,
					status: results.Budget, gaps: halving(1-0.2*rate/float64(1+repeat), 60), targets: targets, path: true}
				if rate == 10 {
					d.status, d.gaps = results.Diverged, halving(50, 8)
				}
				drafts = append(drafts, d)
			}
		}
	}
	return append(drafts, draft{problem: "bowl", method: "newton", status: results.Converged, gaps: []float64{1, 1e-4, 0}, targets: targets, path: true})
}

func cell(t *testing.T, tab *table.Table, row int, column string) string {
	t.Helper()
	for i, c := range tab.Columns {
		if c.Name == column {
			return tab.Rows[row][i].Read()
		}
	}
	t.Fatalf("no column %q", column)
	return ""
}

// Gaps 1, ½, ¼, …: the relative target 0.1 falls at iteration 4 (1/16), 0.3 at 2. Of three
// repeats with factors ½, ¼ and one that diverges, the costs of 0.1 are 4, 2 and ∞.
func TestSummaryByHand(t *testing.T) {
	targets := []float64{0.3, 0.1}
	e := gather(t,
		draft{problem: "p", method: "m", repeat: 0, status: results.Converged, gaps: halving(0.5, 8), targets: targets},
		draft{problem: "p", method: "m", repeat: 1, status: results.Converged, gaps: halving(0.25, 5), targets: targets},
		draft{problem: "p", method: "m", repeat: 2, status: results.Diverged, gaps: halving(10, 3), targets: targets},
		draft{problem: "p", method: "needy", status: results.Skipped},
	)
	s := e.Summary()
	for column, want := range map[string]string{
		"runs": "3", "converged": "2/3", "target": "relative gap ≤ 0.1", "reached": "2/3",
		"iterations": "4 [3, ∞]", "evaluations": "5 [4, ∞]", "epochs": "0.5 [0.4, ∞]",
		"final gap": "0.00781 [0.00586, ∞]", "ended": "converged 2, diverged 1", "at": "saddle 2",
	} {
		if got := cell(t, s, 0, column); got != want {
			t.Errorf("%s is %s; expected %s", column, got, want)
		}
	}
	for column, want := range map[string]string{"runs": "0", "reached": "–", "final gap": "–", "ended": "skipped"} {
		if got := cell(t, s, 1, column); got != want {
			t.Errorf("skipped: %s is %s; expected %s", column, got, want)
		}
	}
	targetRows := e.TargetTable()
	if len(targetRows.Rows) != 4 {
		t.Fatalf("%d rows; expected 2 targets × 2 methods", len(targetRows.Rows))
	}
	if got := cell(t, targetRows, 0, "samples"); got != "30 [25, ∞]" {
		t.Errorf("samples to 0.3: %s", got)
	}
}

func TestSummarySaysWhatGapsAreMeasuredFrom(t *testing.T) {
	var drafts []draft
	for _, name := range []string{"a", "b", "c", "d", "e"} {
		drafts = append(drafts, draft{problem: name, method: "m", status: results.Budget, gaps: []float64{4, 2}, unknown: name == "b"})
	}
	notes := gather(t, drafts...).Summary().Notes
	for _, want := range []string{"a; c; d; and 1 more: f* = 5 (analytic).", "b: f* is unknown; gaps are above the best value seen, 7."} {
		if !slices.Contains(notes, want) {
			t.Errorf("%q is missing in %q", want, notes)
		}
	}
}

func TestUnknownMinimumIsBestSeen(t *testing.T) {
	e := gather(t,
		draft{problem: "p", method: "a", status: results.Budget, gaps: []float64{4, 2}, unknown: true},
		draft{problem: "p", method: "b", status: results.Budget, gaps: []float64{4, 1}, unknown: true})
	p := e.Problems[0]
	if !p.BestSeen || p.Reference != 6 {
		t.Errorf("reference %g; expected the best value, 6", p.Reference)
	}
	if got := cell(t, e.Summary(), 0, "final gap"); got != "1" {
		t.Errorf("gap %s above the best seen; expected 1", got)
	}
	if f := p.Convergence(Iterations, Gap); f.Y.Label != "value above the best seen" {
		t.Errorf("the axis claims %q", f.Y.Label)
	}
	if !slices.ContainsFunc(e.Warnings, func(w Warning) bool { return strings.Contains(string(w), "f* is unknown") }) {
		t.Error("no warning")
	}
}

func TestBandKeepsToWhatIsKnown(t *testing.T) {
	e := gather(t,
		draft{problem: "p", method: "m", repeat: 0, status: results.Converged, gaps: []float64{8, 4, 2}},
		draft{problem: "p", method: "m", repeat: 1, status: results.Diverged, gaps: []float64{8, 80}},
		draft{problem: "p", method: "m", repeat: 2, status: results.Budget, gaps: []float64{8, 6, 5, 3}})
	b := e.Problems[0].Entries[0].Band(Iterations, Gap, 10)
	if want := []float64{0, 1, 2, 3}; !slices.Equal(b.X, want) {
		t.Fatalf("x = %v; expected %v: the band stops at the budget", b.X, want)
	}
	// At 1: 4, 80, 6. At 2: 2, ∞, 5. At 3: 2 carried, ∞, 3.
	if want := []float64{8, 6, 5, 3}; !slices.Equal(b.Median, want) {
		t.Errorf("median %v; expected %v", b.Median, want)
	}
	if want := []float64{8, 5, 3.5, 2.5}; !slices.Equal(b.Low, want) {
		t.Errorf("lower quartile %v; expected %v", b.Low, want)
	}
	if want := []float64{8, 43, inf, inf}; !slices.Equal(b.High, want) {
		t.Errorf("upper quartile %v; expected %v", b.High, want)
	}
}

func TestLeadersTakeTheBestRate(t *testing.T) {
	e := gather(t, gridOfDrafts()...)
	entries, note := e.Problems[0].Leaders(4)
	var labels []string
	for _, entry := range entries {
		labels = append(labels, entry.Label)
	}
	if got := strings.Join(labels, "; "); got != "sgd lr=1 batch=1; sgd lr=1 batch=32; newton" {
		t.Errorf("chosen: %s", got)
	}
	if !strings.Contains(note, "3 of 9") {
		t.Errorf("note: %s", note)
	}
	if entries, _ := e.Problems[0].Leaders(1); len(entries) != 1 || entries[0].Label != "newton" {
		t.Errorf("the best of all is newton, not %v", entries)
	}
}

func TestSensitivityShowsDivergence(t *testing.T) {
	f := gather(t, gridOfDrafts()...).Problems[0].Sensitivity(2)
	last := f.Series[len(f.Series)-1]
	if last.Label != "diverged runs" || !slices.Equal(last.X, []float64{10, 10}) {
		t.Errorf("diverged: %v", last)
	}
	if len(f.Rules) != 1 || f.Rules[0].At != 2 {
		t.Errorf("rules %v; expected 2/L at 2", f.Rules)
	}
	if !slices.Equal(f.Series[0].X, []float64{0.01, 0.1, 1, 10}) || f.Series[0].Y[3] != inf {
		t.Errorf("%v", f.Series[0])
	}
	if slices.ContainsFunc(f.Notes, func(n string) bool { return strings.Contains(n, "learning rate") }) {
		t.Errorf("%v: the best rate, 1, is inside the grid", f.Notes)
	}
}

// Factors 0.9, 0.5 and 0.25 an iteration reach 0.1 after 22, 4 and 2; 1.5 never does, and
// counts as diverged.
func TestCostByRate(t *testing.T) {
	var drafts []draft
	for i, factor := range []float64{0.9, 0.5, 0.25, 1.5} {
		d := draft{problem: "p", method: "m", rate: float64(i + 1), status: results.Budget, gaps: halving(factor, 31), targets: []float64{0.1}}
		if factor > 1 {
			d.status = results.Diverged
		}
		drafts = append(drafts, d)
	}
	f := gather(t, drafts...).Problems[0].CostByRate(3.5)
	if got := f.Series[0].Y; !slices.Equal(got, []float64{2.3, 0.5, 0.3, inf}) { // epochs: an evaluation is a tenth
		t.Errorf("costs %v; expected 2.3, 0.5, 0.3 and ∞", got)
	}
	if last := f.Series[1]; last.Label != "diverged runs" || !slices.Equal(last.X, []float64{4}) || f.Rules[0].At != 3.5 {
		t.Errorf("diverged %v, rules %v", last, f.Rules)
	}
	if math.Abs(f.Y.Ceiling-3*3.1) > 1e-9 {
		t.Errorf("the axis ends at %g; expected three times the most that was spent", f.Y.Ceiling)
	}
	for i := range drafts {
		drafts[i].targets = nil
	}
	if gather(t, drafts...).Problems[0].CostByRate(nan) != nil {
		t.Error("costs to no target")
	}
}

func TestBestRateAtTheEdgeIsSaid(t *testing.T) {
	var drafts []draft
	for i, rate := range []float64{0.1, 0.2, 0.4} {
		drafts = append(drafts, draft{problem: "p", method: "m", rate: rate, status: results.Budget, gaps: halving(0.9-0.2*float64(i), 20), targets: []float64{0.1}})
	}
	e := gather(t, drafts...)
	if !slices.ContainsFunc(e.Warnings, func(w Warning) bool { return strings.Contains(string(w), "0.4, is the largest that was tried") }) {
		t.Errorf("warnings: %v", e.Warnings)
	}
	if notes := e.Problems[0].Sensitivity(nan).Notes; !slices.ContainsFunc(notes, func(n string) bool { return strings.Contains(n, "(least final gap), 0.4, is the largest") }) {
		t.Errorf("notes: %v; the least gap is at the largest rate", notes)
	}
}

// The rate that reaches the target first, 0.4, is not the one that ends lowest, 0.2: the
// figure of final gaps does not call 0.4 the best, while the warning about work does.
func TestSensitivitySpeaksOfWhatItShows(t *testing.T) {
	e := gather(t,
		draft{problem: "p", method: "m", rate: 0.1, status: results.Budget, gaps: halving(0.95, 20), targets: []float64{0.1}},
		draft{problem: "p", method: "m", rate: 0.2, status: results.Budget, gaps: halving(0.7, 20), targets: []float64{0.1}},
		draft{problem: "p", method: "m", rate: 0.4, status: results.Budget, gaps: fallsTo(0.06, 20), targets: []float64{0.1}})
	if notes := e.Problems[0].Sensitivity(nan).Notes; len(notes) != 0 {
		t.Errorf("notes: %v; the least gap is inside the grid", notes)
	}
	if !slices.ContainsFunc(e.Warnings, func(w Warning) bool {
		return strings.Contains(string(w), "(least work to the targets), 0.4, is the largest")
	}) {
		t.Errorf("warnings: %v", e.Warnings)
	}
}

func TestHeatMap(t *testing.T) {
	f := gather(t, gridOfDrafts()...).Problems[0].RateByBatch()
	if !slices.Equal(f.Y.Categories, []string{"1", "32"}) || len(f.Grid.X) != 4 {
		t.Fatalf("%v × %v", f.Grid.X, f.Y.Categories)
	}
	if f.Grid.Z[0][3] != inf || f.Grid.Text[1][3] != "diverged" {
		t.Errorf("the diverged corner is %g, %q", f.Grid.Z[0][3], f.Grid.Text[1][3])
	}
}

// Factors ½ and ¼ an iteration reach 0.1 after five and three evaluations of 10 of the 100
// samples; 0.99 does not, and one pair was not tried.
func TestEpochsByBatch(t *testing.T) {
	one := func(rate float64, batch int, factor float64) draft {
		return draft{problem: "p", method: "m", rate: rate, batch: batch, status: results.Budget, gaps: halving(factor, 20), targets: []float64{0.1}}
	}
	drafts := []draft{one(1, 1, 0.5), one(2, 1, 0.99), one(2, 8, 0.25)}
	f := gather(t, drafts...).Problems[0].EpochsByBatch()
	if z := f.Grid.Z; z[0][0] != 0.5 || z[0][1] != inf || !math.IsNaN(z[1][0]) || z[1][1] != 0.3 {
		t.Errorf("epochs %v; expected 0.5, ∞; –, 0.3", z)
	}
	if f.Grid.Text[0][1] != "never" || f.Grid.Text[1][0] != "" || f.Open[1][1] != "m lr=2 batch=8" {
		t.Errorf("texts %q, behind them %q", f.Grid.Text, f.Open)
	}
	for i := range drafts {
		drafts[i].targets = nil
	}
	if gather(t, drafts...).Problems[0].EpochsByBatch() != nil {
		t.Error("epochs to no target")
	}
}

func TestWriteIsRepeatableAndWhole(t *testing.T) {
	run := write(t, gridOfDrafts(), "")
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

// Where no table can be written, that is told once, not for each of them.
func TestWriteTellsOnceOfAFolderThatTakesNothing(t *testing.T) {
	run, folder := write(t, gridOfDrafts(), ""), t.TempDir()
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
		drafts  []draft
		tail    string
		warning string
	}{
		"empty":              {nil, "", "no finished cell"},
		"one cell":           {[]draft{{problem: "p", method: "m", status: results.Budget, gaps: halving(0.5, 4)}}, "", "no run had a target"},
		"one point":          {[]draft{{problem: "p", method: "m", status: results.Failed, gaps: []float64{1}}}, "", "every run diverged or failed"},
		"all skipped":        {[]draft{{problem: "p", method: "m", status: results.Skipped}}, "", "every cell was skipped"},
		"all diverged":       {[]draft{{problem: "p", method: "m", status: results.Diverged, gaps: []float64{1, 1e200, inf}}}, "", "every run diverged"},
		"zero gaps":          {[]draft{{problem: "p", method: "m", status: results.Converged, gaps: []float64{0, 0, 0}, path: true}}, "", ""},
		"negative gaps":      {[]draft{{problem: "p", method: "m", status: results.Converged, gaps: []float64{1, -1e-17}, path: true}}, "", ""},
		"constant":           {[]draft{{problem: "p", method: "m", rate: 1, status: results.Budget, gaps: constant, path: true}}, "", ""},
		"torn last line":     {[]draft{{problem: "p", method: "m", status: results.Budget, gaps: constant}}, `{"id": "x", "sta`, "whole records of 1 of its 2 cells"},
		"one repeat of many": {[]draft{{problem: "p", method: "m", repeat: 7, status: results.Budget, gaps: halving(0.5, 4), targets: []float64{0.3}}}, "", "one repeat of what is random"},
		"targets of some": {[]draft{{problem: "p", method: "m", status: results.Budget, gaps: halving(0.5, 4), targets: []float64{0.3}},
			{problem: "p", method: "n", status: results.Budget, gaps: halving(0.5, 4)}, {problem: "q", method: "m", status: results.Budget, gaps: halving(0.5, 4)}}, "", ""},
		"no trace": {[]draft{{problem: "p", method: "m", status: results.Budget}}, "", ""},
		"all of value zero": {[]draft{{problem: "p", method: "m", rate: 1, status: results.Budget, gaps: []float64{-5, -5, -5}, unknown: true},
			{problem: "p", method: "m", rate: 2, status: results.Budget, gaps: []float64{-5, -5, -5}, unknown: true},
			{problem: "p", method: "m", rate: 4, status: results.Budget, gaps: []float64{-5, -5, -5}, unknown: true}}, "", "f* is unknown"},
		"a line of nonsense": {[]draft{{problem: "p", method: "m", status: results.Budget, gaps: constant}}, "nonsense\n", "runs.jsonl:2"},
	} {
		t.Run(name, func(t *testing.T) {
			run := write(t, c.drafts, c.tail)
			if strings.HasPrefix(c.tail, "{") {
				run.Manifest.Cells++ // the one whose line was cut
			}
			r, err := Write([]*results.Run{run}, t.TempDir(), Options{Formats: []draw.Format{draw.SVG}})
			if err != nil {
				t.Fatal(err)
			}
			if !slices.ContainsFunc(r.Warnings, func(w Warning) bool { return strings.Contains(string(w), c.warning) }) && c.warning != "" {
				t.Errorf("warnings %q; expected one with %q", r.Warnings, c.warning)
			}
			for _, w := range r.Warnings {
				if strings.Contains(string(w), "drawing failed") {
					t.Error(w)
				}
			}
		})
	}
	if _, err := Write([]*results.Run{write(t, nil, "nonsense\n")}, t.TempDir(), Options{}); err == nil || !strings.Contains(err.Error(), "runs.jsonl:1") {
		t.Errorf("%v; expected the line that is no record", err)
	}
	blocked := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(blocked, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Write([]*results.Run{write(t, nil, "")}, blocked, Options{}); err == nil {
		t.Error("a file for a folder went unnoticed")
	}
}

func TestFileNames(t *testing.T) {
	for in, want := range map[string]string{
		"quadratic dim=10": "gap-quadratic-dim=10", "../../etc": "gap-..-..-etc", "<img src=x>": "gap-img-src=x", "κ∇": "gap",
	} {
		if got := fileName("gap", in); got != want {
			t.Errorf("fileName(%q) = %q; expected %q", in, got, want)
		}
	}
}
