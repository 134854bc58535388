package app

import (
	"cmp"

	"github.com/urfave/cli/v2"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/results"
)

// schemas are what there is a schema of, the default first.
var schemas = []string{"suite", "record", "manifest"}

func schemaCommand() *cli.Command {
	return &cli.Command{
		Name:      "schema",
		Usage:     "print the JSON Schema of the suite language, for editors, or of the files of a run",
		ArgsUsage: "[suite|record|manifest]",
		Description: "suite (the default): what a suite may say, with all components. record: a line of runs.jsonl. manifest:\n" +
			"manifest.json. docs/results.md describes both files; docs/schema has their schemas.",
		Flags: []cli.Flag{processFlag()},
		Action: withProcesses(func(c *cli.Context) error {
			if c.NArg() > 1 {
				return usage("schema: found %s; expected one of %s", english.Count(c.NArg(), "argument"), alternatives(schemas))
			}
			of := cmp.Or(c.Args().First(), schemas[0])
			if of == schemas[0] {
				return writeJSON(c.App.Writer, suite.Schema())
			}
			schema := results.JSONSchemas()[of]
			if schema == nil {
				return usage("schema: unknown schema %q%s", of, text.Suggest(of, schemas))
			}
			return writeJSON(c.App.Writer, schema)
		}),
	}
}
