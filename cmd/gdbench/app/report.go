package app

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/gdbench/gdbench/internal/report/draw"
	"github.com/gdbench/gdbench/report"
	"github.com/gdbench/gdbench/results"
)

func reportCommand() *cli.Command {
	return &cli.Command{
		Name:      "report",
		Usage:     "tables and figures from runs, without a descent",
		ArgsUsage: "RUN…",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "out", Usage: "folder of the report (default: report/ in the first run)"},
			&cli.StringFlag{Name: "x", Usage: "`COST` of a further figure of convergence: " + strings.Join(costNames(), ", ")},
			&cli.StringFlag{Name: "y", Usage: "`QUANTITY` of it: " + strings.Join(quantityNames(), ", ")},
			&cli.StringSliceFlag{Name: "format", Usage: "`FORMAT` of figures: svg, png, pdf; several times for several"},
		},
		Action: func(c *cli.Context) error {
			if c.NArg() == 0 {
				return usage("report: of which run? Give its folder, such as results/convex/latest")
			}
			return writeReport(c, c.Args().Slice(), c.String("out"))
		},
	}
}

// writeReport makes the report of some runs and prints its summary.
func writeReport(c *cli.Context, folders []string, out string) error {
	var runs []*results.Run
	var manifests []*results.Manifest
	for _, folder := range folders {
		run, err := results.Open(folder)
		if err != nil {
			return err
		}
		runs, manifests = append(runs, run), append(manifests, run.Manifest)
	}
	if out == "" {
		out = filepath.Join(folders[0], "report")
	}
	formats, err := figureFormats(c.StringSlice("format"))
	if err != nil {
		return err
	}
	axes, err := figureAxes(c.String("x"), c.String("y"))
	if err != nil {
		return err
	}
	r, err := report.Write(runs, out, report.Options{Rebuild: landscapes(manifests), Told: toldBy(), Formats: formats, Show: axes})
	if err != nil {
		return err
	}
	fmt.Fprint(c.App.Writer, r.Text)
	fmt.Fprintf(c.App.Writer, "\n%d figures and tables are in %s\n", len(r.Files), out)
	return nil
}

func figureFormats(names []string) ([]draw.Format, error) {
	var out []draw.Format
	for _, name := range names {
		f := draw.Format(strings.ToLower(name))
		if f != draw.SVG && f != draw.PNG && f != draw.PDF {
			return nil, usage("unknown format %q of a figure; expected svg, png or pdf", name)
		}
		out = append(out, f)
	}
	return out, nil
}

// figureAxes are the axes that the call asks for: nil for none, gap against iterations
// where it names only the other.
func figureAxes(x, y string) (*report.Axes, error) {
	if x == "" && y == "" {
		return nil, nil
	}
	axes := &report.Axes{X: report.Iterations, Y: report.Gap}
	if k := slices.Index(costNames(), x); k >= 0 {
		axes.X = report.CurveCosts[k]
	} else if x != "" {
		return nil, usage("unknown cost %q of --x; expected one of %s", x, strings.Join(costNames(), ", "))
	}
	if k := slices.Index(quantityNames(), y); k >= 0 {
		axes.Y = report.Quantities[k]
	} else if y != "" {
		return nil, usage("unknown quantity %q of --y; expected one of %s", y, strings.Join(quantityNames(), ", "))
	}
	return axes, nil
}

func costNames() []string {
	var names []string
	for _, cost := range report.CurveCosts {
		names = append(names, cost.Name)
	}
	return names
}

func quantityNames() []string {
	var names []string
	for _, q := range report.Quantities {
		names = append(names, strings.ReplaceAll(q.Name, " ", "-"))
	}
	return names
}
