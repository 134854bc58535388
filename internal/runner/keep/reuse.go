package keep

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/internal/version"
	"github.com/gdbench/gdbench/results"
)

// OpenEarlier opens the run to take cells from, nil where there is none to.
func OpenEarlier(folder string, now *results.Manifest) (*results.Run, error) {
	if folder == "" {
		return nil, nil
	}
	run, err := results.Open(folder)
	if err != nil {
		return nil, err
	}
	if err := reusable(run.Manifest, now); err != nil {
		return nil, fmt.Errorf("no cell of %s can be reused: %w; run without --reuse", folder, err)
	}
	return run, nil
}

// reuse takes over the cells of an earlier run, whole or not, whose definition is what it is
// now: their records are, timing aside, what running them again would give. A failed cell is
// run again, and one that the clock ended, and one of a user's component that states no version,
// whose code may be another now. Only labels may differ; they become those of this suite.
func (r *Run) reuse(run *results.Run) error {
	if run == nil {
		return nil
	}
	if !sameCode(run.Manifest, r.Manifest) {
		r.Manifest.Warnings = append(r.Manifest.Warnings, fmt.Sprintf(
			"no cell of %s was reused: it was run by another build of gdbench %s (commit %s; this is commit %s), and nothing tells whether their code is the same, as a release or a clean commit does",
			run.Folder, r.Manifest.Version, orUnknown(run.Manifest.Commit), orUnknown(r.Manifest.Commit)))
		return r.Manifest.Write(r.Folder)
	}
	lines, err := run.Lines()
	if err != nil {
		return err
	}
	defer lines.Close()
	place, before := r.places(), r.Manifest.Reused // of a run that is resumed
	again := map[string]int{}                      // cells by what keeps them from being taken over
	for {
		ok, err := lines.Next()
		if err != nil {
			return err
		}
		if !ok {
			break
		}
		if lines.Status == results.Failed || lines.Status == results.Timeout || !lines.Sealed {
			continue
		}
		c, err := place(lines.CellLine)
		if _, done := r.Past[c.Index]; err != nil || done {
			continue
		}
		if unknown := unversioned(c); unknown != "" {
			again[unknown]++
			continue
		}
		if c.IsFinal() && !r.hasTrials(c) { // one that runs again may choose other settings
			continue
		}
		if err := r.takeOver(c, lines); err != nil {
			return err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(again)) {
		r.Manifest.Warnings = append(r.Manifest.Warnings, fmt.Sprintf(
			"%s of %s %s not reused: no version says whether its code is still the same; state one where it is registered (Info{Version: 1}), and raise it when results change",
			english.Count(again[name], "cell"), name, english.Verb(again[name], "was", "were")))
	}
	if taken := r.Manifest.Reused - before; taken > 0 && otherCommit(run.Manifest, r.Manifest) {
		r.Manifest.Warnings = append(r.Manifest.Warnings, fmt.Sprintf(
			"%s %s reused from a run of gdbench at commit %s; this gdbench is at commit %s. The components have the same versions, but their code may differ; `gdbench verify` runs a sample of the cells again",
			english.Count(taken, "cell"), english.Verb(taken, "was", "were"), run.Manifest.Commit, r.Manifest.Commit))
	}
	return r.Manifest.Write(r.Folder)
}

// reusable says why no record of an earlier run can be one of this.
func reusable(earlier, now *results.Manifest) error {
	switch {
	case earlier.Schema != now.Schema:
		return fmt.Errorf("its schema version is %d, and this one is %d", earlier.Schema, now.Schema)
	case now.Timing != nil && earlier.Processor != now.Processor:
		return fmt.Errorf("its times were measured on another processor (%s; this is %s)", earlier.Processor, now.Processor)
	case earlier.Toolchain != now.Toolchain:
		return fmt.Errorf("its toolchain class is %+v, and this one is %+v; results are identical only within one class", earlier.Toolchain, now.Toolchain)
	case earlier.Version != now.Version:
		return fmt.Errorf("it was run by gdbench %s, and this is %s", earlier.Version, now.Version)
	}
	return nil
}

// sameCode reports whether the code of gdbench's own components is known to be the same in two
// runs of one version: the version is a release, in which a component that changes its results
// raises its own version, or both were made by one commit or one binary. Unknown is not equal.
func sameCode(a, b *results.Manifest) bool {
	release := a.Version != "" && a.Version != version.Unreleased
	return release || a.CleanCommit() && a.Commit == b.Commit || a.Binary != "" && a.Binary == b.Binary
}

// otherCommit reports whether two runs of one version are known to be of different commits, or
// not known to be of one.
func otherCommit(a, b *results.Manifest) bool {
	switch {
	case a.CleanCommit() && b.CleanCommit():
		return a.Commit != b.Commit
	case a.Binary != "" && a.Binary == b.Binary:
		return false
	}
	return true
}

func orUnknown(commit string) string { return cmp.Or(commit, "unknown") }

// unversioned names the first user's component of a cell that states no version, "" where there
// is none.
func unversioned(c suite.Cell) string {
	for _, spec := range []*param.Spec{c.Problem.Spec, c.Method.Spec} {
		if names := spec.Unversioned(); len(names) > 0 {
			return spec.Entry.Kind + " " + strings.Join(names, ", ")
		}
	}
	return ""
}

// hasTrials reports whether all trials by which the settings of a run are chosen were taken over.
func (r *Run) hasTrials(c suite.Cell) bool {
	for trial := range r.Suite.TrialsOf(&c) {
		if !r.taken[trial.ID()] {
			return false
		}
	}
	return true
}

// takeOver puts the line of an earlier run in the place of a cell.
func (r *Run) takeOver(c suite.Cell, from *results.Lines) error {
	line, err := relabel(r.Suite, c, from.Text)
	if err != nil {
		return fmt.Errorf("%s: the cell %s: %w", from.Name, from.ID, err)
	}
	if r.Gather(c, line, from.Status) {
		if err := r.Flush(); err != nil {
			return err
		}
	}
	r.Past[c.Index] = from.Status
	if c.IsTrial() {
		if r.taken == nil {
			r.taken = map[string]bool{}
		}
		r.taken[c.ID()] = true
	}
	r.Manifest.Reused++
	return nil
}

// relabel is the line with the labels and the texts of the cell as this suite writes them.
func relabel(s *suite.Suite, c suite.Cell, line []byte) ([]byte, error) {
	var said struct {
		Labels  results.Labels  `json:"labels"`
		Written results.Written `json:"written"`
		Tuned   *results.Tuned  `json:"tuned"`
	}
	if err := json.Unmarshal(line, &said); err != nil {
		return nil, err
	}
	if c.IsFinal() && said.Tuned.IsFinal() {
		c = s.WithSettings(c, said.Tuned.Trial)
	}
	now := results.Record{Labels: c.Labels(), Written: c.Written()}
	if said.Labels == now.Labels && reflect.DeepEqual(said.Written, now.Written) {
		return line, nil
	}
	var record results.Record
	if err := json.Unmarshal(line, &record); err != nil {
		return nil, err
	}
	record.Labels, record.Written = now.Labels, now.Written
	return record.AppendLine(nil)
}
