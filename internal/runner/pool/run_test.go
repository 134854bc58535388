package pool_test

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/runner/pool"
	"github.com/gdbench/gdbench/internal/runner/suite"
	_ "github.com/gdbench/gdbench/methods/catalogue"
	_ "github.com/gdbench/gdbench/problems/catalogue"
	"github.com/gdbench/gdbench/results"
)

// runText runs a suite given as text into a new folder.
func runText(t *testing.T, text string, workers int) (string, *results.Manifest) {
	t.Helper()
	s, err := suite.Read("test.yaml", t.TempDir(), strings.NewReader(text), nil)
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(t.TempDir(), "run")
	m, err := pool.Run(context.Background(), s, pool.Options{Folder: folder, Workers: workers})
	if err != nil {
		t.Fatal(err)
	}
	return folder, m
}

func readRecords(t *testing.T, folder string) []*results.Record {
	t.Helper()
	run, err := results.Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	var out []*results.Record
	for r, err := range run.Records() {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, r)
	}
	return out
}

var timing = regexp.MustCompile(`"seconds":(\[[^\]]*\]|[^,}\]]*)`)

// withoutTiming is runs.jsonl with its timing fields emptied.
func withoutTiming(t *testing.T, folder string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(folder, results.RunsFile))
	if err != nil {
		t.Fatal(err)
	}
	return timing.ReplaceAllString(string(text), `"seconds":0`)
}

const mixed = `
suite: mixed
seed: 3
repeats: 3
budget: {iterations: 300}
problems:
  - {name: quadratic, dim: [2, 10], condition: [10, 100], start: [standard, {name: normal, scale: 2}]}
  - {name: rosenbrock, start: {name: normal, scale: 0.1}}
methods:
  - {name: fixed-step, lr: [1/L, 2.1/L, 1e-3]}
  - {name: descent, direction: [gradient, newton], step: [backtracking, exact]}
`

func TestBytesDoNotDependOnWorkers(t *testing.T) {
	one, _ := runText(t, mixed, 1)
	eight, m := runText(t, mixed, 8)
	if a, b := withoutTiming(t, one), withoutTiming(t, eight); a != b {
		t.Error("1 and 8 workers give different files")
	}
	if records := readRecords(t, one); len(records) != m.Cells || m.Cells != (4+4*3+3)*7 {
		t.Errorf("%d records of %d cells, want %d", len(records), m.Cells, (4+4*3+3)*7)
	}
	if _, err := os.Stat(filepath.Join(one, results.PendingFile)); !os.IsNotExist(err) {
		t.Errorf("the pending file is left over: %v", err)
	}
}
