// Package archive reads runs that others have published, so that a report can show them beside
// ours. It reads the logs of COCO's suite bbob, in a folder or in a .tgz, of the old data format
// (2009 and later) and of bbob-new and bbob-new2:
//
//  1. each file .info says which functions, dimensions and instances were run, by whom, how long,
//     and in which files the logs are (info.go);
//  2. each .dat has the best gap of a run at the evaluations at which it reached another level;
//     .tdat has it at given evaluations, from which only the last is taken (log.go);
//  3. each run becomes a record (record.go), whose costs are evaluations.
//
// An archive says nothing about the start, the settings or what follows the last evaluation, and
// nothing is made up for them. What cannot be read ends the import with its place; what is no
// problem of the suite is left out and named.
//
// It reads the iterates of a run of another program, too, in CSV or JSON lines (iterates.go),
// from which our oracle makes a record.
//
// Source: numbbo/coco-experiment v2.8.2, src/logger_bbob.c; Hansen et al. 2009, Real-parameter
// black-box optimization benchmarking 2009: experimental setup, INRIA RR-6828.
package archive

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/gdbench/gdbench/results"
)

// Suite is the suite of COCO whose logs are read.
const Suite = "bbob"

// Suffix marks the labels of archived methods, ImportedSuffix those whose iterates were imported.
const (
	Suffix         = " (archived)"
	ImportedSuffix = " (imported)"
)

// Problem is what a record needs to know of a problem of the suite.
type Problem struct {
	Component results.Component
	Label     string
	Family    string
	Minimum   float64
	Nonconvex bool
}

// Options says how an archive is read.
type Options struct {
	// Problem looks up a problem of the suite. An error is why there is none such.
	Problem func(function, dim, instance int) (*Problem, error)
	// Put takes the records, in the order of the archive.
	Put func(*results.Record) error
}

// Outcome says what an archive had.
type Outcome struct {
	Cells   int
	Methods []string // labels, in order of appearance
	Left    []Left
	Notes   []string
}

// Left is what was left out, for one reason.
type Left struct {
	Reason, Example string // the place of the first
	Runs            int
}

// ErrNothing is returned where an archive has no run of the suite.
var ErrNothing = errors.New("no run of COCO's suite bbob is in the archive")

// Import reads an archive, a folder or a .tgz.
func Import(name string, o Options) (Outcome, error) {
	files, end, err := open(name)
	if err != nil {
		return Outcome{}, err
	}
	r := &reader{Options: o, name: name, files: files, repeats: map[string]int{}, problems: map[[3]int]found{}, logs: map[string]string{}}
	err = r.all()
	if ended := end(); err == nil {
		err = ended
	}
	if err == nil && r.outcome.Cells == 0 {
		err = ErrNothing
	}
	return r.outcome, err
}

// reader goes through an archive.
type reader struct {
	Options
	name     string
	files    fs.FS
	outcome  Outcome
	repeats  map[string]int    // runs so far of a method on a problem
	problems map[[3]int]found  // by function, dimension and instance
	logs     map[string]string // where the index names a log
}

type found struct {
	problem *Problem
	err     error
}

// place is where something is in the archive, for messages.
func (r *reader) place(file string, line int) string {
	return fmt.Sprintf("%s/%s:%d", strings.TrimRight(r.name, `/\`), file, line)
}

// all reads every index.
func (r *reader) all() error {
	var indices []string
	err := fs.WalkDir(r.files, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && path.Ext(name) == ".info" {
			indices = append(indices, name)
		}
		return err
	})
	if err != nil {
		return err
	}
	if len(indices) == 0 {
		return fmt.Errorf("%s has no file .info; expected the folder of an algorithm in COCO's archive, or its .tgz", r.name)
	}
	slices.Sort(indices)
	for _, index := range indices {
		blocks, err := r.index(index)
		if err != nil {
			return err
		}
		for _, b := range blocks {
			if err := r.block(b); err != nil {
				return err
			}
		}
	}
	return nil
}

// block makes records of the runs of one entry of an index.
func (r *reader) block(b *block) error {
	if b.suite != Suite {
		r.leave(b.where, len(b.runs), "they are of the suite %q; only %q is read", b.suite, Suite)
		return nil
	}
	if before := r.logs[b.data]; before != "" {
		return fmt.Errorf("%s: the log %s is named a second time (first in %s); remove one of the two entries", b.runsWhere, b.data, before)
	}
	r.logs[b.data] = b.runsWhere
	logs, err := r.log(b, b.data)
	if err != nil {
		return err
	}
	ends, err := r.ends(b)
	if err != nil {
		return err
	}
	for k, entry := range b.runs {
		run := logs[k]
		if k < len(ends) {
			run.reach(ends[k])
		}
		if last := run.points[len(run.points)-1]; entry.evaluations > last.evaluations {
			return fmt.Errorf("%s: the run ends at evaluation %d, but %s says %d: the log is cut; unpack the archive again", run.where, last.evaluations, b.runsWhere, entry.evaluations)
		}
		if err := r.put(b, entry, run); err != nil {
			return err
		}
	}
	return nil
}

// put makes a record of one run.
func (r *reader) put(b *block, e entry, run *run) error {
	at := [3]int{b.function, b.dim, e.instance}
	f, known := r.problems[at]
	if !known {
		f.problem, f.err = r.Problem(b.function, b.dim, e.instance)
		r.problems[at] = f
	}
	if f.err != nil {
		r.leave(b.where, 1, "gdbench has no such problem: %v", f.err)
		return nil
	}
	if !run.agrees(f.problem.Minimum) {
		r.note("%s: the log says f* = %g, but function %d, instance %d has f* = %g; gaps are taken as they are, values are gap + f*",
			run.where, run.optimum, b.function, e.instance, f.problem.Minimum)
	}
	method := b.algorithm + Suffix
	if !slices.Contains(r.outcome.Methods, method) {
		r.outcome.Methods = append(r.outcome.Methods, method)
	}
	key := method + "\n" + f.problem.Label
	record := recordOf(b, e, run, f.problem, r.repeats[key])
	r.repeats[key]++
	r.outcome.Cells++
	return r.Put(record)
}

// mostNotes is how many notes are kept: a thousand runs may have the same fault.
const mostNotes = 10

func (r *reader) note(format string, args ...any) {
	switch n := len(r.outcome.Notes); {
	case n < mostNotes:
		r.outcome.Notes = append(r.outcome.Notes, fmt.Sprintf(format, args...))
	case n == mostNotes:
		r.outcome.Notes = append(r.outcome.Notes, "further notes of this kind are not shown")
	}
}

// leave names runs that are no problem of ours.
func (r *reader) leave(where string, runs int, format string, args ...any) {
	reason := fmt.Sprintf(format, args...)
	for i := range r.outcome.Left {
		if l := &r.outcome.Left[i]; l.Reason == reason {
			l.Runs += runs
			return
		}
	}
	r.outcome.Left = append(r.outcome.Left, Left{reason, where, runs})
}
