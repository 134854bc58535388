package app

import (
	"fmt"
	"io"

	"github.com/urfave/cli/v2"

	"github.com/gdbench/gdbench/internal/atomicfile"
	"github.com/gdbench/gdbench/internal/report/compare"
	"github.com/gdbench/gdbench/internal/report/draw"
	"github.com/gdbench/gdbench/internal/report/history"
)

func historyCommand() *cli.Command {
	return &cli.Command{
		Name:      "history",
		Usage:     "show when each method changed, over stored baselines or runs",
		ArgsUsage: "DIR | FILE | RUN…",
		Description: "DIR holds baseline files (*.jsonl) or run folders. FILE is a baseline that is committed: its versions in\n" +
			"git are the history. Runs are in the order of their commits where this is a git repository that has them,\n" +
			"otherwise in that of their start times, or as given. See docs/ci.md.",
		Flags: append(comparisonFlags(),
			formatFlag("history"),
			&cli.StringFlag{Name: "suite", Usage: "`NAME` of the suite, where the runs are of several"},
			&cli.StringFlag{Name: "figure", Usage: "draw the evaluations, or the metric of --metric, into `FILE`.svg, .png or .pdf"},
			&cli.StringFlag{Name: "badge", Usage: "write the state into `FILE`.svg as a picture, or .json for shields.io"}),
		Action: showHistory,
	}
}

// readableRuns is as many columns of numbers as people read.
const readableRuns = 6

func showHistory(c *cli.Context) error {
	if c.NArg() == 0 {
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
	for flag, known := range map[string][]string{"figure": pictures, "badge": badges} {
		if c.String(flag) == "" {
			continue
		}
		if _, err := fileFormat(c, flag, known); err != nil { // before anything is read
			return err
		}
	}
	runs, repository, notes, err := storedRuns(c.Args().Slice()...)
	if err != nil {
		return usage("history: %w", err)
	}
	h, err := history.Of(ofSuite(runs, c.String("suite")), o, repository)
	if err != nil {
		return usage("history: %s: %w", c.Args().First(), err)
	}
	for _, r := range h.Runs {
		if !r.Complete() {
			notes = append(notes, fmt.Sprintf("%s is a partial run, %d of %d cells", r.Name, len(r.Summaries), r.Grid))
		}
	}
	h.Notes = notes
	if err := writeHistory(c.App.Writer, format, h); err != nil {
		return err
	}
	if err := writeBadge(c, h); err != nil {
		return err
	}
	return drawHistory(c, h, o)
}

// ofSuite are the runs of a suite; of all suites without a name.
func ofSuite(runs []history.Run, suite string) []history.Run {
	if suite == "" {
		return runs
	}
	var out []history.Run
	for _, r := range runs {
		if r.Suite == suite {
			out = append(out, r)
		}
	}
	return out
}

func writeHistory(out io.Writer, format string, h *history.History) error {
	latest := readableRuns
	switch format {
	case formatHTML:
		return h.WriteHTML(out)
	case formatJSON, formatCSV:
		latest = 0 // all
	}
	trends, changes := h.Table(latest), h.Changes()
	if len(changes.Rows) == 0 {
		trends.Notes = append(trends.Notes, changes.Notes...)
		return writeTable(out, format, trends)
	}
	return writeTable(out, format, trends, changes)
}

func drawHistory(c *cli.Context, h *history.History, o compare.Options) error {
	path := c.String("figure")
	if path == "" {
		return nil
	}
	format, err := pictureFormat(c, "figure")
	if err != nil {
		return err
	}
	drawn := compare.Evaluations
	if len(o.Metrics) == 1 {
		drawn = o.Metrics[0]
	}
	picture, err := draw.Render(h.Figure(drawn), draw.Format(format))
	if err != nil {
		return usage("history: --figure: %w", err)
	}
	return atomicfile.Write(path, picture, 0o644)
}

func writeBadge(c *cli.Context, h *history.History) error {
	path := c.String("badge")
	if path == "" {
		return nil
	}
	format, err := fileFormat(c, "badge", badges)
	if err != nil {
		return err
	}
	write := h.Badge().WriteSVG
	if format == formatJSON {
		write = h.Badge().WriteJSON
	}
	return writeForm(path, write, false)
}
