package verdict

import (
	"bytes"
	"encoding/json"
	"flag"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/report/compare"
	"github.com/gdbench/gdbench/results"
)

var update = flag.Bool("update", false, "write the golden files anew")

// comparison is made by the real thing from two small runs, one cell of each kind. A method
// has a name that means harm.
func comparison(t *testing.T) *compare.Report {
	t.Helper()
	targets := []results.TargetName{{Target: 1e-6}}
	side := func(new bool) *results.Baseline {
		b := &results.Baseline{BaselineHeader: results.BaselineHeader{
			Baseline: 1, Suite: "golden", Processor: "abacus", Workers: 1, Targets: targets,
			Toolchain: results.Toolchain{OS: "linux", Arch: "amd64", Go: "go1.26", FMA: true},
		}}
		add := func(problem, method string, repeats int, cost func(repeat int) float64) {
			for repeat := range max(1, repeats) {
				o := results.Summary{
					ID: problem + method + string(rune('a'+repeat)), Labels: results.Labels{Problem: problem, Method: method},
					Problem: problem, Method: "m", Families: &results.Families{Problem: problem, Method: "m"}, Repeat: repeat, Deterministic: repeats == 0, Status: results.Converged,
					Gap: 1e-9, Floor: 1e-14, Seconds: 1, Targets: []results.Target{{Target: 1e-6}},
				}
				n := cost(repeat)
				o.Counts.Evaluations = 9999
				if math.IsInf(n, 1) {
					o.Status, o.Gap = results.Budget, 1e-3
				} else {
					k := int(n)
					o.Targets[0].Iteration, o.Targets[0].Evaluations, o.Counts.Evaluations = &k, int64(n), int64(n)
				}
				b.Summaries = append(b.Summaries, o)
			}
		}
		worse := func(factor float64) func(int) float64 {
			if !new {
				factor = 1
			}
			if math.IsInf(factor, 1) {
				return func(int) float64 { return factor }
			}
			return func(repeat int) float64 { return math.Round(1000 * factor * (1 + math.Sin(float64(repeat)+factor)/20)) }
		}
		add("bowl", "broken", 0, worse(math.Inf(1)))
		add("bowl", "steady", 0, worse(1))
		add("valley", "wobbly", 0, worse(2))
		if !new {
			far := 2500
			b.Summaries[len(b.Summaries)-1].Jitter = []results.Jittered{{Status: results.Converged, Gap: 1e-9, Targets: []results.Target{{Target: 1e-6, Iteration: &far, Counts: results.Counts{Evaluations: 2500}}}}}
		}
		add("bowl", "a|b_<img src=x onerror=alert(1)>", 0, worse(1.01))
		add("valley", "sgd", 10, worse(1.3))
		add("valley", "quick", 10, worse(0.7))
		add("valley", "few", 3, worse(1.3))
		if new {
			add("bowl", "newcomer", 0, worse(1))
		} else {
			add("bowl", "gone", 0, worse(1))
		}
		b.Cells, b.Grid = len(b.Summaries), len(b.Summaries)
		return b
	}
	r, err := compare.Compare(side(false), side(true), compare.Options{})
	if err != nil {
		t.Fatal(err)
	}
	r.Base.Path, r.New.Path = "main.jsonl", "results/golden/latest"
	return r
}

func document(t *testing.T) *Summary {
	return New(compare.Gate{}, []*compare.Report{comparison(t)}, []Claim{
		{Text: "newton reaches 1e-08 on bowl within 1 iteration", Verdict: Holds, Evidence: "in 3 of 3 cells"},
		{Text: "sgd beats newton on valley", Place: "claims.yaml:9:5", Verdict: Refuted, Evidence: "the ratio is 0.4", Counterexample: "sgd on valley", ID: "ab"},
	})
}

// Every format against its golden file: go test -update writes them.
func TestGolden(t *testing.T) {
	s := document(t)
	calm := &Summary{Headline: "Nothing changed in 1 cell.", Outcome: compare.Pass, Comparisons: []*compare.Report{quiet(t)}}
	for name, write := range map[string]func(io.Writer) error{
		"verdict.json": s.WriteJSON, "verdict.txt": s.WriteText, "verdict.md": s.WriteMarkdown,
		"verdict.xml": s.WriteJUnit, "verdict.html": s.WriteHTML, "verdict.csv": s.WriteCSV,
		"annotations.txt": s.WriteAnnotations, "calm.md": calm.WriteMarkdown, "calm.txt": calm.WriteText,
	} {
		var got bytes.Buffer
		if err := write(&got); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join("testdata", name)
		if *update {
			if err := os.WriteFile(path, got.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got.Bytes(), want) {
			t.Errorf("%s differs from its golden file (go test -update if that is meant):\n%s", name, got.String())
		}
	}
}

// quiet is a comparison in which one count moved within what is tolerated.
func quiet(t *testing.T) *compare.Report {
	r := comparison(t)
	var rows []compare.Row
	for _, row := range r.Rows {
		if row.Verdict == compare.Changed {
			rows = append(rows, row)
		}
	}
	r.Rows, r.Rollups, r.Cells = rows, nil, 1
	r.Verdicts = map[compare.Verdict]int{compare.Changed: len(rows)}
	return r
}

func TestJSONReadsBack(t *testing.T) {
	s := document(t)
	var text bytes.Buffer
	if err := s.WriteJSON(&text); err != nil {
		t.Fatal(err)
	}
	var back Summary
	if err := json.Unmarshal(text.Bytes(), &back); err != nil {
		t.Fatal(err)
	}
	var again bytes.Buffer
	if err := back.WriteJSON(&again); err != nil || !bytes.Equal(text.Bytes(), again.Bytes()) {
		t.Errorf("read and written again the JSON differs (%v)", err)
	}
	if back.Outcome != compare.Fail || back.Code != 1 || len(back.Comparisons[0].Rows) != len(s.Comparisons[0].Rows) {
		t.Errorf("%s, %d", back.Outcome, back.Code)
	}
}

// Names from suites are text in every form.
func TestNamesStayText(t *testing.T) {
	s := document(t)
	for name, write := range map[string]func(io.Writer) error{"Markdown": s.WriteMarkdown, "HTML": s.WriteHTML, "JUnit": s.WriteJUnit} {
		var text bytes.Buffer
		if err := write(&text); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(text.String(), "<img") {
			t.Errorf("%s has the markup of a name", name)
		}
		if !strings.Contains(text.String(), "&lt;img") {
			t.Errorf("%s does not show the name at all", name)
		}
	}
}

func TestAnnotationsAreFew(t *testing.T) {
	s := document(t)
	for range 30 {
		s.Claims = append(s.Claims, Claim{Text: "100% of\nit", Verdict: Refuted})
	}
	var text bytes.Buffer
	if err := s.WriteAnnotations(&text); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(text.String()), "\n")
	if len(lines) != annotationLimit || !strings.Contains(lines[annotationLimit-1], "more are in the summary") {
		t.Errorf("%d lines:\n%s", len(lines), text.String())
	}
	if !strings.Contains(text.String(), "100%25 of%0Ait") {
		t.Errorf("not escaped:\n%s", text.String())
	}
}

// A claim that could not be tested fails like a refuted one.
func TestClaimsDecide(t *testing.T) {
	for verdict, want := range map[string]compare.Decision{Holds: compare.Pass, Refuted: compare.Fail, Untested: compare.Fail} {
		s := New(compare.Gate{}, []*compare.Report{quiet(t)}, []Claim{{Text: "it is so", Verdict: verdict}})
		if s.Outcome != want || (want == compare.Fail) != strings.Contains(s.Headline, "it is so") {
			t.Errorf("%s: %s, %q", verdict, s.Outcome, s.Headline)
		}
	}
}

// The headline is that of what decides: of the worse of two comparisons, of a refuted claim beside a
// gate that has too little data, and of the change where nothing may change.
func TestHeadlineOfWhatDecides(t *testing.T) {
	report := func(headline string, rows ...compare.Row) *compare.Report {
		return &compare.Report{Headline: headline, Rows: rows, Settings: compare.Settings{Metrics: compare.DefaultMetrics}}
	}
	row := func(v compare.Verdict) compare.Row {
		return compare.Row{Method: "sgd", Problem: "bowl", Metric: compare.Evaluations, Goal: "stop", Verdict: v, Gated: true, Effect: 1.01, P: results.Number(math.NaN())}
	}
	calm, small, blind, bad := report("calm"), report("small", row(compare.Changed)), report("blind", row(compare.Underpowered)), report("bad", row(compare.Regressed))
	refuted := []Claim{{Text: "it is so", Verdict: Refuted}}
	for _, c := range []struct {
		gate    compare.Gate
		reports []*compare.Report
		claims  []Claim
		want    string
		outcome compare.Decision
	}{
		{compare.Gate{}, []*compare.Report{calm, small}, nil, "calm", compare.Pass},
		{compare.Gate{}, []*compare.Report{calm, bad}, nil, "bad", compare.Fail},
		{compare.Gate{Strict: true}, []*compare.Report{blind, bad}, nil, "bad", compare.Fail},
		{compare.Gate{Strict: true}, []*compare.Report{bad, blind}, nil, "bad", compare.Fail},
		{compare.Gate{Strict: true}, []*compare.Report{blind}, refuted, "A claim is refuted. FALSE, though claimed TRUE: it is so: .", compare.Fail},
		{compare.Gate{}, []*compare.Report{bad}, refuted, "bad", compare.Fail},
		{compare.Gate{}, []*compare.Report{small}, nil, "small", compare.Pass},
		{compare.Gate{Unchanged: true}, []*compare.Report{small}, nil, "Nothing may change, and 1 row did. sgd on bowl changed: evaluations to stop are 1.01 times those of BASE.", compare.Fail},
		{compare.Gate{Unchanged: true}, []*compare.Report{bad}, nil, "bad", compare.Fail},
		{compare.Gate{Unchanged: true}, []*compare.Report{calm}, nil, "calm", compare.Pass},
	} {
		if s := New(c.gate, c.reports, c.claims); s.Headline != c.want || s.Outcome != c.outcome {
			t.Errorf("%+v: %s, %q; expected %s, %q", c.gate, s.Outcome, s.Headline, c.outcome, c.want)
		}
	}
}

// Roll-ups that only differ do not push a regression out of a table that ends.
func TestWorstFirst(t *testing.T) {
	r := &compare.Report{Rows: []compare.Row{{Method: "sgd", Verdict: compare.Regressed}}}
	for range shownRows + 1 {
		r.Rollups = append(r.Rollups, compare.Row{Problem: compare.AllProblems, Verdict: compare.Changed})
	}
	shown := Table(r, shownRows)
	if len(shown.Rows) != shownRows || shown.Rows[0][0].Read() != string(compare.Regressed) {
		t.Errorf("%d rows, the first of them %s", len(shown.Rows), shown.Rows[0][0].Read())
	}
}

func TestStatement(t *testing.T) {
	for want, c := range map[string]Claim{
		"TRUE, as claimed: x":           {Text: "x", Verdict: Holds},
		"FALSE, as claimed: x":          {Text: "x", Verdict: Holds, Denied: true},
		"FALSE, though claimed TRUE: x": {Text: "x", Verdict: Refuted},
		"TRUE, though claimed FALSE: x": {Text: "x", Verdict: Refuted, Denied: true},
		"UNTESTED: x":                   {Text: "x", Verdict: Untested, Denied: true},
	} {
		if got := c.Statement(); got != want {
			t.Errorf("%q; expected %q", got, want)
		}
	}
}
