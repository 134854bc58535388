package app

import (
	"fmt"

	"github.com/urfave/cli/v2"

	"github.com/gdbench/gdbench/internal/methods/theory"
	"github.com/gdbench/gdbench/internal/problems/check"
)

func checkCommand() *cli.Command {
	return &cli.Command{
		Name:      "check",
		Usage:     "derivatives, facts and theorems, verified",
		ArgsUsage: "[NAME…]",
		Description: "Holds problems (all of them where none is named) against what they claim: derivatives, batches,\n" +
			"critical points, convexity, constants, f*. With --theory, methods against their theorems, on the\n" +
			"instances that attain them. Exits 1 where a check fails.",
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "theory", Usage: "check the methods against their theorems"},
			&cli.BoolFlag{Name: "all", Usage: "show every check, not only failures and totals"},
			&cli.IntFlag{Name: "points", Usage: "random points a problem", Value: 4},
			&cli.Uint64Flag{Name: "seed", Usage: "of the random points", Value: 1},
		},
		Action: func(c *cli.Context) error {
			if c.Bool("theory") {
				return checkTheory(c)
			}
			return checkProblems(c)
		},
	}
}

func checkProblems(c *cli.Context) error {
	if c.Int("points") < 1 {
		return usage("check: --points %d; expected a number from 1", c.Int("points"))
	}
	r, err := check.Run(c.Args().Slice(), check.Options{Seed: c.Uint64("seed"), Points: c.Int("points"), Dir: "."})
	if err != nil {
		return usage("check: %v", err)
	}
	if err := r.Write(c.App.Writer, c.Bool("all")); err != nil {
		return err
	}
	if n := len(r.Failures()); n > 0 {
		return against("%d checks failed", n)
	}
	return nil
}

func checkTheory(c *cli.Context) error {
	if c.NArg() > 0 {
		return usage("check: --theory checks all theorems and takes no names")
	}
	r, err := theory.Check(theory.Options{Seed: c.Uint64("seed")})
	if err != nil {
		return err
	}
	if err := r.Write(c.App.Writer); err != nil {
		return err
	}
	if unrun := r.Unrun(); len(unrun) > 0 {
		fmt.Fprintf(c.App.ErrWriter, "gdbench: %d cases did not run: their methods are not registered\n", len(unrun))
	}
	if n := len(r.Failures()) + len(r.Unrun()); n > 0 {
		return against("%d cases of theorems failed or did not run", n)
	}
	return nil
}
