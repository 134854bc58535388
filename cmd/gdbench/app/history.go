package app

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/gdbench/gdbench/internal/report/compare"
	"github.com/gdbench/gdbench/internal/report/draw"
	"github.com/gdbench/gdbench/internal/report/table"
	"github.com/gdbench/gdbench/results"
)

func historyCommand() *cli.Command {
	return &cli.Command{
		Name:        "history",
		Usage:       "the trend of each method over stored baselines or runs",
		ArgsUsage:   "DIR",
		Description: "DIR holds baseline files (*.jsonl) or run folders; they are ordered by the time at which they began.",
		Flags: append(comparisonFlags(),
			&cli.StringFlag{Name: "format", Value: "txt", Usage: "`FORMAT`: txt, md, csv, tex or json"},
			&cli.StringFlag{Name: "figure", Usage: "draw the evaluations, or the one --metric, into `FILE`.svg, .png or .pdf"}),
		Action: history,
	}
}

// readableRuns is as many columns of numbers as people read.
const readableRuns = 6

func history(c *cli.Context) error {
	if c.NArg() != 1 {
		return usage("history: of which folder? Give one with baselines or runs, such as results/baselines")
	}
	o, err := comparisonOptions(c)
	if err != nil {
		return err
	}
	entries, err := storedRuns(c.Args().First())
	if err != nil {
		return err
	}
	h, err := compare.HistoryOf(entries, o)
	if err != nil {
		return usage("history: %s: %v", c.Args().First(), err)
	}
	format := table.Format(c.String("format"))
	latest := 0
	if format == table.TextFormat || format == table.MarkdownFormat || format == table.LaTeXFormat {
		latest = readableRuns
	}
	if err := table.Write(c.App.Writer, format, h.Table(latest)); err != nil {
		return usage("history: %v", err)
	}
	path := c.String("figure")
	if path == "" {
		return nil
	}
	drawn := compare.Evaluations
	if len(o.Metrics) == 1 {
		drawn = o.Metrics[0]
	}
	picture, err := draw.Render(h.Figure(drawn), draw.Format(strings.TrimPrefix(filepath.Ext(path), ".")))
	if err != nil {
		return usage("history: --figure: %v", err)
	}
	return os.WriteFile(path, picture, 0o644)
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
