package export

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/gdbench/gdbench/results"
)

// written is a run on disk.
func written(t testing.TB, records ...*results.Record) *results.Run {
	t.Helper()
	folder := t.TempDir()
	m := &results.Manifest{Schema: results.Schema, Suite: "by hand", Cells: len(records), Cores: 2, Commit: "abc",
		Toolchain: results.Toolchain{OS: "linux", Arch: "amd64"}}
	if err := m.Write(folder); err != nil {
		t.Fatal(err)
	}
	var lines []byte
	for i, r := range records {
		cell := *r
		if i > 0 { // no cell is in a run twice
			cell.ID += strconv.Itoa(i + 1)
		}
		line, err := json.Marshal(&cell)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(append(lines, line...), '\n')
	}
	if err := os.WriteFile(filepath.Join(folder, results.RunsFile), lines, 0o644); err != nil {
		t.Fatal(err)
	}
	run, err := results.Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	return run
}

// exported is a run in a format that is one file.
func exported(t testing.TB, format string, o Options, records ...*results.Record) (string, Outcome) {
	t.Helper()
	f, _ := Named(format)
	var out bytes.Buffer
	o.Out = &out
	outcome, err := Write(written(t, records...), f, o)
	if err != nil {
		t.Fatal(err)
	}
	return out.String(), outcome
}

// logged are the files of a format that is a folder, by their paths.
func logged(t testing.TB, format string, o Options, records ...*results.Record) (map[string]string, Outcome) {
	t.Helper()
	f, _ := Named(format)
	o.Folder, o.Version = t.TempDir(), "1.0"
	outcome, err := Write(written(t, records...), f, o)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	err = filepath.WalkDir(o.Folder, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		name, _ := filepath.Rel(o.Folder, path)
		files[filepath.ToSlash(name)] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files, outcome
}

func whenHit(target float64, kind string, iteration int, evaluations int64) results.Target {
	return results.Target{Target: results.Number(target), Kind: kind, Iteration: &iteration,
		Counts: results.Counts{Evaluations: evaluations, Values: evaluations, Gradients: evaluations}}
}

// bfgsOnBBOB is a run on f8 in two variables, f* = 10. It starts at a gap of 200, has 5 after 4
// evaluations, 0.1 after 8 (a target), 0.02 after 9, and ends after 12.
func bfgsOnBBOB(repeat int) *results.Record {
	return &results.Record{ID: "id", Repeat: repeat, Status: results.Budget, Message: "the end", Iterations: 3, Variables: 2,
		Problem: results.Component{Name: "bbob", Parameters: []results.Parameter{{Name: "function", Value: int64(8)}, {Name: "dim", Value: int64(2)}}},
		Method:  results.Component{Name: "bfgs", Parameters: []results.Parameter{{Name: "lr", Value: int64(1)}}},
		Labels:  results.Labels{Problem: "f8", Method: "BFGS 1/L"}, Minimum: &results.Minimum{Value: 10, Source: "analytic"},
		Benchmark: &results.Benchmark{Suite: "bbob", Function: 8, Instance: 3},
		Counts:    results.Counts{Evaluations: 12, Values: 12, Gradients: 12},
		Start:     &results.Start{Value: 210, Gap: 200, GradientNorm: 3, Distance: 2},
		Final:     &results.Final{Value: 10.02, Gap: 0.02, GradientNorm: 0.1, Distance: 0.1},
		Best:      &results.Best{Value: 10.02, Gap: 0.02, Iteration: 2},
		Targets: []results.Target{whenHit(0.1, "absolute", 2, 8), {Target: 1e-3, Kind: "absolute"},
			{Target: 1e-30, Kind: "absolute", Message: "finer than rounding"}},
		Trace: &results.Trace{Iteration: []int64{0, 1, 2}, Value: results.Series{210, 15, 10.02}, Gap: results.Series{200, 5, 0.02},
			GradientNorm: results.Series{3, 1, nan}, Trials: []int64{0, 1, 2},
			TraceCounts: results.TraceCounts{Values: []int64{1, 4, 9}, Gradients: []int64{1, 4, 9}, Evaluations: []int64{1, 4, 9}}},
		Seconds: 0.5}
}

func read(t testing.TB, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
