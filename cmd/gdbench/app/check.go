package app

import (
	"cmp"
	"fmt"

	"github.com/urfave/cli/v2"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/methods/theory"
	"github.com/gdbench/gdbench/internal/problems/check"
	"github.com/gdbench/gdbench/results"
)

func checkCommand() *cli.Command {
	return &cli.Command{
		Name:      "check",
		Usage:     "verify derivatives, facts and theorems",
		ArgsUsage: "[NAME…]",
		Description: "Checks what the named problems, or all problems, declare: derivatives, batches, critical points,\n" +
			"convexity, constants, f*. With --theory, checks the methods against their theorems, on instances for\n" +
			"which the bounds are attained. With --process, checks the components of a program: its methods on a few\n" +
			"problems in two orders, which must give the same bits, and its problems. The exit code is 1 if a check fails.",
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "theory", Usage: "check the methods against their theorems, not the problems"},
			processFlag(), jsonFlag(),
			&cli.BoolFlag{Name: "all", Usage: "print every check, not only failures and totals"},
			&cli.IntFlag{Name: "points", Usage: "number of random points per problem", Value: 4},
			&cli.Uint64Flag{Name: "seed", Usage: "seed of the random points", Value: 1},
		},
		Action: func(c *cli.Context) error {
			if c.IsSet("process") {
				if c.Bool("theory") || c.NArg() > 0 {
					return usage("check: --process checks the components of a program; it takes neither names nor --theory")
				}
				return checkProcesses(c)
			}
			if c.Bool("theory") {
				return checkTheory(c)
			}
			return checkProblems(c)
		},
	}
}

// maxPoints is more than an hour's worth of random points.
const maxPoints = 10_000

func checkProblems(c *cli.Context) error {
	if n := c.Int("points"); n < 1 || n > maxPoints {
		return usage("check: --points %d; expected a number from 1 to %d", n, maxPoints)
	}
	r, err := check.Run(c.Args().Slice(), check.Options{Seed: c.Uint64("seed"), Points: c.Int("points"), Dir: "."})
	if err != nil {
		return usage("check: %w", err)
	}
	if c.Bool("json") {
		err = writeJSON(c.App.Writer, map[string]any{"checks": r.Results, "failed": len(r.Failures())})
	} else {
		err = r.Write(c.App.Writer, c.Bool("all"))
	}
	if err != nil {
		return err
	}
	if n := len(r.Failures()); n > 0 {
		return against("%s failed", english.Count(n, "check"))
	}
	return nil
}

// theoryView is what `check --theory --json` prints.
type theoryView struct {
	Cases  []caseView `json:"cases"`
	Failed int        `json:"failed"` // or did not run
}

type caseView struct {
	Theorem  string         `json:"theorem"`
	Method   string         `json:"method"`
	Instance string         `json:"instance"`
	Outcome  string         `json:"outcome"`
	Ratio    results.Number `json:"ratio"` // the worst measured/bound
	Compared int            `json:"compared"`
	Message  string         `json:"message,omitempty"` // why it failed or did not run
}

func viewTheory(r *theory.Report) theoryView {
	v := theoryView{Failed: len(r.Failures()) + len(r.Unrun())}
	for _, f := range r.Findings {
		v.Cases = append(v.Cases, caseView{
			f.Case.Theorem, f.Method, f.Instance, string(f.Outcome), results.Number(f.Ratio), f.Compared, cmp.Or(f.Failure, f.Missing),
		})
	}
	return v
}

func checkTheory(c *cli.Context) error {
	if c.NArg() > 0 {
		return usage("check: --theory checks all theorems; it takes no names")
	}
	r, err := theory.Check(theory.Options{Seed: c.Uint64("seed")})
	if err != nil {
		return err
	}
	if c.Bool("json") {
		err = writeJSON(c.App.Writer, viewTheory(r))
	} else {
		err = r.Write(c.App.Writer)
	}
	if err != nil {
		return err
	}
	if unrun := r.Unrun(); len(unrun) > 0 {
		fmt.Fprintf(c.App.ErrWriter, "gdbench: warning: %s did not run, because the methods are not registered\n", english.Count(len(unrun), "case"))
	}
	if n := len(r.Failures()) + len(r.Unrun()); n > 0 {
		return against("%s of theorems failed or did not run", english.Count(n, "case"))
	}
	return nil
}
