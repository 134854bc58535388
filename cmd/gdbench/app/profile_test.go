package app_test

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/cmd/gdbench/app"
)

// What --cpuprofile, --memprofile and --trace write can be read by Go's tools, and shows
// of the run.
func TestProfiles(t *testing.T) {
	dir := t.TempDir()
	suite := filepath.Join(dir, "suite.yaml")
	const text = "suite: profiled\nbudget: {iterations: 3000}\nproblems: [{name: logistic, data: digits, positive: 3, l2: 1e-2}]\nmethods: [{name: fixed-step, lr: 1e-3}]\n"
	if err := os.WriteFile(suite, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	file := func(name string) string { return filepath.Join(dir, name) }
	args := []string{"gdbench", "run", suite, "--out", file("run"), "--no-report",
		"--cpuprofile", file("cpu"), "--memprofile", file("memory"), "--trace", file("trace")}
	var out, errOut bytes.Buffer
	if code := app.Run(context.Background(), args, &out, &errOut); code != 0 {
		t.Fatalf("exit %d: %s", code, errOut.String())
	}
	for _, c := range []struct{ want, file, options string }{
		{"internal/problems/losses.(*linear)", "cpu", "-top -nodecount=200"},
		{"gdbench/internal/problems/data.", "memory", "-top -nodecount=1000 -sample_index=alloc_space -nodefraction=0"},
	} {
		command := append(append([]string{"tool", "pprof"}, strings.Fields(c.options)...), file(c.file))
		text, err := exec.Command("go", command...).CombinedOutput()
		if err != nil || !strings.Contains(string(text), c.want) {
			t.Errorf("%s profile: %v; expected a line with %q in\n%.2000s", c.file, err, c.want, text)
		}
	}
	header, err := os.ReadFile(file("trace"))
	if err != nil || !bytes.HasPrefix(header, []byte("go 1.")) || len(header) < 1000 {
		t.Errorf("the trace is %d bytes that begin with %.20q; %v", len(header), header, err)
	}
}
