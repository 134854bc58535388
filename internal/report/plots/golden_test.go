package plots

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/gdbench/gdbench/internal/report/evidencetest"

	"github.com/gdbench/gdbench/internal/report/figure"
	"github.com/gdbench/gdbench/internal/report/synthetic"
)

var update = flag.Bool("update", false, "write the golden files anew")

const golden = "testdata/golden"

// The numbers of every figure of a run with everything are those of the golden files, to
// the byte. After a change that is meant, look at each difference and write them anew with
// go test ./internal/report/plots -run Golden -update.
func TestGoldenFigures(t *testing.T) {
	figures := goldenFigures(t)
	var names []string
	for _, f := range figures {
		names = append(names, f.Name+".csv")
		holdAgainst(t, f)
	}
	slices.Sort(names)
	var kept []string
	files, err := os.ReadDir(golden)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		kept = append(kept, file.Name())
	}
	if !slices.Equal(kept, names) {
		t.Errorf("the figures are %v\nand the golden files %v", names, kept)
	}
}

func holdAgainst(t *testing.T, f *figure.Figure) {
	t.Helper()
	var got bytes.Buffer
	if err := f.WriteCSV(&got); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(golden, f.Name+".csv")
	if *update {
		if err := os.WriteFile(path, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Error(err)
		return
	}
	if a, b := bytes.Split(got.Bytes(), []byte("\n")), bytes.Split(want, []byte("\n")); !bytes.Equal(got.Bytes(), want) {
		for i := range min(len(a), len(b)) {
			if !bytes.Equal(a[i], b[i]) {
				t.Errorf("%s:%d: the figure has %q; the golden file has %q", path, i+1, a[i], b[i])
				return
			}
		}
		t.Errorf("%s: the figure has %d lines, the golden file %d", path, len(a), len(b))
	}
}

// goldenFigures are those of a run with everything, on two problems.
func goldenFigures(t *testing.T) []*figure.Figure {
	t.Helper()
	drafts := synthetic.GridOfDrafts()
	for _, d := range synthetic.GridOfDrafts() {
		d.Problem, d.Gaps = "valley", synthetic.Halving(0.9, 30)
		if d.Method == "newton" {
			d.Gaps = synthetic.Halving(0.3, 10)
		}
		drafts = append(drafts, d)
	}
	return Of(evidencetest.Gather(t, drafts...), Selection{}, t.Logf)
}
