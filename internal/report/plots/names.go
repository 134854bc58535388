package plots

import (
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/figure"
)

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
			s.Full, s.Label = s.Label, short
		}
	}
	for _, a := range []*figure.Axis{&f.X, &f.Y} {
		for i, category := range a.Categories {
			if slices.Contains(labels, category) {
				a.Categories[i] = names.Of(category)
			}
		}
	}
	f.Shared = names.Title()
	f.Notes = append(f.Notes, names.Notes()...)
}

// methodsOf are the series of a figure and its strip that belong to a method.
func methodsOf(f *figure.Figure) []*figure.Series {
	var out []*figure.Series
	for ; f != nil; f = f.Strip {
		for i := range f.Series {
			if f.Series[i].Method != "" {
				out = append(out, &f.Series[i])
			}
		}
	}
	return out
}

// legible reports whether no name is that of a series without a method, such as f.
func legible(f *figure.Figure, names *evidence.Names) bool {
	for i := range f.Series {
		s := &f.Series[i]
		if s.Method == "" && s.Label != "" && names.Has(s.Label) {
			return false
		}
	}
	return true
}
