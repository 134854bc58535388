//go:build unix

package app_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/gdbench/gdbench/results"
)

// process is a gdbench of its own, in a folder of its own.
type process struct {
	*exec.Cmd
	folder   string
	out, err bytes.Buffer
}

// pacedSuite has cells of a fifth of a second, begun in begun.txt.
const pacedSuite = `
suite: paced
repeats: 40
budget: {iterations: 100}
trace: {points: 0}
problems: [{name: quadratic, dim: 2, start: {name: normal}}]
methods: [{name: paced, log: begun.txt}]
`

func newProcess(t *testing.T, suite string, args ...string) *process {
	t.Helper()
	p := &process{Cmd: exec.Command("gdbench", args...), folder: t.TempDir()}
	p.Dir, p.Stdout, p.Stderr = p.folder, &p.out, &p.err
	p.write(t, "suite.yaml", suite)
	return p
}

func (p *process) write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(p.folder, name), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// lines counts the lines of a file that end.
func (p *process) lines(name string) int {
	text, _ := os.ReadFile(filepath.Join(p.folder, name)) // there may be none yet
	return bytes.Count(text, []byte("\n"))
}

// after waits until something holds, and then sends signals a little apart.
func (p *process) after(t *testing.T, holds func() bool, signals ...syscall.Signal) {
	t.Helper()
	for tries := 0; !holds(); tries++ {
		if tries == 3000 {
			t.Fatalf("nothing happens\n%s%s", p.out.String(), p.err.String())
		}
		time.Sleep(10 * time.Millisecond)
	}
	for i, s := range signals {
		if i > 0 {
			time.Sleep(20 * time.Millisecond)
		}
		if err := p.Process.Signal(s); err != nil {
			t.Fatal(err)
		}
	}
}

// code waits for the end and returns the exit code; it fails where that takes longer than
// an unfinished suite may.
func (p *process) code(t *testing.T) int {
	t.Helper()
	killer := time.AfterFunc(30*time.Second, func() {
		t.Error("it does not end")
		_ = p.Process.Kill()
	})
	defer killer.Stop()
	var exit *exec.ExitError
	if err := p.Wait(); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return p.ProcessState.ExitCode()
}

// One signal: the cells in flight are finished, none is begun. Two: they are dropped, even
// while an evaluation hangs. Either way the exit code is 130 and the run can be resumed.
func TestSignals(t *testing.T) {
	for _, c := range []struct {
		name    string
		hang    bool
		signals []syscall.Signal
		dropped int // cells begun and not finished
	}{
		{"SIGTERM", false, []syscall.Signal{syscall.SIGTERM}, 0},
		{"SIGINT", false, []syscall.Signal{syscall.SIGINT}, 0},
		{"SIGINT twice", false, []syscall.Signal{syscall.SIGINT, syscall.SIGINT}, 1},
		{"SIGINT twice while an evaluation hangs", true, []syscall.Signal{syscall.SIGINT, syscall.SIGINT}, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			text := pacedSuite
			if c.hang {
				text = strings.Replace(text, "begun.txt}", "begun.txt}, {name: paced, log: begun.txt, hang: true}", 1)
				text = strings.Replace(text, "repeats: 40", "repeats: 1", 1)
			}
			// A report would begin the method, too, to find out which facts it uses.
			p := newProcess(t, text, "run", "suite.yaml", "--out", "run", "--workers", "1", "--no-report")
			if err := p.Start(); err != nil {
				t.Fatal(err)
			}
			p.after(t, func() bool { return p.lines("run/runs.jsonl") > 0 && p.lines("begun.txt") > 1 }, c.signals...)
			if code := p.code(t); code != 130 {
				t.Errorf("exit code %d\n%s", code, p.err.String())
			}
			if !strings.Contains(p.err.String(), "gdbench: interrupted\n") {
				t.Errorf("it says %q", p.err.String())
			}
			finished, begun := p.lines("run/runs.jsonl"), p.lines("begun.txt")
			if begun-finished != c.dropped {
				t.Errorf("%d cells begun and %d finished", begun, finished)
			}
			m, err := results.ReadManifest(filepath.Join(p.folder, "run"))
			if err != nil {
				t.Fatal(err)
			}
			if !m.Finished.IsZero() || m.Status[results.Budget] != finished {
				t.Errorf("the manifest says %v, finished %v", m.Status, m.Finished)
			}
			if c.hang {
				return // for ever
			}
			again := exec.Command("gdbench", "run", "suite.yaml", "--out", "run", "--resume", "--no-report", "--workers", "8")
			again.Dir = p.folder
			if out, err := again.CombinedOutput(); err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			if n := p.lines("run/runs.jsonl"); n != 40 {
				t.Errorf("resumed, the run has %d of 40 cells", n)
			}
		})
	}
}

// While problems are built no cell is in flight, and one signal ends the run at once.
func TestSignalWhileBuilding(t *testing.T) {
	p := newProcess(t, "suite: s\nproblems: [unbuilt]\nmethods: [newton]\n", "run", "suite.yaml", "--out", "run")
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	p.after(t, func() bool { _, err := os.Stat(filepath.Join(p.folder, "run")); return err == nil }, syscall.SIGINT)
	if code := p.code(t); code != 130 {
		t.Errorf("exit code %d\n%s", code, p.err.String())
	}
	if _, err := os.Stat(filepath.Join(p.folder, "run")); err == nil {
		t.Error("an empty folder is left behind")
	}
}

// A reader who leaves ends a listing, quietly, and not a run.
func TestClosedOutput(t *testing.T) {
	closed := func(t *testing.T) *os.File {
		r, w, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		r.Close()
		t.Cleanup(func() { w.Close() })
		return w
	}
	run := newProcess(t, strings.Replace(pacedSuite, "repeats: 40", "repeats: 2", 1), "run", "suite.yaml", "--out", "run")
	run.Stdout = closed(t)
	run.Stderr = run.Stdout
	if err := run.Start(); err != nil {
		t.Fatal(err)
	}
	if code := run.code(t); code != 0 {
		t.Errorf("run: exit code %d", code)
	}
	m, err := results.ReadManifest(filepath.Join(run.folder, "run"))
	if err != nil || m.Finished.IsZero() || m.Status[results.Budget] != 2 {
		t.Errorf("the run is not whole: %v %+v", err, m)
	}
	if _, err := os.Stat(filepath.Join(run.folder, "run", "report", "summary.txt")); err != nil {
		t.Error(err)
	}
	for _, args := range []string{"list problems", "list methods --json", "show newton", "schema", "run suite.yaml --dry-run"} {
		p := newProcess(t, pacedSuite, strings.Fields(args)...)
		p.Stdout = closed(t)
		if err := p.Start(); err != nil {
			t.Fatal(err)
		}
		p.code(t)
		status, _ := p.ProcessState.Sys().(syscall.WaitStatus)
		if !status.Signaled() || status.Signal() != syscall.SIGPIPE || p.err.Len() > 0 {
			t.Errorf("%s: %v, and says %q", args, p.ProcessState, p.err.String())
		}
	}
}

// A folder that cannot be written is known before anything is built or run.
func TestReadOnlyFolder(t *testing.T) {
	p := newProcess(t, "suite: s\nproblems: [unbuilt]\nmethods: [newton]\n", "run", "suite.yaml", "--out", "sealed")
	sealed := filepath.Join(p.folder, "sealed")
	if err := os.Mkdir(sealed, 0o555); err != nil {
		t.Fatal(err)
	}
	if os.Getuid() == 0 { // whom nothing is forbidden
		p.asNobody(t)
	}
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	if code := p.code(t); code != 2 || !strings.Contains(p.err.String(), "gdbench: output folder: ") || !strings.Contains(p.err.String(), "permission denied") {
		t.Errorf("exit code %d, and it says %q", code, p.err.String())
	}
	if left, _ := os.ReadDir(sealed); len(left) > 0 {
		t.Errorf("%s is left behind", left[0].Name())
	}
}

// asNobody runs the process as a user who owns nothing, from a copy that this user can read.
func (p *process) asNobody(t *testing.T) {
	t.Helper()
	binary, err := os.ReadFile(p.Path)
	if err != nil {
		t.Fatal(err)
	}
	p.Path = filepath.Join(p.folder, "gdbench")
	if err := os.WriteFile(p.Path, binary, 0o755); err != nil {
		t.Fatal(err)
	}
	for folder := p.folder; len(folder) > len(filepath.Clean(os.TempDir())); folder = filepath.Dir(folder) {
		if err := os.Chmod(folder, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	p.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
}

// A clock that was set back between an interruption and its resumption changes no result,
// and the times of the manifest stay in order.
func TestClockSetBack(t *testing.T) {
	suite := strings.Replace(pacedSuite, "repeats: 40", "repeats: 4", 1)
	p := newProcess(t, suite, "run", "suite.yaml", "--out", "run", "--workers", "1", "--no-report")
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	p.after(t, func() bool { return p.lines("run/runs.jsonl") > 0 }, syscall.SIGTERM)
	p.code(t)
	run := filepath.Join(p.folder, "run")
	m, err := results.ReadManifest(run)
	if err != nil {
		t.Fatal(err)
	}
	m.Started = m.Started.AddDate(1, 0, 0)
	if err := m.Write(run); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"run", "suite.yaml", "--out", "run", "--resume"}, {"verify", "run"}, {"review", "run"}} {
		c := exec.Command("gdbench", args...)
		c.Dir = p.folder
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", args[0], err, out)
		}
	}
	if m, err = results.ReadManifest(run); err != nil {
		t.Fatal(err)
	}
	if m.Finished.Before(m.Started) {
		t.Errorf("begun %v, finished %v", m.Started, m.Finished)
	}
	if !strings.Contains(fmt.Sprint(m.Warnings), "the clock was set back") {
		t.Errorf("nothing is said of the clock: %q", m.Warnings)
	}
}

// A run without --out that was killed is the one that --resume continues, whether it was
// the first of its suite or came after one that is whole.
func TestResumeLatestAfterKill(t *testing.T) {
	suite := strings.Replace(pacedSuite, "repeats: 40", "repeats: 4", 1)
	for _, before := range []int{0, 1} {
		p := newProcess(t, suite, "run", "suite.yaml", "--workers", "1", "--no-report")
		gdbench := func(args ...string) {
			t.Helper()
			c := exec.Command("gdbench", args...)
			c.Dir = p.folder
			if out, err := c.CombinedOutput(); err != nil {
				t.Fatalf("%s: %v\n%s", args, err, out)
			}
		}
		runs := func() []string {
			found, _ := filepath.Glob(filepath.Join(p.folder, "results", "paced", "2*", "runs.jsonl"))
			return found
		}
		for range before {
			gdbench("run", "suite.yaml", "--no-report")
		}
		if err := p.Start(); err != nil {
			t.Fatal(err)
		}
		p.after(t, func() bool { return len(runs()) > before && p.lines("begun.txt") > 4*before+1 }, syscall.SIGKILL)
		_ = p.Wait() // it was killed
		gdbench("run", "suite.yaml", "--resume", "--no-report")
		if n := len(runs()); n != before+1 {
			t.Errorf("%d runs after %d and one that was resumed", n, before)
		}
		for _, run := range runs() {
			m, err := results.ReadManifest(filepath.Dir(run))
			if err != nil || m.Finished.IsZero() || m.Status[results.Budget] != 4 {
				t.Errorf("%s is not whole: %v %+v", run, err, m)
			}
		}
	}
}

// Of runs without --out that begin in one second each has its own folder.
func TestRunsBegunAtOnce(t *testing.T) {
	suite := strings.Replace(pacedSuite, "repeats: 40", "repeats: 2", 1)
	p := newProcess(t, suite)
	const calls = 4
	var begun []*exec.Cmd
	for range calls {
		c := exec.Command("gdbench", "run", "suite.yaml", "--no-report")
		c.Dir = p.folder
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		begun = append(begun, c)
	}
	for _, c := range begun {
		if err := c.Wait(); err != nil {
			t.Error(err)
		}
	}
	whole, _ := filepath.Glob(filepath.Join(p.folder, "results", "paced", "2*", "runs.jsonl"))
	if len(whole) != calls {
		t.Errorf("%d folders of %d runs", len(whole), calls)
	}
}

// A run that is being written, or was killed, is called that, and its cells are counted by
// the lines that are there: nothing that its manifest does not know yet is taken for damage.
func TestUnfinishedRunIsNotDamaged(t *testing.T) {
	p := newProcess(t, strings.Replace(pacedSuite, "repeats: 40", "repeats: 100", 1), "run", "suite.yaml", "--out", "run", "--workers", "2", "--no-report")
	look := func(how string) {
		t.Helper()
		for _, c := range []struct {
			args []string
			code int
			want string
		}{
			{[]string{"verify", "run"}, 1, `^the run ` + how + `: it has [1-9][0-9]* of 100 cells; [^\n]*\n$`},
			{[]string{"report", "run", "--out", "report"}, 0, `paced ` + how + `: [1-9][0-9]* of 100 cells are finished`},
			{[]string{"review", "run"}, 0, `paced ` + how + `: [1-9][0-9]* of 100 cells (is|are) there`},
		} {
			look := exec.Command("gdbench", c.args...)
			look.Dir = p.folder
			out, err := look.Output()
			if look.ProcessState == nil {
				t.Fatal(err)
			}
			if code := look.ProcessState.ExitCode(); code != c.code || !regexp.MustCompile(c.want).Match(out) {
				t.Errorf("%s: exit code %d, and it says\n%s\nexpected %s", c.args, code, out, c.want)
			}
		}
	}
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	p.after(t, func() bool { return p.lines("run/runs.jsonl") > 1 })
	look("is being written by another process")
	p.after(t, func() bool { return true }, syscall.SIGKILL)
	_ = p.Wait() // it was killed
	look("was interrupted")
	page, err := os.ReadFile(filepath.Join(p.folder, "report", "report.html"))
	if err == nil {
		page, err = pageData(page)
	}
	if counted := fmt.Sprintf("%d of 100 finished", p.lines("run/runs.jsonl")); err != nil || !bytes.Contains(page, []byte(counted)) {
		t.Errorf("the page does not say %q (%v)", counted, err)
	}
}
