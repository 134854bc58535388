package keep

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/runner/prepare"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/results"
)

// Merge puts the shards of a run together into a new folder. The run file is, to the
// byte, that of the whole grid run by one process, timing aside. Shards that do not belong
// together, or lack a cell, are refused with what is wrong; nothing is left behind then.
func Merge(folders []string, out string) (*results.Manifest, error) {
	shards, err := openShards(folders)
	if err != nil {
		return nil, err
	}
	s, err := suite.Of(shards[0].Manifest, ".")
	if err != nil {
		return nil, err
	}
	defer s.Close()
	undo, err := MakeFolder(out)
	if err != nil {
		return nil, err
	}
	defer undo() // where nothing was written
	unlock, unmake, err := LockFolder(out)
	if err != nil {
		return nil, err
	}
	defer unlock()
	files, err := createMerged(out)
	if err != nil {
		unmake()
		return nil, err
	}
	err = errors.Join(mergeCells(s, shards, files), files.Close())
	manifest := mergeManifests(shards, s.Count())
	if manifest.DataFolder != nil { // the path from the shard is none from here
		place, _ := prepare.DataFolder(shards[0], "")
		manifest.DataFolder = prepare.PlaceOf(place, out)
	}
	if err == nil {
		err = manifest.Write(out)
	}
	if err != nil {
		err = errors.Join(err, removeRuns(out))
		unmake()
		return nil, err
	}
	return manifest, nil
}

// removeRuns takes away the run file that a merge made, or that a killed one left.
func removeRuns(out string) error {
	for _, name := range []string{results.RunsFile, results.CompressedFile} {
		if err := os.Remove(filepath.Join(out, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("output folder: %w", err)
		}
	}
	return nil
}

// createMerged makes the run file of a merge. The manifest is written last, for a merge is
// repeated and not resumed: lines without a manifest are what a killed one left.
func createMerged(out string) (*results.Appender, error) {
	if holds(out, results.ManifestFile) {
		return nil, fmt.Errorf("%s already contains a run; choose another folder with --out", out)
	}
	if err := removeRuns(out); err != nil {
		return nil, err
	}
	files, err := results.Create(out)
	if err != nil {
		return nil, fmt.Errorf("output folder: %w", err)
	}
	return files, nil
}

// openShards opens the shards in their order, after making sure that they are all the
// shards of one run.
func openShards(folders []string) ([]*results.Run, error) {
	var shards []*results.Run
	var unread []error // of folders that contain no shard yet; reported together with what is missing
	for _, folder := range folders {
		run, err := results.Open(folder)
		if err != nil {
			unread = append(unread, err)
			continue
		}
		if run.Manifest.Shard == nil {
			return nil, fmt.Errorf("%s is not a shard: it was run without --shard", folder)
		}
		shards = append(shards, run)
	}
	if len(shards) == 0 {
		return nil, errors.Join(unread...)
	}
	slices.SortStableFunc(shards, func(a, b *results.Run) int { return a.Manifest.Shard.Index - b.Manifest.Shard.Index })
	first := shards[0]
	for i, shard := range shards[1:] {
		if err := belongs(first.Manifest, shard.Manifest); err != nil {
			return nil, fmt.Errorf("%s and %s are not shards of one run: %w", first.Folder, shard.Folder, err)
		}
		if before := shards[i]; before.Manifest.Shard.Index == shard.Manifest.Shard.Index {
			return nil, fmt.Errorf("%s and %s are both shard %s", before.Folder, shard.Folder, shard.Manifest.Shard)
		}
	}
	var missing []string
	for i := range first.Manifest.Shard.Of {
		if !slices.ContainsFunc(shards, func(r *results.Run) bool { return r.Manifest.Shard.Index == i+1 }) {
			missing = append(missing, results.Shard{Index: i + 1, Of: first.Manifest.Shard.Of}.String())
		}
	}
	if len(missing) > 0 {
		unread = append(unread, fmt.Errorf("%d of %s %s missing: %s", len(missing), english.Count(first.Manifest.Shard.Of, "shard"), english.Verb(len(missing), "is", "are"), text.Few(missing, 5)))
	}
	return shards, errors.Join(unread...)
}

// belongs says why two shards are not of one run.
func belongs(a, b *results.Manifest) error {
	switch {
	case a.Suite != b.Suite:
		return fmt.Errorf("their suites are %q and %q", a.Suite, b.Suite)
	case a.Text != b.Text:
		return fmt.Errorf("their suites differ: %s", firstDifference(a.Text, b.Text))
	case !slices.Equal(a.Overrides, b.Overrides):
		return fmt.Errorf("they were run with --set %q and %q", a.Overrides, b.Overrides)
	case !slices.Equal(a.Only, b.Only):
		return fmt.Errorf("they were run with --only %q and %q", a.Only, b.Only)
	case a.Shard.Of != b.Shard.Of:
		return fmt.Errorf("one is shard %s, the other is %s", a.Shard, b.Shard)
	case !maps.Equal(a.Data, b.Data):
		return cmp.Or(SameData(a, b), errors.New("they read different data files"))
	case a.Schema != b.Schema:
		return fmt.Errorf("their schema versions are %d and %d", a.Schema, b.Schema)
	case a.Timing != nil && b.Timing != nil && a.Processor != b.Processor:
		return fmt.Errorf("their times were measured on different processors, %s and %s, and cannot be mixed in one run", a.Processor, b.Processor)
	case a.Toolchain != b.Toolchain:
		return fmt.Errorf("their toolchain classes differ, %+v and %+v; results are identical only within one class", a.Toolchain, b.Toolchain)
	case a.Version != b.Version || a.Commit != b.Commit:
		return fmt.Errorf("they were run by gdbench %s (%s) and %s (%s)", a.Version, a.Commit, b.Version, b.Commit)
	}
	return nil
}

// mergeCells writes the cells in the order of the grid. The cells of a shard are in that
// order already, so the next one is always the next of some shard.
func mergeCells(s *suite.Suite, shards []*results.Run, files *results.Appender) error {
	next := map[string]*results.Lines{}
	advance := func(lines *results.Lines) error {
		ok, err := lines.Next()
		switch other := next[lines.ID]; {
		case err != nil || !ok:
			return err
		case !lines.Sealed:
			return fmt.Errorf("%s:%d: the line has no checksum: it was edited, or written by an older gdbench; run its shard again", lines.Name, lines.Number())
		case other != nil:
			return fmt.Errorf("%s:%d: duplicate cell %q (first found at %s:%d); run its shard again", lines.Name, lines.Number(), lines.ID, other.Name, other.Number())
		}
		next[lines.ID] = lines
		return nil
	}
	var open []*results.Lines
	for _, shard := range shards {
		lines, err := shard.Lines()
		if err != nil {
			return err
		}
		defer lines.Close()
		open = append(open, lines)
		if err := advance(lines); err != nil {
			return err
		}
	}
	var missing []string
	for c := range s.Cells() {
		id := c.ID()
		lines := next[id]
		if lines == nil {
			missing = append(missing, fmt.Sprintf("%s (%s on %s, repeat %d)", id, c.Method.Label, c.Problem.Label, c.Repeat))
			continue
		}
		if len(missing) == 0 {
			if err := files.Put(c.Index, lines.Text); err != nil {
				return err
			}
		}
		delete(next, id)
		if err := advance(lines); err != nil {
			return err
		}
	}
	for _, lines := range open { // a line out of order blocks the lines behind it, which are not missing
		if next[lines.ID] == lines {
			return OutOfTurn(lines)
		}
	}
	if len(missing) > 0 {
		return fmt.Errorf("%d of %s %s missing: %s%s", len(missing), english.Count(s.Count(), "cell"), english.Verb(len(missing), "is", "are"), text.Few(missing, 5), unfinished(shards))
	}
	return nil
}

// OutOfTurn is the error about a line that is there twice, out of the order of the grid, or
// in no grid.
func OutOfTurn(lines *results.Lines) error {
	return fmt.Errorf("%s:%d: the cell %q is out of the order of the grid; %s", lines.Name, lines.Number(), lines.ID, results.HowToMend)
}

// unfinished names the shards that were interrupted.
func unfinished(shards []*results.Run) string {
	text := ""
	for _, shard := range shards {
		if shard.Manifest.Finished.IsZero() {
			text += fmt.Sprintf("; shard %s in %s was interrupted: finish it with --resume", shard.Manifest.Shard, shard.Folder)
		}
	}
	return text
}

// mergeManifests is the manifest of the whole: that of the first shard, from the earliest
// start to the latest end.
func mergeManifests(shards []*results.Run, cells int) *results.Manifest {
	m := *shards[0].Manifest
	m.Shard, m.Merged, m.Cells = nil, len(shards), cells
	m.Workers, m.Reused, m.Status, m.Warnings = 0, 0, map[results.Status]int{}, nil
	for _, shard := range shards {
		part := shard.Manifest
		m.Workers += part.Workers
		if part.Started.Before(m.Started) {
			m.Started = part.Started
		}
		if part.Finished.After(m.Finished) {
			m.Finished = part.Finished
		}
		m.Reused += part.Reused
		m.Timing = worseTiming(m.Timing, part.Timing)
		for status, n := range part.Status {
			m.Status[status] += n
		}
		for _, w := range part.Warnings {
			m.Warnings = append(m.Warnings, fmt.Sprintf("shard %s: %s", part.Shard, w))
		}
	}
	return &m
}

// worseTiming is how far the seconds of two shards can be trusted together: as far as the
// less trustworthy ones.
func worseTiming(a, b *results.Timing) *results.Timing {
	if a == nil || b == nil {
		return nil // some were measured while other cells ran
	}
	worse := *a
	worse.Spread, worse.LoadBefore, worse.LoadAfter = max(a.Spread, b.Spread), max(a.LoadBefore, b.LoadBefore), max(a.LoadAfter, b.LoadAfter)
	if a.Governor != b.Governor {
		worse.Governor = "differing"
	}
	return &worse
}
