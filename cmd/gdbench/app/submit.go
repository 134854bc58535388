package app

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/gdbench/gdbench/results"
)

func submitCommand() *cli.Command {
	return &cli.Command{
		Name:      "submit",
		Usage:     "run a suite on a cluster, as an array of tasks and a final merge",
		ArgsUsage: "SUITE",
		Description: "Each task runs one shard of the grid, and resumes it if it is restarted. When all tasks have ended, the\n" +
			"shards are merged and a report is written. The folder of the run must be on a disk that all machines\n" +
			"share. To submit unfinished shards again, repeat the call with the same --out. See docs/cluster.md.",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "engine", Value: "slurm", Usage: "`ENGINE` that runs the tasks: slurm"},
			&cli.IntFlag{Name: "tasks", Usage: "number `N` of tasks, each with one shard of the grid; required", DefaultText: "none"},
			&cli.IntFlag{Name: "workers", Value: 1, Usage: "number of cells that a task runs in parallel, and of CPUs that it requests"},
			&cli.StringFlag{Name: "time", Usage: "time limit `TIME` of a task in the format of the engine, such as 2:00:00"},
			&cli.StringFlag{Name: "memory", Usage: "`MEMORY` of a task in the format of the engine, such as 4G"},
			&cli.StringFlag{Name: "partition", Usage: "`PARTITION` of the cluster"},
			&cli.StringSliceFlag{Name: "option", Usage: "additional `OPTION` for the engine, such as --account=math; may be repeated"},
			&cli.StringFlag{Name: "out", Usage: "`FOLDER` of the merged run, the shards and the logs", DefaultText: "results/<suite>/<time>"},
			onlyFlag(), setFlag(),
			&cli.BoolFlag{Name: "dry-run", Usage: "print what would be written and submitted, and do neither"},
		},
		Action: submitSuite,
	}
}

func submitSuite(c *cli.Context) error {
	if c.NArg() != 1 {
		return missing(c, "suite", "one file, or the name of a built-in suite")
	}
	if engine := c.String("engine"); engine != "slurm" {
		return usage("submit: unknown engine %q; expected slurm; docs/cluster.md describes others", engine)
	}
	if !c.IsSet("tasks") {
		return usage("submit: missing --tasks; expected the number of tasks, from 1 to %d", maxShards)
	}
	if n := c.Int("tasks"); n < 1 || n > maxShards {
		return usage("submit: --tasks %d; expected a number from 1 to %d", n, maxShards)
	}
	if n := c.Int("workers"); n < 1 || n > maxWorkers {
		return usage("submit: --workers %d; expected a number from 1 to %d", n, maxWorkers)
	}
	j, err := newSlurmJob(c)
	if err != nil {
		return err
	}
	if c.Bool("dry-run") {
		j.show(c.App.Writer)
		return nil
	}
	return j.submit(c.App.Writer)
}

func newSlurmJob(c *cli.Context) (*slurmJob, error) {
	name := c.Args().First()
	s, err := loadGrid(c, name)
	if err != nil {
		return nil, err
	}
	if fileExists(name) { // else it is built in, and has no path
		if name, err = filepath.Abs(name); err != nil {
			return nil, err
		}
	}
	folder, _ := runFolder(c.String("out"), s.Name, false)
	if folder, err = filepath.Abs(folder); err != nil {
		return nil, err
	}
	if strings.ContainsAny(folder, "\\\n") {
		return nil, usage("submit: the name of the folder %q contains a backslash or a line break, which Slurm does not take literally; choose another folder with --out", folder)
	}
	if fileExists(filepath.Join(folder, results.ManifestFile)) {
		return nil, usage("submit: %s already contains a run; choose another folder with --out", folder)
	}
	binary, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("submit: the path of this program is unknown: %w", err)
	}
	j := &slurmJob{name: "gdbench-" + s.Name, binary: binary, suite: name, folder: folder, tasks: c.Int("tasks"), workers: c.Int("workers")}
	for _, flag := range []struct{ name, option string }{{"time", "--time="}, {"memory", "--mem="}, {"partition", "--partition="}} {
		if value := c.String(flag.name); value != "" {
			j.options = append(j.options, flag.option+value)
		}
	}
	j.options = append(j.options, c.StringSlice("option")...)
	for _, flag := range []string{"set", "only"} {
		for _, value := range c.StringSlice(flag) {
			j.grid = append(j.grid, "--"+flag, value)
		}
	}
	return j, nil
}

func fileExists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
