package evidence

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/gdbench/gdbench/internal/report/figure"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/results"
)

// Identity is by which a method is recognized in all figures and on the page: a number that gives
// it its colour, dashes and symbol. Numbers are given in the order in which methods ran first, to
// those first that figures of convergence show.
type Identity struct {
	Group int // of the method, whatever its learning rate
	Name  int // of the method, whatever its learning rate and batch size: that of its first group
	// Setting is that of the method, unless figures show several of its settings beside each
	// other: then each has its own, the first of them that of the method.
	Setting int
}

// identify gives every entry its identity.
func (e *Evidence) identify() {
	shown, several := map[string]bool{}, map[string]bool{}
	for _, p := range e.Problems {
		leaders, _ := p.Leaders(CurveRoom)
		before := map[string]bool{}
		for _, entry := range leaders {
			shown[entry.Label] = true
			several[entry.Group] = several[entry.Group] || before[entry.Group]
			before[entry.Group] = true
		}
	}
	next := 0
	groups, names, settings := map[string]int{}, map[string]int{}, map[string]int{}
	number := func(entry *Entry) {
		group, known := groups[entry.Group]
		if !known {
			group, next = next, next+1
			groups[entry.Group] = group
		}
		if _, taken := names[entry.Name()]; !taken {
			names[entry.Name()] = group
		}
		if _, taken := settings[entry.Label]; taken {
			return
		}
		settings[entry.Label] = group
		if known && several[entry.Group] && shown[entry.Label] {
			settings[entry.Label], next = next, next+1
		}
	}
	for _, first := range []bool{true, false} {
		for _, p := range e.Problems {
			for _, entry := range p.Entries {
				if shown[entry.Label] == first {
					number(entry)
				}
				entry.Identity = Identity{groups[entry.Group], names[entry.Name()], settings[entry.Label]}
			}
		}
	}
	e.places = next
	e.Looks = figure.LooksFor(e.stylesOf(e.places))
}

// Restyle gives methods further styles, which go before those of the suites. Each must be of a
// method that ran.
func (e *Evidence) Restyle(styles []results.Style) error {
	if first, second, alike := results.AlikeStyle(styles); alike {
		return fmt.Errorf("the styles of %s and %s have the same colour and dashes; lines would look alike", text.Some(styles[first].Methods), text.Some(styles[second].Methods))
	}
	for _, s := range styles {
		if _, err := s.Check(); err != nil {
			return fmt.Errorf("style of %s: %w", text.Some(s.Methods), err)
		}
		names := newPicker("method", s.Methods)
		for _, p := range e.Problems {
			for _, entry := range p.Entries {
				names.picks(entry.names()...)
			}
		}
		if err := names.missed(); err != nil {
			return fmt.Errorf("style: %w", err)
		}
	}
	e.styles = append(e.styles, styles...)
	e.Looks = figure.LooksFor(e.stylesOf(e.places))
	return nil
}

// stylesOf are the styles of the methods at so many places. The first place of a method has all of
// what is said of it, those of its further settings only the colour, so that their lines differ.
func (e *Evidence) stylesOf(places int) []*results.Style {
	out := make([]*results.Style, places)
	for _, p := range e.Problems {
		for _, entry := range p.Entries {
			own := e.styleOf(entry)
			if own == nil {
				continue
			}
			if out[entry.Identity.Group] == nil {
				out[entry.Identity.Group] = own
			}
			if at := entry.Identity.Setting; at != entry.Identity.Group {
				out[at] = &results.Style{Colour: own.Colour}
			}
		}
	}
	return out
}

// styleOf is what all styles together say of an entry, the later ones first; nil: nothing.
func (e *Evidence) styleOf(entry *Entry) *results.Style {
	var out *results.Style
	for _, s := range slices.Backward(e.styles) {
		if !slices.ContainsFunc(s.Methods, func(pattern string) bool {
			return slices.ContainsFunc(entry.names(), func(name string) bool { return text.Matches(pattern, name) })
		}) {
			continue
		}
		if out == nil {
			out = &results.Style{}
		}
		out.Colour, out.Dash, out.Marker = cmp.Or(out.Colour, s.Colour), cmp.Or(out.Dash, s.Dash), cmp.Or(out.Marker, s.Marker)
	}
	return out
}
