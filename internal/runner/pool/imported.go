package pool

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"sync/atomic"
	"time"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/results/archive"
	"github.com/gdbench/gdbench/internal/runner/descend"
	"github.com/gdbench/gdbench/internal/runner/keep"
	"github.com/gdbench/gdbench/internal/runner/prepare"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/internal/version"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
	"github.com/gdbench/gdbench/results"
)

// Imported is a run of another program whose iterates our oracle observes: they are those of a
// method that asks for nothing, and whose counts are what the file says.
type Imported struct {
	File   string // of the iterates
	Method string // name of the method that made them

	Record   *results.Record
	Notes    []string
	Warnings []string // what a reader of a report must know; the manifest keeps them
	Refuted  []string // values of the file that f does not have, in the order of the file
	replay   *replay
}

// component is what the method is called in the suite.
func (i *Imported) component() string { return "imported." + i.Method }

// label is what it is called in reports.
func (i *Imported) label() string { return i.Method + archive.ImportedSuffix }

// Lend makes the method known to suites until giveBack is called.
func (i *Imported) Lend() (giveBack func(), err error) {
	sum, err := version.OfFile(i.File)
	if err != nil {
		return nil, err
	}
	i.replay = &replay{}
	return param.Of[methods.Method]().Lend([]param.Lent{{
		Name: i.component(), Origin: sum, Make: func() any { return i.replay },
		Info: param.Info{Summary: "iterates that another program has made"},
	}})
}

// Overrides make the method the only one of a suite. What the suite says about others is left
// out.
func (i *Imported) Overrides() []string {
	return []string{
		fmt.Sprintf("methods=[{name: %q, label: %q}]", i.component(), i.label()),
		fmt.Sprintf("reference=%q", i.label()), "exclude=[]", "expect=[]", "look=[]", "accept=[]", "timing=indicative",
	}
}

// Run observes the iterates on the only problem of the suite, which has been read with the
// overrides, and writes a run folder, which must not exist yet. given are the overrides of the
// user.
func (i *Imported) Run(ctx context.Context, s *suite.Suite, given []string, folder string) error {
	began := time.Now()
	var cell suite.Cell
	for c := range s.Cells() {
		if c.Index > 0 && c.Problem != cell.Problem {
			return fmt.Errorf("the suite has several problems: %s; choose that of the file, such as --only 'problem=%s'",
				text.Some(problemLabels(s)), cell.Problem.Label)
		}
		if c.Index == 0 {
			cell = c
		}
	}
	s.Problems = []*suite.Problem{cell.Problem}
	s.Jitter = 0 // the file has one run
	b, err := prepare.Problem(s, cell.Problem)
	if err != nil {
		return err
	}
	data, err := prepare.Digests(s)
	if err != nil {
		return err
	}
	if i.replay.file, err = archive.ReadIterates(i.File, b.Problem.Dim()); err != nil {
		return err
	}
	i.replay.limits, i.replay.samples = s.Budget.For(b.Samples()), int64(b.Samples())
	if err := i.observe(ctx, s, cell, b); err != nil {
		return err
	}
	i.Refuted = i.replay.file.Refuted(value(b), floor(i.Record))
	i.inform(s)
	m := keep.NewManifest(s, began, 1, version.Current().Version, version.Current().Commit, nil)
	m.Archive = &results.Archive{Format: "iterates", Name: filepath.Base(i.File), Source: results.ImportedSource}
	m.Overrides, m.Cells, m.Data, m.Notes, m.Warnings = given, 1, data, prepare.Notes(s, prepare.Problems{cell.Problem: b}), i.Warnings
	m.Status[i.Record.Status] = 1
	return keep.Store(folder, m, i.Record)
}

// problemLabels are those of the problems of the grid.
func problemLabels(s *suite.Suite) []string {
	var out []string
	for c := range s.Cells() {
		if !slices.Contains(out, c.Problem.Label) {
			out = append(out, c.Problem.Label)
		}
	}
	return out
}

// observe runs the descent along the iterates.
func (i *Imported) observe(ctx context.Context, s *suite.Suite, cell suite.Cell, b *prepare.Built) error {
	var stop atomic.Bool
	defer context.AfterFunc(ctx, func() { stop.Store(true) })()
	r := descend.NewWorker(s, prepare.Problems{cell.Problem: b}, &stop).Guarded(cell)
	switch m := i.replay; {
	case r == nil:
		return context.Cause(ctx)
	case m.misfit != nil:
		return m.misfit
	case r.Status == results.Failed || r.Status == results.Skipped:
		return errors.New(r.Message)
	case m.over != "" && r.Status == results.Stalled:
		r.Status, r.Message = results.Budget, m.over
	}
	i.Record = r
	return nil
}

// inform says what is to be known of the run.
func (i *Imported) inform(s *suite.Suite) {
	m := i.replay
	i.Notes = append(i.Notes, m.file.Notes...)
	if !m.starts {
		i.Notes = append(i.Notes, "the file does not begin at the start of the suite, which is added as iteration 0")
	}
	if left := len(m.file.List) - m.next; left > 0 {
		i.Notes = append(i.Notes, fmt.Sprintf("%s of the file %s not used: the run is over after iteration %d (%s)", english.Count(left, "iterate"), english.Verb(left, "is", "are"), i.Record.Iterations, i.Record.Message))
	}
	if s.Count() > 1 {
		i.Notes = append(i.Notes, fmt.Sprintf("the suite has %s of this problem; the file is the first of them", english.Count(s.Count(), "repeat")))
	}
	label := i.label()
	if m.file.Counted() {
		i.Warnings = append(i.Warnings, label+": the counts are those that the file claims; gdbench has not counted them")
	} else {
		i.Warnings = append(i.Warnings, label+": the file has no counts; an evaluation of value and gradient is assumed for each iterate, and line searches cost more")
	}
	if n := len(i.Refuted); n > 0 {
		i.Warnings = append(i.Warnings, fmt.Sprintf("%s: %s of the file %s not those of f: %s", label, english.Count(n, "value"), english.Verb(n, "is", "are"), text.Few(i.Refuted, 3)))
	}
}

// floor is what rounding may do to values near f*; 0 where f* is unknown.
func floor(r *results.Record) float64 {
	if r.Minimum == nil {
		return 0
	}
	return r.Minimum.Floor()
}

// value is f at a point.
func value(b *prepare.Built) func(x []float64) float64 {
	p := b.Fork()
	return func(x []float64) float64 { return problems.Objective(p, x, nil) }
}
