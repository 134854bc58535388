package runner

import (
	"errors"
	"io"

	"github.com/gdbench/gdbench/internal/runner/suite"
)

// Suite is a benchmark, ready to run: the grid of its cells is expanded, every name is known
// and every setting in range. LoadSuite and ReadSuite make one; the zero value has no cells
// and does not run.
type Suite struct {
	suite *suite.Suite
}

// LoadSuite reads a suite file. Changes are settings such as "repeats=3" or
// "budget.iterations=100" that replace what the file says. An error names the file, the line,
// the column, the value and what was expected.
func LoadSuite(path string, changes ...string) (*Suite, error) {
	s, err := suite.Load(path, changes)
	if err != nil {
		return nil, err
	}
	return &Suite{s}, nil
}

// ReadSuite reads a suite from its text, as LoadSuite does from a file. Relative paths of data
// files start from the folder dir.
func ReadSuite(text io.Reader, dir string, changes ...string) (*Suite, error) {
	if text == nil {
		return nil, errors.New("the reader of the suite is nil")
	}
	s, err := suite.Read("suite", dir, text, changes)
	if err != nil {
		return nil, err
	}
	return &Suite{s}, nil
}

// Name is the name of the suite.
func (s *Suite) Name() string {
	if s.suite == nil {
		return ""
	}
	return s.suite.Name
}

// Cells is the number of runs in the grid.
func (s *Suite) Cells() int {
	if s.suite == nil {
		return 0
	}
	return s.suite.Count()
}
