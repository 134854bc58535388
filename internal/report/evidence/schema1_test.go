package evidence

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/results"
)

// A run that gdbench 0.1 wrote is reported, with one note of what its records lack.
func TestReportOfSchema1(t *testing.T) {
	run, err := results.Open(filepath.Join("..", "..", "..", "results", "testdata", "schema1", "run"))
	if err != nil {
		t.Fatal(err)
	}
	e, err := Gather([]*results.Run{run})
	if err != nil {
		t.Fatal(err)
	}
	lacks := func(w Warning) bool {
		return strings.Contains(string(w), "(schema 1): its records do not name families")
	}
	if e.Cells != 4 || len(e.Problems) != 2 || !slices.ContainsFunc(e.Warnings, lacks) {
		t.Errorf("%d cells of %d problems, warnings %q", e.Cells, len(e.Problems), e.Warnings)
	}
	run.Manifest.Schema = results.Schema
	if e, err = Gather([]*results.Run{run}); err != nil || slices.ContainsFunc(e.Warnings, lacks) {
		t.Errorf("a run of this schema has the warnings %q, %v", e.Warnings, err)
	}
}
