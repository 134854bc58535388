package app

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/urfave/cli/v2"

	"github.com/gdbench/gdbench/internal/atomicfile"
	"github.com/gdbench/gdbench/internal/gdbenchtest/gate"
	"github.com/gdbench/gdbench/internal/report/compare"
	"github.com/gdbench/gdbench/internal/report/verdict"
)

func gateCommand() *cli.Command {
	return &cli.Command{
		Name:      "gate",
		Usage:     "compare two runs and fail on a regression, for CI",
		ArgsUsage: "BASE NEW",
		Description: "BASE and NEW are run folders or baseline files. Exit codes: 0 pass; 1 a regression, a target that is no\n" +
			"longer reached, a new failure, a missing cell, a claim refuted or not tested; 3 not comparable; 4 a loss of the\n" +
			"sensitivity would not have been found; others as in `gdbench help exit-codes`. See docs/ci.md.",
		Flags: append(comparisonFlags(),
			&cli.StringFlag{Name: "baseline", Usage: "pinned baseline `FILE` to compare with, too, so that small losses cannot add up"},
			&cli.IntFlag{Name: "against-last", Usage: "BASE is a folder of baselines, or a committed baseline file: compare with the last of them, and with the `K`-th last"},
			&cli.StringFlag{Name: "confirm", Usage: "`BINARY` that made BASE: if losses are found that chance may have made, run both sides again with another seed, and count those that are found again"},
			&cli.StringFlag{Name: "confirm-new", Usage: "`BINARY` that made NEW, for --confirm", DefaultText: "this one"},
			&cli.StringFlag{Name: "accept", Usage: "`FILE` with accepted verdicts and the reasons"},
			&cli.BoolFlag{Name: "expect-unchanged", Usage: "fail on any change"},
			&cli.Float64Flag{Name: "sensitivity", Usage: "loss of the whole suite, as a `RATIO`, that must be findable: 1.2 is a loss of 20%", DefaultText: "that of the suite, or 2"},
			&cli.BoolFlag{Name: "strict", Usage: "ask the sensitivity of every method and cell, too"},
			&cli.BoolFlag{Name: "gate-time", Usage: "compare seconds, too; both runs must come from one machine"},
			&cli.StringFlag{Name: "junit", Usage: "write JUnit XML to `FILE`"},
			&cli.StringFlag{Name: "summary", Usage: "append Markdown to `FILE`", DefaultText: "$GITHUB_STEP_SUMMARY", EnvVars: []string{"GITHUB_STEP_SUMMARY"}},
			&cli.StringFlag{Name: "json", Usage: "write the verdict as JSON to `FILE`"},
			&cli.StringFlag{Name: "html", Usage: "write the verdict as a page to `FILE`"},
		),
		Action: gateRuns,
	}
}

func gateRuns(c *cli.Context) error {
	if err := wantTwoRuns(c); err != nil {
		return err
	}
	o, err := comparisonOptions(c)
	if err != nil {
		return err
	}
	o.Time, o.Sensitivity = c.Bool("gate-time"), c.Float64("sensitivity")
	if c.IsSet("sensitivity") && o.Sensitivity == 0 {
		return usage("gate: --sensitivity 0; expected a ratio above 1, such as 1.2 for a loss of 20%%")
	}
	if !o.Time && len(o.Metrics) > 0 && !slices.ContainsFunc(o.Metrics, func(m compare.Metric) bool { return m != compare.Seconds }) {
		return usage("gate: --metric seconds alone gates nothing, for times are advisory; add --gate-time, or use `gdbench compare`")
	}
	options := gate.Options{
		Options: o, Gate: compare.Gate{Unchanged: c.Bool("expect-unchanged"), Strict: c.Bool("strict")},
		Pinned: c.String("baseline"), Accept: c.String("accept"),
	}
	if c.IsSet("confirm-new") && !c.IsSet("confirm") {
		return usage("gate: --confirm-new is for --confirm, which names the binary of BASE")
	}
	if c.IsSet("confirm") {
		look, err := newSecondLook(c)
		if err != nil {
			return err
		}
		defer look.close()
		options.Again = look.again
	}
	s, err := judge(c, options)
	if err != nil {
		return err
	}
	if err := publish(c, s); err != nil {
		return err
	}
	if s.Outcome == compare.Pass {
		return nil
	}
	return &exitError{code: s.Code, quiet: true, error: errors.New(s.Headline)}
}

// judge compares with BASE, or with baselines of the history that BASE names.
func judge(c *cli.Context, o gate.Options) (*verdict.Summary, error) {
	base, run := c.Args().Get(0), c.Args().Get(1)
	if !c.IsSet("against-last") {
		return gate.Judge(base, run, o)
	}
	if o.Pinned != "" {
		return nil, usage("gate: --against-last chooses the baselines; leave out --baseline")
	}
	w, err := againstLast(base, run, c.Int("against-last"))
	if err != nil {
		return nil, err
	}
	defer w.close()
	o.Pinned = w.oldest
	s, err := gate.Judge(w.last, run, o)
	if err != nil {
		return nil, err
	}
	w.name(s)
	return s, nil
}

// publish prints the verdict and writes it in every form that was asked for.
func publish(c *cli.Context, s *verdict.Summary) error {
	if err := s.WriteText(c.App.Writer); err != nil {
		return err
	}
	if os.Getenv("GITHUB_ACTIONS") == "true" {
		if err := s.WriteAnnotations(c.App.Writer); err != nil {
			return err
		}
	}
	for _, form := range []struct {
		flag   string
		write  func(io.Writer) error
		append bool
	}{
		{"junit", s.WriteJUnit, false}, {"json", s.WriteJSON, false}, {"html", s.WriteHTML, false}, {"summary", s.WriteMarkdown, true},
	} {
		path := c.String(form.flag)
		if path == "" {
			continue
		}
		if err := writeForm(path, form.write, form.append); err != nil {
			return fmt.Errorf("gate: --%s: %w", form.flag, err)
		}
	}
	return nil
}

// writeForm renders before it opens the file, so that a failure leaves no half of one.
func writeForm(path string, write func(io.Writer) error, appending bool) error {
	var text bytes.Buffer
	if err := write(&text); err != nil {
		return err
	}
	if !appending {
		return atomicfile.Write(path, text.Bytes(), 0o644)
	}
	file, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	_, err = file.Write(text.Bytes())
	return errors.Join(err, file.Close())
}
