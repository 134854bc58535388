package archive

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/gdbench/gdbench/internal/results/export"
	"github.com/gdbench/gdbench/results"
)

// What export writes for cocopp comes back with the same gaps at the same evaluations.
func TestRoundTrip(t *testing.T) {
	r := &results.Record{ID: "1", Labels: results.Labels{Problem: "f8", Method: "BFGS"}, Status: results.Budget, Variables: 2,
		Counts: results.Counts{Values: 30, Gradients: 20, Evaluations: 30}, Minimum: &results.Minimum{Value: 10, Source: "analytic"},
		Benchmark: &results.Benchmark{Suite: Suite, Function: 8, Instance: 3}, Start: &results.Start{Value: 210, Gap: 200}, Best: &results.Best{Value: 10.02, Gap: 0.02},
		Trace: &results.Trace{Iteration: []int64{0, 1, 2, 3}, Gap: results.Series{200, 5, 0.5, 0.02}}}
	r.Trace.Evaluations = []int64{0, 4, 9, 21}
	folder := t.TempDir()
	m := &results.Manifest{Schema: results.Schema, Suite: "by hand", Cells: 1}
	line, err := r.AppendLine(nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, results.RunsFile), line, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := m.Write(folder); err != nil {
		t.Fatal(err)
	}
	run, err := results.Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	format, _ := export.Named("coco")
	out := filepath.Join(t.TempDir(), "exdata")
	if _, err := export.Write(run, format, export.Options{Folder: out}); err != nil {
		t.Fatal(err)
	}
	records, outcome, err := imported(out)
	if err != nil || len(records) != 1 || len(outcome.Notes) > 0 {
		t.Fatal(len(records), outcome, err)
	}
	back := records[0]
	if !slices.Equal(back.Trace.Evaluations, []int64{1, 4, 9, 21, 30}) || !slices.Equal(back.Trace.Gap, results.Series{200, 5, 0.5, 0.02, 0.02}) {
		t.Errorf("curve %v %v", back.Trace.Evaluations, back.Trace.Gap)
	}
	if back.Labels.Method != "BFGS (archived)" || back.Status != results.Budget || back.Counts.Evaluations != 30 || *back.Benchmark != *r.Benchmark {
		t.Errorf("%v, %s after %d evaluations", back.Labels, back.Status, back.Counts.Evaluations)
	}
}
