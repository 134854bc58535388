package words

import (
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/results"
)

// Again is the command that makes a run again from the file of its suite, on one line.
func Again(m *results.Manifest, file string) string {
	command := "gdbench run " + file
	for _, o := range m.Only {
		command += " --only " + text.ShellLine(o)
	}
	for _, o := range m.Overrides {
		command += " --set " + text.ShellLine(o)
	}
	if m.Shard != nil {
		command += " --shard " + m.Shard.String()
	}
	if len(m.Processes) > 0 {
		command += " --allow-processes"
	}
	return command
}
