package app

import (
	"fmt"

	"github.com/urfave/cli/v2"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/results"
)

func baselineCommand() *cli.Command {
	return &cli.Command{
		Name:      "baseline",
		Usage:     "write a run without its curves as a small file to commit",
		ArgsUsage: "RUN",
		Description: "The file is sorted and has one line per cell, so that a diff shows which cells changed. It is written to\n" +
			"standard output, or to --out; by convention it is kept in results/baselines/.",
		Flags: []cli.Flag{&cli.StringFlag{Name: "out", Usage: "`FILE` to write", DefaultText: "standard output"}},
		Action: func(c *cli.Context) error {
			if c.NArg() != 1 {
				return missing(c, "run", "its folder, such as results/convex/latest")
			}
			b, err := results.ReadBaseline(c.Args().First())
			if err != nil {
				return err
			}
			if !b.Complete() {
				return usage("baseline: %s is a partial run with %d of %d cells; finish it with `gdbench run --resume`",
					c.Args().First(), len(b.Outcomes), b.Grid)
			}
			out := c.String("out")
			if out == "" {
				return b.Encode(c.App.Writer)
			}
			if err := b.Write(out); err != nil {
				return fmt.Errorf("baseline: %w", err)
			}
			_, err = fmt.Fprintf(c.App.Writer, "wrote %s of suite %s to %s\n", english.Count(len(b.Outcomes), "cell"), b.Suite, out)
			return err
		},
	}
}
