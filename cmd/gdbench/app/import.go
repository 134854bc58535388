package app

import (
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/results/archive"
	"github.com/gdbench/gdbench/internal/runner/keep"
	"github.com/gdbench/gdbench/internal/runner/pool"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/problems"
	"github.com/gdbench/gdbench/results"
)

// archives are the formats that import reads.
var archives = []string{"coco", "iterates"}

func importCommand() *cli.Command {
	return &cli.Command{
		Name:      "import",
		Usage:     "make a run of the runs of other programs, to report them beside yours",
		ArgsUsage: "coco FOLDER|TGZ, or iterates FILE",
		Description: "coco: the logs (.info, .dat, .tdat) of COCO's suite bbob, old and new. Runs on other suites are left out\n" +
			"and named; where nothing remains, the exit code is 2. `gdbench report YOURS ARCHIVED` shows both; nothing\n" +
			"is concluded about archived runs beyond their last evaluation. docs/coco.md has an example.\n\n" +
			"iterates: the points of one run of any program, a line each, as CSV (x0,x1,…) or JSON lines ({\"x\": […]}).\n" +
			"They are evaluated on the problem of --suite, whose start, stop, budget and targets they get. A line may have\n" +
			"f and totals of counts: values, gradients, evaluations. Where f is another, the exit code is 1 and the line is\n" +
			"named. report, compare and gate take the run like any other. docs/languages.md has an example.",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "out", Usage: "`FOLDER` of the run"},
			&cli.StringFlag{Name: "suite", Usage: "iterates: `SUITE` with the problem, a file or a built-in one; its methods do not run"},
			&cli.StringFlag{Name: "method", Usage: "iterates: `NAME` of the method", DefaultText: "name of the file"},
			&cli.StringSliceFlag{Name: "only", Usage: "iterates: only the problem with `KEY=VALUE`, such as problem=rosenbrock; may be repeated"},
			setFlag(), allowFlag(),
		},
		Action: func(c *cli.Context) error {
			if c.NArg() != 2 {
				return usage("import: expected a format and what to import, such as `gdbench import coco BFGS.tgz --out archived`; found %s", english.Count(c.NArg(), "argument"))
			}
			format, from, out := c.Args().Get(0), c.Args().Get(1), c.String("out")
			read := map[string]func(c *cli.Context, from, out string) error{archives[0]: importArchive, archives[1]: importIterates}[format]
			if read == nil {
				return usage("import: unknown format %q; expected %s", format, alternatives(archives))
			}
			if out == "" {
				return usage("import: missing --out; it names the folder of the run")
			}
			if keep.Taken(out) {
				return usage("import: %s exists; remove it, or choose another --out", out)
			}
			return read(c, from, out)
		},
	}
}

// importIterates makes a run of the iterates of another program.
func importIterates(c *cli.Context, from, out string) error {
	if c.String("suite") == "" {
		return usage("import: missing --suite; it has the problem that the iterates are of, and their start, stop and targets")
	}
	file := filepath.Base(from)
	i := &pool.Imported{File: from, Method: cmp.Or(c.String("method"), strings.TrimSuffix(file, filepath.Ext(file)))}
	giveBack, err := i.Lend()
	if err != nil {
		return usage("import: %w", err)
	}
	defer giveBack()
	defer allowProcesses(c)()
	given := c.StringSlice("set")
	s, err := loadSuite(c.String("suite"), append(slices.Clone(given), i.Overrides()...))
	if err != nil {
		return err
	}
	defer s.Close()
	if err := s.Only(c.StringSlice("only")); err != nil {
		return err
	}
	if err := i.Run(c.Context, s, given, out); err != nil {
		return usage("import: %w", err)
	}
	for _, note := range i.Notes {
		fmt.Fprintf(c.App.ErrWriter, "note: %s\n", text.Terminal(note))
	}
	r := i.Record
	fmt.Fprintf(c.App.Writer, "wrote %s on %s to %s: %s, %s, gap %s (%s)\nnext: gdbench report YOURS %s\n", text.Terminal(r.Labels.Method), text.Terminal(r.Labels.Problem), out,
		english.Count(r.Iterations, "iteration"), r.Status, text.Short(float64(r.Final.Gap)), text.Terminal(r.Message), out)
	if n := len(i.Refuted); n > 0 {
		return against("%s of the file %s not those of f:\n  %s", english.Count(n, "value"), english.Verb(n, "is", "are"), strings.Join(i.Refuted[:min(n, shownClaims)], "\n  ")+more(n-shownClaims))
	}
	return nil
}

// shownClaims is how many refuted values are listed.
const shownClaims = 20

func more(n int) string {
	if n <= 0 {
		return ""
	}
	return fmt.Sprintf("\n  and %d more", n)
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
