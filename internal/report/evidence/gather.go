package evidence

import (
	"fmt"
	"math"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/report/figure"
	"github.com/gdbench/gdbench/internal/report/search"
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

	Searches []*search.Search // by which methods were tuned, one for each run that tunes

	Reference string // name of the method that others are compared with

	// Looks are those of the methods, by their places, with the styles that the suites ask for.
	Looks  figure.Looks
	styles []results.Style
	places int // number of places, which are those of Identity

	untrue int               // number of Warnings that Untrue has
	words  map[string]string // texts that many cells share, once each
	free   []Cell            // see room

	shortProblems, shortMethods *Names // see ShortProblem

	left map[[2]string]bool // cells that Choose has left out, by problem and method
}

// Problem is what was tried on one problem.
type Problem struct {
	Label   string
	called  []string        // by other runs
	Example *results.Record // its first record, without the trace
	Samples int             // of the data set; 0: it has none
	Dim     int             // number of variables; 0: unknown
	Entries []*Entry        // in order of appearance

	// Reference is the value that gaps are measured from: f* where it is known, and the
	// least value that any run has seen otherwise.
	Reference float64
	BestSeen  bool // Reference is not f*

	goals    []Goal    // all that were asked for, in order of appearance
	measured []bool    // whether some run could measure it
	met      []bool    // whether some run has met it
	earlier  []float64 // largest share of its iterations by which a run may have met it before a check saw it
	settled  []Goal    // see Goals
	patterns []*met    // see shared
	least    float64   // value that any run has seen; infinite where none is finite
	ranked   []*Entry  // what Ranked has found
}

// Entry is one method with one choice of settings on one problem: the runs that differ
// in their repeat only.
type Entry struct {
	Problem *Problem
	Label   string
	Method  results.Component

	Tuned bool // each study has settings of its own

	IsReference bool // others are compared with it
	IsOwn       bool // its component does not come with gdbench
	Asked       bool // it announces no iterates: they are the points at which it asks for gradients

	RoundTrip float64 // seconds that a question takes between the programs; 0: method and problem are in one

	Identity Identity // what it looks like
	Group    string   // label without the learning rate: a rate is chosen among the entries of a group
	Family   string   // idea that the method is a variant of; its own name where none is recorded
	Uses     []string // facts about the problem that it was given: "L", "mu", "f*"; sorted
	Archived bool     // not run by gdbench: nothing is known beyond the last evaluation of a run
	Imported bool     // of the archived: its iterates were observed under the conditions of a suite
	Schema1  bool     // its records are of schema 1: Uses lists only the constants in its settings
	Rate     float64  // learning rate or fixed step length; NaN: it has none
	Written  string   // the rate as written: "1/L"; "" for a number
	Edge     float64  // curvature above which these settings are unstable; NaN: unknown
	Limit    float64  // 2/L, where the records say it; NaN: unknown
	Batch    int      // samples a batch; 0: all
	Cells    []*Cell
	allRan   bool // no cell is known that did not begin; in a large run to look takes long

	Expected []*Expected // theorems in expectation, over all repeats
}

// met is what became of the goals of a run. Runs that have reached none share it.
type met struct {
	reached []reached
	open    []int // the goals that could be measured, as places among the problem's; shared
	asked   bool  // the record lists goals: one that is not open was not measurable
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
	known := index{problems: map[string]*Problem{}, here: map[string]*Problem{}, entries: map[[2]string]*Entry{}, places: map[place][]*Problem{}, components: map[string]*Problem{}}
	e.Read = make([]int, len(runs))
	var failure error
	expected := expectedCells(runs)
	var columns results.Columns // all
	if expected > large {
		columns = append(slices.Clone(leanColumns), named...)
	}
	for _, i := range archivedLast(runs) {
		run := runs[i]
		read, broken := 0, false
		from := sourceOf(run.Manifest)
		from.suffix, from.lean = suffix(runs, run), expected > large
		if run.Manifest.Tuning != nil {
			from.search = search.New(run.Manifest.Tuning)
			e.Searches = append(e.Searches, from.search)
		}
		for record, err := range run.RecordsWith(columns) {
			if err != nil {
				failure, broken = err, true
				e.warn("the records end early: %v", err)
				break
			}
			read++
			e.add(record, from, &known)
		}
		known.finish(e.Problems)
		m := run.Manifest
		e.mark(run.Manifest, from.suffix)
		e.Read[i] = read
		if read == 0 && m.Cells > 0 && !m.Finished.IsZero() && !broken {
			failure = fmt.Errorf("%s has no record, and the run finished with %s: the file was emptied; take it from a backup, or run the suite again",
				filepath.Join(run.Folder, results.RunsFile), english.Count(m.Cells, "cell"))
		}
		if read < m.Cells && !m.Finished.IsZero() && !broken {
			e.warn("%s has complete records of %d of its %d cells: its file was truncated; see `gdbench verify`", m.Suite, read, m.Cells)
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
	e.identify()
	e.inspect()
	return e, nil
}

// mark notes which entries of a run are the reference, and which are methods of the user. Where
// the suite does not say what its reference is, or none of it ran, it is the method that ran
// first.
func (e *Evidence) mark(m *results.Manifest, suffix string) {
	if sourceOf(m).archived && e.Reference != "" {
		return // what others are compared with is ours
	}
	for _, s := range m.Styles {
		labels := s.Methods
		s.Methods = nil
		for _, label := range labels {
			s.Methods = append(s.Methods, label+suffix)
		}
		e.styles = append(e.styles, s)
	}
	reference := results.Reference{}
	if m.Reference != nil {
		reference = *m.Reference
	}
	listed, own := setOf(reference.Methods), setOf(m.Own)
	isReference := func(entry *Entry) bool { return listed[strings.TrimSuffix(entry.Label, suffix)] }
	mine := e.of(suffix)
	if len(mine) > 0 && !slices.ContainsFunc(mine, isReference) {
		first := mine[0].Name()
		reference.Name = strings.TrimSuffix(first, suffix)
		isReference = func(entry *Entry) bool { return entry.Name() == first }
	}
	for _, entry := range mine {
		entry.IsReference = isReference(entry)
		entry.IsOwn = own[strings.TrimSuffix(entry.Label, suffix)]
		for _, p := range m.Processes {
			for _, name := range []string{entry.Method.Name, entry.Problem.Example.Problem.Name} {
				if prefix, _, of := strings.Cut(name, "."); of && prefix == p.Name && p.RoundTrip > 0 {
					entry.RoundTrip += float64(p.RoundTrip)
				}
			}
		}
	}
	if e.Reference == "" {
		e.Reference = reference.Name
	}
}

func setOf(names []string) map[string]bool {
	set := map[string]bool{}
	for _, name := range names {
		set[name] = true
	}
	return set
}

// of are the entries of the run that has a suffix.
func (e *Evidence) of(suffix string) []*Entry {
	var out []*Entry
	for _, p := range e.Problems {
		for _, entry := range p.Entries {
			if strings.HasSuffix(entry.Label, suffix) {
				out = append(out, entry)
			}
		}
	}
	return out
}

func expectedCells(runs []*results.Run) int {
	expected := 0
	for _, run := range runs {
		expected += run.Manifest.Cells
	}
	return expected
}

// Frugal has the garbage of a large run collected more often, until the function that it
// returns is called: its cells stay, and what passes should not take as much room again.
func Frugal(runs []*results.Run) (end func()) {
	if expectedCells(runs) <= large {
		return func() {}
	}
	before := debug.SetGCPercent(50)
	return func() { debug.SetGCPercent(before) }
}

// suffix distinguishes the methods of several runs: by the name of the run's folder, and by that of
// its suite's folder as well where another run has the same. A link, such as latest, is followed.
func suffix(runs []*results.Run, run *results.Run) string {
	if len(runs) < 2 {
		return ""
	}
	name := filepath.Base(followed(run))
	for _, other := range runs {
		if path := followed(other); other != run && filepath.Base(path) == name && path != followed(run) {
			return " · " + filepath.Join(filepath.Base(filepath.Dir(followed(run))), name)
		}
	}
	return " · " + name
}

// followed is the folder of a run without links.
func followed(run *results.Run) string {
	if path, err := filepath.EvalSymlinks(run.Folder); err == nil {
		if whole, err := filepath.Abs(path); err == nil {
			return whole
		}
	}
	return run.Folder
}

func (e *Evidence) warn(format string, args ...any) {
	e.Warnings = append(e.Warnings, Warning(fmt.Sprintf(format, args...)))
}

// source says where a record comes from.
type source struct {
	suffix   string // distinguishes the methods of several runs
	archived bool
	imported bool // of the archived: under the conditions of a suite of ours
	lean     bool
	search   *search.Search // nil: the run tunes nothing
}

// sourceOf says where the records of a run come from. Runs that a program has written are whole,
// as ours are.
func sourceOf(m *results.Manifest) source {
	a := m.Archive
	if a == nil || a.Source == results.WrittenSource {
		return source{}
	}
	return source{archived: true, imported: a.Source == results.ImportedSource}
}

func (e *Evidence) add(r *results.Record, from source, known *index) {
	if from.search != nil && !from.search.Add(r) {
		return
	}
	e.Cells++
	if from.archived && !from.imported {
		if ours := known.places[placeOf(r)]; len(ours) > 0 {
			for _, p := range ours {
				e.addTo(p, p.compared(r), from, known)
			}
			return
		}
	}
	p := known.problem(r)
	if p == nil {
		example := *r
		example.Trace, example.Targets = nil, nil
		p = &Problem{Label: r.Labels.Problem, Example: &example, Samples: r.Samples, least: math.Inf(1)}
		known.enter(p, r)
		e.Problems = append(e.Problems, p)
		if r.Benchmark != nil && !from.archived {
			known.places[placeOf(r)] = append(known.places[placeOf(r)], p)
		}
	}
	e.addTo(p, r, from, known)
}

// addTo adds a run to a problem.
func (e *Evidence) addTo(p *Problem, r *results.Record, from source, known *index) {
	if p.Example.Minimum == nil && r.Minimum != nil {
		p.Example.Minimum = r.Minimum
	}
	p.Samples = max(p.Samples, r.Samples)
	key := [2]string{p.Label, r.Labels.Method + from.suffix}
	entry := known.entries[key]
	if entry == nil {
		entry = newEntry(p, r, key[1])
		entry.Archived, entry.Imported = from.archived, from.imported
		known.entries[key] = entry
		p.Entries = append(p.Entries, entry)
	}
	entry.expect(r.Theorems)
	cell := e.room()
	*cell = e.newCell(entry, r, from.lean)
	entry.allRan = cell.Ran() && (entry.allRan || len(entry.Cells) == 0)
	entry.Cells = append(entry.Cells, cell)
	if p.Dim == 0 {
		p.Dim = variables(r)
	}
	if r.Best != nil && Finite(float64(r.Best.Value)) {
		p.least = math.Min(p.least, float64(r.Best.Value))
	}
	p.meet(cell, r)
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

// meet notes the targets of a cell: which could be measured, and what those cost that it met.
func (p *Problem) meet(c *Cell, r *results.Record) {
	var open []int
	var met []reached
	for i := range r.Targets {
		t := &r.Targets[i]
		goal := Goal{float64(t.Target), t.Kind, t.AtLeast}
		known := slices.Index(p.goals, goal)
		if known < 0 {
			known = len(p.goals)
			p.goals, p.measured, p.met, p.earlier = append(p.goals, goal), append(p.measured, false), append(p.met, false), append(p.earlier, 0)
		}
		if t.Message != "" || goal.needsMinimum() && r.Minimum == nil && !t.Hit() {
			continue // refused
		}
		open = append(open, known)
		p.measured[known] = true
		if t.Hit() {
			p.met[known] = true
			met = append(met, reached{known, spentAt(t)})
			p.earlier[known] = max(p.earlier[known], earlier(t))
		}
	}
	c.met = p.shared(open, len(r.Targets) > 0 || c.Entry.Archived)
	if len(met) > 0 {
		own := *c.met
		own.reached = slices.Clip(met)
		c.met = &own
	}
}

// shared is what a cell has met that has reached no goal, once for all of them.
func (p *Problem) shared(open []int, asked bool) *met {
	for _, known := range p.patterns {
		if known.asked == asked && slices.Equal(known.open, open) {
			return known
		}
	}
	pattern := &met{open: open, asked: asked}
	if len(p.patterns) < 1<<8 {
		p.patterns = append(p.patterns, pattern)
	}
	return pattern
}

// Size is the number of pairs of a problem and a method with settings.
func (e *Evidence) Size() int {
	n := 0
	for _, p := range e.Problems {
		n += len(p.Entries)
	}
	return n
}

// Sizes are the numbers of methods and of methods with settings. Where a setting was skipped, its
// record does not say which parameter is the learning rate; a problem on which it ran does.
func (e *Evidence) Sizes() (methods, settings int) {
	byLabel := map[string]string{}
	for _, p := range e.Problems {
		for _, entry := range p.Entries {
			if byLabel[entry.Label] == "" || len(entry.Ran()) > 0 {
				byLabel[entry.Label] = entry.Name()
			}
		}
	}
	names := map[string]bool{}
	for _, name := range byLabel {
		names[name] = true
	}
	return len(names), len(byLabel)
}

// Work is the cost by which methods are compared across problems.
func (e *Evidence) Work() Cost {
	for _, p := range e.Problems {
		if work := p.Work(); work.Name != Passes.Name {
			return work
		}
	}
	return Passes
}
