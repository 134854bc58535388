package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/report/draw"
	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/plots"
)

// Options configures a report. The zero value is a full report without landscapes.
type Options struct {
	// Rebuild makes a problem again from its record, for level lines, critical points and
	// 2/L. Nil, or an error, leaves them out.
	Rebuild Rebuild

	Formats  []Format // of figures; nil: SVG and PNG
	Problems int      // number of problems for which figures are drawn; 0: 12
	All      bool     // figures for all problems, those with hardly a point too

	// Only is the part of the runs that the report is about, and Baseline the method that the
	// others are compared with; "": as the suite says.
	Only     Only
	Baseline string

	// Width makes figures for a document, with the legend below and letters of at least 7 points:
	// column, text, or a length such as 7.2in. "": for a screen.
	Width string
	Serif bool // letters of Times
	Bare  bool // without title and notes, for a document that has a caption
	// Untitled and Unnoted leave out one of the two.
	Untitled, Unnoted bool

	// Panels draws the figures of one kind, each of a problem, as panels of one.
	Panels bool

	// Frames are the axes of some figures, Styles the look of some methods, which goes before what
	// their suite says.
	Frames []Frame
	Styles []Style

	// X and Y add a figure of convergence: a cost out of Costs and a quantity out of
	// Quantities. Both empty: none; one empty: iterations, or gap.
	X, Y string
}

// Only has names of components or labels, with * for any characters. Empty lists are everything.
type Only struct {
	Methods, Problems []string
	Figures           []string // kinds or names of figures
}

// Format is a file format of figures.
type Format = draw.Format

// The formats of figures.
const (
	SVG = draw.SVG
	PNG = draw.PNG
	PDF = draw.PDF
)

type (
	// Rebuild makes the landscape of a problem from one of its records.
	Rebuild = evidence.Rebuild

	// Landscape is a function in n variables that can be evaluated between the iterates.
	Landscape = evidence.Landscape

	// Window is the part of the line or plane that a picture of a landscape shows.
	Window = evidence.Window

	// CriticalPoint is a point with zero gradient, with its kind.
	CriticalPoint = evidence.CriticalPoint

	// Warning is something that a reader of a report must know.
	Warning = evidence.Warning
)

// Costs are the names of what a figure of convergence can be drawn against.
func Costs() []string {
	var names []string
	for _, cost := range evidence.CurveCosts {
		names = append(names, cost.Name)
	}
	return names
}

// Quantities are the names of what a figure of convergence can show.
func Quantities() []string {
	var names []string
	for _, q := range evidence.Quantities {
		names = append(names, strings.ReplaceAll(q.Name, " ", "-"))
	}
	return names
}

// Check returns an error where the options name a cost, a quantity or a format that there
// is not.
func (o *Options) Check() error {
	for _, f := range o.Formats {
		if !slices.Contains(draw.Formats, f) {
			return fmt.Errorf("unknown format %q of a figure; expected %s", f, draw.FormatNames())
		}
	}
	if _, err := o.paper(); err != nil {
		return err
	}
	for i := range o.Frames {
		if err := o.Frames[i].check(); err != nil {
			return err
		}
	}
	_, err := o.axes()
	return err
}

// paper is what figures are drawn for.
func (o *Options) paper() (draw.Paper, error) {
	p := draw.Paper{Serif: o.Serif, Untitled: o.Bare || o.Untitled, Unnoted: o.Bare || o.Unnoted}
	if o.Width == "" {
		return p, nil
	}
	width, err := draw.ParseWidth(o.Width)
	p.Width = width
	return p, err
}

// axes are nil where no further figure of convergence is asked for.
func (o *Options) axes() (*plots.Axes, error) {
	if o.X == "" && o.Y == "" {
		return nil, nil
	}
	axes := &plots.Axes{X: evidence.Iterations, Y: evidence.Gap}
	if k := slices.Index(Costs(), o.X); k >= 0 {
		axes.X = evidence.CurveCosts[k]
	} else if o.X != "" {
		return nil, fmt.Errorf("unknown cost %q; expected one of %s", o.X, strings.Join(Costs(), ", "))
	}
	if k := slices.Index(Quantities(), o.Y); k >= 0 {
		axes.Y = evidence.Quantities[k]
	} else if o.Y != "" {
		return nil, fmt.Errorf("unknown quantity %q; expected one of %s", o.Y, strings.Join(Quantities(), ", "))
	}
	return axes, nil
}
