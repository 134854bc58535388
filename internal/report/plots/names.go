package plots

import (
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/figure"
)

// Name gives the methods of each figure the names by which readers distinguish them.
func Name(figures []*figure.Figure) {
	for _, f := range figures {
		name(f)
	}
}

// name gives the methods of a figure the names by which readers distinguish them, and says what the
// names leave out. The files with numbers have the whole labels.
func name(f *figure.Figure) {
	var labels []string
	methods := methodsOf(f)
	for _, s := range methods {
		labels = append(labels, s.Method)
	}
	names := evidence.LegendNames(labels)
	if !legible(f, names) {
		return
	}
	for _, s := range methods {
		if short := strings.Replace(s.Label, s.Method, names.Of(s.Method), 1); short != s.Label {
			s.Full, s.Label = s.Name(), short
		}
	}
	for _, part := range parts(f) {
		for _, a := range []*figure.Axis{&part.X, &part.Y} {
			for i, category := range a.Categories {
				if slices.Contains(labels, category) {
					a.Categories[i] = names.Of(category)
				}
			}
		}
	}
	f.Shared = names.Title()
	f.Notes = append(f.Notes, names.Notes()...)
}

// parts are a figure, its strip, and those of its panels.
func parts(f *figure.Figure) []*figure.Figure {
	out := []*figure.Figure{f}
	if f.Strip != nil {
		out = append(out, f.Strip)
	}
	for _, panel := range f.Panels {
		out = append(out, parts(panel)...)
	}
	return out
}

// methodsOf are the series of a figure, its strip and its panels that belong to a method.
func methodsOf(f *figure.Figure) []*figure.Series {
	var out []*figure.Series
	for _, part := range parts(f) {
		for i := range part.Series {
			if part.Series[i].Method != "" {
				out = append(out, &part.Series[i])
			}
		}
	}
	return out
}

// legible reports whether no name is that of a series without a method, such as f.
func legible(f *figure.Figure, names *evidence.Names) bool {
	for _, part := range parts(f) {
		for i := range part.Series {
			s := &part.Series[i]
			if s.Method == "" && s.Label != "" && names.Has(s.Label) {
				return false
			}
		}
	}
	return true
}
