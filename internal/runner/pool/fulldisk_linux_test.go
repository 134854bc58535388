package pool_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/gdbench/gdbench/internal/runner/keep"
	"github.com/gdbench/gdbench/internal/runner/pool"
)

// smallDisk is a folder with a disk of 128 KiB of its own.
func smallDisk(t *testing.T) string {
	t.Helper()
	disk := t.TempDir()
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=128k"); errors.Is(err, syscall.EPERM) {
		t.Skip("needs the right to mount a small disk")
	} else if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(disk, 0); err != nil {
			t.Error(err)
		}
	})
	return disk
}

// On a disk that fills up a run ends with the reason, and what it finished stays
// readable.
func TestFullDisk(t *testing.T) {
	const text = "suite: t\nrepeats: 500\nproblems: [{name: quadratic, start: {name: normal}}]\nmethods: [fixed-step]\n"
	const advice = "no space left on device; free some space and run again with --resume"
	for _, workers := range []int{1, 4} {
		folder := filepath.Join(smallDisk(t), "run")
		_, err := pool.Run(context.Background(), readSuite(t, text), pool.Options{Folder: folder, Workers: workers})
		if !errors.Is(err, syscall.ENOSPC) {
			t.Fatalf("%d workers: %v", workers, err)
		}
		if said := err.Error(); !strings.HasPrefix(said, "writing results") || !strings.HasSuffix(said, advice) || strings.Contains(said, "\n") {
			t.Errorf("%d workers: %q", workers, said)
		}
		if n := len(readRecords(t, folder)); n >= 500 || workers == 1 && n < 2 { // of several the first may be the last
			t.Errorf("%d workers: %d records are readable", workers, n)
		}
	}
}

// On a disk that is full neither a run nor a merge leaves anything behind: no folder that it
// made, and no file in a folder that was there.
func TestNothingIsLeftOnAFullDisk(t *testing.T) {
	shards := []string{runShard(t, small, 1, 2), runShard(t, small, 2, 2)}
	disk := smallDisk(t)
	if err := os.WriteFile(filepath.Join(disk, "filler"), make([]byte, 1<<20), 0o644); !errors.Is(err, syscall.ENOSPC) {
		t.Fatal(err)
	}
	there := filepath.Join(disk, "there")
	if err := os.Mkdir(there, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, folder := range []string{filepath.Join(disk, "a", "b"), there} {
		_, err := pool.Run(context.Background(), readSuite(t, small), pool.Options{Folder: folder})
		if !errors.Is(err, syscall.ENOSPC) {
			t.Errorf("a run: %v", err)
		}
		_, err = keep.Merge(shards, folder)
		if !errors.Is(err, syscall.ENOSPC) {
			t.Errorf("a merge: %v", err)
		}
		if inside, _ := os.ReadDir(folder); len(inside) > 0 {
			t.Errorf("%s is left in %s", inside[0].Name(), folder)
		}
	}
	if entries, _ := os.ReadDir(disk); len(entries) != 2 {
		t.Errorf("%v are on the disk", entries)
	}
}
