package app

import (
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
		},
		Action: func(c *cli.Context) error {
			if c.NArg() == 0 {
				return missing(c, "run", "its folder, such as results/convex/latest")
			}
			return writeReport(c, c.Args().Slice(), c.String("out"))
		},
	}
}

// writeReport makes the report of some runs and prints its summary.
func writeReport(c *cli.Context, folders []string, out string) error {
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
	options := report.Options{Rebuild: rebuild, X: c.String("x"), Y: c.String("y")}
	if c.Command.Name == "report" { // run has no --format
		formats, err := formatsOf(c)
		if err != nil {
			return err
		}
		for _, f := range formats {
			options.Formats = append(options.Formats, report.Format(f))
		}
	}
	if err := options.Check(); err != nil {
		return usage("report: %w", err)
	}
	r, err := report.Write(runs, out, options)
	if err != nil {
		return err
	}
	fmt.Fprint(c.App.Writer, r.Text)
	fmt.Fprintf(c.App.Writer, "\nwrote %s (figures, tables, page) to %s\n", english.Count(len(r.Files), "file"), out)
	return nil
}
