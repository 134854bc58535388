package pool_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/runner/keep"
	"github.com/gdbench/gdbench/internal/runner/pool"
	"github.com/gdbench/gdbench/results"
)

// runShard runs one shard of a suite into a new folder.
func runShard(t *testing.T, text string, index, of int) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), fmt.Sprint(index))
	_, err := pool.Run(context.Background(), readSuite(t, text), pool.Options{
		Folder: folder, Workers: 2, Shard: &results.Shard{Index: index, Of: of},
	})
	if err != nil {
		t.Fatal(err)
	}
	return folder
}

// However many shards, more than cells included, merging gives the bytes of one process.
func TestMergedShardsAreTheWhole(t *testing.T) {
	whole, m := runText(t, small, 1)
	want := withoutTiming(t, whole)
	for _, n := range []int{1, 2, 3, 7, 40} {
		var shards []string
		for i := n; i >= 1; i-- {
			shards = append(shards, runShard(t, small, i, n))
		}
		out := filepath.Join(t.TempDir(), "merged")
		merged, err := keep.Merge(shards, out)
		if err != nil {
			t.Fatalf("%d shards: %v", n, err)
		}
		if got := withoutTiming(t, out); got != want {
			t.Errorf("%d shards: the merged run differs from the whole", n)
		}
		if merged.Cells != m.Cells || merged.Merged != n || merged.Shard != nil || merged.Status[results.Budget] != m.Status[results.Budget] || merged.Finished.IsZero() {
			t.Errorf("%d shards: manifest %+v", n, merged)
		}
	}
}

func TestMergeRefuses(t *testing.T) {
	one, two, three := runShard(t, small, 1, 3), runShard(t, small, 2, 3), runShard(t, small, 3, 3)
	other := runShard(t, strings.Replace(small, "seed: 3", "seed: 4", 1), 3, 3)
	whole, _ := runText(t, small, 1)
	cut := runShard(t, small, 3, 3)
	path := filepath.Join(cut, results.RunsFile)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(string(text), "\n")
	if err := os.WriteFile(path, []byte(strings.Join(lines[:len(lines)-3], "")+"torn"), 0o644); err != nil {
		t.Fatal(err)
	}
	altered := func(lines ...string) string {
		folder := runShard(t, small, 3, 3)
		if err := os.WriteFile(filepath.Join(folder, results.RunsFile), []byte(strings.Join(lines, "")), 0o644); err != nil {
			t.Fatal(err)
		}
		return folder
	}
	doubled := altered(append(slices.Clone(lines), lines[0])...)
	doubledAtOnce := altered(slices.Insert(slices.Clone(lines), 1, lines[0])...)
	swapped := altered(append([]string{lines[1], lines[0]}, lines[2:]...)...)
	unsealed := altered(append([]string{lines[0], regexp.MustCompile(`,"check":"[0-9a-f]*"`).ReplaceAllString(lines[1], "")}, lines[2:]...)...)
	foreign, err := os.ReadFile(filepath.Join(two, results.RunsFile))
	if err != nil {
		t.Fatal(err)
	}
	borrowed := altered(string(foreign))
	for _, c := range []struct {
		name    string
		folders []string
		want    string
	}{
		{"a missing shard", []string{one, three}, "1 of 3 shards is missing: 2/3"},
		{"a shard that has not begun", []string{one, t.TempDir(), three}, "it has no manifest.json; a run folder is what `gdbench run` names at its end\n1 of 3 shards is missing: 2/3"},
		{"no shard at all", []string{t.TempDir()}, "is not a run"},
		{"a shard twice", []string{one, two, two, three}, "are both shard 2/3"},
		{"another suite", []string{one, two, other}, `their suites differ: line 3 was "seed: 3" and is "seed: 4"`},
		{"another division", []string{one, runShard(t, small, 2, 4), three}, "one is shard 1/3, the other is 2/4"},
		{"no shard", []string{one, whole}, "is not a shard"},
		{"missing cells", []string{one, two, cut}, "2 of 32 cells are missing: "},
		{"a cell twice", []string{one, two, doubled}, fmt.Sprintf("runs.jsonl:%d: the cell ", len(lines))},
		{"a cell twice at once", []string{one, two, doubledAtOnce}, "runs.jsonl:2: the cell "},
		{"two cells swapped", []string{one, two, swapped}, "is out of the order of the grid; take the folder from a backup, or delete this line"},
		{"the line of swapped cells", []string{one, two, swapped}, "runs.jsonl:2: the cell "},
		{"the cells of another shard", []string{one, two, borrowed}, "(first found at " + filepath.Join(two, results.RunsFile) + ":1); run its shard again"},
		{"a line without a checksum", []string{one, two, unsealed}, "runs.jsonl:2: the line has no checksum"},
	} {
		out := filepath.Join(t.TempDir(), "merged")
		_, err := keep.Merge(c.folders, out)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %s", c.name, err, c.want)
		}
		if _, err := os.Stat(out); !os.IsNotExist(err) {
			t.Errorf("%s: a folder is left behind", c.name)
		}
	}
}

// A shard resumes as itself only.
func TestResumeShard(t *testing.T) {
	folder := runShard(t, small, 1, 3)
	for _, c := range []struct {
		shard *results.Shard
		want  string
	}{
		{nil, "it is shard 1/3, and this call asks for the whole grid"},
		{&results.Shard{Index: 2, Of: 3}, "it is shard 1/3, and this call asks for shard 2/3"},
		{&results.Shard{Index: 1, Of: 3}, ""},
	} {
		_, err := pool.Run(context.Background(), readSuite(t, small), pool.Options{Folder: folder, Shard: c.shard, Resume: true})
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("got %v, want %s", err, c.want)
		}
	}
}
