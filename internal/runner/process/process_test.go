package process_test

import (
	"context"
	"fmt"
	"math"
	"os"
	"strings"
	"testing"

	_ "github.com/gdbench/gdbench/methods/catalogue"
	_ "github.com/gdbench/gdbench/problems/catalogue"

	"github.com/gdbench/gdbench/internal/runner/pool"
	"github.com/gdbench/gdbench/internal/runner/process"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/results"
)

// read reads a suite whose process mine plays a role. One that hangs is waited for a little, and
// any other as long as a busy machine may need to start it.
func read(t *testing.T, role, format string, args ...any) (*suite.Suite, error) {
	t.Helper()
	timeout := 60
	if strings.Contains(role+fmt.Sprintf(format, args...), "hang") {
		timeout = 3
	}
	return readWithin(t, timeout, role, format, args...)
}

// readWithin gives the process so many seconds for an answer.
func readWithin(t *testing.T, timeout int, role, format string, args ...any) (*suite.Suite, error) {
	t.Helper()
	t.Setenv(process.Variable, "1")
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	text := fmt.Sprintf("suite: test\nprocesses:\n  mine: {run: [%q, %q], timeout: %d}\n%s", exe, "role:"+role, timeout, fmt.Sprintf(format, args...))
	s, err := suite.Read("test.yaml", t.TempDir(), strings.NewReader(text), nil)
	if err == nil {
		t.Cleanup(s.Close)
	}
	return s, err
}

// run runs a suite of a good process.
func run(t *testing.T, format string, args ...any) ([]*results.Record, *results.Manifest) {
	t.Helper()
	s, err := read(t, "good", format, args...)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir() + "/run"
	if _, err := pool.Run(context.Background(), s, pool.Options{Folder: folder, Workers: 2}); err != nil {
		t.Fatal(err)
	}
	r, err := results.Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	var out []*results.Record
	for record, err := range r.Records() {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, record)
	}
	return out, r.Manifest
}

// A descent in another process is the same as ours, bit by bit, in its numbers and its counts.
func TestMethodEqualsOurs(t *testing.T) {
	records, m := run(t, `
problems: [{name: quadratic, dim: 5, condition: 10}, rosenbrock]
methods:
  - {name: fixed-step, lr: 1e-3}
  - {name: mine.descent, lr: 1e-3}
budget: {iterations: 50}
`)
	for i := 0; i < len(records); i += 2 {
		ours, theirs := records[i], records[i+1]
		if theirs.Status != ours.Status || theirs.Iterations != ours.Iterations || theirs.Counts != ours.Counts {
			t.Errorf("%s: %s %d %+v; ours is %s %d %+v (%s)", ours.Labels.Problem, theirs.Status, theirs.Iterations, theirs.Counts, ours.Status, ours.Iterations, ours.Counts, theirs.Message)
		}
		if a, b := ours.Final.Value, theirs.Final.Value; math.Abs(float64(a-b)) > 1e-12*math.Abs(float64(a)) {
			t.Errorf("%s: final value %v; ours is %v", ours.Labels.Problem, b, a)
		}
	}
	if len(m.Processes) != 1 || m.Processes[0].Version != "7" || !(m.Processes[0].RoundTrip > 0) {
		t.Errorf("processes of the manifest: %+v", m.Processes)
	}
	if len(m.Own) != 1 {
		t.Errorf("own methods %v; expected that of the process", m.Own)
	}
}

// A method that is random has repeats, whose seeds differ and are the same in every run.
func TestRandom(t *testing.T) {
	const text = `
problems: [{name: quadratic, dim: 2, condition: 2}]
methods: [mine.lucky, mine.asker]
repeats: 3
budget: {iterations: 5}
`
	first, _ := run(t, text)
	second, _ := run(t, text)
	if len(first) != 4 || first[3].Deterministic == first[0].Deterministic {
		t.Fatalf("%d rows; expected 3 repeats of the random method, and one of the other", len(first))
	}
	different := map[results.Number]bool{}
	for i, r := range first {
		different[r.Final.Value] = true
		if r.Final.Value != second[i].Final.Value {
			t.Errorf("row %d: %v, then %v", i, r.Final.Value, second[i].Final.Value)
		}
	}
	if len(different) < 3 {
		t.Errorf("the repeats end at %v", different)
	}
}

// What a hello may be wrong in is said at the place where the suite declares the process.
func TestBadPrograms(t *testing.T) {
	for role, want := range map[string]string{
		"exit":     "exit status 3; expected a line {\"hello\": …} on descriptor 4, see docs/protocol.md; it printed: no module named mine",
		"prints":   `sent "Loading, please wait\n", which is no message`,
		"hangs":    "no answer within 3s",
		"future":   "speaks version 99 of the protocol, and this gdbench version 1",
		"twice":    `the method "descent" is declared twice`,
		"range":    `parameter "lr": range "many"`,
		"default":  `parameter "lr": default -1`,
		"reserved": `parameter "batch": the name is that of a key of every entry`,
		"type":     `type "lenght"; did you mean "length"?`,
		"json":     `sent the line "{\"hello\": [}"`,
		"need":     `needs "hesian"; did you mean "hessian"?`,
		"nothing":  "the process ended without an answer",
	} {
		t.Run(role, func(t *testing.T) {
			_, err := read(t, role, "problems: [sphere]\nmethods: [mine.descent]\n")
			if err == nil || !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), "test.yaml:3:9: process mine ") {
				t.Errorf("%v; expected %q at test.yaml:3:9", err, want)
			}
		})
	}
}

// A run that goes wrong is a failed row, and the next cell is right.
func TestBadRuns(t *testing.T) {
	for mood, want := range map[string]string{
		"crash":           "exit status 7; it printed: a module that prints",
		"crash-later":     "Segmentation fault, says the client",
		"sizes":           "sent a frame 'E' of 24 bytes; expected 16",
		"letter":          "sent a frame 'q', which is no question",
		"unasked":         `sent "Epoch 1 finished`,
		"hang":            "no answer within 3s",
		"error":           "ValueError: no luck",
		"flood":           "10000 iterates without a question",
		"flood-questions": "",
		"nan":             "",
		"idle":            "",
		"idle-silent":     "",
		"done":            "",
	} {
		t.Run(mood, func(t *testing.T) {
			records, _ := run(t, `
problems: [{name: quadratic, dim: 2, condition: 2}]
methods:
  - {name: mine.descent, lr: 0.5, mood: %s, label: bad}
  - {name: mine.descent, lr: 0.5, label: good}
budget: {evaluations: 100}
`, mood)
			bad, good := records[0], records[1]
			if good.Status != results.Converged {
				t.Errorf("the good cell: %s (%s)", good.Status, good.Message)
			}
			if want != "" && (bad.Status != results.Failed || !strings.Contains(bad.Message, want)) {
				t.Errorf("%s (%s); expected a failure with %q", bad.Status, bad.Message, want)
			}
			if strings.HasPrefix(mood, "idle") && (bad.Status != results.Stalled || !strings.Contains(bad.Message, "has stayed at one point")) {
				t.Errorf("%s (%s); expected a stall", bad.Status, bad.Message)
			}
			if mood == "nan" && bad.Status != results.Diverged {
				t.Errorf("%s (%s); expected a divergence", bad.Status, bad.Message)
			}
			if mood == "done" && (bad.Status != results.Stalled || !strings.Contains(bad.Message, "the method ended: xtol")) {
				t.Errorf("%s (%s); expected a stall", bad.Status, bad.Message)
			}
		})
	}
}
