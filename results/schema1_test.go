package results

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A run and a baseline that gdbench 0.1 wrote are read, and say what they lack.
func TestSchema1IsRead(t *testing.T) {
	folder := filepath.Join("testdata", "schema1", "run")
	run, err := Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for r, err := range run.Records() {
		if err != nil {
			t.Fatal(err)
		}
		if n++; r.Families != nil || r.Trace == nil && r.Status != Skipped || len(r.Targets) != 2 && r.Status != Skipped {
			t.Errorf("read %+v", r)
		}
	}
	if n != 4 || run.Manifest.Schema != 1 {
		t.Errorf("%d records of schema %d; expected 4 of 1", n, run.Manifest.Schema)
	}
	if got := run.Manifest.Lacks(); !strings.Contains(got, "(schema 1): its records do not name families") || !strings.Contains(got, "the laws that runs follow") {
		t.Errorf("the manifest says %q", got)
	}
	if got := (&Manifest{Schema: Schema}).Lacks(); got != "" {
		t.Errorf("a manifest of this schema lacks %q", got)
	}
	path := filepath.Join("testdata", "schema1", "baseline.jsonl")
	for _, c := range [][2]string{{path, "`gdbench baseline --migrate " + path + "` adds them"}, {folder, "run the suite again"}} {
		b, err := ReadBaseline(c[0])
		if err != nil {
			t.Fatal(err)
		}
		if got := b.Lacks(); b.Baseline != 1 || len(b.Summaries) != 4 || !strings.Contains(got, c[1]) {
			t.Errorf("%s: schema %d, %d cells, lacks %q; expected %q", c[0], b.Baseline, len(b.Summaries), got, c[1])
		}
		b.Summaries[0].Families = &Families{"quadratic", "descent"}
		if got := b.Lacks(); got != "" {
			t.Errorf("%s with families lacks %q", c[0], got)
		}
	}
}

// An old baseline that is written again is the same, byte for byte: only the writer raises
// the schema.
func TestSchema1IsWrittenAgain(t *testing.T) {
	path := filepath.Join("testdata", "schema1", "baseline.jsonl")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	b, err := ReadBaseline(path)
	if err != nil {
		t.Fatal(err)
	}
	var again bytes.Buffer
	if err := b.Encode(&again); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(again.Bytes(), text) {
		t.Errorf("written again it is\n%s\nexpected\n%s", again.Bytes(), text)
	}
}

// In schema 1 the kind "gradient" meant the norm itself, which is now "gradient-absolute".
func TestSchema1GradientTargets(t *testing.T) {
	for families, want := range map[string]string{"": AbsoluteGradientTarget, `"families":{"problem":"p","method":"m"},`: GradientTarget} {
		line := `{"id":"a","definition":"d","conditions":"c",` + families + `"status":"converged","targets":[{"target":0.1,"kind":"gradient","iteration":3,"since":2}],"jitter":[{"targets":[{"target":0.1,"kind":"gradient"}]}]}` + "\n"
		r, err := NewReader("runs.jsonl", strings.NewReader(line)).Read()
		if err != nil {
			t.Fatal(err)
		}
		if r.Targets[0].Kind != want || r.Jitter[0].Targets[0].Kind != want {
			t.Errorf("families %q: the kinds are %q and %q; expected %q", families, r.Targets[0].Kind, r.Jitter[0].Targets[0].Kind, want)
		}
	}
	for schema, want := range map[int]string{1: AbsoluteGradientTarget, 2: GradientTarget} {
		b := &Baseline{BaselineHeader: BaselineHeader{Baseline: schema, Targets: []TargetName{{Target: 0.1, Kind: GradientTarget}}}}
		var text bytes.Buffer
		if err := b.Encode(&text); err != nil {
			t.Fatal(err)
		}
		b, err := DecodeBaseline("b.jsonl", &text)
		if err != nil {
			t.Fatal(err)
		}
		if b.Targets[0].Kind != want {
			t.Errorf("a baseline of schema %d: the kind is %q; expected %q", schema, b.Targets[0].Kind, want)
		}
	}
}
