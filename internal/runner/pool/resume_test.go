package pool_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/gdbench/gdbench/internal/runner/pool"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/results"
)

const small = `
suite: small
seed: 3
repeats: 4
budget: {iterations: 20}
problems:
  - {name: quadratic, dim: [2, 3], start: {name: normal, scale: 2}}
methods:
  - {name: fixed-step, lr: [1/L, 2.1/L, 1e-3]}
  - newton
`

func readSuite(t interface{ Fatal(...any) }, text string) *suite.Suite {
	s, err := suite.Read("test.yaml", ".", strings.NewReader(text), nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Wherever a kill cuts the files, resuming gives the bytes of an undisturbed run.
func TestResumeAfterAnyCut(t *testing.T) {
	whole, _ := runText(t, small, 1)
	text, err := os.ReadFile(filepath.Join(whole, results.RunsFile))
	if err != nil {
		t.Fatal(err)
	}
	manifest, err := os.ReadFile(filepath.Join(whole, results.ManifestFile))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(strings.TrimSuffix(string(text), "\n"), "\n")
	lines[len(lines)-1] += "\n"
	want := withoutTiming(t, whole)
	rapid.Check(t, func(rt *rapid.T) {
		folder, err := os.MkdirTemp(t.TempDir(), "cut")
		if err != nil {
			rt.Fatal(err)
		}
		cut := rapid.IntRange(0, len(text)).Draw(rt, "cut")
		// Some cells ahead of their turn, the last of them torn now and then; one may have
		// been written to the runs since it began to wait.
		var pending strings.Builder
		for i := range lines {
			if rapid.Bool().Draw(rt, "waits") && (strings.Count(string(text[:cut]), "\n") <= i+1) {
				pending.WriteString(lines[i])
			}
		}
		ahead := pending.String()
		ahead = ahead[:len(ahead)-min(len(ahead), rapid.IntRange(0, 40).Draw(rt, "torn"))]
		for name, content := range map[string]string{results.RunsFile: string(text[:cut]), results.PendingFile: ahead, results.ManifestFile: string(manifest)} {
			if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o644); err != nil {
				rt.Fatal(err)
			}
		}
		m, err := pool.Run(context.Background(), readSuite(rt, small), pool.Options{Folder: folder, Workers: 2, Resume: true})
		if err != nil {
			rt.Fatal(err)
		}
		if got := withoutTiming(t, folder); got != want {
			rt.Fatalf("cut at %d of %d: the resumed run differs", cut, len(text))
		}
		total := 0
		for _, n := range m.Status {
			total += n
		}
		if total != m.Cells {
			rt.Fatalf("the manifest counts %d of %d cells", total, m.Cells)
		}
		if _, err := os.Stat(filepath.Join(folder, results.PendingFile)); !os.IsNotExist(err) {
			rt.Fatal("the pending file is left over")
		}
	})
}

func TestResumeRefuses(t *testing.T) {
	folder, _ := runText(t, small, 1)
	for _, c := range []struct{ name, text, want string }{
		{"a changed suite", strings.Replace(small, "seed: 3", "seed: 4", 1), `the suite has changed: line 3 was "seed: 3" and is "seed: 4"`},
		{"another suite", strings.Replace(small, "suite: small", "suite: other", 1), `it is a run of the suite "small", not "other"`},
	} {
		_, err := pool.Run(context.Background(), readSuite(t, c.text), pool.Options{Folder: folder, Resume: true})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %s", c.name, err, c.want)
		}
	}
	if _, err := pool.Run(context.Background(), readSuite(t, small), pool.Options{Folder: t.TempDir(), Resume: true}); err == nil || !strings.Contains(err.Error(), "is not a run") {
		t.Errorf("an empty folder: %v", err)
	}
	path := filepath.Join(folder, results.RunsFile)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	first, rest, _ := strings.Cut(string(text), "\n")
	if err := os.WriteFile(path, []byte(rest+first+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := pool.Run(context.Background(), readSuite(t, small), pool.Options{Folder: folder, Resume: true}); err == nil || !strings.Contains(err.Error(), "runs.jsonl:1: cell") {
		t.Errorf("lines out of order: %v", err)
	}
}

// A last line that a loss of power broke, its end left, is dropped as a torn one is; one in
// the middle is refused with what to do.
func TestResumeAfterDamage(t *testing.T) {
	folder, _ := runText(t, small, 1)
	want := withoutTiming(t, folder)
	path := filepath.Join(folder, results.RunsFile)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(strings.TrimSuffix(string(text), "\n"), "\n")
	resume := func(at int) (*results.Manifest, error) {
		damaged := slices.Clone(lines)
		damaged[at] = damaged[at][:40] + "\x00\x00\n"
		if err := os.WriteFile(path, []byte(strings.Join(damaged, "")), 0o644); err != nil {
			t.Fatal(err)
		}
		return pool.Run(context.Background(), readSuite(t, small), pool.Options{Folder: folder, Workers: 1, Resume: true})
	}
	if _, err := resume(4); err == nil || !strings.Contains(err.Error(), "runs.jsonl:5: not a record: ") || !strings.HasSuffix(err.Error(), results.HowToMend) {
		t.Errorf("a line in the middle: %v", err)
	}
	m, err := resume(len(lines) - 1)
	if err != nil {
		t.Fatal(err)
	}
	if got := withoutTiming(t, folder); got != want {
		t.Error("the resumed run differs")
	}
	if len(m.Warnings) != 1 || !strings.Contains(m.Warnings[0], "1 incomplete line at the end of the files was dropped") {
		t.Errorf("warnings %q", m.Warnings)
	}
}

// Of two processes on one folder the second is refused.
func TestLock(t *testing.T) {
	folder := t.TempDir()
	unlock, err := results.Lock(folder)
	if err != nil {
		t.Fatal(err)
	}
	_, err = pool.Run(context.Background(), readSuite(t, small), pool.Options{Folder: folder})
	if err == nil || !strings.Contains(err.Error(), "another process is writing") {
		t.Errorf("got %v", err)
	}
	if err := unlock(); err != nil {
		t.Fatal(err)
	}
	if _, err := pool.Run(context.Background(), readSuite(t, small), pool.Options{Folder: folder}); err != nil {
		t.Error(err)
	}
}
