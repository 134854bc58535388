package app_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
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

// A file that the disk has no room for is a fault of the machine, in every command that
// writes one.
func TestFullDisk(t *testing.T) {
	made := newProcess(t, codedSuite, "run", "suite.yaml", "--out", "run", "--no-report")
	if err := made.Run(); err != nil {
		t.Fatalf("%v: %s", err, made.err.String())
	}
	for _, args := range []string{
		"gate run run --json /dev/full", "gate run run --summary /dev/full", "history . --figure full.svg",
		"show rosenbrock --picture full.svg", "run suite.yaml --out other --no-report --cpuprofile /dev/full"} {
		p := newProcess(t, codedSuite, strings.Fields(args)...)
		p.Dir = made.folder
		_ = os.Symlink("/dev/full", filepath.Join(made.folder, "full.svg")) // a command may have replaced it
		if err := p.Start(); err != nil {
			t.Fatal(err)
		}
		if code := p.code(t); code != 5 || !strings.Contains(p.err.String(), "no space left on device") {
			t.Errorf("%s: exit code %d, and it says %q", args, code, p.err.String())
		}
	}
}

// A run on a disk that fills up is a fault of the machine, too, and so is a baseline.
func TestSmallDisk(t *testing.T) {
	disk := smallDisk(t)
	suite := strings.Replace(codedSuite, "repeats: 3", "repeats: 2000", 1)
	p := newProcess(t, suite, "run", "suite.yaml", "--out", filepath.Join(disk, "run"), "--no-report")
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	if code := p.code(t); code != 5 || !strings.Contains(p.err.String(), "no space left on device") {
		t.Errorf("exit code %d, and it says %q", code, p.err.String())
	}
}

// Output that does not fit on the disk is reported once, as a fault of the machine.
func TestFullOutput(t *testing.T) {
	suite := "suite: s\nbudget: {iterations: 3}\nproblems: [quadratic]\nmethods: [newton]\n"
	made := newProcess(t, suite, "run", "suite.yaml", "--out", "run", "--no-report")
	if err := made.Run(); err != nil {
		t.Fatalf("%v: %s", err, made.err.String())
	}
	for _, args := range []string{
		"list methods", "list methods --json", "show newton", "schema", "--help", "run suite.yaml --dry-run",
		"verify run", "report run", "run suite.yaml --out other --no-report",
	} {
		full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
		if err != nil {
			t.Fatal(err)
		}
		defer full.Close()
		p := newProcess(t, suite, strings.Fields(args)...)
		p.Dir, p.Stdout = made.folder, full
		if err := p.Start(); err != nil {
			t.Fatal(err)
		}
		code, said := p.code(t), p.err.String()
		if code != 5 || strings.Count(said, "no space left on device") != 1 || !strings.Contains(said, "the output is incomplete: ") {
			t.Errorf("%s: exit code %d, and it says %q", args, code, said)
		}
	}
}
