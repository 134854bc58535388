//go:build unix

// Package hostile gives gdbench input that no one should give: every command meets suites, formulas,
// settings, data, programs and run folders that are broken in random ways, and must answer as it
// answers people.
//
//  1. hostile_test.go makes the attacks and judges the answers.
//  2. suites_test.go breaks suites.
//  3. words_test.go has the values, names and formulas that hurt.
//  4. folders_test.go breaks the folders of runs, data_test.go data, programs_test.go programs,
//     choices_test.go lessons, choices of a report, and constraints.
//  5. components_test.go gives the components of the catalogues wild parameters, by their types.
//  6. texts_test.go has names, labels and notes that a format may trip over, and reads what is written.
//
// An attack is made from a seed and its number alone. What a finding was is kept in a folder that
// the failure names.
package hostile

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// attack is a call of gdbench in a folder of its own.
type attack struct {
	files map[string]string // by path in the folder
	pipes []string          // named ones, which no one writes to
	args  []string
	then  [][]string // further calls, where the first one ends well
	env   []string
	long  bool // may run for as long as it likes, until it is interrupted
	suite bool // files has the suite that is broken; a complaint names a line
	texts bool // the files that are written are looked at, too
}

// attacker makes an attack.
type attacker struct {
	name string
	make func(w *words) attack
}

var attackers = []attacker{
	{"suite", suiteAttack},
	{"formula", formulaAttack},
	{"setting", settingAttack},
	{"argument", argumentAttack},
	{"data", dataAttack},
	{"program", programAttack},
	{"folder", folderAttack},
	{"choice", choiceAttack},
	{"component", componentAttack},
	{"text", textAttack},
}

const (
	fewAttacks = 48 // without GDBENCH_SOAK
	patience   = 6 * time.Second
	grace      = 10 * time.Second // from an interrupt to the end, or to the second one
	mostTime   = 10 * time.Second // of a processor, of a command that may not run long
	mostMemory = 2 << 30
	mostLine   = 20_000 // bytes
)

// TestSoakHostile attacks for ten minutes, or for as long as GDBENCH_HOSTILE says; without
// GDBENCH_SOAK some attacks of each kind must do. GDBENCH_HOSTILE_KIND leaves out all kinds but one.
func TestSoakHostile(t *testing.T) {
	binary := filepath.Join(t.TempDir(), "gdbench")
	if out, err := exec.Command("go", "build", "-o", binary, "..").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if signal.Ignored(os.Interrupt) { // as in the background of a shell; a caught signal is the default one in a child
		signal.Notify(make(chan os.Signal, 1), os.Interrupt)
	}
	readCorpus(t, binary)
	seed, first := number(t, "GDBENCH_HOSTILE_SEED", 1), number(t, "GDBENCH_HOSTILE_FIRST", 0)
	ends, last := time.Now().Add(time.Hour), first+fewAttacks
	if os.Getenv("GDBENCH_SOAK") != "" {
		ends, last = time.Now().Add(10*time.Minute), 1<<40
		if text := os.Getenv("GDBENCH_HOSTILE"); text != "" {
			d, err := time.ParseDuration(text)
			if err != nil {
				t.Fatal(err)
			}
			ends = time.Now().Add(d)
		}
	}
	var next, findings atomic.Int64
	next.Store(int64(first))
	var all sync.WaitGroup
	for range 2 {
		all.Go(func() {
			for time.Now().Before(ends) && findings.Load() < 20 {
				k := int(next.Add(1)) - 1
				if k >= last {
					return
				}
				if only := os.Getenv("GDBENCH_HOSTILE_KIND"); only != "" && only != attackers[k%len(attackers)].name {
					continue
				}
				if !try(t, binary, uint64(seed), k) {
					findings.Add(1)
				}
			}
		})
	}
	all.Wait()
	t.Logf("%d attacks", next.Load()-int64(first))
}

func number(t *testing.T, variable string, otherwise int) int {
	t.Helper()
	text := os.Getenv(variable)
	if text == "" {
		return otherwise
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("%s: %v", variable, err)
	}
	return n
}

// whole are the words that ask for an output in which texts are whole, however long: it is read by programs.
var whole = []string{"--json", "json", "cite", "csv", "github", "markdown", "md", "tex"}

// try makes an attack and reports whether gdbench withstood it. What failed is kept.
func try(t *testing.T, binary string, seed uint64, k int) bool {
	kind := attackers[k%len(attackers)]
	a := kind.make(&words{rand.New(rand.NewPCG(seed, uint64(k)))})
	folder, err := os.MkdirTemp("", "hostile")
	if err != nil {
		t.Error(err)
		return false
	}
	for _, name := range slices.Sorted(maps.Keys(a.files)) {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Error(err)
		}
		if err := os.WriteFile(path, []byte(a.files[name]), 0o755); err != nil {
			t.Error(err)
		}
	}
	for _, name := range a.pipes {
		if err := syscall.Mkfifo(filepath.Join(folder, name), 0o600); err != nil {
			t.Error(err)
		}
	}
	o := call(binary, folder, a)
	complaints := o.judge(a)
	for ; len(complaints) == 0 && o.code == 0 && len(a.then) > 0; a.then = a.then[1:] {
		a.args = a.then[0]
		o = call(binary, folder, a)
		complaints = o.judge(a)
	}
	if a.texts {
		complaints = append(complaints, inspect(folder)...)
	}
	if len(complaints) == 0 {
		os.RemoveAll(folder)
		return true
	}
	words := make([]string, len(a.args))
	for i, w := range a.args {
		words[i] = "'" + start(strings.ReplaceAll(w, "'", `'\''`), 5000) + "'"
	}
	t.Errorf("attack %d, a %s, in %s: %s\n  gdbench %s\n  exit code %d after %v of a processor\n%s",
		k, kind.name, folder, strings.Join(complaints, "; "), strings.Join(words, " "), o.code, o.used.Round(time.Millisecond), start(o.said, 1500))
	return false
}

// outcome is what a call did.
type outcome struct {
	code        int
	ended       string // such as "exit status 2"
	said        string // both streams
	complaint   string // standard error
	used        time.Duration
	memory      int64
	interrupted bool
	stuck       bool // was killed
}

// call runs the attack, interrupts it when it takes long, and kills it when that does not end it.
func call(binary, folder string, a attack) outcome {
	ctx, cancel := context.WithTimeout(context.Background(), 20*patience)
	defer cancel()
	c := exec.CommandContext(ctx, binary, a.args...)
	c.Dir = folder
	c.Env = append(append(os.Environ(), "GDBENCH_ALLOW_PROCESSES=1"), a.env...)
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	c.Cancel = func() error { return syscall.Kill(-c.Process.Pid, syscall.SIGKILL) }
	var out, complaint bytes.Buffer
	c.Stdout, c.Stderr = &limited{to: &out}, &limited{to: &complaint}
	var o outcome
	if err := c.Start(); errors.Is(err, syscall.E2BIG) {
		return outcome{} // longer than the system lets any user write
	} else if err != nil {
		return outcome{code: -1, said: err.Error()}
	}
	ended := make(chan struct{})
	go func() { _ = c.Wait(); close(ended) }()
	if a.long {
		select {
		case <-ended:
		case <-time.After(patience):
			o.interrupted = true
			if !interrupt(c.Process, ended) {
				o.stuck = true
				cancel()
			}
		}
	}
	<-ended
	o.stuck = o.stuck || ctx.Err() != nil
	o.code, o.ended = c.ProcessState.ExitCode(), c.ProcessState.String()
	o.used = c.ProcessState.UserTime() + c.ProcessState.SystemTime()
	if usage, ok := c.ProcessState.SysUsage().(*syscall.Rusage); ok {
		o.memory = usage.Maxrss << 10
	}
	o.complaint = complaint.String()
	o.said = out.String() + o.complaint
	return o
}

// interrupt sends an interrupt, and another where work in flight is being finished, as a user would.
func interrupt(p *os.Process, ended chan struct{}) bool {
	for range 2 {
		_ = p.Signal(os.Interrupt)
		select {
		case <-ended:
			return true
		case <-time.After(grace):
		}
	}
	return false
}

// limited keeps the beginning of what is written.
type limited struct{ to *bytes.Buffer }

func (l *limited) Write(p []byte) (int, error) {
	if room := 1<<20 - l.to.Len(); room > 0 {
		l.to.Write(p[:min(len(p), room)])
	}
	return len(p), nil
}

var (
	traces = regexp.MustCompile(`panic:|goroutine \d+ \[|runtime error|Traceback \(most|nil pointer|%!\w|<nil>|fatal error:`)
	line   = regexp.MustCompile(`suite\.yaml:\d+`)
	colour = regexp.MustCompile(`\x1b`)
)

// judge lists what is wrong with the answer.
func (o outcome) judge(a attack) []string {
	var out []string
	said, _, _ := strings.Cut(o.said, "it printed: ") // what follows is the program's own, such as a traceback of Python
	if found := traces.FindString(said); found != "" && !strings.Contains(strings.Join(a.args, " "), found) && !a.hasInput(found) {
		out = append(out, "it shows "+found)
	}
	if o.stuck {
		out = append(out, "it hangs")
	}
	if !a.long && o.used > mostTime {
		out = append(out, fmt.Sprintf("it takes %v", o.used))
	}
	if o.memory > mostMemory {
		out = append(out, fmt.Sprintf("it takes %d MB", o.memory>>20))
	}
	if colour.MatchString(o.said) {
		out = append(out, "it lets escape sequences through")
	}
	if !slices.Contains([]int{0, 1, 2, 3, 4}, o.code) && !(o.interrupted && (o.code == 130 || o.ended == "signal: interrupt")) {
		out = append(out, o.ended)
	}
	if o.code == 2 && !o.namesAPlace(a) {
		out = append(out, "the message names no place")
	}
	if o.code > 0 && strings.TrimSpace(o.said) == "" {
		out = append(out, "it says nothing")
	}
	read := o.said
	if slices.ContainsFunc(a.args, func(word string) bool { return slices.Contains(whole, word) }) {
		read = o.complaint
	}
	if slices.Max(append(lengths(read), 0)) > mostLine {
		out = append(out, "a line is longer than anyone can read")
	}
	return out
}

func (a attack) hasInput(text string) bool {
	for _, content := range a.files {
		if strings.Contains(content, text) {
			return true
		}
	}
	return false
}

// namesAPlace reports whether the complaint names a line of the suite, a file, or a part of the call.
func (o outcome) namesAPlace(a attack) bool {
	if line.MatchString(o.complaint) {
		return true
	}
	if a.suite {
		return strings.Contains(o.complaint, "suite.yaml") || strings.Contains(o.complaint, "--only") || strings.Contains(o.complaint, a.args[0]+":")
	}
	for _, name := range append(slices.Collect(maps.Keys(a.files)), a.pipes...) {
		if strings.Contains(o.complaint, filepath.Base(name)) {
			return true
		}
	}
	for _, arg := range a.args {
		if strings.Contains(o.complaint, strconv.Quote(arg)) || arg != "" && strings.Contains(o.complaint, " "+arg+":") {
			return true
		}
		for _, part := range strings.FieldsFunc(arg, func(r rune) bool { return strings.ContainsRune("=, []{}():'\"", r) }) {
			if len(part) > 1 && strings.Contains(o.complaint, start(part, 20)) {
				return true
			}
		}
	}
	return strings.Contains(o.complaint, "--") || strings.Contains(o.complaint, a.args[0]+":")
}

func lengths(text string) []int {
	var out []int
	for l := range strings.Lines(text) {
		out = append(out, len(l))
	}
	return out
}

func start(text string, n int) string { return text[:min(len(text), n)] }
