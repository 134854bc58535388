package suite

import (
	"fmt"
	"strings"

	"github.com/gdbench/gdbench/results"
)

// Of is the suite that a manifest keeps, with the overrides and the filter of its run: the
// cells of the run, and no others. Relative paths of data start from dir.
func Of(m *results.Manifest, dir string) (*Suite, error) {
	switch {
	case m.Archive != nil && m.Archive.Source == results.WrittenSource:
		return nil, fmt.Errorf("the runs were written by another program (%s): they have no suite and cannot be run again", m.Archive.Format)
	case m.Archive != nil:
		return nil, fmt.Errorf("the runs were imported from %s: they have no suite and cannot be run again", m.Archive.Name)
	}
	s, err := Read(m.Suite+".yaml", dir, strings.NewReader(m.Text), m.Overrides)
	if err == nil {
		err = s.Only(m.Only)
	}
	if err != nil {
		return nil, fmt.Errorf("the suite that the run keeps: %w", err)
	}
	return s, nil
}
