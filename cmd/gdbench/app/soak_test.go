//go:build unix

package app_test

import (
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// TestSoakKill kills a run without warning a hundred times, resumes it each time, and
// compares the end with an undisturbed run.
func TestSoakKill(t *testing.T) {
	if os.Getenv("GDBENCH_SOAK") == "" {
		t.Skip("a soak; ./test --all runs it")
	}
	folder := t.TempDir()
	binary := build(t, folder)
	const text = `
suite: soak
repeats: 100
budget: {iterations: 2000}
trace: {points: 20}
problems: [{name: quadratic, dim: [2, 10, 50, 100], start: {name: normal}}]
methods: [{name: fixed-step, lr: [1/L, 1.9/L, 2.1/L]}, newton, {name: descent, step: exact}]
`
	path := filepath.Join(folder, "soak.yaml")
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	run := func(out string, more ...string) *exec.Cmd {
		c := exec.Command(binary, append([]string{"run", path, "--no-report", "--out", filepath.Join(folder, out)}, more...)...)
		c.Stderr = os.Stderr
		return c
	}
	if err := run("whole").Run(); err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(1, 2))
	kills := 0
	for kills < 100 {
		var more []string
		if _, err := os.Stat(filepath.Join(folder, "killed", "manifest.json")); err == nil {
			more = []string{"--resume"}
		}
		c := run("killed", more...)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(20+rng.IntN(40)) * time.Millisecond)
		if err := c.Process.Kill(); err == nil {
			kills++
		}
		if err := c.Wait(); err == nil { // it was faster: begin anew
			if err := os.RemoveAll(filepath.Join(folder, "killed")); err != nil {
				t.Fatal(err)
			}
		}
	}
	var more []string
	if _, err := os.Stat(filepath.Join(folder, "killed", "manifest.json")); err == nil {
		more = []string{"--resume"}
	}
	if err := run("killed", more...).Run(); err != nil {
		t.Fatal(err)
	}
	read := func(out string) string {
		text, err := os.ReadFile(filepath.Join(folder, out, "runs.jsonl"))
		if err != nil {
			t.Fatal(err)
		}
		return timing.ReplaceAllString(string(text), "")
	}
	if read("whole") != read("killed") {
		t.Error("the run that was killed and resumed differs from the undisturbed one")
	}
}

// build compiles the program into a folder.
func build(t *testing.T, folder string) (binary string) {
	t.Helper()
	binary = filepath.Join(folder, "gdbench")
	if out, err := exec.Command("go", "build", "-o", binary, "..").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return binary
}
