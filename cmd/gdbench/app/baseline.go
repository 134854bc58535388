package app

import (
	"fmt"
	"os"
	"slices"

	"github.com/urfave/cli/v2"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
	"github.com/gdbench/gdbench/results"
)

func baselineCommand() *cli.Command {
	return &cli.Command{
		Name:      "baseline",
		Usage:     "write a run without its curves as a small file to commit",
		ArgsUsage: "RUN | --migrate FILE…",
		Description: "The file is sorted and has one line per cell, so that a diff shows which cells changed. It is written to\n" +
			"standard output, or to --out; by convention it is kept in results/baselines/. With --migrate, baselines\n" +
			"that an earlier gdbench wrote are rewritten in place as this one writes them; their results stay as they are.",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "out", Usage: "`FILE` to write", DefaultText: "standard output"},
			&cli.BoolFlag{Name: "migrate", Usage: "rewrite old baseline files in place"},
		},
		Action: func(c *cli.Context) error {
			if c.Bool("migrate") {
				return migrate(c)
			}
			if c.NArg() != 1 {
				return missing(c, "run", "its folder, such as results/convex/latest")
			}
			b, err := results.ReadBaseline(c.Args().First())
			if err != nil {
				return err
			}
			if !b.Complete() {
				return usage("baseline: %s is a partial run with %d of %d cells; finish it with `gdbench run --resume`",
					c.Args().First(), len(b.Summaries), b.Grid)
			}
			out := c.String("out")
			if out == "" {
				return b.Encode(c.App.Writer)
			}
			if err := b.Write(out); err != nil {
				return fmt.Errorf("baseline: %w", err)
			}
			_, err = fmt.Fprintf(c.App.Writer, "wrote %s of suite %s to %s\n", english.Count(len(b.Summaries), "cell"), b.Suite, out)
			return err
		},
	}
}

// migrate rewrites baselines in place.
func migrate(c *cli.Context) error {
	if c.NArg() == 0 || c.IsSet("out") {
		return usage("baseline: --migrate takes the files to rewrite in place, and no --out")
	}
	for _, path := range c.Args().Slice() {
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			return usage("baseline: %s is a folder; --migrate rewrites baseline files, such as results/baselines/*.jsonl", path)
		}
		b, err := results.ReadBaseline(path)
		if err != nil {
			return err
		}
		if b.Baseline == results.BaselineSchema && b.Lacks() == "" {
			fmt.Fprintf(c.App.Writer, "%s is of schema %d already\n", path, b.Baseline)
			continue
		}
		from := b.Baseline
		for _, name := range addFamilies(b) {
			fmt.Fprintf(c.App.ErrWriter, "gdbench: note: %s: this gdbench does not have %s; it counts as a family of its own\n", path, name)
		}
		b.Baseline = results.BaselineSchema
		if err := b.Write(path); err != nil {
			return fmt.Errorf("baseline: %w", err)
		}
		fmt.Fprintf(c.App.Writer, "rewrote %s from schema %d to schema %d\n", path, from, b.Baseline)
	}
	return nil
}

// addFamilies looks up the families that a baseline lacks, and returns the components that
// are not registered here.
func addFamilies(b *results.Baseline) (unknown []string) {
	family := func(r *param.Registry, name string) string {
		e, err := r.Lookup(name)
		if err == nil {
			return e.FamilyOrName()
		}
		if missing := fmt.Sprintf("the %s %q", r.Kind, name); !slices.Contains(unknown, missing) {
			unknown = append(unknown, missing)
		}
		return name
	}
	for i := range b.Summaries {
		if o := &b.Summaries[i]; o.Families == nil {
			o.Families = &results.Families{
				Problem: family(param.Of[problems.Problem](), o.Problem),
				Method:  family(param.Of[methods.Method](), o.Method),
			}
		}
	}
	return unknown
}
