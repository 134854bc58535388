package prepare

import (
	"fmt"
	"iter"
	"time"

	"github.com/gdbench/gdbench/internal/english"
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

// Workers is the number of workers that there is memory for, at most those wanted: by
// GOMEMLIMIT where it is set, otherwise by what the machine has available. It is an error
// where there is not enough for one. The note says why there are fewer.
func Workers(s *suite.Suite, cells iter.Seq[suite.Cell], built Problems, wanted int) (workers int, note string, err error) {
	most, err := greatestNeed(s, cells, built)
	if err != nil || most.bytes == 0 {
		return wanted, "", err
	}
	room, whose := memory()
	if room >= most.bytes*float64(wanted) {
		return wanted, "", nil
	}
	said := fmt.Sprintf("%s needs about %s per worker, and %s leaves %s", most.cell, size(most.bytes), whose, size(room))
	workers = int(room / most.bytes)
	if workers < 1 {
		return 0, "", fmt.Errorf("%s; leave the cell out (exclude, --only), or allow more memory (GOMEMLIMIT)", said)
	}
	return workers, fmt.Sprintf("running %s instead of %d: %s", english.Count(workers, "worker"), wanted, said), nil
}

// room is an error where there is not enough memory for a descent in n variables, or where they are
// more than the limit.
func room(n int64) error {
	need := float64(vectorsKept * float64(n) * bytesNumber)
	if n < smallDim || need <= smallNeed {
		return nil
	}
	if room, whose := memory(); room < need {
		return fmt.Errorf("the problem has %s, which need about %s, and %s leaves %s", english.Count(n, "variable"), size(need), whose, size(room))
	}
	if n > limit.Variables.Max() {
		return fmt.Errorf("it has %d variables: %s", n, limit.Variables.Exceeded())
	}
	return nil
}

// greatestNeed is that of the cell which takes most.
func greatestNeed(s *suite.Suite, cells iter.Seq[suite.Cell], built Problems) (need, error) {
	var most need
	type pair struct {
		problem *suite.Problem
		method  *suite.Method
	}
	var last pair
	silent := map[*suite.Method]bool{}
	for c := range cells {
		if last == (pair{c.Problem, c.Method}) {
			continue
		}
		last = pair{c.Problem, c.Method}
		b := built[c.Problem]
		n := b.Problem.Dim()
		if s.TracePoints() > s.MostTracePoints(n) {
			return need{}, fmt.Errorf("%s: a trace of %s in %s is too long; record fewer (`trace`): %s", c.Problem.Label, english.Count(s.TracePoints(), "point"), english.Count(n, "variable"), limit.Trace.Exceeded())
		}
		bytes := float64(bytesTraced * float64(s.TracePoints()) * float64(s.TraceWidth(n)))
		if n >= smallDim {
			numbers := float64(vectorsKept * float64(n))
			if !silent[c.Method] {
				entries, answered := denseEntries(s, c, b)
				numbers += float64(matricesKept * entries)
				silent[c.Method] = !answered
			}
			bytes += float64(numbers * bytesNumber)
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
func denseEntries(s *suite.Suite, c suite.Cell, b *Built) (entries float64, answered bool) {
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
func wanted(s *suite.Suite, c suite.Cell, b *Built) (entries float64) {
	defer func() { _ = recover() }()
	method, err := Method(c.Method, b)
	if err != nil {
		return 0
	}
	oracle, err := problems.NewOracle(b.Fork(), b.Facts, problems.OracleOptions{
		Batch: c.Method.Keys.Batch.Size, Horizon: s.Horizon(c.Method, b.Samples()), Trial: true,
	})
	if err != nil {
		return 0
	}
	defer func() { entries = oracle.Dense() }()
	n := b.Problem.Dim()
	at := methods.Iterate{Point: methods.Point{X: make([]float64, n), Grad: make([]float64, n)}}
	_ = methods.Unwrap(method).Init(oracle, &at)
	return 0
}
