//go:build linux

package app_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/gdbench/gdbench/results"
)

// programs are the processes whose command is that of the program "mine" in a folder: those that a
// gdbench there has started, and what is left of them when it has ended.
func programs(t *testing.T, folder string) (pids []int) {
	t.Helper()
	paths, err := filepath.Glob("/proc/[0-9]*")
	if err != nil || len(paths) == 0 {
		t.Skip("there is no /proc")
	}
	for _, path := range paths {
		command, _ := os.ReadFile(path + "/cmdline") // one that has ended meanwhile has none
		where, _ := os.Readlink(path + "/cwd")
		var pid int
		if name, _, _ := strings.Cut(string(command), "\x00"); filepath.Base(name) == "mine" && where == folder {
			if n, _ := fmt.Sscanf(filepath.Base(path), "%d", &pid); n == 1 {
				pids = append(pids, pid)
			}
		}
	}
	return pids
}

// none checks that no program of a folder runs any more; a killed one may take a moment to be gone.
func none(t *testing.T, folder string) {
	t.Helper()
	for range 200 {
		if len(programs(t, folder)) == 0 {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("processes %v are left", programs(t, folder))
}

const killedSuite = `
suite: killed
processes: {mine: [mine, calm]}
problems: [{name: quadratic, dim: 2, condition: {log: [2, 100, 60]}}]
methods: [{name: mine.descent, lr: [0.001, 0.002, 0.003, 0.004]}]
budget: {iterations: 200}
stop: {gradient: 0}
trace: {points: 0}
`

// A program is killed at 30 random moments of a run: at most 30 cells fail, with what happened in
// their message, every other cell has the numbers of a run without kills, and no process is left.
func TestKilledPrograms(t *testing.T) {
	run := func(kills int) []*results.Record {
		p := newProcess(t, killedSuite, "run", "suite.yaml", "--allow-processes", "--out", "run", "--workers", "2", "--no-report")
		if err := p.Start(); err != nil {
			t.Fatal(err)
		}
		rng := rand.New(rand.NewPCG(5, 6))
		for killed := 0; killed < kills; {
			p.after(t, func() bool { return p.lines("run/runs.jsonl") > 6*killed })
			time.Sleep(time.Duration(rng.IntN(5000)) * time.Microsecond)
			if pids := programs(t, p.folder); len(pids) > 0 && syscall.Kill(pids[rng.IntN(len(pids))], syscall.SIGKILL) == nil {
				killed++
			}
		}
		if code := p.code(t); code != 0 && (kills == 0 || code != 1) {
			t.Fatalf("exit code %d\n%s", code, p.err.String())
		}
		none(t, p.folder)
		return recordsOf(t, filepath.Join(p.folder, "run"))
	}
	right, got := run(0), run(30)
	failed := 0
	for i, r := range got {
		if r.Status == results.Failed {
			if failed++; !strings.Contains(r.Message, "signal: killed") {
				t.Errorf("%s: %s", r.ID, r.Message)
			}
		} else if want := right[i]; r.ID != want.ID || r.Status != want.Status || r.Final.Value != want.Final.Value || r.Counts != want.Counts || !slices.Equal(*r.Final.X, *want.Final.X) {
			t.Errorf("%s: %s %v; without kills %s %v", r.ID, r.Status, r.Final.Value, want.Status, want.Final.Value)
		}
	}
	if len(got) != len(right) || failed == 0 || failed > 30 {
		t.Errorf("%d rows, %d failed; expected %d rows, of which 1 to 30 failed", len(got), failed, len(right))
	}
}

func recordsOf(t *testing.T, folder string) (out []*results.Record) {
	t.Helper()
	r, err := results.Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	for record, err := range r.Records() {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, record)
	}
	return out
}

// Ctrl-C in the middle ends a run with a program, too, be it at work or hanging, and leaves none;
// kill -9 of gdbench leaves none either.
func TestInterruptedPrograms(t *testing.T) {
	for _, c := range []struct {
		name, mood string
		signals    []syscall.Signal
		code       int
	}{
		{"Ctrl-C", "good", []syscall.Signal{syscall.SIGINT}, 130},
		{"Ctrl-C twice while it hangs", "hang", []syscall.Signal{syscall.SIGINT, syscall.SIGINT}, 130},
		{"kill -9 of gdbench", "hang", []syscall.Signal{syscall.SIGKILL}, -1},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			text := strings.NewReplacer("calm", "good", "lr: [0.001, 0.002, 0.003, 0.004]", "lr: {lin: [0.001, 0.002, 1000]}, mood: "+c.mood).Replace(killedSuite)
			p := newProcess(t, text, "run", "suite.yaml", "--allow-processes", "--out", "run", "--workers", "1", "--no-report")
			if err := p.Start(); err != nil {
				t.Fatal(err)
			}
			p.after(t, func() bool {
				info, err := os.Stat(filepath.Join(p.folder, "run", "runs.jsonl"))
				return err == nil && (info.Size() > 0 || c.mood == "hang") && len(programs(t, p.folder)) > 0
			}, c.signals...)
			if code := p.code(t); code != c.code || code == 130 && !strings.Contains(p.err.String(), "gdbench: interrupted\n") {
				t.Errorf("exit code %d\n%s", code, p.err.String())
			}
			none(t, p.folder)
		})
	}
}
