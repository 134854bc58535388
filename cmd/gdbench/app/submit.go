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
		Usage:     "run a suite on a cluster, as an array of tasks and a merge after them",
		ArgsUsage: "SUITE",
		Description: "Every task runs its shard of the grid and resumes it if it is started again; when all have ended, their\n" +
			"shards are merged and reported. The folder of the run must be one that all machines see. The same\n" +
			"call with the same --out submits what is unfinished again. See docs/cluster.md.",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "engine", Value: "slurm", Usage: "`ENGINE` that runs the tasks: slurm"},
			&cli.IntFlag{Name: "tasks", Usage: "`N` tasks, each with a shard of the grid"},
			&cli.IntFlag{Name: "workers", Value: 1, Usage: "cells at a time in a task; it asks for as many processors"},
			&cli.StringFlag{Name: "time", Usage: "limit on the `TIME` of a task, as the engine writes it, such as 2:00:00"},
			&cli.StringFlag{Name: "memory", Usage: "`MEMORY` of a task, as the engine writes it, such as 4G"},
			&cli.StringFlag{Name: "partition", Usage: "`PARTITION` of the cluster"},
			&cli.StringSliceFlag{Name: "option", Usage: "a further `OPTION` for the engine, such as --account=math; several times for several"},
			&cli.StringFlag{Name: "out", Usage: "`FOLDER` of the merged run, its shards and logs (default: results/<suite>/<time>)"},
			onlyFlag(), setFlag(),
			&cli.BoolFlag{Name: "dry-run", Usage: "show what would be written and submitted, and do neither"},
		},
		Action: submitSuite,
	}
}

func submitSuite(c *cli.Context) error {
	if c.NArg() != 1 {
		return usage("submit: which suite? Give one, a file or the name of one that comes with gdbench")
	}
	if engine := c.String("engine"); engine != "slurm" {
		return usage("submit: unknown engine %q; expected slurm; docs/cluster.md shows how to use others", engine)
	}
	if n := c.Int("tasks"); n < 1 || n > maxShards {
		return usage("submit: --tasks %d; expected a number of tasks from 1 to %d", n, maxShards)
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
	if fileExists(name) { // else it comes with gdbench, and has no path
		if name, err = filepath.Abs(name); err != nil {
			return nil, err
		}
	}
	folder, _ := runFolder(c.String("out"), s.Name, false)
	if folder, err = filepath.Abs(folder); err != nil {
		return nil, err
	}
	if strings.ContainsAny(folder, "\\\n") {
		return nil, usage("submit: the folder %q has a backslash or a line break in its name, which Slurm reads as something else; choose another with --out", folder)
	}
	if fileExists(filepath.Join(folder, results.ManifestFile)) {
		return nil, usage("submit: %s already contains a run; choose another folder with --out", folder)
	}
	binary, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("submit: where this program lies: %w", err)
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
