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
		Usage:       "list what a referee would criticize, and how to fix it",
		ArgsUsage:   "RUN…",
		Description: "This is advice and no verdict: findings do not change the exit code.",
		Flags:       []cli.Flag{jsonFlag()},
		Action: func(c *cli.Context) error {
			if c.NArg() == 0 {
				return missing(c, "run", "its folder, such as results/convex/latest")
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
			if c.Bool("json") {
				return writeJSON(c.App.Writer, viewFindings(findings))
			}
			_, err = fmt.Fprint(c.App.Writer, report.ReviewText(findings))
			return err
		},
	}
}

// findingView is one entry of what `review --json` prints.
type findingView struct {
	Major  bool   `json:"major"` // it can change a conclusion
	Topic  string `json:"topic"`
	Name   string `json:"name,omitempty"`   // by which a suite accepts it
	Stated string `json:"stated,omitempty"` // why the suite accepts it
	What   string `json:"what"`
	Advice string `json:"advice"`
}

func viewFindings(findings []report.Finding) []findingView {
	views := []findingView{}
	for _, f := range findings {
		views = append(views, findingView{f.Major, f.Topic, f.Name, f.Stated, f.What, f.Mend})
	}
	return views
}
