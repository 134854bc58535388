package app

import (
	"fmt"

	"github.com/urfave/cli/v2"

	"github.com/gdbench/gdbench/results"
)

func baselineCommand() *cli.Command {
	return &cli.Command{
		Name:      "baseline",
		Usage:     "a run without its curves, as a small file to commit",
		ArgsUsage: "RUN",
		Description: "The file is sorted and has one line a cell, so that its diff shows which cells moved. It goes to\n" +
			"standard output, or where --out says; results/baselines/ is the place for it.",
		Flags: []cli.Flag{&cli.StringFlag{Name: "out", Usage: "`FILE` to write"}},
		Action: func(c *cli.Context) error {
			if c.NArg() != 1 {
				return usage("baseline: of which run? Give its folder, such as results/convex/latest")
			}
			b, err := results.ReadBaseline(c.Args().First())
			if err != nil {
				return err
			}
			if !b.Complete() {
				return usage("baseline: %s is a partial run, %d of %d cells; finish it with `gdbench run --resume`",
					c.Args().First(), len(b.Outcomes), b.Grid)
			}
			out := c.String("out")
			if out == "" {
				return b.Encode(c.App.Writer)
			}
			if err := b.Write(out); err != nil {
				return fmt.Errorf("baseline: %w", err)
			}
			_, err = fmt.Fprintf(c.App.Writer, "%d cells of %s are in %s\n", len(b.Outcomes), b.Suite, out)
			return err
		},
	}
}
