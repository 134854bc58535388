package app

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/problems"
	"github.com/gdbench/gdbench/results"
)

// factsView is what is known about a problem, for programs and for reading.
type factsView struct {
	Convexity string           `json:"convexity,omitempty"`
	Constants []constantView   `json:"constants"`
	Minimum   *results.Minimum `json:"minimum"`
	Points    []results.Series `json:"minimizers,omitempty"`
	Critical  []criticalView   `json:"critical,omitempty"`
	Starts    []startView      `json:"starts,omitempty"`
	Notes     []string         `json:"notes,omitempty"`
}

type constantView struct {
	Name   string         `json:"name"`
	Value  results.Number `json:"value"`
	Scope  string         `json:"scope"`
	Source string         `json:"source"`
}

type criticalView struct {
	X    results.Series `json:"x"`
	Kind string         `json:"kind"`
}

type startView struct {
	Name   string         `json:"name"`
	X      results.Series `json:"x"`
	Source string         `json:"source,omitempty"`
}

func viewFacts(f *problems.Facts) factsView {
	v := factsView{Convexity: string(f.Convexity), Constants: []constantView{}, Notes: f.Notes}
	names := make([]string, 0, len(f.Constants))
	for name := range f.Constants {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		c := f.Constants[name]
		v.Constants = append(v.Constants, constantView{name, results.Number(c.Value), string(c.Scope), c.Source})
	}
	if m := f.Minimum; m != nil {
		v.Minimum = &results.Minimum{Value: results.Number(m.Value), Source: string(m.Source), Accuracy: results.Number(m.Accuracy)}
		for _, x := range m.Points {
			v.Points = append(v.Points, x)
		}
	}
	for _, c := range f.Critical {
		v.Critical = append(v.Critical, criticalView{c.X, string(c.Kind)})
	}
	for _, s := range f.Starts {
		v.Starts = append(v.Starts, startView{s.Name, s.X, s.Source})
	}
	return v
}

// lines lists the facts; points in more than eight variables are left to --json.
func (v factsView) lines() []string {
	var out []string
	add := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	if v.Convexity != "" {
		add("%s", v.Convexity)
	}
	for _, c := range v.Constants {
		add("%s = %.6g (%s; %s)", c.Name, float64(c.Value), c.Scope, c.Source)
	}
	if v.Minimum == nil {
		add("f* is not known")
	} else {
		add("f* = %.10g (%s)", float64(v.Minimum.Value), v.Minimum.Source)
	}
	point := func(what string, x []float64) { add("%s %s", what, place(x)) }
	for _, x := range v.Points {
		point("global minimum at", x)
	}
	for _, c := range v.Critical {
		point(c.Kind+" at", c.X)
	}
	for _, s := range v.Starts {
		point("start \""+s.Name+"\":", s.X)
	}
	for _, note := range v.Notes {
		add("note: %s", note)
	}
	return out
}

// place is a point in full up to 8 variables; beyond, its coordinate where all are alike,
// and the first of them elsewhere.
func place(x []float64) string {
	const full, first = 8, 4
	switch {
	case len(x) <= full:
		return numbers(x)
	case !slices.ContainsFunc(x, func(v float64) bool { return v != x[0] }):
		return fmt.Sprintf("%s in each of %d coordinates", text.Exact(x[0]), len(x))
	}
	return fmt.Sprintf("%s, …) of %d coordinates", strings.TrimSuffix(numbers(x[:first]), ")"), len(x))
}
