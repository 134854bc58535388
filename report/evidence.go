package report

import (
	"cmp"
	"fmt"
	"math"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"

	"github.com/gdbench/gdbench/results"
)

// Evidence is what a report keeps of its runs: everything that figures and tables need,
// without the messages, parameters and columns that they do not.
type Evidence struct {
	Runs     []*results.Run
	Problems []*Problem // in order of appearance
	Cells    int
	Read     []int // how many of them are of each run
	Warnings []Warning

	words map[string]string // texts that many cells share, once each
}

// Problem is what was tried on one problem.
type Problem struct {
	Label   string
	Example *results.Record // its first record, without the trace
	Samples int             // of the data set; 0: it has none
	Dim     int             // number of variables; 0: unknown
	Entries []*Entry        // in order of appearance

	// Reference is the value that gaps are measured from: f* where it is known, and the
	// least value that any run has seen otherwise.
	Reference float64
	BestSeen  bool // Reference is not f*

	goals  []Goal
	least  float64  // value that any run has seen; infinite where none is finite
	ranked []*Entry // what Ranked has found
}

// Entry is one method with one choice of settings on one problem: the runs that differ
// in their repeat only.
type Entry struct {
	Problem *Problem
	Label   string
	Method  results.Component
	Group   string   // label without the learning rate: a rate is chosen among the entries of a group
	Family  string   // idea that the method is a variant of; its own name where none is recorded
	Uses    []string // facts about the problem that it was told: "L", "mu", "f*"; sorted
	Rate    float64  // learning rate or fixed step length; NaN: it has none
	Written string   // the rate as written: "1/L"; "" for a number
	Edge    float64  // curvature above which these settings are unstable; NaN: unknown
	Batch   int      // samples a batch; 0: all
	Cells   []*Cell

	Expected []*expected // theorems in expectation, over all repeats

	tail *tail // of its gaps, once fitted has looked
}

// Cell is one run.
type Cell struct {
	Entry         *Entry
	Repeat        int
	Deterministic bool
	Status        results.Status
	Message       string
	Iterations    int
	Counts        results.Counts
	Start         results.Start
	Final         results.Final
	Theorems      []results.Theorem
	Trace         *results.Trace
	Seconds       float64

	reached []reached // the goals that were met
}

// reached is a goal with what had been spent when it was met.
type reached struct {
	goal int // place among the problem's
	cost spent
}

// Warning is something a reader must know, said where the numbers are.
type Warning string

// large is the number of cells above which cells and traces are cut down to what the first
// figures need, so that a run of a million cells fits into memory.
const large = 20_000

// leanColumns are the columns of a large run that are read.
var leanColumns = results.Columns{"iteration", "value", "gap", "evaluations", "samples", "hessians", "hessian_products"}

// Gather reads runs one record at a time. A run that cannot be read to its end is used as
// far as it goes, with a warning; an error is returned only where nothing can be read. Of
// the traces of a large run only the columns are kept that every report needs, and those
// that are named.
func Gather(runs []*results.Run, named ...string) (*Evidence, error) {
	e := &Evidence{Runs: runs, words: map[string]string{}}
	problems := map[string]*Problem{}
	entries := map[[2]string]*Entry{}
	var failure error
	expected := expectedCells(runs)
	var columns results.Columns // all
	if expected > large {
		columns = append(slices.Clone(leanColumns), named...)
	}
	for _, run := range runs {
		before, broken := e.Cells, false
		for record, err := range run.RecordsWith(columns) {
			if err != nil {
				failure, broken = err, true
				e.warn("the records end early: %v", err)
				break
			}
			e.add(record, suffix(runs, run), expected > large, problems, entries)
		}
		read, m := e.Cells-before, run.Manifest
		e.Read = append(e.Read, read)
		if read < m.Cells && !m.Finished.IsZero() && !broken {
			e.warn("%s has whole records of %d of its %d cells: its file was cut; `gdbench verify` tells more", m.Suite, read, m.Cells)
		}
	}
	if e.Cells == 0 && failure != nil {
		return nil, failure
	}
	if e.Cells == 0 {
		e.warn("no finished cell: there is nothing to report")
	}
	for _, p := range e.Problems {
		p.settle()
	}
	e.inspect()
	return e, nil
}

func expectedCells(runs []*results.Run) int {
	expected := 0
	for _, run := range runs {
		expected += run.Manifest.Cells
	}
	return expected
}

// frugal has the garbage of a large run collected more often, until the function that it
// returns is called: its cells stay, and what passes should not take as much room again.
func frugal(runs []*results.Run) (end func()) {
	if expectedCells(runs) <= large {
		return func() {}
	}
	before := debug.SetGCPercent(20)
	return func() { debug.SetGCPercent(before) }
}

// suffix tells the methods of several runs apart.
func suffix(runs []*results.Run, run *results.Run) string {
	if len(runs) < 2 {
		return ""
	}
	return " · " + filepath.Base(run.Folder)
}

func (e *Evidence) warn(format string, args ...any) {
	e.Warnings = append(e.Warnings, Warning(fmt.Sprintf(format, args...)))
}

func (e *Evidence) add(r *results.Record, suffix string, lean bool, problems map[string]*Problem, entries map[[2]string]*Entry) {
	e.Cells++
	p := problems[r.Labels.Problem]
	if p == nil {
		example := *r
		example.Trace, example.Targets = nil, nil
		p = &Problem{Label: r.Labels.Problem, Example: &example, Samples: r.Samples, least: math.Inf(1)}
		problems[p.Label] = p
		e.Problems = append(e.Problems, p)
	}
	if p.Example.Minimum == nil && r.Minimum != nil {
		p.Example.Minimum = r.Minimum
	}
	p.Samples = max(p.Samples, r.Samples)
	key := [2]string{p.Label, r.Labels.Method + suffix}
	entry := entries[key]
	if entry == nil {
		entry = newEntry(p, r, key[1])
		entries[key] = entry
		p.Entries = append(p.Entries, entry)
	}
	entry.expect(r.Theorems)
	cell := newCell(r, lean)
	cell.Entry = entry
	cell.Status, cell.Message = results.Status(e.once(string(cell.Status))), e.once(cell.Message)
	cell.Final.CriticalPoint = e.once(cell.Final.CriticalPoint)
	entry.Cells = append(entry.Cells, cell)
	if r.Final != nil && r.Final.X != nil && p.Dim == 0 {
		p.Dim = len(*r.Final.X)
	}
	if r.Best != nil && finite(float64(r.Best.Value)) {
		p.least = math.Min(p.least, float64(r.Best.Value))
	}
	p.meet(cell, r.Targets)
}

// once is a text that is kept once, however many cells have it.
func (e *Evidence) once(text string) string {
	if known, ok := e.words[text]; ok {
		return known
	}
	if len(e.words) < 1<<12 {
		e.words[text] = text
	}
	return text
}

// meet notes the targets of a cell, and what those cost that it met.
func (p *Problem) meet(c *Cell, targets []results.Target) {
	for i := range targets {
		t := &targets[i]
		goal := Goal{float64(t.Target), t.Kind}
		known := slices.Index(p.goals, goal)
		if known < 0 {
			known = len(p.goals)
			p.goals = append(p.goals, goal)
		}
		if t.Hit() {
			c.reached = append(c.reached, reached{known, spentAt(t)})
		}
	}
	c.reached = slices.Clip(c.reached)
}

func newEntry(p *Problem, r *results.Record, label string) *Entry {
	entry := &Entry{Problem: p, Label: label, Group: label, Method: r.Method, Rate: math.NaN(), Edge: math.NaN(), Batch: batchOf(&r.Method)}
	if r.Families == nil {
		entry.readSchema1(r)
		return entry
	}
	entry.Family, entry.Uses = r.Families.Method, r.Uses
	if lr := r.LearningRate; lr != nil {
		entry.setRate(lr.Parameter, float64(lr.Value), r.Written.Method[lr.Parameter])
	}
	if s := r.Stability; s != nil {
		entry.Edge = float64(s.Curvature)
	}
	return entry
}

// setRate takes in the learning rate, which is the parameter at that path, and how the
// suite wrote it; "" for a plain number.
func (e *Entry) setRate(path string, rate float64, written string) {
	e.Rate, e.Written = rate, written
	e.Group = withoutRate(e.Label, path, cmp.Or(written, strconv.FormatFloat(rate, 'g', -1, 64)))
}

func batchOf(c *results.Component) int {
	size, ok := c.Number("batch")
	if !ok {
		return 0 // "full", or no batches
	}
	return int(size)
}

// withoutRate is a label without the word that says the learning rate, which is the
// parameter at that path: "lr=0.1", "step=1/L", "step=fixed(t=0.1)". What stays names the
// methods between which a rate is chosen.
func withoutRate(label, path, text string) string {
	part, last := path, path
	if i := strings.LastIndexByte(path, '.'); i >= 0 {
		part, last = path[:i], path[i+1:]
	}
	says := func(word string) bool {
		key, value, _ := strings.Cut(word, "=")
		return value == text && (key == path || key == last || key == part) || key == part && strings.HasSuffix(value, "("+last+"="+text+")")
	}
	return strings.Join(slices.DeleteFunc(strings.Fields(label), says), " ")
}

func newCell(r *results.Record, lean bool) *Cell {
	c := &Cell{Repeat: r.Repeat, Deterministic: r.Deterministic, Status: r.Status,
		Message: r.Message, Iterations: r.Iterations, Counts: r.Counts,
		Trace: r.Trace, Theorems: r.Theorems, Seconds: float64(r.Seconds)}
	for i := range c.Theorems {
		if t := &c.Theorems[i]; lean || t.InExpectation {
			t.Iteration, t.Bound, t.Ratios, t.Measured, t.Floor = nil, nil, nil, nil, nil // those in expectation are in the entry
		}
	}
	nan := results.Number(math.NaN())
	c.Start = results.Start{Value: nan, Gap: nan, GradientNorm: nan, Distance: nan}
	c.Final = results.Final{Value: nan, Gap: nan, GradientNorm: nan, Distance: nan}
	if r.Start != nil {
		c.Start = *r.Start
	}
	if r.Final != nil {
		c.Final = *r.Final
	}
	if lean {
		c.Final.X = nil
	}
	if t := r.Trace; t != nil {
		c.Trace = slim(t, lean)
	}
	return c
}

// slim drops columns that are not needed, and a trace whose columns do not fit together.
func slim(t *results.Trace, lean bool) *results.Trace {
	n := t.Len()
	fits := len(t.Value) == n && len(t.Gap) == n && len(t.Evaluations) == n && len(t.Samples) == n
	if n == 0 || !fits {
		return nil
	}
	kept := *t
	kept.Values, kept.Hessians, kept.HessianProducts = nil, used(t.Hessians), used(t.HessianProducts)
	if lean && hasFinite(t.Gap) {
		kept.Value = nil // the gap and f* tell it
	}
	return &kept
}

// used is a column of counts, nil where nothing was counted.
func used(counts []int64) []int64 {
	if len(counts) == 0 || counts[len(counts)-1] == 0 {
		return nil
	}
	return counts
}

func hasFinite(values []float64) bool {
	for _, v := range values {
		if finite(v) {
			return true
		}
	}
	return false
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

// settle chooses the value that gaps are measured from.
func (p *Problem) settle() {
	if m := p.Example.Minimum; m != nil {
		p.Reference = float64(m.Value)
		return
	}
	p.Reference, p.BestSeen = p.least, true
}

// Failed reports whether a run counts as infinitely bad: it diverged, or broke.
func (c *Cell) Failed() bool {
	return c.Status == results.Diverged || c.Status == results.Failed
}

// Ran reports whether the descent began.
func (c *Cell) Ran() bool { return c.Status != results.Skipped }

// Gap is the final gap: infinite where the run failed, NaN where it did not begin.
func (c *Cell) Gap(p *Problem) float64 {
	switch {
	case !c.Ran():
		return math.NaN()
	case c.Failed():
		return math.Inf(1)
	case p.BestSeen:
		return float64(c.Final.Value) - p.Reference
	}
	return float64(c.Final.Gap)
}

// Ran are the cells that began.
func (e *Entry) Ran() []*Cell {
	var out []*Cell
	for _, c := range e.Cells {
		if c.Ran() {
			out = append(out, c)
		}
	}
	return out
}

// Each is a number of every cell that began.
func (e *Entry) Each(of func(*Cell) float64) []float64 {
	var out []float64
	for _, c := range e.Ran() {
		out = append(out, of(c))
	}
	return out
}

// FinalGaps are the gaps at the end of the runs that began.
func (e *Entry) FinalGaps() []float64 {
	return e.Each(func(c *Cell) float64 { return c.Gap(e.Problem) })
}
