package app_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The tests of the clients in other languages, with a gdbench that is built for them.
func TestPeersClients(t *testing.T) {
	needsPeers(t, "Python and C, with numpy, SciPy, PyTorch and liblbfgs")
	binary := filepath.Join(t.TempDir(), "gdbench")
	if out, err := exec.Command("go", "build", "-o", binary, "github.com/gdbench/gdbench/cmd/gdbench").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Run("Python", func(t *testing.T) {
		pytest := exec.Command("/usr/bin/python3", "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests")
		pytest.Dir = filepath.Join("..", "..", "..", "clients", "python")
		pytest.Env = append(os.Environ(), "GDBENCH="+binary, "PYTHONDONTWRITEBYTECODE=1")
		if out, err := pytest.CombinedOutput(); err != nil {
			t.Errorf("%v\n%s", err, out)
		}
	})
	t.Run("Python writes what the schemas describe", func(t *testing.T) {
		folder := filepath.Join(t.TempDir(), "run")
		python := exec.Command("/usr/bin/python3", "-c", writesRun, folder)
		python.Env = append(os.Environ(), "PYTHONPATH="+filepath.Join("..", "..", "..", "clients", "python"), "PYTHONDONTWRITEBYTECODE=1")
		if out, err := python.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		validate(t, compile(t, closed(printed(t, "manifest"))), filepath.Join(folder, "manifest.json"), false)
		validate(t, compile(t, closed(printed(t, "record"))), filepath.Join(folder, "runs.jsonl"), true)
	})
	t.Run("C", func(t *testing.T) {
		program := filepath.Join(t.TempDir(), "liblbfgs")
		source := filepath.Join("..", "..", "..", "clients", "c", "liblbfgs.c")
		if out, err := exec.Command("cc", "-O2", "-Wall", "-Wextra", "-Werror", "-o", program, source, "-llbfgs", "-lm").CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		for args, want := range map[string]string{
			"check":                                  "4 runs of methods",
			"try rosenbrock --method liblbfgs.lbfgs": "at the global minimum (1, 1)",
			"try liblbfgs.bowl --method bfgs":        "converged",
		} {
			call := exec.Command(binary, append(strings.Fields(args), "--process", program)...)
			if out, err := call.CombinedOutput(); err != nil || !strings.Contains(string(out), want) {
				t.Errorf("%s: %v, expected %q\n%s", args, err, want, out)
			}
		}
	})
}

// writesRun writes a run with all that a cell may have, and with as little as it may.
const writesRun = `
import sys, gdbench
gdbench.write_run(sys.argv[1], [
    gdbench.Cell({"name": "p", "list": [1, 2.5], "none": None, "inner": {"name": "q"}}, {"name": "m", "lr": 0.1}, [3, 2, float("inf")],
                 {"gradients": 1, "prox": 2, "samples": [0, 5, 10]}, minimum=1, gradient_norms=[1, 2, 3], seconds=[0, 1, 2], variables=3,
                 repeat=1, random=True, message="so it was", labels={"problem": "P"}, family="F"),
    gdbench.Cell("p", "m", [1]), gdbench.Cell("p", "failing", status="failed"),
], suite="all", about="of everything", targets={"relative": [0.1], "absolute": [1], "value": [2]}, budget="2 steps")
`
