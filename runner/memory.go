package runner

import (
	"bufio"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"github.com/gdbench/gdbench/internal/limit"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

// What a worker keeps, roughly: vectors of the problem's forks, the method, the observer
// and its oracle, and where the method has dense matrices three of them, for one is
// factorized and one may be worked with.
const (
	vectorsKept  = 40
	matricesKept = 3
	bytesNumber  = 8
	bytesTraced  = 200 // of a number in a trace, as a number and as text, in columns that grow
)

// Below this dimension a method's memory is no question, below this size no worker's is.
const (
	smallDim  = 1000
	smallNeed = 8 << 20
)

// need is what one worker takes, and for which cell.
type need struct {
	bytes float64
	cell  string
}

// fitWorkers is the number of workers that there is memory for, at most those wanted: by
// GOMEMLIMIT where it is set, otherwise by what the machine has available. It is an error
// where there is not enough for one. The note says why there are fewer.
func (p *pool) fitWorkers() (workers int, note string, err error) {
	most, err := p.greatestNeed()
	wanted := p.options.Workers
	if err != nil || most.bytes == 0 {
		return wanted, "", err
	}
	room, whose := memory()
	if room >= most.bytes*float64(wanted) {
		return wanted, "", nil
	}
	said := fmt.Sprintf("%s needs about %s a worker, and %s leaves %s", most.cell, size(most.bytes), whose, size(room))
	workers = int(room / most.bytes)
	if workers < 1 {
		return 0, "", fmt.Errorf("%s; take it out (exclude, --only), or give more memory (GOMEMLIMIT)", said)
	}
	return workers, fmt.Sprintf("%d workers instead of %d: %s", workers, wanted, said), nil
}

// greatestNeed is that of the cell which takes most.
func (p *pool) greatestNeed() (need, error) {
	s := p.suite
	var most need
	type pair struct {
		problem *suite.Problem
		method  *suite.Method
	}
	var last pair
	silent := map[*suite.Method]bool{}
	for c := range p.cells {
		if last == (pair{c.Problem, c.Method}) {
			continue
		}
		last = pair{c.Problem, c.Method}
		b := p.built[c.Problem]
		n := b.problem.Dim()
		if s.TracePoints() > s.MostTracePoints(n) {
			return need{}, fmt.Errorf("%s: a trace of %d points in %d variables is too long; record fewer (`trace`): %s", c.Problem.Label, s.TracePoints(), n, limit.Trace.Exceeded())
		}
		bytes := bytesTraced * float64(s.TracePoints()) * float64(s.TraceWidth(n))
		if n >= smallDim {
			numbers := vectorsKept * float64(n)
			if !silent[c.Method] {
				entries, answered := denseEntries(s, c, b)
				numbers += matricesKept * entries
				silent[c.Method] = !answered
			}
			bytes += numbers * bytesNumber
		}
		if bytes > max(most.bytes, smallNeed) {
			most = need{bytes, fmt.Sprintf("%s on %s", c.Method.Label, c.Problem.Label)}
		}
	}
	return most, nil
}

// trialTime is how long a method may take to say that it wants a matrix. One that needs
// longer is left to itself, not asked again, and dealt with where its cell runs, under the
// cell's own limit of time.
const trialTime = time.Second

// denseEntries is the size of the dense matrix that the method of a cell keeps, and whether
// it said so in time.
func denseEntries(s *suite.Suite, c suite.Cell, b *builtProblem) (entries float64, answered bool) {
	found := make(chan float64, 1) // room for an answer that comes too late
	go func() { found <- wanted(s, c, b) }()
	select {
	case entries = <-found:
		return entries, true
	case <-time.After(trialTime):
		return 0, false
	}
}

// wanted is the size of the matrix that a method asks for, found by letting it begin where
// there is no room for one. What else goes wrong is the cell's own affair, later.
func wanted(s *suite.Suite, c suite.Cell, b *builtProblem) (entries float64) {
	defer func() { _ = recover() }()
	p := newPairing(c, b)
	method, err := p.build(b)
	if err != nil {
		return 0
	}
	oracle, err := problems.NewOracle(fork(b.problem), b.facts, problems.OracleOptions{
		Batch: c.Method.Keys.Batch.Size, Horizon: s.Budget.Iterations, Trial: true,
	})
	if err != nil {
		return 0
	}
	defer func() { entries = oracle.Dense() }()
	n := b.problem.Dim()
	at := methods.Iterate{Point: methods.Point{X: make([]float64, n), Grad: make([]float64, n)}}
	_ = methods.Unwrap(method).Init(oracle, &at)
	return 0
}

// memory is how much there is to take, and by whose word.
func memory() (bytes float64, whose string) {
	var now runtime.MemStats
	runtime.ReadMemStats(&now)
	if most := debug.SetMemoryLimit(-1); most < math.MaxInt64 {
		return max(0, float64(most)-float64(now.HeapAlloc)), "GOMEMLIMIT"
	}
	return available(), "the machine"
}

// available is what the machine, or the container, has left; infinite where it does not
// tell.
func available() float64 {
	free := math.Inf(1)
	if file, err := os.Open("/proc/meminfo"); err == nil {
		defer file.Close()
		for lines := bufio.NewScanner(file); lines.Scan(); {
			if fields := strings.Fields(lines.Text()); len(fields) > 1 && fields[0] == "MemAvailable:" {
				if kibibytes, err := strconv.ParseFloat(fields[1], 64); err == nil {
					free = kibibytes * 1024
				}
			}
		}
	}
	return math.Min(free, groupLeft("/sys/fs/cgroup"))
}

// groupLeft is what a control group has left, infinite where it has no limit. What it holds
// of files that nobody reads at the moment counts as free, as it does in MemAvailable: the
// data that the problems were just read from would otherwise count twice.
func groupLeft(folder string) float64 {
	read := func(name string) string {
		text, _ := os.ReadFile(filepath.Join(folder, name)) // none: no number either
		return string(text)
	}
	most, err := strconv.ParseFloat(strings.TrimSpace(read("memory.max")), 64)
	used, usedErr := strconv.ParseFloat(strings.TrimSpace(read("memory.current")), 64)
	if err != nil || usedErr != nil { // none, or "max"
		return math.Inf(1)
	}
	for line := range strings.Lines(read("memory.stat")) {
		if text, ok := strings.CutPrefix(line, "inactive_file "); ok {
			if cached, err := strconv.ParseFloat(strings.TrimSpace(text), 64); err == nil {
				used -= cached
			}
		}
	}
	return most - used
}

// size is a number of bytes for people.
func size(bytes float64) string {
	if bytes < 1<<30 {
		return fmt.Sprintf("%.3g MiB", bytes/(1<<20))
	}
	return fmt.Sprintf("%.3g GiB", bytes/(1<<30))
}

// fit brings the workers of a run down to those that there is memory for.
func (p *pool) fit() error {
	workers, note, err := p.fitWorkers()
	if err != nil {
		return err
	}
	if note != "" {
		p.manifest.Warnings = append(p.manifest.Warnings, note)
	}
	p.options.Workers, p.manifest.Workers = workers, workers
	return nil
}
