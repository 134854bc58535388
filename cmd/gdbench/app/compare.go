package app

import (
	"errors"
	"io"

	"github.com/urfave/cli/v2"

	"github.com/gdbench/gdbench/internal/report/compare"
	"github.com/gdbench/gdbench/internal/report/verdict"
)

func compareCommand() *cli.Command {
	return &cli.Command{
		Name:      "compare",
		Usage:     "compare two runs, with statistics",
		ArgsUsage: "BASE NEW",
		Description: "BASE and NEW are run folders or baseline files. The exit code does not depend on what changed: it is 0,\n" +
			"or 3 if some cells are not comparable. For a verdict use `gdbench gate`.",
		Flags: append(comparisonFlags(),
			formatFlag("compare")),
		Action: func(c *cli.Context) error {
			format, err := formatOf(c)
			if err != nil {
				return err
			}
			r, err := compareArguments(c)
			if err != nil {
				return err
			}
			if err := writeComparison(c.App.Writer, format, r); err != nil {
				return err
			}
			if (compare.Gate{}).Judge(r) == compare.NotComparable {
				return &exitError{code: codeIncomparable, quiet: true, error: errors.New("some cells are not comparable")}
			}
			return nil
		},
	}
}

// comparisonFlags are those of every command that compares.
func comparisonFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringSliceFlag{Name: "metric", Usage: "`METRIC` to compare: success, evaluations, iterations, samples, seconds, …; may be repeated"},
		&cli.StringFlag{Name: "target", Usage: "`ACCURACY` whose cost is compared, such as 1e-6", DefaultText: "the finest target of the suite"},
		&cli.Float64Flag{Name: "alpha", Value: compare.DefaultAlpha, Usage: "probability of a false alarm over the whole comparison"},
		&cli.Float64Flag{Name: "delta", Usage: "tolerated loss, as a fraction", DefaultText: "that of the suite, or 0.05"},
	}
}

// comparisonOptions reads them. A zero is refused here, because the options take it for
// the default.
func comparisonOptions(c *cli.Context) (compare.Options, error) {
	o := compare.Options{Alpha: c.Float64("alpha"), Delta: c.Float64("delta"), Target: c.String("target")}
	if o.Alpha == 0 || c.IsSet("delta") && o.Delta == 0 {
		return o, usage("%s: --alpha %g --delta %g; expected numbers > 0", c.Command.Name, o.Alpha, o.Delta)
	}
	metrics, err := compare.ParseMetrics(c.StringSlice("metric"))
	if err != nil {
		return o, usage("%s: --metric: %w", c.Command.Name, err)
	}
	o.Metrics = metrics
	return o, nil
}

func wantTwoRuns(c *cli.Context) error {
	if c.NArg() != 2 {
		return usage("%s: expected two runs, BASE and NEW (run folders or baseline files), found %d", c.Command.Name, c.NArg())
	}
	return nil
}

func compareArguments(c *cli.Context) (*compare.Report, error) {
	if err := wantTwoRuns(c); err != nil {
		return nil, err
	}
	o, err := comparisonOptions(c)
	if err != nil {
		return nil, err
	}
	return compare.Files(c.Args().Get(0), c.Args().Get(1), o)
}

// writeComparison writes a comparison in a format of the table.
func writeComparison(out io.Writer, format string, r *compare.Report) error {
	document := &verdict.Summary{Headline: r.Headline, Comparisons: []*compare.Report{r}}
	switch format {
	case formatMarkdown:
		return document.WriteMarkdown(out)
	case formatJSON:
		return verdict.WriteReport(out, r)
	case formatCSV:
		return document.WriteCSV(out)
	case formatHTML:
		return document.WriteHTML(out)
	}
	return document.WriteText(out)
}
