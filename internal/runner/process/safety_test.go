//go:build unix

package process_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/gdbench/gdbench/internal/runner/pool"
	"github.com/gdbench/gdbench/internal/runner/process"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/results"
)

// children are the processes of the parent, without the shell that guards them, that play a role.
func children(t *testing.T, parent int) (pids []int) {
	t.Helper()
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil || len(stats) == 0 {
		t.Skip("there is no /proc")
	}
	for _, path := range stats {
		text, err := os.ReadFile(path)
		if err != nil {
			continue // ended meanwhile
		}
		var pid, ppid int
		var state string
		at := strings.LastIndex(string(text), ")")
		if n, _ := fmt.Sscanf(string(text[at+1:]), " %s %d", &state, &ppid); n != 2 || ppid != parent || state == "Z" {
			continue
		}
		command, _ := os.ReadFile(filepath.Join(filepath.Dir(path), "cmdline"))
		if fmt.Sscanf(string(text), "%d", &pid); strings.Contains(string(command), "role:") {
			pids = append(pids, pid)
		}
	}
	return pids
}

func TestNotAllowed(t *testing.T) {
	t.Setenv(process.Variable, "")
	started := filepath.Join(t.TempDir(), "started")
	text := "suite: test\nprocesses:\n  mine: [touch, " + started + "]\nproblems: [sphere]\nmethods: [mine.x]\n"
	_, err := suite.Read("test.yaml", ".", strings.NewReader(text), nil)
	if err == nil || !strings.Contains(err.Error(), "--allow-processes") || !strings.Contains(err.Error(), `mine: ["touch"`) {
		t.Errorf("%v; expected the command and how to allow it", err)
	}
	if _, err := os.Stat(started); err == nil {
		t.Error("the program ran")
	}
}

func TestDeclarations(t *testing.T) {
	t.Setenv(process.Variable, "1")
	for text, want := range map[string]string{
		"{a: [/no/such/program]}":        "no such file or directory",
		"{a: [no-such-program-at-all]}":  "executable file not found",
		"{a: []}":                        "the command is empty",
		"{a: python3}":                   "expected a map with the keys run, timeout",
		"{a: {timeout: 3}}":              `missing key "run"`,
		"{a: {run: [x], timeout: -1}}":   "out of range",
		"{a.b: [x]}":                     `the name "a.b"`,
		"[a]":                            "expected a map of names and commands",
		"{a: [x], a: [y]}":               `duplicate key "a"`,
		"{a: {run: [x], colour: green}}": `unknown key "colour"`,
	} {
		_, err := suite.Read("test.yaml", ".", strings.NewReader("suite: test\nprocesses: "+text+"\nproblems: [sphere]\nmethods: [gd]\n"), nil)
		if err == nil || !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), "test.yaml:2:") {
			t.Errorf("%s: %v; expected %q in line 2", text, err, want)
		}
	}
}

// Two workers need two processes, however many cells there are; when the run is over, none is left.
func TestFewProcesses(t *testing.T) {
	s, err := read(t, "good", `
problems: [{name: quadratic, dim: 2, condition: {log: [2, 10, 100]}}]
methods: [{name: mine.descent, lr: [0.01, 0.02]}]
budget: {iterations: 30}
`)
	if err != nil {
		t.Fatal(err)
	}
	most := 0
	_, err = pool.Run(context.Background(), s, pool.Options{Folder: t.TempDir() + "/run", Workers: 2, Progress: func(pool.Progress) {
		most = max(most, len(children(t, os.Getpid())))
	}})
	if err != nil {
		t.Fatal(err)
	}
	if left := children(t, os.Getpid()); most > 2 || most == 0 || len(left) > 0 {
		t.Errorf("%d processes at a time, and %v at the end; expected 1 or 2, and none", most, left)
	}
}

// An interrupted run ends within seconds, also where a process does not answer, and leaves none.
func TestInterrupt(t *testing.T) {
	s, err := readWithin(t, 60, "good", `
problems: [{name: quadratic, dim: 2, condition: 2}]
methods: [{name: mine.descent, lr: 0.5, mood: hang}]
`)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer time.AfterFunc(300*time.Millisecond, cancel).Stop()
	began := time.Now()
	_, err = pool.Run(ctx, s, pool.Options{Folder: t.TempDir() + "/run", Workers: 1})
	if took := time.Since(began); !errors.Is(err, context.Canceled) || took > 5*time.Second {
		t.Errorf("%v after %v", err, took)
	}
	if left := children(t, os.Getpid()); len(left) > 0 {
		t.Errorf("processes %v are left", left)
	}
}

// Whenever a process is killed, at most the cell that it was serving fails, and only if it was a
// method's: all others have the numbers of a run without kills.
func TestKills(t *testing.T) {
	const text = `
problems: [{name: mine.bowl, dim: [2, 3, 4, 5]}, {name: quadratic, dim: 2, condition: [2, 3, 4, 5, 6, 7, 8, 9]}]
methods: [{name: gd, lr: 0.01}, {name: mine.descent, lr: [0.01, 0.02, 0.03]}]
budget: {iterations: 300}
stop: {gradient: 0}
`
	right, _ := run(t, text)
	rng := rand.New(rand.NewPCG(1, 2))
	for round := range 3 {
		done := make(chan struct{})
		kills := 0
		go func() {
			defer close(done)
			for range 10 {
				time.Sleep(time.Duration(rng.IntN(20_000)) * time.Microsecond)
				if pids := children(t, os.Getpid()); len(pids) > 0 {
					_ = syscall.Kill(pids[rng.IntN(len(pids))], syscall.SIGKILL)
					kills++
				}
			}
		}()
		s, err := read(t, "good", text)
		if err != nil {
			<-done // it was killed before it said hello
			continue
		}
		folder := t.TempDir() + "/run"
		if _, err := pool.Run(context.Background(), s, pool.Options{Folder: folder, Workers: 2}); err != nil {
			t.Logf("round %d: %v", round, err) // killed again and again while a problem was built
			<-done
			continue
		}
		<-done
		compareKilled(t, right, folder, kills)
	}
	if left := children(t, os.Getpid()); len(left) > 0 {
		t.Errorf("processes %v are left", left)
	}
}

func compareKilled(t *testing.T, right []*results.Record, folder string, kills int) {
	t.Helper()
	r, err := results.Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	i, failed := 0, 0
	for record, err := range r.Records() {
		if err != nil {
			t.Fatal(err)
		}
		want := right[i]
		i++
		if record.Status == results.Failed {
			failed++
			continue
		}
		if record.Status != want.Status || record.Final.Value != want.Final.Value || record.Counts != want.Counts {
			t.Errorf("%s on %s: %s %v; without kills %s %v", want.Labels.Method, want.Labels.Problem, record.Status, record.Final.Value, want.Status, want.Final.Value)
		}
	}
	if i != len(right) || failed > kills {
		t.Errorf("%d rows, %d failed by %d kills; expected %d rows", i, failed, kills, len(right))
	}
}

// A gdbench that is killed leaves no process, not even one that computes and reads nothing.
func TestNoOrphans(t *testing.T) {
	if os.Getenv("GDBENCH_TEST_VICTIM") != "" {
		s, err := readWithin(t, 60, "good", "problems: [{name: quadratic, dim: 2, condition: 2}]\nmethods: [{name: mine.descent, lr: 0.5, mood: hang}]\n")
		if err == nil {
			_, err = pool.Run(context.Background(), s, pool.Options{Folder: t.TempDir() + "/run", Workers: 1})
		}
		t.Fatal(err)
	}
	victim := exec.Command(os.Args[0], "-test.run", "^TestNoOrphans$")
	victim.Env = append(os.Environ(), "GDBENCH_TEST_VICTIM=1")
	if err := victim.Start(); err != nil {
		t.Fatal(err)
	}
	var pids []int
	for range 100 {
		time.Sleep(20 * time.Millisecond)
		if pids = children(t, victim.Process.Pid); len(pids) > 0 {
			break
		}
	}
	time.Sleep(200 * time.Millisecond) // it hangs
	if err := victim.Process.Kill(); err != nil || len(pids) == 0 {
		t.Fatalf("%v, children %v", err, pids)
	}
	_ = victim.Wait()
	for range 100 {
		if err := syscall.Kill(pids[0], 0); err != nil {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	_ = syscall.Kill(pids[0], syscall.SIGKILL)
	t.Errorf("process %d outlives gdbench", pids[0])
}

// A program is started once for each worker, however many cells it serves.
func TestStarts(t *testing.T) {
	t.Setenv(process.Variable, "1")
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	starts := filepath.Join(t.TempDir(), "starts")
	text := fmt.Sprintf("suite: test\nprocesses:\n  mine: [sh, -c, 'echo started >>%s; exec %s role:good']\n", starts, exe) +
		"problems: [{name: quadratic, dim: 2, condition: 2}]\nmethods: [{name: mine.descent, lr: {lin: [0.1, 0.2, 1000]}}]\nbudget: {iterations: 2}\n"
	s, err := suite.Read("test.yaml", t.TempDir(), strings.NewReader(text), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	m, err := pool.Run(context.Background(), s, pool.Options{Folder: t.TempDir() + "/run", Workers: 2})
	if err != nil || m.Status[results.Budget] != 1000 {
		t.Fatalf("%v; expected 1000 cells that end at their budget", err)
	}
	log, err := os.ReadFile(starts)
	if got := strings.Count(string(log), "started"); err != nil || got != 2 {
		t.Errorf("started %d times, %v; expected 2, one for each worker", got, err)
	}
}
