package pool_test

import (
	"context"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/gdbench/gdbench/internal/runner/pool"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/results"
)

// hanger is a method whose third step does not return.
type hanger struct{ k int }

func (m *hanger) Init(*methods.Oracle, *methods.Iterate) error { m.k = 0; return nil }
func (m *hanger) Step(*methods.Iterate) error {
	if m.k++; m.k == 3 {
		<-make(chan struct{})
	}
	return nil
}

// sleeper is a method that never gets ready.
type sleeper struct{}

func (sleeper) Init(*methods.Oracle, *methods.Iterate) error { <-make(chan struct{}); return nil }
func (sleeper) Step(*methods.Iterate) error                  { return nil }

// leaver ends its goroutine at the third step, as a failing assertion of a test does.
type leaver struct{ hanger }

func (m *leaver) Step(*methods.Iterate) error {
	if m.k++; m.k == 3 {
		runtime.Goexit()
	}
	return nil
}

func init() {
	methods.Register("test-leaver", methods.Info{}, func() methods.Method { return new(leaver) })
	methods.Register("test-sleeper", methods.Info{}, func() methods.Method { return new(sleeper) })
	methods.Register("test-hanger", methods.Info{}, func() methods.Method { return new(hanger) })
}

// A step that never returns becomes a failed row after the grace period, and the cells
// after it run as if nothing had been.
func TestHangingCellIsAbandoned(t *testing.T) {
	const text = `
suite: hanging
budget: {iterations: 50, seconds: 5}
problems: [{name: quadratic, dim: [2, 3]}]
methods: [METHOD, {name: fixed-step, lr: 0.01}]
`
	folder := filepath.Join(t.TempDir(), "run")
	s := readSuite(t, strings.NewReplacer("METHOD", "test-hanger", "seconds: 5", "seconds: 0.2").Replace(text))
	m, err := pool.Run(context.Background(), s, pool.Options{Folder: folder, Workers: 1, Grace: 300 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	records := readRecords(t, folder)
	if len(records) != 4 || m.Status[results.Failed] != 2 || len(m.Warnings) != 2 {
		t.Fatalf("%d records, manifest %+v", len(records), m)
	}
	hung, after := records[0], records[1]
	if hung.Status != results.Failed || hung.Message != "an evaluation did not return within 500ms; the cell was abandoned" ||
		hung.Method.Name != "test-hanger" || hung.Problem.Name != "quadratic" || hung.Definition == "" {
		t.Errorf("the row of the cell that hangs: %+v", hung)
	}
	if !strings.Contains(m.Warnings[0], hung.ID) || !strings.Contains(m.Warnings[0], "indicative") {
		t.Errorf("warning %q", m.Warnings[0])
	}
	alone, _ := runText(t, strings.Replace(text, "METHOD, ", "", 1), 1)
	want := readRecords(t, alone)[0]
	if after.Status != want.Status || after.Iterations != want.Iterations || after.Final.Value != want.Final.Value {
		t.Errorf("the cell after it: %+v, want %+v", after, want)
	}
}

// A method that hangs before its first step is abandoned like any other, in spaces so large
// that the run asks it first what memory it wants.
func TestHangingStartIsAbandoned(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "run")
	s := readSuite(t, `
suite: hanging
budget: {iterations: 50, seconds: 0.2}
problems: [{name: rosenbrock, dim: 1000}]
methods: [test-sleeper, {name: fixed-step, lr: 1e-4}]
`)
	m, err := pool.Run(context.Background(), s, pool.Options{Folder: folder, Workers: 1, Grace: 300 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	if records := readRecords(t, folder); len(records) != 2 || m.Status[results.Failed] != 1 || !strings.Contains(records[0].Message, "abandoned") {
		t.Errorf("%d records, manifest %+v", len(records), m)
	}
}

// A component that ends its goroutine is a failed row, and costs no worker.
func TestGoexitIsARow(t *testing.T) {
	for _, more := range []string{"", "budget: {iterations: 50, seconds: 100}", "timing: exclusive"} {
		folder, m := runText(t, `
suite: leaving
problems: [{name: quadratic, dim: [2, 3, 4]}]
methods: [test-leaver, {name: fixed-step, lr: 0.01}]
`+more+"\n", 1)
		records := readRecords(t, folder)
		if len(records) != 6 || m.Status[results.Failed] != 3 || m.Status[results.Budget] != 3 || len(m.Warnings) > 0 && more == "" {
			t.Fatalf("%q: %d records, manifest %+v", more, len(records), m)
		}
		for _, r := range records {
			if r.Method.Name == "test-leaver" && (r.Status != results.Failed || r.Message != "a component ended its goroutine (runtime.Goexit) instead of returning") {
				t.Errorf("%q: %s, %q", more, r.Status, r.Message)
			}
		}
	}
}
