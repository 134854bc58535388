package runner_test

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/results"
	"github.com/gdbench/gdbench/runner"
)

const small = "suite: small\nrepeats: 3\nproblems: [{name: rosenbrock, start: {name: normal}}]\nmethods: [newton, bfgs]\n"

func TestRun(t *testing.T) {
	s, err := runner.ReadSuite(strings.NewReader(small), ".", "repeats=2")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := runner.Run(context.Background(), nil, runner.Options{Folder: t.TempDir()}); err == nil || !strings.Contains(err.Error(), "LoadSuite") {
		t.Errorf("no suite: %v", err)
	}
	if _, err := runner.Run(context.Background(), s, runner.Options{}); err == nil || !strings.Contains(err.Error(), "Folder") {
		t.Errorf("no folder: %v", err)
	}
	folder := filepath.Join(t.TempDir(), "run")
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := runner.Run(ended, s, runner.Options{Folder: folder}); !errors.Is(err, context.Canceled) {
		t.Errorf("a context that has ended: %v", err)
	}
	run, err := runner.Run(context.Background(), s, runner.Options{Folder: folder, Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	if m := run.Manifest; m.Cells != 4 || m.Status[results.Converged] != 4 || m.Finished.IsZero() {
		t.Errorf("the manifest says %+v", m)
	}
	if _, err := runner.Run(context.Background(), s, runner.Options{Folder: folder}); err == nil {
		t.Error("a folder with a run is overwritten")
	}
	again := 0
	if _, err := runner.Run(context.Background(), s, runner.Options{Folder: folder, Resume: true, Progress: func(int, int, *results.Record) { again++ }}); err != nil || again != 0 {
		t.Errorf("to resume a whole run: %v, %d cells run again", err, again)
	}
}

func TestSuitesThatCannotBeRead(t *testing.T) {
	if _, err := runner.LoadSuite(filepath.Join(t.TempDir(), "none.yaml")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file that is not there: %v", err)
	}
	if _, err := runner.ReadSuite(strings.NewReader(small), ".", "repeat=2"); err == nil || !strings.Contains(err.Error(), "repeats") {
		t.Errorf("an unknown setting: %v", err)
	}
	if _, err := runner.ReadSuite(strings.NewReader("suite: s\n"), "."); err == nil || !strings.Contains(err.Error(), "suite:1:1") {
		t.Errorf("a suite without problems: %v", err)
	}
}

// A suite is made by LoadSuite or ReadSuite; one that is not has no cells, and does not run.
func TestEmptySuite(t *testing.T) {
	var s runner.Suite
	if s.Name() != "" || s.Cells() != 0 {
		t.Errorf("name %q, %d cells", s.Name(), s.Cells())
	}
	for _, s := range []*runner.Suite{nil, &s} {
		if _, err := runner.Run(context.Background(), s, runner.Options{Folder: t.TempDir()}); err == nil || !strings.Contains(err.Error(), "the suite is empty") {
			t.Errorf("error %v; expected one that says how to make a suite", err)
		}
	}
	if _, err := runner.ReadSuite(nil, "."); err == nil {
		t.Error("a nil reader is no error")
	}
}
