package app

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/gdbench/gdbench/report"
	"github.com/gdbench/gdbench/results"
)

func reportCommand() *cli.Command {
	return &cli.Command{
		Name:      "report",
		Usage:     "tables and figures from runs, without a descent",
		ArgsUsage: "RUN…",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "out", Usage: "folder of the report (default: report/ in the first run)"},
			&cli.StringFlag{Name: "x", Usage: "`COST` of a further figure of convergence: " + strings.Join(report.Costs(), ", ")},
			&cli.StringFlag{Name: "y", Usage: "`QUANTITY` of it: " + strings.Join(report.Quantities(), ", ")},
			&cli.StringSliceFlag{Name: "format", Usage: "`FORMAT` of figures: svg, png, pdf; several times for several"},
		},
		Action: func(c *cli.Context) error {
			if c.NArg() == 0 {
				return usage("report: of which run? Give its folder, such as results/convex/latest")
			}
			return writeReport(c, c.Args().Slice(), c.String("out"))
		},
	}
}

// writeReport makes the report of some runs and prints its summary.
func writeReport(c *cli.Context, folders []string, out string) error {
	var runs []*results.Run
	var manifests []*results.Manifest
	for _, folder := range folders {
		run, err := results.Open(folder)
		if err != nil {
			return err
		}
		runs, manifests = append(runs, run), append(manifests, run.Manifest)
	}
	if out == "" {
		out = filepath.Join(folders[0], "report")
	}
	options := report.Options{Rebuild: landscapes(manifests), Formats: figureFormats(c.StringSlice("format")), X: c.String("x"), Y: c.String("y")}
	if err := options.Check(); err != nil {
		return usage("report: %v", err)
	}
	r, err := report.Write(runs, out, options)
	if err != nil {
		return err
	}
	fmt.Fprint(c.App.Writer, r.Text)
	fmt.Fprintf(c.App.Writer, "\n%d figures and tables are in %s\n", len(r.Files), out)
	return nil
}

func figureFormats(names []string) []report.Format {
	var out []report.Format
	for _, name := range names {
		out = append(out, report.Format(strings.ToLower(name)))
	}
	return out
}
