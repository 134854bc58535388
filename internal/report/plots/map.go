package plots

import (
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/report/figure"
	"github.com/gdbench/gdbench/internal/report/search"
	"github.com/gdbench/gdbench/internal/text"
)

// Map is the heat map of what each method can do: its slowdown at the largest dose of each mode.
// It is nil where the run is no map.
func Map(s *search.Search) *figure.Figure {
	if s == nil || len(s.Modes()) == 0 {
		return nil
	}
	modes := s.Modes()
	f := &figure.Figure{Role: RoleMap, Name: string(RoleMap), Title: "What each method can do",
		Caption: "The work on a problem that is harder in one way over the work on its base, both tuned by the same protocol; 1: the mode does not matter to the method. Crossed: no run reached any target.",
		X:       figure.Axis{Scale: figure.Linear}, Y: figure.Axis{Scale: figure.Linear},
		Grid:  &figure.Grid{Label: "slowdown", Scale: figure.Log},
		Notes: append([]string{"The largest dose of each mode: that of the table map with the most.", "White: not measured, or no target reached on the base."}, s.Notes()...)}
	for i, mode := range modes {
		f.X.Categories = append(f.X.Categories, mode.Name)
		f.Grid.X = append(f.Grid.X, float64(i))
	}
	for j, m := range s.Methods {
		row, words := make([]float64, len(modes)), make([]string, len(modes))
		for i, mode := range modes {
			worst := &mode.Doses[len(mode.Doses)-1]
			row[i] = s.Slowdown(m, worst).Value
			switch {
			case math.IsNaN(row[i]):
			case s.Lost(m, worst):
				row[i], words[i] = math.Inf(1), "none"
			default:
				words[i] = text.Short(row[i])
			}
		}
		f.Y.Categories = append(f.Y.Categories, m)
		f.Grid.Y, f.Grid.Z, f.Grid.Text = append(f.Grid.Y, float64(j)), append(f.Grid.Z, row), append(f.Grid.Text, words)
	}
	return f
}

// DoseCurves are the slowdowns of all methods against the dose, a figure for each mode that has
// several doses.
func DoseCurves(s *search.Search) []*figure.Figure {
	if s == nil {
		return nil
	}
	var out []*figure.Figure
	for _, mode := range s.Modes() {
		if len(mode.Doses) < 2 {
			continue
		}
		f := &figure.Figure{Role: RoleDose, Name: FileName(string(RoleDose), mode.Name), Title: mode.Name + ": slowdown by dose",
			Caption: "The work on a harder problem over the work on its base, against how much harder it is. A method on the line at 1 does not notice.",
			X:       figure.Axis{Label: "dose of " + mode.Name, Scale: figure.Log}, Y: figure.Axis{Label: "work over work on the base", Scale: figure.Log},
			Rules: []figure.Rule{{Label: "no slowdown", At: 1, Color: figure.Ink}}, Notes: s.Notes()}
		for color, m := range s.Methods {
			line := figure.Series{Label: m, Method: m, Kind: figure.Both, Color: color}
			for i := range mode.Doses {
				e := s.Slowdown(m, &mode.Doses[i])
				if math.IsNaN(e.Value) {
					continue
				}
				line.X, line.Y = append(line.X, float64(mode.Doses[i].Dose)), append(line.Y, e.Value)
				line.Low, line.High = append(line.Low, e.Low), append(line.High, e.High)
			}
			if slices.ContainsFunc(line.Low, math.IsNaN) {
				line.Low, line.High = nil, nil
			}
			if len(line.X) > 0 {
				line.Band = "95% interval over the studies"
				f.Series = append(f.Series, line)
			}
		}
		out = append(out, f)
	}
	return out
}

// TuningRanks is the mean rank of each method against the number of trials; nil where nothing was
// tuned or there is nothing to rank.
func TuningRanks(s *search.Search) *figure.Figure {
	if s == nil {
		return nil
	}
	methods := s.Everywhere()
	problems := s.Compared(methods)
	if len(methods) < 2 || len(problems) == 0 {
		return nil
	}
	f := &figure.Figure{Role: RoleTuningRanks, Name: string(RoleTuningRanks), Title: "Mean rank by number of trials",
		Caption: "The mean rank of each method over the problems, by the number of trials that its settings were chosen from; 1 is the best. Lines that cross are conclusions that depend on the budget for tuning.",
		X:       figure.Axis{Label: "trials", Scale: figure.Linear}, Y: figure.Axis{Label: "mean rank", Scale: figure.Linear}, Notes: s.Notes()}
	lines := make([]figure.Series, len(methods))
	for i, after := range s.Stages() {
		f.X.Categories = append(f.X.Categories, map[bool]string{true: "as written", false: text.Short(float64(after))}[after == 0])
		for m, rank := range s.Ranks(methods, problems, after) {
			line := &lines[m]
			line.Label, line.Method, line.Kind, line.Color = methods[m], methods[m], figure.Both, slices.Index(s.Methods, methods[m])
			line.X, line.Y = append(line.X, float64(i)), append(line.Y, rank.Value)
			line.Low, line.High = append(line.Low, rank.Low), append(line.High, rank.High)
		}
	}
	for _, line := range lines {
		if slices.ContainsFunc(line.Low, math.IsNaN) {
			line.Low, line.High = nil, nil
		} else {
			line.Band = "95% interval over the studies"
		}
		f.Series = append(f.Series, line)
	}
	return f
}
