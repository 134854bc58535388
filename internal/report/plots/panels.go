package plots

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/figure"
)

// Panels puts the figures of each kind that several problems have beside each other in one, or in
// several where they do not fit. Figures across problems come first, then those with panels, then those that remain
// alone. The figures that it is given, which Name has not named yet, stay as they are. Sentences say
// what was split, and what has no panels since its curves look alike and mean something else on
// each problem.
func Panels(figures []*figure.Figure, fits func(*figure.Figure) bool) (out []*figure.Figure, said []string) {
	var kinds []string
	groups := map[string][]*figure.Figure{}
	for _, f := range figures {
		kind := kindOf(f)
		if groups[kind] == nil {
			kinds = append(kinds, kind)
		}
		groups[kind] = append(groups[kind], f)
	}
	var together, alone []*figure.Figure
	for _, kind := range kinds {
		group := groups[kind]
		panels := settle(group)
		switch stem := stemOf(group[0]); {
		case group[0].Problem == "":
			out = append(out, group...)
		case len(group) == 1:
			alone = append(alone, group...)
		case !oneLegend(panels):
			alone = append(alone, group...)
			said = append(said, fmt.Sprintf("%s: no panels, since one legend cannot be that of all problems: what looks alike has other names on each", stem))
		default:
			split := splitPanels(panels, fits)
			if len(split) > 1 {
				said = append(said, fmt.Sprintf("%s: %d panels do not fit into one figure legibly, and are in %d", stem, len(group), len(split)))
			}
			together = append(together, split...)
		}
	}
	unique(slices.Concat(out, alone, together))
	return slices.Concat(out, together, alone), said
}

// kindOf is equal for figures that can be panels of one: of one kind, and maps with colours for the
// same quantity.
func kindOf(f *figure.Figure) string {
	switch {
	case f.Problem == "":
		return "across " + f.Name
	case f.Grid != nil:
		return fmt.Sprintf("%s of %s, %s", stemOf(f), f.Grid.Label, f.Grid.Scale)
	}
	return stemOf(f)
}

func stemOf(f *figure.Figure) string { return cmp.Or(f.Stem, string(f.Role)) }

// oneLegend reports whether what looks alike in some figures has one name in all of them.
func oneLegend(figures []*figure.Figure) bool {
	type look struct {
		color, dash int
		symbol      figure.Symbol
		points      bool
	}
	names := map[look]string{}
	same := func(l look, name string) bool {
		before, known := names[l]
		names[l] = name
		return !known || before == name
	}
	for _, f := range figures {
		for _, s := range f.Series {
			if s.Label != "" && !s.Unlisted && !same(look{s.Color, s.Dash, s.Symbol, s.Kind == figure.Points}, s.Label) {
				return false
			}
		}
		for _, r := range f.Rules {
			if r.Label != "" && !same(look{color: r.Color, dash: figure.Dashed}, r.Label) {
				return false
			}
		}
	}
	return true
}

// splitPanels makes as few figures of the panels as fit, of about equal numbers.
func splitPanels(group []*figure.Figure, fits func(*figure.Figure) bool) []*figure.Figure {
	for count := 1; ; count++ {
		out := partsOf(group, count)
		if count == len(group) || !slices.ContainsFunc(out, func(f *figure.Figure) bool { return !fits(f) }) {
			return out
		}
	}
}

// partsOf are so many figures of the panels.
func partsOf(group []*figure.Figure, count int) []*figure.Figure {
	var out []*figure.Figure
	for k := range count {
		from, to := k*len(group)/count, (k+1)*len(group)/count
		f := withPanels(group[from:to])
		if count > 1 {
			f.Name += fmt.Sprintf("-%d", k+1)
			f.Title += fmt.Sprintf(" (%d of %d)", k+1, count)
			f.Notes = append(f.Notes, fmt.Sprintf("Part %d of %d: %d of %d problems.", k+1, count, to-from, len(group)))
		}
		out = append(out, f)
	}
	return out
}

// withPanels is a figure of panels.
func withPanels(group []*figure.Figure) *figure.Figure {
	stem := stemOf(group[0])
	f := &figure.Figure{Role: group[0].Role, Name: FileName("panels", stem), Stem: stem, Looks: group[0].Looks}
	var labels, titles, captions []string
	for _, one := range group {
		labels = append(labels, one.Problem)
		titles = append(titles, strings.TrimPrefix(one.Title, one.Problem+": "))
		if !slices.Contains(captions, one.Caption) {
			captions = append(captions, one.Caption)
		}
		f.Panels = append(f.Panels, copied(one))
	}
	names, left := evidence.ProblemNames(labels)
	f.Caption = strings.TrimSpace(strings.Join(captions, " "))
	f.Title = titles[0]
	same := !slices.ContainsFunc(titles, func(title string) bool { return title != titles[0] })
	if !same {
		f.Title = strings.ReplaceAll(stem, "-", " ")
	}
	f.Title += fmt.Sprintf(", on %s", english.Count(len(group), "problem"))
	for i, panel := range f.Panels {
		panel.Title = names.Of(labels[i])
		if !same {
			panel.Title += ": " + titles[i]
		}
	}
	shareColours(f.Panels)
	f.Notes = append(joinNotes(f.Panels), left...)
	name(f)
	return f
}

// settle copies figures for panels. Where each shows another setting of a method in its one look, the
// curves are called by the method, and notes have the settings.
func settle(group []*figure.Figure) []*figure.Figure {
	var panels []*figure.Figure
	var colors []int
	methods := map[int][]string{} // by their look
	for _, f := range group {
		panel := copied(f)
		panels = append(panels, panel)
		for _, s := range methodsOf(panel) {
			if methods[s.Color] == nil {
				colors = append(colors, s.Color)
			}
			if !slices.Contains(methods[s.Color], s.Method) {
				methods[s.Color] = append(methods[s.Color], s.Method)
			}
		}
	}
	taken := map[string]bool{}
	for _, color := range colors {
		family, _, ok := evidence.Family(methods[color])
		if !ok || taken[family] {
			return panels
		}
		taken[family] = true
	}
	for _, panel := range panels {
		var settings []string
		for _, s := range methodsOf(panel) {
			family, own, _ := evidence.Family(methods[s.Color])
			if family == s.Method {
				continue
			}
			if setting := family + " " + own(s.Method); !slices.Contains(settings, setting) {
				settings = append(settings, setting)
			}
			s.Full, s.Label, s.Method = s.Name(), strings.Replace(s.Label, s.Method, family, 1), family
		}
		if len(settings) > 0 {
			panel.Notes = append(panel.Notes, "Settings: "+strings.Join(settings, ", ")+".")
		}
	}
	return panels
}

// copied is a figure whose labels, categories and colours can be changed.
func copied(f *figure.Figure) *figure.Figure {
	out := *f
	out.Series, out.Rules = slices.Clone(f.Series), slices.Clone(f.Rules)
	out.X.Categories, out.Y.Categories = slices.Clone(f.X.Categories), slices.Clone(f.Y.Categories)
	if f.Strip != nil {
		out.Strip = copied(f.Strip)
	}
	if f.Grid != nil {
		grid := *f.Grid
		out.Grid = &grid
	}
	return &out
}

// shareColours lets a colour mean the same number in all maps.
func shareColours(panels []*figure.Figure) {
	ends := [2]float64{math.Inf(1), math.Inf(-1)}
	for _, panel := range panels {
		if panel.Grid == nil || panel.Grid.Contours != nil {
			return
		}
		low, high := panel.Grid.Tones()
		ends = [2]float64{math.Min(ends[0], low), math.Max(ends[1], high)}
	}
	for _, panel := range panels {
		panel.Grid.Range = &ends
	}
}

// joinNotes says each note once, and of one that is not of all panels of which it is.
func joinNotes(panels []*figure.Figure) []string {
	var notes []string
	of := map[string][]string{}
	for _, panel := range panels {
		for _, note := range panel.Notes {
			if of[note] == nil {
				notes = append(notes, note)
			}
			of[note] = append(of[note], panel.Title)
		}
	}
	for i, note := range notes {
		if len(of[note]) < len(panels) {
			notes[i] = strings.Join(of[note], ", ") + ": " + note
		}
	}
	return notes
}
