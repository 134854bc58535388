package report

import (
	"fmt"
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/report/figure"
	"github.com/gdbench/gdbench/internal/report/plots"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/results"
)

// Style is the look of a method in figures.
type Style = results.Style

// Frame is what a figure shows of its axes. What is empty stays as the report chooses it.
type Frame struct {
	Figure string    `param:"figure" default:"none" doc:"kind or name of the figures, in which * is any characters"`
	XLim   []float64 `param:"xlim" default:"none" doc:"both ends of the x axis"`
	YLim   []float64 `param:"ylim" default:"none" doc:"both ends of the y axis"`
	XScale string    `param:"xscale" default:"none" oneof:"linear log" doc:"scale of the x axis"`
	YScale string    `param:"yscale" default:"none" oneof:"linear log" doc:"scale of the y axis"`
	Title  string    `param:"title" default:"none" doc:"title instead of the report's"`
}

// sides are both axes of a frame.
func (f *Frame) sides() []side {
	return []side{{"x", f.XLim, f.XScale}, {"y", f.YLim, f.YScale}}
}

type side struct {
	name   string
	limits []float64
	scale  string
}

func (f *Frame) check() error {
	for _, s := range f.sides() {
		switch l := s.limits; {
		case len(l) != 0 && (len(l) != 2 || !(l[0] < l[1]) || math.IsInf(l[1]-l[0], 0)):
			return fmt.Errorf("%slim: %v; expected the lower and the upper end, such as 0,100", s.name, l)
		case len(l) == 2 && s.scale == string(figure.Log) && l[0] <= 0:
			return fmt.Errorf("%slim: %v begins at or below zero, which a logarithmic axis does not have", s.name, l)
		case s.scale != "" && s.scale != string(figure.Linear) && s.scale != string(figure.Log):
			return fmt.Errorf("%sscale: %q; expected linear or log", s.name, s.scale)
		}
	}
	return nil
}

// put gives the figures that it is for their axes. One that has no such axis is an error: nothing that
// was asked for is left out in silence.
func (f *Frame) put(figures []*figure.Figure) error {
	found := false
	var names []string
	for _, to := range figures {
		names = append(names, to.Name, string(to.Role))
		if f.Figure != "" && !text.Matches(f.Figure, to.Name) && !text.Matches(f.Figure, string(to.Role)) {
			continue
		}
		found = true
		if f.Title != "" {
			to.Title = f.Title
		}
		said := plots.Edges(to)
		for i, a := range []*figure.Axis{&to.X, &to.Y} {
			if err := f.sides()[i].put(a, to); err != nil {
				return err
			}
		}
		to.Notes = slices.DeleteFunc(to.Notes, func(note string) bool { return slices.Contains(said, note) })
		to.Notes = append(to.Notes, plots.Edges(to)...)
	}
	if !found && f.Figure != "" {
		slices.Sort(names)
		return fmt.Errorf("unknown figure %q%s", f.Figure, text.Suggest(f.Figure, slices.Compact(names)))
	}
	return nil
}

func (s side) put(a *figure.Axis, of *figure.Figure) error {
	if len(s.limits) == 0 && s.scale == "" {
		return nil
	}
	if len(a.Categories) > 0 || of.Grid != nil {
		return fmt.Errorf("the %s axis of the figure %s cannot be changed: it has categories or is that of a map; choose other figures by --figure", s.name, of.Name)
	}
	if s.scale != "" && figure.Scale(s.scale) != a.Scale {
		a.Scale, a.Floor, a.Ceiling, a.ZeroAtFloor = figure.Scale(s.scale), 0, 0, false
	}
	if len(s.limits) == 2 {
		if a.Scale == figure.Log && s.limits[0] <= 0 {
			return fmt.Errorf("%slim: %v begins at or below zero, and the %s axis of the figure %s is logarithmic; a lower end above zero, or --%sscale linear, shows it", s.name, s.limits, s.name, of.Name, s.name)
		}
		a.Limits = &[2]float64{s.limits[0], s.limits[1]}
		of.Notes = append(of.Notes, fmt.Sprintf("The %s axis is cut at %s and %s, as asked for.", s.name, text.Short(s.limits[0]), text.Short(s.limits[1])))
	}
	return nil
}
