package app

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/gdbench/gdbench/internal/atomicfile"
	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/runner/citation"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/results"
)

func citeCommand() *cli.Command {
	return &cli.Command{
		Name:      "cite",
		Usage:     "write BibTeX of every method, problem and data set that a run has used",
		ArgsUsage: "RUN…",
		Flags:     []cli.Flag{&cli.StringFlag{Name: "out", Usage: "`FILE`.bib", DefaultText: "standard output"}},
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
			var b bytes.Buffer
			if err := writeCitations(&b, runs); err != nil {
				return fmt.Errorf("cite: %w", err)
			}
			if out := c.String("out"); out != "" {
				if err := atomicfile.Write(out, b.Bytes(), 0o644); err != nil {
					return fmt.Errorf("cite: %w", err)
				}
				fmt.Fprintf(c.App.Writer, "wrote %s: %s\n", out, english.Count(bytes.Count(b.Bytes(), []byte("\n@")), "entry"))
				return nil
			}
			_, err := c.App.Writer.Write(b.Bytes())
			return err
		},
	}
}

// added is a list with a name that is in it once.
func added(names []string, name string) []string {
	if slices.Contains(names, name) {
		return names
	}
	return append(names, name)
}

// writeCitations writes the sources of what the runs have used, and gdbench.
func writeCitations(out io.Writer, runs []*results.Run) error {
	var used citation.Used
	var suites, versions []string
	for _, run := range runs {
		suites = added(suites, run.Manifest.Suite)
		versions = added(versions, run.Manifest.Version)
		for r, err := range run.RecordsWith(results.Columns{}) {
			if err != nil {
				return err
			}
			used.Add(r)
		}
	}
	fmt.Fprintf(out, "%% Of %s: %s\n", english.Verb(len(runs), "this run", "these runs"), text.Line(strings.Join(suites, ", ")))
	b, without := used.Bibliography()
	for _, version := range versions {
		b.Add(citation.Gdbench(version), "gdbench")
	}
	if err := b.Write(out); err != nil {
		return err
	}
	for _, name := range without {
		fmt.Fprintf(out, "%% %s has no source\n", text.Line(name))
	}
	for _, name := range used.Unknown {
		fmt.Fprintf(out, "%% %s does not come with this gdbench: cite what its authors ask for\n", text.Line(name))
	}
	return nil
}
