package app

import (
	"fmt"

	"github.com/urfave/cli/v2"

	"github.com/gdbench/gdbench/internal/version"
)

func versionCommand() *cli.Command {
	return &cli.Command{
		Name:  "version",
		Usage: "print version, commit and compiler of this binary",
		Flags: []cli.Flag{jsonFlag()},
		Action: func(c *cli.Context) error {
			if c.NArg() > 0 {
				return usage("version: unexpected argument %q", c.Args().First())
			}
			if c.Bool("json") {
				return writeJSON(c.App.Writer, version.Current())
			}
			_, err := fmt.Fprintf(c.App.Writer, "gdbench version %s\n", version.Current())
			return err
		},
	}
}
