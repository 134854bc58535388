package gdbenchtest_test

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/gdbenchtest"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/results"
)

// shortened is gradient descent that takes a share of each step only, as after a change of
// its code.
type shortened struct {
	LR methods.Length `param:"lr" default:"0.1" doc:"learning rate"`

	methods.FirstOrder
}

var share = 1.0

func init() {
	methods.Register("shortened", methods.Info{Summary: "for tests"}, func() methods.Method { return new(shortened) })
}

func (s *shortened) Init(o *methods.Oracle, at *methods.Iterate) error { return s.Begin(o, at) }

func (s *shortened) Step(at *methods.Iterate) error { return s.Advance(at, s) }

func (s *shortened) Update(x, g []float64) float64 {
	for i, v := range g {
		x[i] -= share * s.LR.Value * v
	}
	return math.NaN()
}

const suite = `suite: own
budget: {iterations: 500}
stop: {gap: 1e-6}
targets: [1e-3, 1e-6]
problems: [{name: quadratic, dim: 2, condition: 5}]
methods: [shortened]
expect: [{method: shortened, reaches: 1e-6, within: {iterations: 480}}]
`

// recorder is a test whose end is looked at.
type recorder struct {
	testing.TB
	failed bool
	said   strings.Builder
}

func (r *recorder) Helper()                    {}
func (r *recorder) Name() string               { return "TestMethods/of mine" }
func (r *recorder) Log(args ...any)            { fmt.Fprintln(&r.said, args...) }
func (r *recorder) Logf(f string, args ...any) { fmt.Fprintf(&r.said, f, args...) }
func (r *recorder) Errorf(f string, args ...any) {
	r.failed = true
	r.Logf(f, args...)
}
func (r *recorder) Fatalf(f string, args ...any) {
	r.Errorf(f, args...)
	runtime.Goexit()
}
func (r *recorder) Fatal(args ...any) { r.Fatalf("%s", fmt.Sprint(args...)) }

// gate runs Gate as the test of a user would, and returns whether it failed, and its output.
func gate(t *testing.T, suite, baseline string, options ...gdbenchtest.Option) (failed bool, said string) {
	t.Helper()
	var r *recorder
	t.Run("gate", func(t *testing.T) { // with folders of its own
		r = &recorder{TB: t}
		done := make(chan struct{})
		go func() {
			defer close(done)
			gdbenchtest.Gate(r, suite, baseline, options...)
		}()
		<-done
	})
	return r.failed, r.said.String()
}

// writeSuite writes the suite into a folder, and returns its path and that of the baseline.
func writeSuite(t *testing.T) (file, baseline string) {
	t.Helper()
	folder := t.TempDir()
	file = filepath.Join(folder, "suite.yaml")
	if err := os.WriteFile(file, []byte(suite), 0o644); err != nil {
		t.Fatal(err)
	}
	return file, filepath.Join(folder, "baselines", "own.jsonl")
}

func TestGate(t *testing.T) {
	file, baseline := writeSuite(t)
	expect := func(name string, failed bool, wanted string, gotFailed bool, said string) {
		t.Helper()
		if gotFailed != failed || !strings.Contains(said, wanted) {
			t.Errorf("%s: failed %v, and it says\n%s\nexpected %v and %q", name, gotFailed, said, failed, wanted)
		}
	}

	const command = "`GDBENCH_BASELINE=write go test -run '^TestMethods$/^of mine$' .`"
	failed, said := gate(t, file, baseline)
	expect("no baseline", true, "there is no baseline "+baseline+"; to write it from a run of this code, call "+command, failed, said)

	t.Setenv(gdbenchtest.Variable, "write")
	failed, said = gate(t, file, baseline)
	expect("writing", false, "wrote the baseline "+baseline+"; commit it", failed, said)
	if b, err := results.ReadBaseline(baseline); err != nil || len(b.Summaries) != 1 || b.Suite != "own" || b.Version == "unknown" {
		t.Fatalf("the baseline: %v %+v", err, b)
	}
	t.Setenv(gdbenchtest.Variable, "")

	failed, said = gate(t, file, baseline, gdbenchtest.Unchanged())
	expect("the same code", false, "PASS", failed, said)

	share = 0.8
	defer func() { share = 1 }()
	failed, said = gate(t, file, baseline)
	expect("slower code", true, "regressed: ", failed, said)
	expect("slower code", true, "If the change is intended, list its verdicts in a file of gdbenchtest.Accept (see docs/ci.md), or write the baseline anew: "+command, failed, said)
	failed, said = gate(t, file, baseline, gdbenchtest.Accept(acceptAll(t, said)))
	expect("accepted", false, "accepted: known", failed, said)

	share = 0.1
	failed, said = gate(t, file, baseline)
	expect("a claim that does not hold", true, "FALSE, though claimed TRUE: shortened reaches", failed, said)
	share = 1

	failed, said = gate(t, file, baseline, gdbenchtest.Set("seed=5", "problems.0.condition=6"))
	expect("another suite", true, "comparable", failed, said)
	failed, said = gate(t, file+".yml", baseline)
	expect("no suite", true, "no such file", failed, said)
	failed, said = gate(t, file, baseline, gdbenchtest.Pinned("nowhere.jsonl"))
	expect("no pinned baseline", true, "nowhere.jsonl", failed, said)
	failed, said = gate(t, file, baseline, gdbenchtest.Tolerate(-1))
	expect("a tolerance below 0", true, "delta is -1", failed, said)
}

// acceptAll writes a file that accepts every regression of the suite's only cell.
func acceptAll(t *testing.T, said string) string {
	t.Helper()
	if !strings.Contains(said, "shortened on quadratic") {
		t.Fatalf("no cell is named in\n%s", said)
	}
	text := "accept:\n"
	for _, metric := range []string{"evaluations", "iterations", "gradients"} {
		text += "  - {cell: shortened on quadratic dim=2 condition=5, metric: " + metric + ", up_to: 3, reason: known}\n"
	}
	file := filepath.Join(t.TempDir(), "accepted.yaml")
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}
