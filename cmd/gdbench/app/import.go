package app

import (
	"errors"
	"fmt"

	"github.com/urfave/cli/v2"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/results/archive"
	"github.com/gdbench/gdbench/internal/runner/keep"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/problems"
	"github.com/gdbench/gdbench/results"
)

// archives are the formats that import reads.
var archives = []string{"coco"}

func importCommand() *cli.Command {
	return &cli.Command{
		Name:      "import",
		Usage:     "make a run of archived runs of other programs, to report them beside yours",
		ArgsUsage: "coco FOLDER|TGZ",
		Description: "coco: the logs (.info, .dat, .tdat) of COCO's suite bbob, old and new. Runs on other suites are left out\n" +
			"and named; where nothing remains, the exit code is 2. `gdbench report YOURS ARCHIVED` shows both; nothing\n" +
			"is concluded about archived runs beyond their last evaluation. docs/coco.md has an example.",
		Flags: []cli.Flag{&cli.StringFlag{Name: "out", Usage: "`FOLDER` of the run"}},
		Action: func(c *cli.Context) error {
			if c.NArg() != 2 {
				return usage("import: expected a format and an archive, such as `gdbench import coco BFGS.tgz --out archived`; found %s", english.Count(c.NArg(), "argument"))
			}
			format, from, out := c.Args().Get(0), c.Args().Get(1), c.String("out")
			if format != archives[0] {
				return usage("import: unknown format %q; expected %s", format, alternatives(archives))
			}
			if out == "" {
				return usage("import: missing --out; it names the folder of the run")
			}
			if keep.Taken(out) {
				return usage("import: %s exists; remove it, or choose another --out", out)
			}
			return importArchive(c, from, out)
		},
	}
}

func importArchive(c *cli.Context, from, out string) error {
	outcome, err := keep.Import(from, out, benchmarked)
	for _, l := range outcome.Left {
		fmt.Fprintf(c.App.ErrWriter, "left out: %s (%s): %s\n", english.Count(l.Runs, "run"), text.Terminal(l.Example), text.Terminal(l.Reason))
	}
	for _, note := range outcome.Notes {
		fmt.Fprintf(c.App.ErrWriter, "note: %s\n", text.Terminal(note))
	}
	if errors.Is(err, archive.ErrNothing) {
		return usage("import: %s: %w", from, err)
	}
	if err != nil {
		return usage("import: %w", err)
	}
	fmt.Fprintf(c.App.Writer, "wrote %s of %s to %s: %s\nnext: gdbench report YOURS %s\n", english.Count(outcome.Cells, "run"),
		english.Count(len(outcome.Methods), "method"), out, text.Terminal(text.Some(outcome.Methods)), out)
	return nil
}

// benchmarked is the problem of a published suite as a suite of ours writes it.
func benchmarked(function, dim, instance int) (*archive.Problem, error) {
	p, err := problems.New(archive.Suite, map[string]any{"function": function, "dim": dim, "instance": instance})
	if err != nil {
		return nil, err
	}
	facts := problems.FactsOf(p)
	return &archive.Problem{
		Component: results.Component{Name: archive.Suite, Parameters: []results.Parameter{
			{Name: "function", Value: int64(function)}, {Name: "dim", Value: int64(dim)}, {Name: "instance", Value: int64(instance)}}},
		Label:  fmt.Sprintf("%s function=%d dim=%d instance=%d", archive.Suite, function, dim, instance),
		Family: archive.Suite, Minimum: facts.Minimum.Value, Nonconvex: facts.Convexity == problems.Nonconvex,
	}, nil
}
