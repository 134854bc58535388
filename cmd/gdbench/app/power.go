package app

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"github.com/gdbench/gdbench/internal/report/compare"
	"github.com/gdbench/gdbench/internal/runner/pool"
	"github.com/gdbench/gdbench/results"
)

func powerCommand() *cli.Command {
	return &cli.Command{
		Name:      "power",
		Usage:     "estimate which loss a gate detects with 5, 10, 20 and 50 repeats",
		ArgsUsage: "SUITE|RUN | BASE NEW",
		Description: "The estimate needs a pilot: two runs or baselines, before and after a change like those to come; or one;\n" +
			"or a suite, which is then run. The table shows the ratio of costs that is detected with a probability of 80%,\n" +
			"in the whole suite, in each method and in each cell: what `gdbench gate` itself would have found.",
		Flags: append(comparisonFlags(),
			&cli.IntSliceFlag{Name: "repeats", Value: cli.NewIntSlice(5, 10, 20, 50), Usage: "`NUMBER` of repeats; may be repeated"},
			&cli.IntFlag{Name: "pilot", Value: 10, Usage: "number of repeats of the pilot, where a suite is run"},
			formatFlag("power")),
		Action: power,
	}
}

func power(c *cli.Context) error {
	if c.NArg() != 1 && c.NArg() != 2 {
		return missing(c, "pilot", "a suite, a run folder or a baseline file, or two runs")
	}
	o, err := comparisonOptions(c)
	if err != nil {
		return err
	}
	format, err := formatOf(c)
	if err != nil {
		return err
	}
	for _, n := range c.IntSlice("repeats") {
		if n < 1 || n > 10000 {
			return usage("power: --repeats %d; expected a number from 1 to 10000", n)
		}
	}
	pilot, err := pilotOf(c)
	if err != nil {
		return err
	}
	var changed *results.Baseline
	if c.NArg() == 2 {
		if changed, err = results.ReadBaseline(c.Args().Get(1)); err != nil {
			return err
		}
	}
	t, err := compare.PowerTable(pilot, changed, o, c.IntSlice("repeats"))
	if err != nil {
		return usage("power: %w", err)
	}
	return writeTable(c.App.Writer, format, t)
}

// pilotOf reads the pilot, or runs it in a folder that does not stay.
func pilotOf(c *cli.Context) (*results.Baseline, error) {
	name := c.Args().First()
	if isRun(name) {
		return results.ReadBaseline(name)
	}
	s, err := loadSuite(name, []string{fmt.Sprintf("repeats=%d", c.Int("pilot"))})
	if err != nil {
		return nil, err
	}
	folder, err := os.MkdirTemp("", "gdbench-pilot")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	interrupts, stop := notifyInterrupts(c.Context)
	defer stop()
	bar := newProgress(c.App.ErrWriter, s.Name, s.Count())
	_, err = pool.Run(interrupts.now, s, pool.Options{Folder: filepath.Join(folder, "run"), Progress: bar.update, Drain: interrupts.gently})
	bar.end()
	if err != nil {
		return nil, err
	}
	return results.ReadBaseline(filepath.Join(folder, "run"))
}

// isRun reports whether a path is a run folder or a baseline file and not a suite.
func isRun(path string) bool {
	if info, err := os.Stat(path); err != nil || info.IsDir() {
		return err == nil
	}
	return filepath.Ext(path) == ".jsonl"
}
