package main

import (
	"bytes"
	"context"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/cmd/gdbench/app"
)

// The problem and the method are found by every command of the README.
func TestCommands(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, c := range []struct{ args, want string }{
		{"try bowl --method cube-root", "converged after 36 iterations, at the global minimum"},
		{"list problems", "bowl"},
		{"show cube-root", "learning rate"},
		{"show bowl", "global minimum at (0, 0)"},
		{"eval bowl --at 1,2", "gradient  (4, 32)"},
		{"check --all bowl", "{name: bowl, dim: 3}: gradient: passed"},
	} {
		var out, errOut bytes.Buffer
		if code := app.Run(context.Background(), append([]string{"custom"}, strings.Fields(c.args)...), &out, &errOut); code != 0 || !strings.Contains(out.String(), c.want) {
			t.Errorf("%s: exit %d, want %q in\n%s%s", c.args, code, c.want, out.String(), errOut.String())
		}
	}
}

func TestSuite(t *testing.T) {
	var out, errOut bytes.Buffer
	if code := app.Run(context.Background(), []string{"custom", "run", "suite.yaml", "--out", t.TempDir() + "/run"}, &out, &errOut); code != 0 {
		t.Errorf("exit %d: %s", code, errOut.String())
	}
}

// The files of a run are enough: gdbench without the problem and the method makes the same
// report, byte for byte, as the program that ran them.
func TestStockReport(t *testing.T) {
	stock := filepath.Join(t.TempDir(), "gdbench")
	if out, err := exec.Command("go", "build", "-o", stock, "github.com/gdbench/gdbench/cmd/gdbench").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	run := filepath.Join(t.TempDir(), "run")
	var out, errOut bytes.Buffer
	if code := app.Run(context.Background(), []string{"custom", "run", "suite.yaml", "--out", run}, &out, &errOut); code != 0 {
		t.Fatalf("exit %d: %s", code, errOut.String())
	}
	own := files(t, filepath.Join(run, "report"))
	if !slices.ContainsFunc(slices.Collect(maps.Keys(own)), func(name string) bool { return strings.Contains(name, "path-") }) {
		t.Errorf("no figure of paths among %v", slices.Sorted(maps.Keys(own)))
	}
	if out, err := exec.Command(stock, "report", run, "--out", run+"-stock").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for name, content := range files(t, run+"-stock") {
		if !bytes.Equal(content, own[name]) {
			t.Errorf("%s differs", name)
		}
		delete(own, name)
	}
	for name := range own {
		t.Errorf("the stock report lacks %s", name)
	}
}

// files are the contents of all files below a folder, by path.
func files(t *testing.T, folder string) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, _ := filepath.Rel(folder, path)
		out[name], err = os.ReadFile(path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
