package keep

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/results"
)

// Find looks at the folder of a run before anything is built. To resume, it reads the
// manifest of the run there, which must be one of this suite; otherwise it makes sure that
// there is no run.
func Find(folder string, resume bool, now *results.Manifest) (earlier *results.Manifest, err error) {
	if !resume {
		return nil, CheckVacant(folder)
	}
	earlier, err = results.ReadManifest(folder)
	if err != nil {
		return nil, err
	}
	if err := sameRun(earlier, now); err != nil {
		return nil, fmt.Errorf("%s cannot be resumed: %w", folder, err)
	}
	return earlier, nil
}

// reopen continues the run in the folder.
func (r *Run) reopen(earlier *results.Manifest) error {
	if err := SameData(earlier, r.Manifest); err != nil {
		return fmt.Errorf("%s cannot be resumed: %w", r.Folder, err)
	}
	place := r.places()
	files, found, err := results.Reopen(r.Folder, func(line results.CellLine) (int, error) {
		c, err := place(line)
		return c.Index, err
	})
	if err != nil {
		return fmt.Errorf("cannot be resumed: %w", err)
	}
	r.files, r.Past, r.Done = files, found.Done, len(found.Done)
	for _, status := range found.Done {
		r.Manifest.Status[status]++
	}
	r.Manifest.Reused = earlier.Reused
	r.Manifest.Warnings = slices.Concat(earlier.Warnings, r.Manifest.Warnings)
	if earlier.Started.After(r.Manifest.Started) {
		r.Manifest.Warnings = append(r.Manifest.Warnings, "the clock was set back while the run was interrupted; the manifest has the times of the resumed part only")
	} else {
		r.Manifest.Started = earlier.Started
	}
	if found.Torn > 0 {
		r.Manifest.Warnings = append(r.Manifest.Warnings, fmt.Sprintf("%s at the end of the files %s dropped when the run was resumed; the cells ran again", english.Count(found.Torn, "incomplete line"), english.Verb(found.Torn, "was", "were")))
	}
	if earlier.Toolchain != r.Manifest.Toolchain {
		r.Manifest.Warnings = append(r.Manifest.Warnings, "resumed under another toolchain class: results of cells before and after may differ in the last digits")
	}
	if earlier.Version != r.Manifest.Version || !sameCode(earlier, r.Manifest) {
		r.Manifest.Warnings = append(r.Manifest.Warnings, fmt.Sprintf("resumed by another build of gdbench (%s, commit %s; it was begun by %s, commit %s): the code of cells before and after may differ",
			r.Manifest.Version, orUnknown(r.Manifest.Commit), earlier.Version, orUnknown(earlier.Commit)))
	}
	if err := r.Manifest.Write(r.Folder); err != nil {
		return errors.Join(fmt.Errorf("output folder: %w", err), files.Close())
	}
	return nil
}

// places finds the cell of the grid that a line of an earlier process is about. A cell that
// has another definition now has no place: its record would be another.
func (r *Run) places() func(results.CellLine) (suite.Cell, error) {
	cells := map[string]suite.Cell{}
	for c := range r.Cells {
		cells[c.ID()] = c
	}
	return func(line results.CellLine) (suite.Cell, error) {
		c, ok := cells[line.ID]
		if !ok {
			return c, fmt.Errorf("the cell %q is not in the grid of this suite", line.ID)
		}
		if definition, _ := r.Suite.Definition(&c); definition != line.Definition {
			return c, fmt.Errorf("the cell %q (%s on %s) has another definition now: its problem or method changed since that version of gdbench", line.ID, c.Method.Label, c.Problem.Label)
		}
		return c, nil
	}
}

// SameData refuses a data file that is not what it was.
func SameData(earlier, now *results.Manifest) error {
	for _, path := range slices.Sorted(maps.Keys(now.Data)) {
		if before, ok := earlier.Data[path]; ok && before != now.Data[path] {
			return fmt.Errorf("the data file %s has changed: its SHA-256 was %.12s… and is %.12s…", path, before, now.Data[path])
		}
	}
	return nil
}

// sameRun says what has changed between the suite of an earlier run and this one.
func sameRun(earlier, now *results.Manifest) error {
	switch {
	case earlier.Schema != now.Schema:
		return fmt.Errorf("its records are of schema %d, and this gdbench writes schema %d; start a new run with another --out", earlier.Schema, now.Schema)
	case earlier.Suite != now.Suite:
		return fmt.Errorf("it is a run of the suite %q, not %q", earlier.Suite, now.Suite)
	case !slices.Equal(earlier.Overrides, now.Overrides):
		return fmt.Errorf("it was run with --set %q, and this call has %q", earlier.Overrides, now.Overrides)
	case !slices.Equal(earlier.Only, now.Only):
		return fmt.Errorf("it was run with --only %q, and this call has %q", earlier.Only, now.Only)
	case !sameShard(earlier.Shard, now.Shard):
		return fmt.Errorf("it is %s, and this call asks for %s", nameShard(earlier.Shard), nameShard(now.Shard))
	case earlier.Text != now.Text:
		return fmt.Errorf("the suite has changed: %s", firstDifference(earlier.Text, now.Text))
	case now.Timing != nil && earlier.Processor != now.Processor:
		return fmt.Errorf("its times were measured on another processor (%s; this is %s); resume it there, or start a new run with another --out", earlier.Processor, now.Processor)
	}
	return nil
}

// firstDifference names the first line in which two texts differ.
func firstDifference(a, b string) string {
	before, after := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range max(len(before), len(after)) {
		line := func(lines []string) string {
			if i < len(lines) {
				return fmt.Sprintf("%q", lines[i])
			}
			return "nothing"
		}
		if line(before) != line(after) {
			return fmt.Sprintf("line %d was %s and is %s", i+1, line(before), line(after))
		}
	}
	return "nothing that is visible"
}

func sameShard(a, b *results.Shard) bool {
	return a == b || a != nil && b != nil && *a == *b
}

func nameShard(s *results.Shard) string {
	if s == nil {
		return "the whole grid"
	}
	return "shard " + s.String()
}
