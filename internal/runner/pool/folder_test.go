package pool_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/runner/keep"
	"github.com/gdbench/gdbench/internal/runner/pool"
	"github.com/gdbench/gdbench/results"
)

// A kill between any two of the files that a run begins with leaves a folder in which the
// same call, or the same call with --resume, gives the bytes of an undisturbed run.
func TestKillAtTheBeginning(t *testing.T) {
	whole, _ := runText(t, small, 1)
	want := withoutTiming(t, whole)
	manifest, err := os.ReadFile(filepath.Join(whole, results.ManifestFile))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name   string
		files  map[string]string
		resume bool
	}{
		{"before the lock", nil, false},
		{"before the manifest", map[string]string{results.LockFile: "", results.ManifestFile + ".tmp": "{"}, false},
		{"before the run file", map[string]string{results.LockFile: "", results.ManifestFile: string(manifest)}, true},
		{"before the first line", map[string]string{results.ManifestFile: string(manifest), results.RunsFile: ""}, true},
	} {
		folder := t.TempDir()
		for name, text := range c.files {
			if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		_, err := pool.Run(context.Background(), readSuite(t, small), pool.Options{Folder: folder, Workers: 2, Resume: c.resume})
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		} else if withoutTiming(t, folder) != want {
			t.Errorf("%s: the run differs from an undisturbed one", c.name)
		}
	}
}

// Lines that do not say of what run they are cannot be resumed, and are not overwritten.
func TestLinesWithoutManifest(t *testing.T) {
	folder, _ := runText(t, small, 1)
	if err := os.Remove(filepath.Join(folder, results.ManifestFile)); err != nil {
		t.Fatal(err)
	}
	before := withoutTiming(t, folder)
	_, err := pool.Run(context.Background(), readSuite(t, small), pool.Options{Folder: folder})
	if err == nil || !strings.Contains(err.Error(), "contains runs.jsonl but no manifest.json, so it is not a run and cannot be resumed") {
		t.Errorf("got %v", err)
	}
	if withoutTiming(t, folder) != before {
		t.Error("the lines were overwritten")
	}
}

// A run that cannot begin leaves no folder behind, and no parents that it made.
func TestNoFolderIsLeft(t *testing.T) {
	const text = `
suite: s
problems: [{name: logistic, data: absent.csv}]
methods: [newton]
`
	base := t.TempDir()
	for _, resume := range []bool{false, true} {
		_, err := pool.Run(context.Background(), readSuite(t, text), pool.Options{Folder: filepath.Join(base, "a", "b"), Resume: resume})
		if err == nil {
			t.Fatal("no error")
		}
		if entries, _ := os.ReadDir(base); len(entries) > 0 {
			t.Errorf("resume %v: %s is left behind", resume, entries[0].Name())
		}
	}
	kept := t.TempDir()
	if _, err := pool.Run(context.Background(), readSuite(t, text), pool.Options{Folder: kept}); err == nil {
		t.Fatal("no error")
	}
	if _, err := os.Stat(kept); err != nil {
		t.Errorf("a folder that was there is gone: %v", err)
	}
}

// A merge that was killed before its manifest is done anew; one that is done is kept.
func TestMergeAgain(t *testing.T) {
	shards := []string{runShard(t, small, 1, 2), runShard(t, small, 2, 2)}
	out := filepath.Join(t.TempDir(), "merged")
	if _, err := keep.Merge(shards, out); err != nil {
		t.Fatal(err)
	}
	want := withoutTiming(t, out)
	if _, err := keep.Merge(shards, out); err == nil || !strings.Contains(err.Error(), "already contains a run") {
		t.Errorf("a second merge: %v", err)
	}
	if err := os.Remove(filepath.Join(out, results.ManifestFile)); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(filepath.Join(out, results.RunsFile), 100); err != nil {
		t.Fatal(err)
	}
	if _, err := keep.Merge(shards, out); err != nil {
		t.Fatal(err)
	}
	if withoutTiming(t, out) != want {
		t.Error("the second merge differs")
	}
}
