//go:build unix

package app_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"

	"github.com/gdbench/gdbench/cmd/gdbench/app"
	"github.com/gdbench/gdbench/results"
)

// promptly is the exit code of a command and what it says. One that waits is an error.
func promptly(t *testing.T, args ...string) (code int, said string) {
	t.Helper()
	type answer struct {
		code int
		said string
	}
	answered := make(chan answer, 1)
	go func() {
		var out, errOut bytes.Buffer
		code := app.Run(context.Background(), append([]string{"gdbench"}, args...), &out, &errOut)
		answered <- answer{code, out.String() + errOut.String()}
	}()
	select {
	case a := <-answered:
		return a.code, a.said
	case <-time.After(time.Minute):
		t.Fatalf("gdbench %s waits", strings.Join(args, " "))
		return 0, ""
	}
}

// smallRun makes a run of a suite in a folder.
func smallRun(t *testing.T) (folder, suite string) {
	t.Helper()
	folder, suite = filepath.Join(t.TempDir(), "run"), filepath.Join(t.TempDir(), "suite.yaml")
	if err := os.WriteFile(suite, []byte("suite: small\nbudget: {iterations: 20}\nproblems: [quadratic]\nmethods: [fixed-step, nesterov]\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if code, said := promptly(t, "run", suite, "--out", folder, "--no-report"); code != 0 {
		t.Fatal(said)
	}
	return folder, suite
}

// A pipe in place of a file is refused, and not waited for.
func TestPipesInPlaceOfFiles(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe.yaml")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Skip(err)
	}
	run, suite := smallRun(t)
	for _, command := range []string{
		"run PIPE", "run PIPE --dry-run", "run PIPE --shard 1/2 --out OUT", "run SUITE --reuse PIPE --out OUT", "submit PIPE --tasks 2", "merge PIPE --out OUT", "verify PIPE",
		"report PIPE", "report --paper PIPE", "review PIPE", "compare PIPE RUN", "compare RUN PIPE", "gate PIPE RUN", "gate RUN PIPE", "gate RUN RUN --baseline PIPE",
		"gate RUN RUN --accept PIPE", "gate PIPE RUN --against-last 1", "baseline PIPE", "baseline --migrate PIPE", "history PIPE RUN", "power PIPE", "export PIPE --format csv",
		"import coco PIPE --out OUT", "import iterates PIPE --suite SUITE --out OUT", "import iterates PIPE --suite PIPE --out OUT", "bundle PIPE", "cite PIPE", "show PIPE", "learn PIPE", "data PIPE",
	} {
		words := strings.Fields(strings.NewReplacer("PIPE", pipe, "RUN", run, "SUITE", suite, "OUT", filepath.Join(t.TempDir(), "out")).Replace(command))
		if code, said := promptly(t, words...); code != 2 || !strings.Contains(said, pipe+": is a pipe or a device") && !strings.Contains(said, pipe+" is not a run") {
			t.Errorf("%s: exit code %d, %s", command, code, said)
		}
	}
}

// A small compressed run file that becomes very large is refused by every command that reads runs.
func TestInflatedRunFiles(t *testing.T) {
	run, suite := smallRun(t)
	if err := os.Remove(filepath.Join(run, results.RunsFile)); err != nil {
		t.Fatal(err)
	}
	var packed bytes.Buffer
	z, err := zstd.NewWriter(&packed)
	if err != nil {
		t.Fatal(err)
	}
	for range 300 {
		if _, err := z.Write(bytes.Repeat([]byte(" "), 1<<20)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(run, results.CompressedFile), packed.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	other, _ := smallRun(t)
	for _, command := range []string{
		"verify RUN", "report RUN", "review RUN", "compare RUN OTHER", "compare OTHER RUN", "gate RUN OTHER", "gate OTHER RUN", "baseline RUN",
		"history RUN OTHER", "power RUN", "export RUN --format csv", "export RUN --format coco --out coco", "bundle RUN --out b.tar.gz", "cite RUN", "run SUITE --reuse RUN --out " + t.TempDir() + "/again", "run SUITE --out RUN --resume",
	} {
		words := strings.Fields(strings.NewReplacer("RUN", run, "OTHER", other, "SUITE", suite).Replace(command))
		if code, said := promptly(t, words...); code == 0 || !strings.Contains(said, "100 times as large") {
			t.Errorf("%s: exit code %d, %s", command, code, said)
		}
	}
}
