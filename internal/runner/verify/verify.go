package verify

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/runner/descend"
	"github.com/gdbench/gdbench/internal/runner/keep"
	"github.com/gdbench/gdbench/internal/runner/prepare"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/internal/version"
	"github.com/gdbench/gdbench/results"
)

// Verified is what Verify found.
type Verified struct {
	Cells   int      // lines that are there
	Again   int      // cells that were run again
	Changed int      // of these, cells to which another version of gdbench gives other results
	Inexact int      // of these, cells that differ, of methods whose digits depend on the processor, run on another
	Not     string   // why none was, where there are no faults
	Lost    bool     // none was for lack of the data that the run read, which is no fault of the run
	Faults  []string // in what the run is not whole, unaltered, complete or reproducible
	Version string   // of the gdbench that ran it, as the manifest says
}

// Verify checks a run: that every line agrees with its checksum, that every cell of the
// grid is there in its order, that the counts in the manifest are right, and that a sample
// of cells, the same at every call, gives the same record again, timing aside. Data are found
// as prepare.DataFolder finds them; dir may be "".
func Verify(folder, dir string, sample int) (*Verified, error) {
	run, err := results.Open(folder)
	if err != nil {
		return nil, err
	}
	m := run.Manifest
	dir, lost := prepare.DataFolder(run, dir)
	s, err := suite.Of(m, dir)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	v := &Verified{Version: m.Version}
	if s.Hash() != m.Hash {
		v.fault("the text of the suite in the manifest does not match its hash")
	}
	if expected := keep.Inexact(s); (m.Inexact == "") != (expected == "") { // versions give the reason in other words
		v.fault("the manifest gives %q as the reason why results may differ from run to run, and its suite gives %q: the manifest was edited", m.Inexact, expected)
	}
	if err := v.lines(run, s); err != nil {
		return nil, err
	}
	switch here := keep.Toolchain(); {
	case len(v.Faults) > 0:
		return v, nil
	case sample == 0:
		v.Not = "the sample is 0"
	case m.Toolchain != here && m.Version != version.Current().Version:
		v.Not = fmt.Sprintf("the run was made by another version and toolchain class (%+v; this is %+v), and only one version gives the same results under all classes", m.Toolchain, here)
	case m.Inexact != "":
		v.Not = m.Inexact
	case lost != nil:
		v.Not, v.Lost = lost.Error(), true
	}
	if v.Not != "" {
		return v, nil
	}
	if _, err := prepare.Digests(s); err != nil { // they are part of the definitions
		return nil, err
	}
	return v, v.reproduce(run, s, sample)
}

func (v *Verified) fault(format string, args ...any) {
	v.Faults = append(v.Faults, fmt.Sprintf(format, args...))
}

// lines checks what can be checked without running a cell.
func (v *Verified) lines(run *results.Run, s *suite.Suite) error {
	m := run.Manifest
	index := map[string]int{}
	for c := range s.Cells() {
		index[c.ID()] = c.Index
	}
	lines, err := run.Lines()
	if err != nil {
		return err
	}
	defer lines.Close()
	status, last, unsealed := map[results.Status]int{}, -1, 0
	for {
		ok, err := lines.Next()
		if err != nil {
			v.fault("%v", err)
			return nil
		}
		if !ok {
			break
		}
		v.Cells++
		at, known := index[lines.ID]
		if !known || at <= last || m.Shard == nil && at != last+1 {
			v.fault("%v", keep.OutOfTurn(lines))
			return nil
		}
		last = at
		status[lines.Status]++
		if !lines.Sealed {
			unsealed++
		}
	}
	if unsealed > 0 {
		v.fault("%s %s no checksum: edited, or written by an older gdbench", english.Count(unsealed, "line"), english.Verb(unsealed, "has", "have"))
	}
	if how, advice := run.Unfinished(); how != "" { // its manifest counts nothing yet, and lines may wait or be torn
		v.fault("the run %s: it has %d of %s; %s", how, v.Cells, english.Count(m.Cells, "cell"), advice)
		return nil
	}
	if lines.Torn() {
		v.fault("the last line is incomplete: the run was killed; finish it with `gdbench run --resume`")
	}
	if v.Cells != m.Cells {
		v.fault("the run has %d of %s; finish it with `gdbench run --resume`", v.Cells, english.Count(m.Cells, "cell"))
	}
	for _, name := range results.Statuses {
		if status[name] != m.Status[name] {
			v.fault("%s %s %s, and the manifest counts %d", english.Count(status[name], "cell"), english.Verb(status[name], "is", "are"), name, m.Status[name])
		}
	}
	if _, err := os.Stat(filepath.Join(run.Folder, results.PendingFile)); err == nil {
		v.fault("%s still contains cells; finish the run with `gdbench run --resume`", results.PendingFile)
	}
	return nil
}

// reproduce runs a sample of the cells again.
func (v *Verified) reproduce(run *results.Run, s *suite.Suite, sample int) error {
	chosen := rand.New(rand.NewPCG(s.Seed, uint64(v.Cells))).Perm(v.Cells)
	chosen = chosen[:min(sample, len(chosen))]
	slices.Sort(chosen)
	records := map[string]*results.Record{}
	position := 0
	for r, err := range run.Records() {
		if err != nil {
			return err
		}
		if _, ok := slices.BinarySearch(chosen, position); ok {
			records[r.ID] = r
		}
		position++
	}
	var stop atomic.Bool
	built := prepare.Problems{}
	w := descend.NewWorker(s, built, &stop)
	for c := range s.Cells() {
		before := records[c.ID()]
		if before == nil {
			continue
		}
		if built[c.Problem] == nil {
			b, err := prepare.Problem(s, c.Problem)
			if err != nil {
				return err
			}
			built[c.Problem] = b
		}
		if c.IsFinal() && before.Tuned.IsFinal() {
			c = s.WithSettings(c, before.Tuned.Trial)
		}
		now := w.Guarded(c)
		v.Again++
		same, err := sameButTiming(before, now)
		if err != nil {
			return err
		}
		switch {
		case same:
		case before.Inexact != "" && run.Manifest.Toolchain != keep.Toolchain():
			v.Inexact++
		case v.Version != version.Current().Version:
			v.Changed++ // its numbers may differ, and an edit looks the same
		default:
			v.fault("the cell %s (%s on %s, repeat %d) does not reproduce: it was %s after %s and is %s after %d",
				before.ID, before.Labels.Method, before.Labels.Problem, before.Repeat, before.Status, english.Count(before.Iterations, "iteration"), now.Status, now.Iterations)
		}
	}
	return nil
}

// sameButTiming compares records as they are written, without times. Texts for people may be
// worded in another way by another version, and fields that files of an older schema lack are
// no difference.
func sameButTiming(before, now *results.Record) (bool, error) {
	a, b := comparable(before), comparable(now)
	if a.Families == nil {
		b.Families, b.LearningRate, b.Stability, b.Uses, b.Inexact, b.Variables, b.Nonconvex, b.Benchmark = nil, nil, nil, nil, "", 0, false, nil
		for i := range b.Targets {
			b.Targets[i].Prox = 0
		}
	}
	var texts [2][]byte
	for i, r := range []*results.Record{a, b} {
		var err error
		if texts[i], err = json.Marshal(r); err != nil {
			return false, err
		}
	}
	return bytes.Equal(texts[0], texts[1]), nil
}

// comparable is a record without times and messages.
func comparable(r *results.Record) *results.Record {
	out := *r
	out.Seconds, out.Message = 0, ""
	if r.Trace != nil {
		trace := *r.Trace
		trace.Seconds = nil
		out.Trace = &trace
	}
	out.Targets = slices.Clone(r.Targets)
	for i := range out.Targets {
		out.Targets[i].Message = ""
	}
	out.Theorems = slices.Clone(r.Theorems)
	for i := range out.Theorems {
		out.Theorems[i].Statement, out.Theorems[i].Message = "", ""
	}
	return &out
}
