package claims

import (
	"bytes"
	"context"
	"encoding/csv"
	"io"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/evidencetest"
	"github.com/gdbench/gdbench/internal/report/page"
	"github.com/gdbench/gdbench/internal/report/plots"
	"github.com/gdbench/gdbench/internal/report/recompute"
	"github.com/gdbench/gdbench/internal/report/review"
	"github.com/gdbench/gdbench/internal/report/table"
	"github.com/gdbench/gdbench/internal/report/tables"
	"github.com/gdbench/gdbench/internal/report/verdict"
	"github.com/gdbench/gdbench/internal/runner/pool"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/results"
	"github.com/gdbench/gdbench/suites"
)

// Every suite that comes with gdbench shows what it says: its claims hold, all that it says to
// look at is true, and each line that it prints is what its records say, recomputed. A suite
// that cites nothing has only claims, whose text is what it says.
func TestShippedSuites(t *testing.T) {
	if testing.Short() {
		t.Skip("runs all suites, which takes a minute")
	}
	for _, name := range suites.Names() {
		t.Run(name, func(t *testing.T) {
			if startsPrograms(t, name) {
				t.Skip("the tests of the clients run it, beside the programs that it starts")
			}
			if slices.Contains(long, name) {
				t.Skip("TestPeersLongSuites runs it")
			}
			if slices.Contains(longest, name) {
				t.Skip("TestSoakLongestSuites runs it")
			}
			checkSuite(t, name)
		})
	}
}

// long are the suites that take a minute, longest those that take several.
var long, longest = []string{"map", "tuned"}, []string{"bbob"}

func TestPeersLongSuites(t *testing.T) {
	if os.Getenv("GDBENCH_PEERS") == "" {
		t.Skip("the suites take more than a minute; ./test --peers runs them")
	}
	for _, name := range long {
		t.Run(name, func(t *testing.T) { checkSuite(t, name) })
	}
}

func TestSoakLongestSuites(t *testing.T) {
	if os.Getenv("GDBENCH_SOAK") == "" {
		t.Skip("a soak; ./test --all runs it")
	}
	for _, name := range longest {
		t.Run(name, func(t *testing.T) { checkSuite(t, name) })
	}
}

func checkSuite(t *testing.T, name string) {
	t.Helper()
	folder, run := ran(t, name)
	if len(run.Manifest.Claims) == 0 {
		t.Error("the suite claims nothing")
	}
	checkShown(t, run)
	checkReviewed(t, run)
	checkLabels(t, run)
	if name == "convex" {
		checkPage(t, run)
	}
	if run.Manifest.Tuning != nil { // recompute knows trials, and not the sentences and tables of a screen about them
		for _, complaint := range recompute.CheckTuning(folder, rows(t, run)) {
			t.Error(complaint)
		}
		return
	}
	for _, complaint := range append(recompute.Check(folder, screen(t, run)), recompute.CheckTables(folder, rows(t, run))...) {
		t.Error(complaint)
	}
}

// rows are the tables of a run, as programs read them.
func rows(t *testing.T, run *results.Run) map[string][][]string {
	t.Helper()
	e, err := evidence.Gather([]*results.Run{run})
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][][]string{}
	for _, shown := range tables.Of(e) {
		var b bytes.Buffer
		if err := table.Write(&b, table.CSVFormat, shown); err != nil {
			t.Fatal(err)
		}
		if out[shown.Name], err = csv.NewReader(&b).ReadAll(); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// checkReviewed requires that the suite states each major finding of its review with a reason, and
// accepts nothing that its run does not show.
func checkReviewed(t *testing.T, run *results.Run) {
	t.Helper()
	findings, err := review.Of([]*results.Run{run})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		if f.Stated == "" && (f.Major || f.Topic == "suite") {
			t.Errorf("the review of the suite finds: %s: %s", f.Topic, f.What)
		}
	}
}

// checkLabels requires that the labels in a figure differ, and are made of whole parts of those that
// the suite gives, numbers aside.
func checkLabels(t *testing.T, run *results.Run) {
	t.Helper()
	e, err := evidence.Gather([]*results.Run{run})
	if err != nil {
		t.Fatal(err)
	}
	titles := map[string]string{}
	figures := plots.Of(e, plots.Selection{Problems: len(e.Problems)}, func(string, ...any) {})
	plots.Name(figures)
	for _, f := range figures {
		if before, taken := titles[f.Title]; taken {
			t.Errorf("%s and %s have the same title, %q", f.Name, before, f.Title)
		}
		titles[f.Title] = f.Name
		methods := map[string]string{} // by what they are called
		for _, s := range f.Series {
			if s.Label == "" || s.Unlisted {
				continue
			}
			if before, taken := methods[s.Label]; taken {
				t.Errorf("%s: two curves are called %q: %q and %q", f.Name, s.Label, before, s.Name())
			}
			methods[s.Label] = s.Name()
			for _, word := range strings.Fields(s.Label) {
				key, _, set := strings.Cut(word, "=")
				if strings.HasSuffix(word, "…") || set && !strings.Contains(s.Name(), key+"=") || !set && !strings.Contains(s.Name(), word) {
					t.Errorf("%s: %q is no whole part of %q", f.Name, word, s.Name())
				}
			}
		}
	}
}

// checkPage requires that the page of a usual run is small, though nothing is left out.
func checkPage(t *testing.T, run *results.Run) {
	t.Helper()
	e, err := evidence.Gather([]*results.Run{run})
	if err != nil {
		t.Fatal(err)
	}
	figures := plots.Of(e, plots.Selection{}, func(string, ...any) {})
	plots.Name(figures)
	d := page.Of(e, figures, tables.Of(e))
	var b bytes.Buffer
	if err := page.Write(&b, d); err != nil {
		t.Fatal(err)
	}
	if b.Len() > 4<<20 || len(d.Notes) > 0 {
		t.Errorf("the page of %d runs has %d bytes, and says %q", e.Cells, b.Len(), d.Notes)
	}
}

// startsPrograms reports whether a suite needs programs that are not part of gdbench.
func startsPrograms(t *testing.T, name string) bool {
	t.Helper()
	file, err := suites.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	text, err := io.ReadAll(file)
	if err != nil {
		t.Fatal(err)
	}
	return bytes.Contains(text, []byte("\nprocesses:"))
}

// ran runs a suite that comes with gdbench.
func ran(t *testing.T, name string) (folder string, run *results.Run) {
	t.Helper()
	file, err := suites.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	return ranFrom(t, name, file)
}

// ranFrom runs a suite as it is written.
func ranFrom(t *testing.T, name string, text io.Reader) (folder string, run *results.Run) {
	t.Helper()
	s, err := suite.Read(name+".yaml", ".", text, nil)
	if err != nil {
		t.Fatal(err)
	}
	folder = filepath.Join(t.TempDir(), "run")
	if _, err := pool.Run(context.Background(), s, pool.Options{Folder: folder}); err != nil {
		t.Fatal(err)
	}
	if run, err = results.Open(folder); err != nil {
		t.Fatal(err)
	}
	return folder, run
}

func screen(t *testing.T, run *results.Run) string {
	t.Helper()
	e, err := evidence.Gather([]*results.Run{run})
	if err != nil {
		t.Fatal(err)
	}
	return tables.Screen(e)
}

// No digit and no word of a screen can be another without a complaint, and no line can be missing.
func TestRecomputedInEveryWord(t *testing.T) {
	folder, run := ran(t, "saddle")
	shown := screen(t, run)
	if complaints := recompute.Check(folder, shown); len(complaints) > 0 {
		t.Fatal(complaints)
	}
	evidencetest.NoticesChanges(t, folder, shown)
	lines := strings.SplitAfter(shown, "\n")
	for i, line := range lines {
		if strings.TrimSpace(line) != "" && len(recompute.Check(folder, strings.Join(slices.Delete(slices.Clone(lines), i, i+1), ""))) == 0 {
			t.Errorf("no complaint without %q", line)
		}
	}
}

// What studies choose, what that costs and what was tuned in-sample is recomputed in each scope, with instances, random and
// deterministic problems, sums, choices and conditions; and no number of the tables can be another.
func TestRecomputedTuning(t *testing.T) {
	if testing.Short() {
		t.Skip("runs three searches")
	}
	for _, scope := range []string{"problem", "suite", "leave-one-out"} {
		folder, run := ranFrom(t, "small", strings.NewReader(`suite: small
repeats: 2
budget: {iterations: 60}
targets: {log: [1e-1, 1e-3, 3]}
tune:
  {trials: 6, studies: 4, after: [1, 3], scope: `+scope+`, space: {adam: {lr: {loguniform: [1e-3, 10]}, betas.0: {oneminus-log: [1e-2, 0.5]}},
    sgd: {lr: {loguniform: [1e-3, 1]}, nesterov: {choice: [true, false]}, momentum: {oneminus-log: [1e-2, 1], when: {nesterov: true}}}}}
problems: [{name: quadratic, dim: 4, instances: 2}, {name: quadratic, dim: 3, condition: 5}, {name: rosenbrock, start: {name: normal}}, {name: logistic, data: iris, positive: 0, l2: 0.1}]
methods: [adam, {name: sgd, momentum: 0.5}, {name: sgd, lr: 0.1, batch: 30, on: [logistic], label: batches}, lbfgs]
`))
		shown := rows(t, run)
		for _, complaint := range recompute.CheckTuning(folder, shown) {
			t.Error(scope, complaint)
		}
		for _, name := range []string{"tuned", "tuning-cost"} {
			for at, row := range shown[name][1:] {
				for i, cell := range row[min(len(row)-1, 2+at):] {
					i += min(len(row)-1, 2+at)
					if x, err := strconv.ParseFloat(cell, 64); err == nil && !math.IsInf(x, 0) {
						row[i] = strconv.FormatFloat(1.1*x+1, 'g', -1, 64)
						if len(recompute.CheckTuning(folder, shown)) == 0 {
							t.Errorf("%s: no complaint where %s of %q is %s", name, shown[name][0][i], row, row[i])
						}
						row[i] = cell
						break // one of each row, further and further to the right
					}
				}
			}
		}
		text, err := os.ReadFile(filepath.Join(folder, "runs.jsonl"))
		if err != nil {
			t.Fatal(err)
		}
		other := regexp.MustCompile(`"trial":(\d),"after":6`).ReplaceAllStringFunc(string(text), func(s string) string {
			return strings.Replace(s, s[8:9], string('1'+(s[8]-'0')%6), 1)
		})
		if err := os.WriteFile(filepath.Join(folder, "runs.jsonl"), []byte(other), 0o644); err != nil {
			t.Fatal(err)
		}
		if said := strings.Join(recompute.CheckTuning(folder, shown), "\n"); !strings.Contains(said, "was chosen; trial ") || !strings.Contains(said, "the settings are {") {
			t.Errorf("%s: with other trials: %.500s", scope, said)
		}
	}
}

// checkShown requires that all claims of a run hold, and all that it says to look at.
func checkShown(t *testing.T, run *results.Run) {
	t.Helper()
	found, err := Check(run.Manifest.Claims, run.Records())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range found {
		if c.Verdict != verdict.Holds {
			t.Errorf("%s: %s: %s", c.Place, c.Statement(), c.Evidence)
		}
	}
	cited := map[string]bool{}
	for _, look := range run.Manifest.Look {
		if word, because := Shown(look, found); word != True {
			t.Errorf("%s: %s because %s", look.Text, word, because)
		}
		for _, name := range look.Expect {
			cited[name] = true
		}
	}
	for _, c := range run.Manifest.Claims {
		if c.Name != "" && !cited[c.Name] {
			t.Errorf("nothing rests on claim %q", c.Name)
		}
	}
}
