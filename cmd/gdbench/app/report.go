package app

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/report"
	"github.com/gdbench/gdbench/results"
)

func reportCommand() *cli.Command {
	return &cli.Command{
		Name:      "report",
		Usage:     "write tables and figures from finished runs",
		ArgsUsage: "RUN…",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "out", Usage: "`FOLDER` of the report", DefaultText: "report/ in the first run"},
			&cli.StringFlag{Name: "x", Usage: "`COST` on the x axis of an additional convergence figure: " + strings.Join(report.Costs(), ", ")},
			&cli.StringFlag{Name: "y", Usage: "`QUANTITY` on its y axis: " + strings.Join(report.Quantities(), ", ")},
			formatsFlag("report", "figures"),
			&cli.StringSliceFlag{Name: "method", Usage: "only methods with this `NAME` or label, in which * is any characters; may be repeated"},
			&cli.StringSliceFlag{Name: "problem", Usage: "only problems with this `NAME` or label; may be repeated"},
			&cli.StringSliceFlag{Name: "figure", Usage: "only figures of this `KIND` or name, such as ranks or gap-*; may be repeated"},
			&cli.BoolFlag{Name: "all", Usage: "figures for all problems, and those with hardly a point in them"},
			&cli.StringFlag{Name: "baseline", Usage: "`METHOD` that the others are compared with", DefaultText: "as the suite says"},
			&cli.StringFlag{Name: "width", Usage: "`WIDTH` of figures in a document: column (3.3in), text (6.75in), or a length such as 84mm"},
			&cli.BoolFlag{Name: "panels", Usage: "figures of one kind as panels of one, a panel for each problem, with one legend"},
			&cli.BoolFlag{Name: "serif", Usage: "letters of Times, as in many papers, not of Arial"},
			&cli.BoolFlag{Name: "bare", Usage: "figures without title and notes, which --width writes to NAME.caption.tex"},
			&cli.BoolFlag{Name: "untitled", Usage: "figures without title"},
			&cli.BoolFlag{Name: "unnoted", Usage: "figures without notes"},
			&cli.StringFlag{Name: "xlim", Usage: "ends of the x axis of figures, as `LOW,HIGH`"},
			&cli.StringFlag{Name: "ylim", Usage: "ends of the y axis, as `LOW,HIGH`"},
			&cli.StringFlag{Name: "xscale", Usage: "`SCALE` of the x axis: linear or log"},
			&cli.StringFlag{Name: "yscale", Usage: "`SCALE` of the y axis: linear or log"},
			&cli.StringFlag{Name: "paper", Usage: "`FILE` with all of these choices, such as paper.yaml; flags go before it"},
		},
		Action: func(c *cli.Context) error {
			p, err := paperOf(c)
			if err != nil {
				return err
			}
			if len(p.Runs) == 0 {
				return missing(c, "run", "its folder, such as results/convex/latest")
			}
			return writeReport(c, p.Runs, p.Out, p)
		},
	}
}

// writeReport makes the report of some runs and prints its summary.
func writeReport(c *cli.Context, folders []string, out string, p *paper) error {
	var runs []*results.Run
	for _, folder := range folders {
		run, err := results.Open(folder)
		if err != nil {
			return err
		}
		runs = append(runs, run)
	}
	if out == "" {
		out = filepath.Join(folders[0], "report")
	}
	rebuild, err := landscapes(runs)
	if err != nil {
		return err
	}
	options := p.options()
	options.Rebuild = rebuild
	if err := options.Check(); err != nil {
		return usage("report: %w", err)
	}
	r, err := report.Write(runs, out, options)
	if errors.Is(err, report.ErrChoice) {
		return usage("report: %w", err)
	}
	if err != nil {
		return err
	}
	fmt.Fprint(c.App.Writer, r.Text)
	fmt.Fprintf(c.App.Writer, "\nwrote %s (figures, tables, page) to %s; begin with %s\n", english.Count(len(r.Files), "file"), out, report.IndexFile)
	if r.Details > 0 {
		fmt.Fprintf(c.App.Writer, "did not draw %s of details, whose content is in others and in tables; `gdbench report --all` draws %s\n", english.Count(r.Details, "figure"), english.Verb(r.Details, "it", "them"))
	}
	if r.Sparse > 0 {
		fmt.Fprintf(c.App.Writer, "left out %s with hardly a point; `gdbench report --all` draws %s\n", english.Count(r.Sparse, "figure"), english.Verb(r.Sparse, "it", "them"))
	}
	return nil
}
