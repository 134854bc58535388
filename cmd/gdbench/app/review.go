package app

import (
	"fmt"

	"github.com/urfave/cli/v2"

	"github.com/gdbench/gdbench/report"
	"github.com/gdbench/gdbench/results"
)

func reviewCommand() *cli.Command {
	return &cli.Command{
		Name:        "review",
		Usage:       "what a referee would attack, and how to mend it",
		ArgsUsage:   "RUN…",
		Description: "Advice, not a verdict: the exit code is 0 whatever is found.",
		Action: func(c *cli.Context) error {
			if c.NArg() == 0 {
				return usage("review: of which run? Give its folder, such as results/convex/latest")
			}
			var runs []*results.Run
			for _, folder := range c.Args().Slice() {
				run, err := results.Open(folder)
				if err != nil {
					return err
				}
				runs = append(runs, run)
			}
			findings, err := report.Review(runs)
			if err != nil {
				return err
			}
			_, err = fmt.Fprint(c.App.Writer, report.ReviewText(findings))
			return err
		},
	}
}
