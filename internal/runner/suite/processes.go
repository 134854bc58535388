package suite

import (
	"github.com/gdbench/gdbench/internal/param"
	"gopkg.in/yaml.v3"
)

// Program is a process that a suite declares.
type Program struct {
	Run     []string `param:"run" doc:"command with its arguments; those that name files beside the suite are found there"`
	Timeout float64  `param:"timeout" default:"60" range:"(0,86400]" doc:"seconds that an answer may take"`
}

// Rewrite reads a list as the command alone.
func (*Program) Rewrite(n *yaml.Node) *yaml.Node {
	if n.Kind != yaml.SequenceNode {
		return nil
	}
	return param.Map(n, "run", n)
}
