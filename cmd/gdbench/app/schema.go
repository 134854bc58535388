package app

import (
	"github.com/urfave/cli/v2"

	"github.com/gdbench/gdbench/internal/runner/suite"
)

func schemaCommand() *cli.Command {
	return &cli.Command{
		Name:  "schema",
		Usage: "print the JSON Schema of the suite language, for editors",
		Flags: []cli.Flag{processFlag()},
		Action: withProcesses(func(c *cli.Context) error {
			return writeJSON(c.App.Writer, suite.Schema())
		}),
	}
}
