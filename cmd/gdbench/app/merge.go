package app

import (
	"fmt"

	"github.com/urfave/cli/v2"

	"github.com/gdbench/gdbench/internal/runner/keep"
)

func mergeCommand() *cli.Command {
	return &cli.Command{
		Name:      "merge",
		Usage:     "one run out of the shards of `gdbench run --shard`",
		ArgsUsage: "RUN…",
		Description: "The shards must be all those of one run: of the same suite, settings, version and toolchain. What\n" +
			"is missing is named. The result is to the byte what one process would have written, timing aside;\n" +
			"the claims of the suite (expect:) are checked on it.",
		Flags: []cli.Flag{&cli.StringFlag{Name: "out", Usage: "`FOLDER` of the merged run"}},
		Action: func(c *cli.Context) error {
			if c.NArg() == 0 {
				return usage("merge: which shards? Give their folders, such as results/convex/shards/*")
			}
			out := c.String("out")
			if out == "" {
				return usage("merge: say with --out which folder the run goes to")
			}
			m, err := keep.Merge(c.Args().Slice(), out)
			if err != nil {
				return fmt.Errorf("merge: %w", err)
			}
			fmt.Fprintf(c.App.Writer, "%d cells of %s out of %d shards are in %s\n", m.Cells, m.Suite, m.Merged, out)
			s, err := keep.SuiteOf(m, ".")
			if err != nil {
				return err
			}
			return worst([]error{tellClaims(c.App.Writer, s, out), verdictOf(m)})
		},
	}
}
