package runner_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/gdbench/gdbench/runner"
	"github.com/gdbench/gdbench/runner/suite"
)

// On a disk that fills up a run ends with the reason, and what it finished stays
// readable.
func TestFullDisk(t *testing.T) {
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
	s, err := suite.Read("t", ".", strings.NewReader("suite: t\nrepeats: 500\nproblems: [{name: quadratic, start: {name: normal}}]\nmethods: [fixed-step]\n"), nil)
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(disk, "run")
	_, err = runner.Run(context.Background(), s, runner.Options{Folder: folder, Workers: 1})
	if !errors.Is(err, syscall.ENOSPC) || !strings.Contains(err.Error(), "writing results") {
		t.Errorf("got %v", err)
	}
	if n := len(readRecords(t, folder)); n < 2 || n >= 500 {
		t.Errorf("%d records are readable", n)
	}
}
