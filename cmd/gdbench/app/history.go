package app

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"github.com/gdbench/gdbench/internal/atomicfile"
	"github.com/gdbench/gdbench/internal/report/compare"
	"github.com/gdbench/gdbench/internal/report/draw"
	"github.com/gdbench/gdbench/results"
)

func historyCommand() *cli.Command {
	return &cli.Command{
		Name:        "history",
		Usage:       "show the trend of each method over stored baselines or runs",
		ArgsUsage:   "DIR",
		Description: "DIR holds baseline files (*.jsonl) or run folders. They are ordered by their start times.",
		Flags: append(comparisonFlags(),
			formatFlag("history"),
			&cli.StringFlag{Name: "figure", Usage: "draw the evaluations, or the metric of --metric, into `FILE`.svg, .png or .pdf"}),
		Action: history,
	}
}

// readableRuns is as many columns of numbers as people read.
const readableRuns = 6

func history(c *cli.Context) error {
	if c.NArg() != 1 {
		return missing(c, "folder", "one with baselines or runs, such as results/baselines")
	}
	o, err := comparisonOptions(c)
	if err != nil {
		return err
	}
	format, err := formatOf(c)
	if err != nil {
		return err
	}
	path, pictureIn := c.String("figure"), ""
	if path != "" {
		if pictureIn, err = pictureFormat(c, "figure"); err != nil {
			return err
		}
	}
	entries, err := storedRuns(c.Args().First())
	if err != nil {
		return err
	}
	h, err := compare.HistoryOf(entries, o)
	if err != nil {
		return usage("history: %s: %w", c.Args().First(), err)
	}
	latest := readableRuns
	if format == formatJSON || format == formatCSV {
		latest = 0 // all
	}
	if err := writeTable(c.App.Writer, format, h.Table(latest)); err != nil {
		return err
	}
	if path == "" {
		return nil
	}
	drawn := compare.Evaluations
	if len(o.Metrics) == 1 {
		drawn = o.Metrics[0]
	}
	picture, err := draw.Render(h.Figure(drawn), draw.Format(pictureIn))
	if err != nil {
		return usage("history: --figure: %w", err)
	}
	return atomicfile.Write(path, picture, 0o644)
}

// storedRuns reads all baselines and runs of a folder. Links are left out: `latest` is a
// run that is there already.
func storedRuns(dir string) ([]compare.Entry, error) {
	found, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("history: %w", err)
	}
	var out []compare.Entry
	for _, e := range found {
		path := filepath.Join(dir, e.Name())
		_, err := os.Stat(filepath.Join(path, results.ManifestFile))
		if e.Type()&os.ModeSymlink != 0 || filepath.Ext(path) != ".jsonl" && err != nil {
			continue
		}
		run, err := results.ReadBaseline(path)
		if err != nil {
			return nil, err
		}
		out = append(out, compare.Entry{Name: e.Name(), Run: run})
	}
	return out, nil
}
