package history

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gdbench/gdbench/internal/random"
	"github.com/gdbench/gdbench/internal/report/compare"
	"github.com/gdbench/gdbench/results"
)

// run is a baseline with cells of a deterministic method and of a random one, whose costs are
// factors of 10,000.
func run(k int, commit string, exact, random float64) Run {
	b := &results.Baseline{BaselineHeader: results.BaselineHeader{
		Baseline: 1, Suite: "s", Commit: commit, Started: time.Unix(int64(1000*k), 0),
		Targets: []results.TargetName{{Target: 1e-6}},
	}}
	add := func(method string, factor float64, deterministic bool) {
		n := int(math.Round(1e4 * factor))
		b.Summaries = append(b.Summaries, results.Summary{
			ID: method, Conditions: "p", Labels: results.Labels{Problem: "p", Method: method}, Problem: "p", Method: method,
			Families: &results.Families{Problem: "p", Method: method}, Deterministic: deterministic, Status: results.Converged,
			Gap: 1e-9, Iterations: n, Counts: results.Counts{Evaluations: int64(n)},
			Targets: []results.Target{{Target: 1e-6, Iteration: &n, Counts: results.Counts{Evaluations: int64(n)}}},
		})
	}
	add("exact", exact, true)
	add("<b>random</b>", random, false)
	b.Cells, b.Grid = 2, 2
	return Run{Name: fmt.Sprintf("r%02d", k), Baseline: b}
}

func of(t *testing.T, runs []Run) *History {
	t.Helper()
	h, err := Of(runs, compare.Options{Metrics: []compare.Metric{compare.SuccessMetric, compare.Evaluations}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// series makes runs from the factors of both methods.
func series(exact, random func(k int) float64, n int) (runs []Run) {
	for k := range n {
		runs = append(runs, run(k, "", exact(k), random(k)))
	}
	return runs
}

func one(int) float64 { return 1 }

func (h *History) trend(method string, m compare.Metric) *Trend {
	for i := range h.Trends {
		if t := &h.Trends[i]; t.Method == method && t.Metric == m {
			return t
		}
	}
	return nil
}

// Exact counts change where they do, also in small steps that add up, and need no test.
func TestExactChanges(t *testing.T) {
	for name, c := range map[string]struct {
		factor func(k int) float64
		want   []int // the first run after each change
		from   []int
	}{
		"none":            {one, nil, nil},
		"tolerated":       {func(k int) float64 { return 1 + 0.01*float64(k%2) }, nil, nil},
		"a step":          {func(k int) float64 { return 1 + 0.1*math.Floor(float64(k)/5) }, []int{5}, []int{4}},
		"drift":           {func(k int) float64 { return math.Pow(1.008, float64(k)) }, []int{3, 6, 9}, []int{0, 3, 6}},
		"up, down again":  {func(k int) float64 { return 1 + 0.5*float64(k/3%2) }, []int{3, 6, 9}, []int{2, 5, 8}},
		"better and back": {func(k int) float64 { return 1 - 0.5*float64(k/8) }, []int{8}, []int{7}},
	} {
		found := of(t, series(c.factor, one, 10)).trend("exact", compare.Evaluations).Changes
		var at, from []int
		for _, f := range found {
			at, from = append(at, f.To), append(from, f.From)
			if !math.IsNaN(f.P) || f.Worse != (f.After > f.Before) {
				t.Errorf("%s: %+v", name, f)
			}
		}
		if !slices.Equal(at, c.want) || !slices.Equal(from, c.from) {
			t.Errorf("%s: changes from %v to %v; expected from %v to %v", name, from, at, c.from, c.want)
		}
	}
}

// A step of a random method is found if there are enough different results. Repeats of one result
// are not evidence: code that did not change gives it again.
func TestRandomChanges(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	step := func(k int) float64 { return (1 + 0.2*float64(k/10)) * (1 + 0.01*random.Normal(rng)) }
	trend := of(t, series(one, step, 20)).trend("<b>random</b>", compare.Evaluations)
	if c := trend.Changes; len(c) != 1 || c[0].From != 9 || c[0].To != 10 || !c[0].Worse || !(c[0].P < 0.025) || math.Abs(c[0].After/c[0].Before-1.2) > 0.03 {
		t.Errorf("%+v; expected one change of 1.2 at 10", c)
	}
	repeated := func(k int) float64 { return 1 + 0.2*float64(k/10) }
	if trend := of(t, series(one, repeated, 20)).trend("<b>random</b>", compare.Evaluations); len(trend.Changes) > 0 || trend.Needs == 0 {
		t.Errorf("two results, each ten times, are a change %+v; needs %d", trend.Changes, trend.Needs)
	}
	if trend := of(t, series(one, one, 20)).trend("<b>random</b>", compare.Evaluations); trend.Needs != 0 {
		t.Error("of a trend that never moves it is said that results are too few")
	}
}

// Noise alone changes nothing, in at least the stated share of histories.
func TestHistoriesOfNoise(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 2))
	changed, uneven := 0, 0
	const histories = 300
	for range histories {
		h := of(t, series(one, func(int) float64 { return 1 + 0.1*math.Abs(random.Normal(rng)) }, 14))
		if len(h.trend("<b>random</b>", compare.Evaluations).Changes) > 0 {
			changed++
		}
		if strings.Contains(h.Symmetry.Sentence(h.Alpha), "rarely") {
			uneven++
		}
	}
	if limit := 0.05*histories + 3*math.Sqrt(0.05*histories); float64(changed) > limit || float64(uneven) > limit {
		t.Errorf("of %d histories of noise %d have a change and %d are uneven", histories, changed, uneven)
	}
}

func TestSymmetry(t *testing.T) {
	for want, s := range map[string]Symmetry{
		"":                      {},
		"too few":               {compare.Evaluations, 3, 0},
		"as noise does":         {compare.Evaluations, 7, 5},
		"losses add up":         {compare.Evaluations, 11, 1},
		"gains add up":          {compare.Evaluations, 0, 9},
		"9 worse, 2 better, as": {compare.Evaluations, 9, 2}, // p = 134/2048
	} {
		if got := s.Sentence(0.05); !strings.Contains(got, want) || (got == "") != (want == "") {
			t.Errorf("%+v: %q; expected %q", s, got, want)
		}
	}
	drift := of(t, series(one, func(k int) float64 { return math.Pow(1.02, float64(k)) }, 9)).Symmetry
	if drift != (Symmetry{compare.Evaluations, 8, 0}) {
		t.Errorf("a drift is %+v", drift)
	}
}

// The badge names a loss that lasts, and is silent about one that was made good.
func TestBadge(t *testing.T) {
	for name, c := range map[string]struct {
		factor func(k int) float64
		want   string
		good   bool
	}{
		"nothing":   {one, "no loss in 10 runs", true},
		"worse":     {func(k int) float64 { return 1 + float64(k/5)/2 }, "evaluations of exact ×1.5 since r05", false},
		"made good": {func(k int) float64 { return 1 + float64(k/5%2*(1-k/8)) }, "no loss in 10 runs", true},
		"better":    {func(k int) float64 { return 1 - float64(k/5)/2 }, "no loss in 10 runs", true},
		"lost gain": {func(k int) float64 { return []float64{1, 0.5, 0.9}[min(2, k/3)] }, "evaluations of exact ×1.8 since r06", false},
	} {
		b := of(t, series(c.factor, one, 10)).Badge()
		if b.Message != c.want || b.Good != c.good || b.Label != "gdbench s" {
			t.Errorf("%s: %+v; expected %q", name, b, c.want)
		}
		var picture, shield bytes.Buffer
		if err := b.WriteSVG(&picture); err != nil {
			t.Fatal(err)
		}
		if err := xml.Unmarshal(picture.Bytes(), new(struct{ XMLName xml.Name })); err != nil || !strings.Contains(picture.String(), b.Message) {
			t.Errorf("%s: %v\n%s", name, err, picture.String())
		}
		var read map[string]any
		if err := b.WriteJSON(&shield); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(shield.Bytes(), &read); err != nil || read["schemaVersion"] != 1.0 || read["message"] != b.Message || read["color"] == "" {
			t.Errorf("%s: %v, %s", name, err, shield.String())
		}
	}
}

// git runs git in a new repository.
func git(t *testing.T, dir string, arguments ...string) string {
	t.Helper()
	c := exec.Command("git", append([]string{"-C", dir, "-c", "user.name=a", "-c", "user.email=a@example.com"}, arguments...)...)
	c.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null")
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", arguments, out)
	}
	return strings.TrimSpace(string(out))
}

func TestCommitOrder(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip(err)
	}
	dir := t.TempDir()
	git(t, dir, "init", "-q", "-b", "main", ".")
	var commits []string
	for k := range 4 {
		git(t, dir, "commit", "-q", "--allow-empty", "-m", fmt.Sprintf("change %d", k))
		commits = append(commits, git(t, dir, "rev-parse", "HEAD"))
	}
	repository := Around(dir)
	names := func(runs []Run) (out []string) {
		for _, r := range runs {
			out = append(out, r.Name)
		}
		return out
	}
	// Started in another order than committed; the third was built with modified files.
	runs := []Run{run(0, commits[3], 2, 1), run(1, commits[1]+"+modified", 1, 1), run(2, commits[0], 1, 1)}
	note := Order(runs, repository, false)
	if got := names(runs); !slices.Equal(got, []string{"r02", "r01", "r00"}) || !strings.Contains(note, "order of their commits") {
		t.Errorf("%v, %q", got, note)
	}
	h, err := Of(runs, compare.Options{}, repository)
	if err != nil {
		t.Fatal(err)
	}
	c := h.trend("exact", compare.Evaluations).Changes
	if len(c) != 1 || len(c[0].Commits) != 2 || !strings.HasSuffix(c[0].Commits[0], " change 3") || !strings.HasSuffix(c[0].Commits[1], " change 2") {
		t.Errorf("%+v; expected the commits 3 and 2", c)
	}
	unknown := []Run{run(5, "", 1, 1), run(4, commits[0], 1, 1), run(3, "0123456789abcdef", 1, 1)}
	if note := Order(unknown, repository, false); !slices.Equal(names(unknown), []string{"r03", "r04", "r05"}) || !strings.Contains(note, "r05; r03") {
		t.Errorf("%v, %q", names(unknown), note)
	}
	given := []Run{run(5, "", 1, 1), run(4, "--output=x", 1, 1)}
	if note := Order(given, Around(t.TempDir()), true); !slices.Equal(names(given), []string{"r05", "r04"}) || !strings.Contains(note, "order given") {
		t.Errorf("%v, %q", names(given), note)
	}
}

func TestVersions(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip(err)
	}
	dir := t.TempDir()
	git(t, dir, "init", "-q", "-b", "main", ".")
	path := filepath.Join(dir, "base", "s.jsonl")
	for k := range 3 {
		if err := run(k, "", 1+float64(k), 1).Write(path); err != nil {
			t.Fatal(err)
		}
		if k == 1 {
			if err := os.WriteFile(path, []byte("<<<<<<< a conflict\n"), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		git(t, dir, "add", "-A")
		git(t, dir, "commit", "-q", "-m", fmt.Sprintf("baseline %d", k))
	}
	runs, notes := Around(filepath.Dir(path)).Versions(path)
	if len(runs) != 2 || runs[0].Summaries[0].Iterations > runs[1].Summaries[0].Iterations || runs[1].Commit != git(t, dir, "rev-parse", "HEAD") {
		t.Errorf("%+v", runs)
	}
	if len(notes) != 1 || !strings.Contains(notes[0], "is left out") {
		t.Errorf("notes %q", notes)
	}
	if runs, _ := Around(dir).Versions(filepath.Join(dir, "none.jsonl")); len(runs) != 0 {
		t.Errorf("a file that was never committed has versions %v", runs)
	}
}

func TestPage(t *testing.T) {
	h := of(t, series(func(k int) float64 { return 1 + float64(k/5) }, one, 10))
	h.Notes = []string{"a note"}
	var page bytes.Buffer
	if err := h.WriteHTML(&page); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"evaluations of exact: 2 times as before", "between r04 and r05", "data:image/svg", "a note", "&lt;b&gt;random"} {
		if !strings.Contains(page.String(), want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if strings.Contains(page.String(), "<b>random") || strings.Contains(page.String(), "No change was found") {
		t.Error("the page has the markup of a name, or says that nothing changed")
	}
	var calm bytes.Buffer
	if err := of(t, series(one, one, 10)).WriteHTML(&calm); err != nil || !strings.Contains(calm.String(), "No change was found") {
		t.Errorf("%v: the page of a calm history does not say so", err)
	}
}

func TestTable(t *testing.T) {
	h := of(t, series(func(k int) float64 { return 1 + float64(k/5) }, one, 10))
	if late := h.Table(1); len(late.Rows[0]) != 4 || !strings.Contains(strings.Join(late.Notes, " "), "9 earlier runs are in") {
		t.Errorf("of the latest run the table has %v and says %q", late.Rows, late.Notes)
	}
	changes := h.Changes()
	if len(changes.Rows) != 1 || changes.Rows[0][0].Read() != "worse" || changes.Rows[0][5].Read() != "2" {
		t.Errorf("%+v", changes.Rows)
	}
	if f := h.Figure(compare.Evaluations); len(f.Series) != 3 || f.Series[2].X[0] != 6 {
		t.Errorf("%+v; expected two lines and a mark at run 6", f.Series)
	}
	if _, err := Of([]Run{run(0, "", 1, 1), {Name: "other", Baseline: &results.Baseline{BaselineHeader: results.BaselineHeader{Suite: "t"}}}}, compare.Options{}, nil); err == nil || !strings.Contains(err.Error(), "2 suites") {
		t.Errorf("runs of two suites: %v", err)
	}
	if _, err := Of(nil, compare.Options{}, nil); err == nil {
		t.Error("nothing has a history")
	}
}
