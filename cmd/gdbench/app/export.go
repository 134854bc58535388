package app

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/gdbench/gdbench/internal/atomicfile"
	"github.com/gdbench/gdbench/internal/counts"
	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/results/export"
	"github.com/gdbench/gdbench/internal/runner/keep"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/internal/version"
	"github.com/gdbench/gdbench/results"
)

func exportCommand() *cli.Command {
	var lines []string
	for _, f := range export.Formats {
		lines = append(lines, fmt.Sprintf("  %-9s %s", f.Name, f.Summary))
	}
	return &cli.Command{
		Name:      "export",
		Usage:     "write a run in the format of another program",
		ArgsUsage: "RUN",
		Description: strings.Join(lines, "\n") + "\n\nWhat a format cannot hold is left out and named; where nothing remains, the exit code is 2. A target that\n" +
			"was missed is never written as a cost. docs/pandas.md, docs/coco.md and docs/trackers.md show\n" +
			"what to do with each format.",
		Flags: []cli.Flag{
			formatFlag("export"),
			&cli.StringFlag{Name: "out", Usage: "`PATH` of the file, or of the folder of coco and ioh", DefaultText: "standard output, for formats that are text"},
			&cli.StringSliceFlag{Name: "gradient", Usage: "`PRICE` of a gradient in evaluations, for coco and ioh: 1 or D, the number of variables; may be repeated", DefaultText: "1"},
			&cli.StringSliceFlag{Name: "target", Usage: "`TARGET` up to which costs are written, for benchfmt, github and bencher; may be repeated", DefaultText: "the hardest of each problem"},
		},
		Action: func(c *cli.Context) error {
			if c.NArg() != 1 {
				return missing(c, "run", "its folder, such as results/convex/latest")
			}
			name, err := formatOf(c)
			if err != nil {
				return err
			}
			f, _ := export.Named(name)
			options, err := exportOptions(c, f)
			if err != nil {
				return err
			}
			run, err := results.Open(c.Args().First())
			if err != nil {
				return err
			}
			return exportRun(c, run, f, options)
		},
	}
}

func exportFormats() []string {
	var names []string
	for _, f := range export.Formats {
		names = append(names, f.Name)
	}
	return names
}

// exportOptions reads the flags that some formats have.
func exportOptions(c *cli.Context, f export.Format) (export.Options, error) {
	o := export.Options{Version: version.Current().String()}
	if c.IsSet("gradient") && !f.Prices {
		return o, usage("export: --gradient is for coco and ioh, whose costs are evaluations; %s has all counts", f.Name)
	}
	if c.IsSet("target") && !f.Goals {
		return o, usage("export: --target is for benchfmt, github and bencher; %s has all targets", f.Name)
	}
	for _, name := range c.StringSlice("gradient") {
		switch strings.ToUpper(name) {
		case counts.OneEvaluation.String():
			o.Prices = append(o.Prices, counts.OneEvaluation)
		case counts.Dimension.String():
			o.Prices = append(o.Prices, counts.Dimension)
		default:
			return o, usage("export: --gradient %s; expected 1 or D", name)
		}
	}
	for _, name := range c.StringSlice("target") {
		target, err := strconv.ParseFloat(name, 64)
		if err != nil || target-target != 0 {
			return o, usage("export: --target %s; expected a number, as in the targets of the suite", name)
		}
		o.Targets = append(o.Targets, target)
	}
	return o, nil
}

// exportRun writes the output and says what is in it.
func exportRun(c *cli.Context, run *results.Run, f export.Format, o export.Options) error {
	out := c.String("out")
	if out == "" && (f.Folder || f.Binary) {
		return usage("export: missing --out; %s is written to a %s", f.Name, map[bool]string{true: "folder", false: "file"}[f.Folder])
	}
	var outcome export.Outcome
	var err error
	switch {
	case f.Folder:
		outcome, err = exportFolder(run, f, o, out)
	case out == "":
		o.Out = c.App.Writer
		outcome, err = export.Write(run, f, o)
	default:
		undo, failed := keep.MakeFolder(filepath.Dir(out))
		if failed != nil {
			return failed
		}
		defer undo() // where nothing was written
		err = atomicfile.Stream(out, 0o644, func(w io.Writer) (err error) {
			o.Out = w
			outcome, err = export.Write(run, f, o)
			return err
		})
	}
	for _, l := range outcome.Left {
		fmt.Fprintf(c.App.ErrWriter, "left out: %s (%s): %s\n", english.Count(l.Cells, "cell"), text.Terminal(l.Example), l.Reason)
	}
	for _, note := range outcome.Notes {
		fmt.Fprintf(c.App.ErrWriter, "note: %s\n", text.Terminal(note))
	}
	if errors.Is(err, export.ErrNothing) {
		return usage("export: no cell of %s can be written as %s", run.Folder, f.Name)
	}
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	if out != "" {
		fmt.Fprintf(c.App.Writer, "wrote %s to %s\nnext: %s\n", english.Count(outcome.Cells, "cell"), out, strings.ReplaceAll(f.Next, "OUT", out))
	}
	return nil
}

// exportFolder writes beside the folder first, so that after an error there is nothing of it. The
// folder may have the output of other runs; none of it is replaced.
func exportFolder(run *results.Run, f export.Format, o export.Options, out string) (export.Outcome, error) {
	undo, err := keep.MakeFolder(filepath.Dir(filepath.Clean(out)))
	if err != nil {
		return export.Outcome{}, err
	}
	defer undo() // where nothing was written
	staging, err := os.MkdirTemp(filepath.Dir(filepath.Clean(out)), ".gdbench-export-*")
	if err != nil {
		return export.Outcome{}, err
	}
	defer os.RemoveAll(staging)
	o.Folder = staging
	outcome, err := export.Write(run, f, o)
	if err != nil {
		return outcome, err
	}
	folders, err := os.ReadDir(staging)
	if err != nil {
		return outcome, err
	}
	for _, folder := range folders {
		if keep.Taken(filepath.Join(out, folder.Name())) {
			return outcome, usage("%s exists; remove it, or choose another --out", filepath.Join(out, folder.Name()))
		}
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return outcome, err
	}
	for _, folder := range folders {
		if err := os.Rename(filepath.Join(staging, folder.Name()), filepath.Join(out, folder.Name())); err != nil {
			return outcome, err
		}
	}
	return outcome, nil
}
