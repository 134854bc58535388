package results

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func hit(iteration int) *int { return &iteration }

func sampleBaseline() *Baseline {
	targets := []TargetName{{Target: 0.01}, {Target: 1e-8}, {Target: 1e-3, Kind: AbsoluteGradientTarget}}
	return &Baseline{
		BaselineHeader: BaselineHeader{Baseline: 2, Asked: map[string]string{"seed": "1"}, Suite: "small", Targets: targets, Cells: 3, Grid: 3,
			Toolchain: Toolchain{OS: "linux", Arch: "amd64", Go: "go1.26"}},
		Summaries: []Summary{
			{ID: "a1", Definition: "d", Conditions: "c", Labels: Labels{"bowl <1>", "fixed lr=0.1"}, Problem: "bowl", Method: "fixed",
				Deterministic: true, Status: Converged, Iterations: 61, Counts: Counts{Gradients: 62, Evaluations: 62},
				ProblemSettings: Component{Name: "bowl"}, MethodSettings: Component{"fixed", []Parameter{{"lr", 0.1}}},
				Gap: 4e-18, Floor: 1e-14, GradientNorm: 9e-9, Seconds: 1e-5,
				Targets: []Target{
					{Target: 0.01, Iteration: hit(20), Since: hit(10), Counts: Counts{Gradients: 21, Evaluations: 21}},
					{Target: 1e-8, Message: "refused"},
					{Target: 1e-3, Kind: AbsoluteGradientTarget, Counts: Counts{Gradients: 62, Evaluations: 62}},
				}},
			{ID: "a2", Labels: Labels{"bowl <1>", "fixed lr=0.1"}, Problem: "bowl", Method: "fixed", Repeat: 1, Status: Skipped,
				ProblemSettings: Component{Name: "bowl"}, MethodSettings: Component{"fixed", []Parameter{{"lr", 0.1}}},
				Gap: math.NaN(), Floor: math.NaN(), GradientNorm: math.NaN(), Seconds: math.NaN()},
			{ID: "b2", Labels: Labels{"bowl <1>", "newton"}, Problem: "bowl", Method: "newton",
				Status: Skipped, Gap: math.NaN(), Floor: math.NaN(), GradientNorm: math.NaN(), Seconds: math.NaN()},
		},
	}
}

func encoded(t *testing.T, b *Baseline) string {
	t.Helper()
	var text bytes.Buffer
	if err := b.Encode(&text); err != nil {
		t.Fatal(err)
	}
	return text.String()
}

// What is written reads back, and is written again to the same bytes.
func TestBaselineRoundTrip(t *testing.T) {
	text := encoded(t, sampleBaseline())
	read, err := DecodeBaseline("b.jsonl", strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if again := encoded(t, read); again != text {
		t.Errorf("read and written again it is\n%s\nexpected\n%s", again, text)
	}
	for i, want := range sampleBaseline().Summaries[:1] {
		if got := read.Summaries[i]; !reflect.DeepEqual(got, want) {
			t.Errorf("read %+v; expected %+v", got, want)
		}
	}
	if got := read.Summaries[1].MethodSettings; !reflect.DeepEqual(got, sampleBaseline().Summaries[0].MethodSettings) || strings.Count(text, `"lr":0.1`) != 1 {
		t.Errorf("the settings of another repeat are %+v, in\n%s", got, text)
	}
	if strings.Count(text, "\n") != 4 || !strings.Contains(text, "bowl <1>") {
		t.Errorf("expected a line a cell and plain text:\n%s", text)
	}
}

func TestBaselineRefuses(t *testing.T) {
	text := encoded(t, sampleBaseline())
	lines := strings.SplitAfter(text, "\n")
	for _, c := range []struct{ name, text, message string }{
		{"an empty file", "", "the file is empty"},
		{"another file", "hello\n", "b:1: not a line of a baseline"},
		{"a tampered count", strings.Replace(text, `"iterations":61`, `"iterations":60`, 1), "b:2: the line does not agree with its checksum"},
		{"a tampered header", strings.Replace(text, `"cells":3`, `"cells":1`, 1), "b:1: the line does not agree"},
		{"a lost line", lines[0] + lines[1], "1 whole lines of cells; the first line promises 3"},
		{"a doubled line", lines[0] + lines[1] + lines[1] + lines[2], "is there twice"},
		{"a cut line", text[:len(text)-9], "2 whole lines of cells; the first line promises 3"},
		{"a newer schema", strings.Replace(text, `"baseline":2`, `"baseline":3`, 1), "schema version 3; this gdbench reads versions 1 to 2"},
		{"no header", lines[1] + lines[2], "not the first line of a baseline"},
	} {
		_, err := DecodeBaseline("b", strings.NewReader(c.text))
		if err == nil || !strings.Contains(err.Error(), c.message) {
			t.Errorf("%s: the error is %v; expected %q", c.name, err, c.message)
		}
	}
}

// A run folder and the baseline made from it say the same.
func TestBaselineOfRun(t *testing.T) {
	folder := t.TempDir()
	manifest := &Manifest{Schema: 1, Suite: "small", Cells: 2}
	if err := manifest.Write(folder); err != nil {
		t.Fatal(err)
	}
	records := `{"id":"b2","problem":{"name":"bowl"},"method":{"name":"newton"},"labels":{"problem":"bowl","method":"newton"},"status":"skipped","targets":[],"seconds":null}
{"id":"a1","problem":{"name":"bowl"},"method":{"name":"fixed"},"labels":{"problem":"bowl","method":"fixed"},"status":"converged","minimum":{"value":2,"source":"analytic","accuracy":0},"final":{"value":2,"gap":1e-18,"gradient_norm":1e-9,"distance":null},"targets":[{"target":0.01,"iteration":3,"since":2,"evaluations":4}],"seconds":1}
`
	if err := os.WriteFile(filepath.Join(folder, RunsFile), []byte(records), 0o644); err != nil {
		t.Fatal(err)
	}
	b, err := ReadBaseline(folder)
	if err != nil {
		t.Fatal(err)
	}
	if !b.Complete() || b.Summaries[0].ID != "a1" || len(b.Targets) != 1 {
		t.Errorf("read %+v", b)
	}
	if got, want := b.Summaries[0].Floor, 128*0x1p-52; got != want {
		t.Errorf("the floor is %v; expected %v", got, want)
	}
	path := filepath.Join(t.TempDir(), "b.jsonl")
	if err := b.Write(path); err != nil {
		t.Fatal(err)
	}
	again, err := ReadBaseline(path)
	if err != nil || encoded(t, again) != encoded(t, b) {
		t.Errorf("the file says something else than the run: %v", err)
	}
	if err := os.WriteFile(filepath.Join(folder, RunsFile), []byte(records[:len(records)-20]), 0o644); err != nil {
		t.Fatal(err)
	}
	if torn, err := ReadBaseline(folder); err != nil || torn.Complete() {
		t.Errorf("a torn run is called complete (%v)", err)
	}
	if _, err := ReadBaseline(t.TempDir()); err == nil || !strings.Contains(err.Error(), "is not a run") {
		t.Errorf("an empty folder: %v", err)
	}
	if _, err := ReadBaseline("absent"); err == nil {
		t.Error("an absent file is read")
	}
}

func FuzzDecodeBaseline(f *testing.F) {
	var text bytes.Buffer
	if err := sampleBaseline().Encode(&text); err != nil {
		f.Fatal(err)
	}
	f.Add(text.Bytes())
	f.Add([]byte(`{"baseline":1,"check":"00000000"}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		b, err := DecodeBaseline("fuzz", bytes.NewReader(text))
		if err == nil && b.Cells != len(b.Summaries) {
			t.Errorf("%d cells promised, %d read", b.Cells, len(b.Summaries))
		}
	})
}
