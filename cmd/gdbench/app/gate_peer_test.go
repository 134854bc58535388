package app_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/cmd/gdbench/app"
)

// The p-values of a gate are those that testdata/gate.py computes from the two run files, without a
// line of ours: costs with checks, misses and final levels, endings, and three levels of flipped
// signs, all patterns of them and drawn ones. A label keeps its cell when its rate changes.
func TestPeersGate(t *testing.T) {
	needsPeers(t, "numpy")
	script, err := os.ReadFile("testdata/gate.py")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	if err := os.WriteFile("gate.py", script, 0o644); err != nil {
		t.Fatal(err)
	}
	const suite = `suite: peer
repeats: %d
budget: {epochs: 12}
stop: {gradient: 0}
targets: {log: [3e-1, 1e-4, 9]}
problems: [%s]
methods:
  - {name: sgd, lr: %s, batch: 8, label: small batches}
  - {name: sgd, lr: %s, batch: 32, sampling: replace, label: replacing}
  - {name: saga, lr: %s, label: saga}
  - {name: saga, lr: 3e-3, label: timid}
  - {name: adam, lr: %s, batch: 16, label: adam}
`
	problems := []string{
		"{name: logistic, data: breast-cancer, l2: 1e-2, start: normal, label: tumours}",
		"{name: least-squares, data: {name: regression, samples: 200, features: 5, noise: 0.5}, label: regression}",
		"{name: huber, data: {name: regression, samples: 200, features: 5, noise: 0.5}, label: robust}",
	}
	base := []any{"1e-1", "3e-1", "3e-2", "1e-1"}
	run := func(name string, repeats, n int, rates []any) {
		t.Helper()
		text := fmt.Sprintf(suite, append([]any{repeats, strings.Join(problems[:n], ", ")}, rates...)...)
		if err := os.WriteFile("suite.yaml", []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		call(t, []int{0}, "run", "suite.yaml", "--out", name, "--no-report")
	}
	for i, c := range []struct {
		repeats, problems int
		rates             []any
	}{
		{10, 1, []any{"9e-2", "3e-1", "2e-2", "1e-1"}},
		{7, 2, []any{"1e-1", "6e-1", "3e-2", "5e-2"}},
		{5, 3, []any{"3e-2", "1", "3e-1", "1e-2"}}, // saga diverges
		{20, 1, []any{"1e-1", "2e-1", "2.9e-2", "1e-3"}},
	} {
		first, second, verdict := fmt.Sprint("base", i), fmt.Sprint("new", i), fmt.Sprintf("verdict%d.json", i)
		run(first, c.repeats, c.problems, base)
		run(second, c.repeats, c.problems, c.rates)
		call(t, []int{0, 1, 4}, "gate", first, second, "--metric", "success", "--metric", "evaluations", "--json", verdict)
		said, err := exec.Command("/usr/bin/python3", "gate.py", first, second, verdict).CombinedOutput()
		if err != nil {
			t.Errorf("%d repeats on %d problems: %v\n%s", c.repeats, c.problems, err, said)
		}
		t.Logf("%s", said)
	}
}

// call runs gdbench, and fails unless it ends with one of the codes.
func call(t *testing.T, codes []int, args ...string) {
	t.Helper()
	var out, errOut bytes.Buffer
	code := app.Run(context.Background(), append([]string{"gdbench"}, args...), &out, &errOut)
	for _, c := range codes {
		if code == c {
			return
		}
	}
	t.Fatalf("gdbench %s: exit %d\n%s%s", strings.Join(args, " "), code, out.String(), errOut.String())
}
