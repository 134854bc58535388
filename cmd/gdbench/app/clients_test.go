package app_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
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
		checkRow(t, binary, "liblbfgs="+program, "liblbfgs.lbfgs", false)
	})
	t.Run("Python gets a row of the map", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "mine.py")
		if err := os.WriteFile(path, []byte(momentum), 0o644); err != nil {
			t.Fatal(err)
		}
		client, err := filepath.Abs(filepath.Join("..", "..", "..", "clients", "python"))
		if err != nil {
			t.Fatal(err)
		}
		t.Setenv("PYTHONPATH", client)
		t.Setenv("PYTHONDONTWRITEBYTECODE", "1")
		checkRow(t, binary, "mine=/usr/bin/python3 "+path, "mine.momentum", true)
	})
}

// momentum is a method as docs/languages.md writes it, with batches, which noise needs, and a space for what is not a learning rate.
const momentum = `
import gdbench

@gdbench.method(batches=True)
def momentum(f, x, *, lr: float = 0.01, beta: float = gdbench.parameter(0.9, space="{oneminus-log: [1e-2, 1]}")):
    v = 0 * x
    while True:
        f.next_batch()
        v = beta * v - lr * f.gradient(x)
        x = x + v
        yield x

gdbench.serve()
`

// checkRow runs the map, made small, with a method of another program, and demands that it has a slowdown in every mode, and
// settings that were chosen. One that declares neither batches nor parameters has no row under noise, and no settings.
func checkRow(t *testing.T, binary, process, method string, full bool) {
	t.Helper()
	out := filepath.Join(t.TempDir(), "run")
	call := exec.Command(binary, "map", "--process", process, "--allow-processes", method, "--only", "method=["+method+", newton, heavy-ball]",
		"--set", "tune.studies=2", "--set", "tune.trials=3", "--set", "tune.after=[1]", "--set", "repeats=1", "--out", out)
	if text, err := call.CombinedOutput(); err != nil && call.ProcessState.ExitCode() != 1 { // 1: claims about methods that were left out, or whose tuning is too short
		t.Fatalf("%v\n%s", err, text)
	}
	rows, err := os.ReadFile(filepath.Join(out, "report", "map.txt"))
	if err != nil {
		t.Fatal(err)
	}
	modes := []string{"rotation", "axis scaling", "scale of f", "dimension", "condition", "saddles", "plateau", "kinks", "curved valley", "no minimizer", "offset", "flat minimum"}
	if full {
		modes = append(modes, "noise", "heavy tails", "sparse gradients")
	}
	for _, mode := range modes {
		if !regexp.MustCompile(`(?m)^` + mode + ` +[0-9.]+ +` + regexp.QuoteMeta(method) + ` +[0-9.]+`).Match(rows) {
			t.Errorf("%s has no row for %s:\n%s", method, mode, rows)
		}
	}
	settings, err := os.ReadFile(filepath.Join(out, "report", "tuned-settings.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, parameter := range []string{"lr", "beta"} {
		if has := regexp.MustCompile(regexp.QuoteMeta(method) + ` +` + parameter + ` `).Match(settings); has != full {
			t.Errorf("%s of %s is tuned: %v, want %v\n%s", parameter, method, has, full, settings)
		}
	}
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
