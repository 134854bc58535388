package app

import (
	"fmt"

	"github.com/urfave/cli/v2"

	"github.com/gdbench/gdbench/internal/runner/verify"
)

func verifyCommand() *cli.Command {
	return &cli.Command{
		Name:      "verify",
		Usage:     "is a run whole, unaltered, complete, and does it reproduce?",
		ArgsUsage: "RUN",
		Flags: []cli.Flag{
			&cli.IntFlag{Name: "sample", Value: 10, Usage: "cells to run again; 0: none"},
			&cli.StringFlag{Name: "dir", Value: ".", Usage: "folder of the suite, where relative paths of its data start"},
		},
		Action: func(c *cli.Context) error {
			if c.NArg() != 1 {
				return usage("verify: which run? Give its folder, such as results/convex/latest")
			}
			if c.Int("sample") < 0 {
				return usage("verify: --sample %d; expected a number from 0", c.Int("sample"))
			}
			folder := c.Args().First()
			v, err := verify.Verify(folder, c.String("dir"), c.Int("sample"))
			if err != nil {
				return fmt.Errorf("verify: %w", err)
			}
			for _, fault := range v.Faults {
				fmt.Fprintln(c.App.Writer, fault)
			}
			if here := Version().Version; v.Version != here {
				fmt.Fprintf(c.App.Writer, "the manifest says that gdbench %s ran it; this is %s\n", v.Version, here)
			}
			if len(v.Faults) > 0 {
				return against("%s is not as it should be; see above", folder)
			}
			if v.Not != "" {
				fmt.Fprintf(c.App.Writer, "%s is whole and complete: %d cells; not run again: %s\n", folder, v.Cells, v.Not)
				return nil
			}
			fmt.Fprintf(c.App.Writer, "%s is whole, unaltered and complete: %d cells; %d run again, with the same result\n", folder, v.Cells, v.Again)
			return nil
		},
	}
}
