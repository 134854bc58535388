package app

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"github.com/gdbench/gdbench/internal/report/compare"
	"github.com/gdbench/gdbench/internal/report/table"
	"github.com/gdbench/gdbench/internal/runner/pool"
	"github.com/gdbench/gdbench/results"
)

func powerCommand() *cli.Command {
	return &cli.Command{
		Name:      "power",
		Usage:     "which loss a gate will find with 5, 10, 20, 50 repeats",
		ArgsUsage: "SUITE|RUN",
		Description: "From a pilot: a run or baseline that exists already, or the suite, which is run for it. The table says\n" +
			"the ratio that is found with probability 80%, for each cell whose cost varies from repeat to repeat.",
		Flags: append(comparisonFlags(),
			&cli.IntSliceFlag{Name: "repeats", Value: cli.NewIntSlice(5, 10, 20, 50), Usage: "`NUMBER` of repeats; several times for several"},
			&cli.IntFlag{Name: "pilot", Value: 10, Usage: "repeats of the pilot, where a suite is run"},
			&cli.StringFlag{Name: "format", Value: "txt", Usage: "`FORMAT`: txt, md, csv, tex or json"}),
		Action: power,
	}
}

func power(c *cli.Context) error {
	if c.NArg() != 1 {
		return usage("power: of what? Give a suite, or a run as pilot")
	}
	o, err := comparisonOptions(c)
	if err != nil {
		return err
	}
	for _, n := range c.IntSlice("repeats") {
		if n < 1 || n > 100000 {
			return usage("power: --repeats %d; expected a number from 1 to 100000", n)
		}
	}
	pilot, err := pilotOf(c)
	if err != nil {
		return err
	}
	t, err := compare.PowerTable(pilot, o, c.IntSlice("repeats"))
	if err != nil {
		return usage("power: %v", err)
	}
	if err := table.Write(c.App.Writer, table.Format(c.String("format")), t); err != nil {
		return usage("power: %v", err)
	}
	return nil
}

// pilotOf reads the pilot, or runs it in a folder that does not stay.
func pilotOf(c *cli.Context) (*results.Baseline, error) {
	name := c.Args().First()
	if isRun(name) {
		return results.ReadBaseline(name)
	}
	s, err := loadSuite(name, []string{fmt.Sprintf("repeats=%d", c.Int("pilot")), "trace.points=0"})
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
