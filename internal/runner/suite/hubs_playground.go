//go:build playground

package suite

import (
	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/results"
	"gopkg.in/yaml.v3"
)

// hubs is empty: a page starts no processes, and would load what speaks to them.
type hubs struct{}

// openProcesses refuses a suite that declares processes.
func (s *Suite) openProcesses(source param.Source, root *yaml.Node) (giveBack func(), err error) {
	if n := param.Get(root, "processes"); n != nil {
		return nil, source.Errorf(n, "processes: the playground starts no programs; run the suite with gdbench")
	}
	return func() {}, nil
}

// Close does nothing.
func (s *Suite) Close() {}

// Processes are none.
func (s *Suite) Processes() []results.Process { return nil }
