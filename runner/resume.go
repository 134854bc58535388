package runner

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/results"
)

// find looks at the folder before anything is built: for the manifest of the run to resume,
// which must be one of this suite, or that there is no run.
func find(o Options, now *results.Manifest) (earlier *results.Manifest, err error) {
	switch {
	case o.New:
		return nil, nil
	case !o.Resume:
		return nil, checkVacant(o.Folder)
	}
	earlier, err = results.ReadManifest(o.Folder)
	if err != nil {
		return nil, err
	}
	if err := sameRun(earlier, now); err != nil {
		return nil, fmt.Errorf("%s cannot be resumed: %w", o.Folder, err)
	}
	return earlier, nil
}

// reopen continues the run in the folder.
func (p *pool) reopen(earlier *results.Manifest) error {
	if err := sameData(earlier, p.manifest); err != nil {
		return fmt.Errorf("%s cannot be resumed: %w", p.options.Folder, err)
	}
	place := p.places()
	files, found, err := results.Reopen(p.options.Folder, func(line results.CellLine) (int, error) {
		c, err := place(line)
		return c.Index, err
	})
	if err != nil {
		return fmt.Errorf("cannot be resumed: %w", err)
	}
	p.files, p.past, p.done = files, found.Done, len(found.Done)
	for _, status := range found.Done {
		p.manifest.Status[status]++
	}
	p.manifest.Reused = earlier.Reused
	p.manifest.Warnings = slices.Concat(earlier.Warnings, p.manifest.Warnings)
	if earlier.Started.After(p.manifest.Started) {
		p.manifest.Warnings = append(p.manifest.Warnings, "the clock was set back while the run was interrupted; the times of the manifest are those of its end")
	} else {
		p.manifest.Started = earlier.Started
	}
	if found.Torn > 0 {
		p.manifest.Warnings = append(p.manifest.Warnings, fmt.Sprintf("%d broken last lines were dropped when the run was resumed; their cells ran again", found.Torn))
	}
	if earlier.Toolchain != p.manifest.Toolchain {
		p.manifest.Warnings = append(p.manifest.Warnings, "resumed under another toolchain class; cells before and after need not agree to the byte")
	}
	if err := p.manifest.Write(p.options.Folder); err != nil {
		return errors.Join(fmt.Errorf("output folder: %w", err), files.Close())
	}
	return nil
}

// places finds the cell of the grid that a line of an earlier process is about. A cell that
// has another definition now has no place: its record would be another.
func (p *pool) places() func(results.CellLine) (suite.Cell, error) {
	cells := map[string]suite.Cell{}
	for c := range p.cells {
		cells[c.ID()] = c
	}
	return func(line results.CellLine) (suite.Cell, error) {
		c, ok := cells[line.ID]
		if !ok {
			return c, fmt.Errorf("the cell %q is not in the grid of this suite", line.ID)
		}
		if definition, _ := p.suite.Definition(&c); definition != line.Definition {
			return c, fmt.Errorf("the cell %q (%s on %s) was run under another definition, as its components were in the gdbench of that run", line.ID, c.Method.Label, c.Problem.Label)
		}
		return c, nil
	}
}

// sameData names a data file that is not what it was.
func sameData(earlier, now *results.Manifest) error {
	for _, path := range slices.Sorted(maps.Keys(now.Data)) {
		if before, ok := earlier.Data[path]; ok && before != now.Data[path] {
			return fmt.Errorf("the data file %s has changed since; it had the SHA-256 %.12s… and has %.12s…", path, before, now.Data[path])
		}
	}
	return nil
}

// sameRun says what has changed between the suite of an earlier run and this one.
func sameRun(earlier, now *results.Manifest) error {
	switch {
	case earlier.Suite != now.Suite:
		return fmt.Errorf("it is a run of the suite %q, not of %q", earlier.Suite, now.Suite)
	case !slices.Equal(earlier.Overrides, now.Overrides):
		return fmt.Errorf("it was run with --set %q, this call has %q", earlier.Overrides, now.Overrides)
	case !slices.Equal(earlier.Only, now.Only):
		return fmt.Errorf("it was run with --only %q, this call has %q", earlier.Only, now.Only)
	case !sameShard(earlier.Shard, now.Shard):
		return fmt.Errorf("it is %s, this call asks for %s", nameShard(earlier.Shard), nameShard(now.Shard))
	case earlier.Text != now.Text:
		return fmt.Errorf("the suite has changed: %s", firstDifference(earlier.Text, now.Text))
	case now.Timing != nil && earlier.Processor != now.Processor:
		return fmt.Errorf("its times were measured on another processor, %s; this is %s: resume it there, or run it anew with another --out", earlier.Processor, now.Processor)
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
	return "nothing that can be seen"
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
