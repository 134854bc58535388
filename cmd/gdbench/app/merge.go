package app

import (
	"fmt"

	"github.com/urfave/cli/v2"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/runner/keep"
	"github.com/gdbench/gdbench/results"
)

func mergeCommand() *cli.Command {
	return &cli.Command{
		Name:      "merge",
		Usage:     "merge the shards of `gdbench run --shard` into one run",
		ArgsUsage: "RUN…",
		Description: "All shards of one run are needed, with the same suite, settings, version and toolchain; missing ones are\n" +
			"named. Apart from timing the result has the same bytes as a run of one process. The claims of the suite\n" +
			"(expect:) are checked on it.",
		Flags: []cli.Flag{&cli.StringFlag{Name: "out", Usage: "`FOLDER` of the merged run"}, compressFlag(), allowFlag()},
		Action: func(c *cli.Context) error {
			if c.NArg() == 0 {
				return missing(c, "shards", "their folders, such as results/convex/shards/*")
			}
			out := c.String("out")
			if out == "" {
				return usage("merge: missing --out; it names the folder of the merged run")
			}
			defer allowProcesses(c)()
			m, err := keep.Merge(c.Args().Slice(), out)
			if err != nil {
				return fmt.Errorf("merge: %w", err)
			}
			if c.Bool("compress") {
				if err := results.Compress(out); err != nil {
					return fmt.Errorf("merge: %w", err)
				}
			}
			fmt.Fprintf(c.App.Writer, "merged %s of suite %s from %s into %s\n", english.Count(m.Cells, "cell"), m.Suite, english.Count(m.Merged, "shard"), out)
			return worst([]error{keepLandscapes(out, nil), printClaims(c.App.Writer, out), verdictOf(m)})
		},
	}
}
