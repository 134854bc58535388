package app

import (
	"path/filepath"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"
	"gopkg.in/yaml.v3"

	"github.com/gdbench/gdbench/internal/limit"
	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/report"
)

// paper is what a report is asked for: by flags, or kept in a file that replays them.
type paper struct {
	Runs     []string `param:"runs" default:"none" doc:"run folders, from the folder of this file"`
	Out      string   `param:"out" default:"none" doc:"folder of the report, from the folder of this file"`
	Format   []string `param:"format" default:"none" doc:"formats of figures: svg, png, pdf"`
	Methods  []string `param:"methods" default:"none" doc:"only these methods"`
	Problems []string `param:"problems" default:"none" doc:"only these problems"`
	Baseline string   `param:"baseline" default:"none" doc:"method that the others are compared with"`
	Width    string   `param:"width" default:"none" doc:"width of figures: column, text, or a length"`
	Panels   bool     `param:"panels" default:"false" doc:"figures of one kind as panels of one"`
	Serif    bool     `param:"serif" default:"false" doc:"letters of Times"`
	Bare     bool     `param:"bare" default:"false" doc:"neither title nor notes"`
	Untitled bool     `param:"untitled" default:"false" doc:"no title"`
	Unnoted  bool     `param:"unnoted" default:"false" doc:"no notes"`
	All      bool     `param:"all" default:"false" doc:"figures for all problems, and those with hardly a point"`
	X        string   `param:"x" default:"none" doc:"cost of an additional figure of convergence"`
	Y        string   `param:"y" default:"none" doc:"its quantity"`

	figures []string
	frames  []report.Frame
	styles  []report.Style
}

// options are those of the report; without a paper, those of its defaults.
func (p *paper) options() report.Options {
	if p == nil {
		return report.Options{}
	}
	o := report.Options{X: p.X, Y: p.Y, Baseline: p.Baseline, Width: p.Width, Panels: p.Panels, Serif: p.Serif, Bare: p.Bare, Untitled: p.Untitled, Unnoted: p.Unnoted, All: p.All,
		Only: report.Only{Methods: p.Methods, Problems: p.Problems, Figures: p.figures}, Frames: p.frames, Styles: p.styles}
	for _, f := range p.Format {
		o.Formats = append(o.Formats, report.Format(f))
	}
	return o
}

// paperOf is what the file says, and what flags say instead.
func paperOf(c *cli.Context) (*paper, error) {
	p := &paper{}
	if file := c.String("paper"); file != "" {
		if err := p.read(file); err != nil {
			return nil, err
		}
	}
	if c.NArg() > 0 {
		p.Runs = c.Args().Slice()
	}
	for flag, to := range map[string]*string{"out": &p.Out, "baseline": &p.Baseline, "width": &p.Width, "x": &p.X, "y": &p.Y} {
		if c.IsSet(flag) {
			*to = c.String(flag)
		}
	}
	for flag, to := range map[string]*bool{"panels": &p.Panels, "serif": &p.Serif, "bare": &p.Bare, "untitled": &p.Untitled, "unnoted": &p.Unnoted, "all": &p.All} {
		if c.IsSet(flag) {
			*to = c.Bool(flag)
		}
	}
	for flag, to := range map[string]*[]string{"format": &p.Format, "method": &p.Methods, "problem": &p.Problems, "figure": &p.figures} {
		if c.IsSet(flag) {
			*to = c.StringSlice(flag)
		}
	}
	for i, name := range p.Format {
		format, err := parseFormat(c.Command.Name+": --format", name, formats[c.Command.Name])
		if err != nil {
			return nil, err
		}
		p.Format[i] = format
	}
	return p, p.frame(c)
}

// frame is the frame of all figures that flags ask for.
func (p *paper) frame(c *cli.Context) error {
	f := report.Frame{XScale: c.String("xscale"), YScale: c.String("yscale")}
	for flag, to := range map[string]*[]float64{"xlim": &f.XLim, "ylim": &f.YLim} {
		if !c.IsSet(flag) {
			continue
		}
		for _, word := range strings.Split(c.String(flag), ",") {
			v, err := strconv.ParseFloat(strings.TrimSpace(word), 64)
			if err != nil {
				return usage("report: --%s %s: %q is no number; expected the lower and the upper end, such as 0,100", flag, c.String(flag), word)
			}
			*to = append(*to, v)
		}
	}
	if f.XScale+f.YScale != "" || len(f.XLim)+len(f.YLim) > 0 {
		p.frames = append(p.frames, f)
	}
	return nil
}

// read reads a file such as paper.yaml. Its paths start from its folder.
func (p *paper) read(path string) error {
	file, err := limit.Open(path, "choices for a report")
	if err != nil {
		return usage("report: --paper: %w", err)
	}
	defer file.Close()
	source := param.Source(path)
	root, err := param.Load(source, file)
	if err != nil {
		return err
	}
	if err := source.DecodeStruct(root, p, "figures", "style"); err != nil {
		return err
	}
	if p.styles, err = suite.ReadStyles(source, param.Get(root, "style")); err != nil {
		return err
	}
	from := filepath.Dir(path)
	for i, run := range p.Runs {
		p.Runs[i] = below(from, run)
	}
	if p.Out != "" {
		p.Out = below(from, p.Out)
	}
	return p.readFigures(source, param.Get(root, "figures"))
}

// readFigures reads the list of figures: kinds or names, or maps with what their axes show.
func (p *paper) readFigures(source param.Source, n *yaml.Node) error {
	if n == nil {
		return nil
	}
	if n.Kind != yaml.SequenceNode {
		return source.Errorf(n, "figures: expected a list, such as [ranks, {figure: gap-*, xlim: [0, 100], yscale: log}]")
	}
	for _, entry := range n.Content {
		f := report.Frame{Figure: entry.Value}
		if entry.Kind != yaml.ScalarNode {
			if err := source.DecodeStruct(entry, &f); err != nil {
				return err
			}
			if f.Figure == "" {
				return source.Errorf(entry, "figures: missing key figure: the kind or name of the figure")
			}
			p.frames = append(p.frames, f)
		}
		p.figures = append(p.figures, f.Figure)
	}
	return nil
}

func below(folder, path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(folder, path)
}
