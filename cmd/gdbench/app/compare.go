package app

import (
	"errors"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/gdbench/gdbench/internal/report/compare"
	"github.com/gdbench/gdbench/internal/report/verdict"
)

func compareCommand() *cli.Command {
	return &cli.Command{
		Name:      "compare",
		Usage:     "what changed between two runs, with statistics",
		ArgsUsage: "BASE NEW",
		Description: "BASE and NEW are run folders or baseline files. Exit codes: 0 compared, whatever was found;\n" +
			"2 the call or a file is wrong; 3 not comparable. For a verdict see `gdbench gate`.",
		Flags: append(comparisonFlags(),
			&cli.StringFlag{Name: "format", Value: "text", Usage: "`FORMAT`: text, md, json, csv or html"}),
		Action: func(c *cli.Context) error {
			render, err := renderer(c.String("format"))
			if err != nil {
				return err
			}
			r, err := compareArguments(c)
			if err != nil {
				return err
			}
			if err := render(c, r); err != nil {
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
		&cli.StringSliceFlag{Name: "metric", Usage: "`METRIC` to compare: success, evaluations, iterations, gap, seconds, …; several times for several"},
		&cli.StringFlag{Name: "target", Usage: "accuracy whose cost is compared, such as 1e-6 (default: the finest of the suite)"},
		&cli.Float64Flag{Name: "alpha", Value: 0.05, Usage: "probability of a false alarm, over the whole comparison"},
		&cli.Float64Flag{Name: "delta", Value: 0.05, Usage: "loss that is tolerated, as a share"},
	}
}

// comparisonOptions reads them. A zero is refused here, because the options take it for
// the default.
func comparisonOptions(c *cli.Context) (compare.Options, error) {
	o := compare.Options{Alpha: c.Float64("alpha"), Delta: c.Float64("delta"), Target: c.String("target")}
	if o.Alpha == 0 || o.Delta == 0 {
		return o, usage("%s: --alpha and --delta are numbers above 0", c.Command.Name)
	}
	metrics, err := compare.ParseMetrics(c.StringSlice("metric"))
	if err != nil {
		return o, usage("%s: --metric: %v", c.Command.Name, err)
	}
	o.Metrics = metrics
	return o, nil
}

func compareArguments(c *cli.Context) (*compare.Report, error) {
	if c.NArg() != 2 {
		return nil, usage("%s: two runs are compared, BASE and NEW: run folders or baseline files", c.Command.Name)
	}
	o, err := comparisonOptions(c)
	if err != nil {
		return nil, err
	}
	r, err := compare.Files(c.Args().Get(0), c.Args().Get(1), o)
	return r, comparisonError(err)
}

// comparisonError gives an error of a comparison its exit code.
func comparisonError(err error) error {
	if errors.Is(err, compare.ErrIncomparable) {
		return &exitError{code: codeIncomparable, error: err}
	}
	return err
}

// renderer finds the writer of a format.
func renderer(format string) (func(*cli.Context, *compare.Report) error, error) {
	document := func(r *compare.Report) *verdict.Summary {
		return &verdict.Summary{Headline: r.Headline, Comparisons: []*compare.Report{r}}
	}
	known := []string{"text", "md", "json", "csv", "html"}
	if !slices.Contains(known, format) {
		return nil, usage("compare: unknown format %q; expected one of %s", format, strings.Join(known, ", "))
	}
	return func(c *cli.Context, r *compare.Report) error {
		out := c.App.Writer
		switch format {
		case "md":
			return document(r).WriteMarkdown(out)
		case "json":
			return verdict.WriteReport(out, r)
		case "csv":
			return document(r).WriteCSV(out)
		case "html":
			return document(r).WriteHTML(out)
		}
		return document(r).WriteText(out)
	}, nil
}
