package tables

import (
	"fmt"
	"slices"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/table"
)

// Versus has every two methods of a comparison, problem by problem: what the table paired has of a
// method beside the baseline, with any other in its place.
type Versus struct {
	Title   string
	Methods []string
	Places  []int // of the methods' looks
	Pairs   []Pair
	Notes   []string
}

// Pair compares the first method with the second.
type Pair struct {
	First, Second int // in Methods
	Problems      []Beside
}

// Beside is what one problem says of two methods.
type Beside struct {
	Problem     string
	Pairs       int
	Ratio       table.Interval // cost of the first in units of the second's
	P, Adjusted float64        // NaN: not tested
	Verdict     string         // on the first; the second is its baseline
}

// VersusOf compares the methods that the table comparison shows; nil where there are no two.
func VersusOf(e *evidence.Evidence) *Versus {
	c, g, ok := e.Finest()
	if !ok {
		return nil
	}
	cost := e.Work()
	shown, note := c.Shown(room, g, cost, true)
	if len(shown) < 2 {
		return nil
	}
	out := &Versus{Title: fmt.Sprintf("cost in %s to %s", cost.Name, g.Text()), Notes: []string{"The baseline is the second method. " + pairedNote}}
	place, matches := map[int]int{}, c.Matches(g, cost)
	for i, k := range shown {
		place[k] = i
		out.Methods, out.Places = append(out.Methods, c.Methods[k]), append(out.Places, c.Identities[c.Methods[k]])
	}
	for _, base := range shown {
		for _, s := range standingsTo(base, shown, matches) {
			pair := Pair{First: place[s.method], Second: place[base]}
			for k, m := range s.matches {
				pair.Problems = append(pair.Problems, Beside{e.ShortProblem(m.Problem), s.duels[k].Pairs, ratio(s.duels[k], s.verdicts[k]), s.duels[k].P, s.adjusted[k], s.verdicts[k]})
			}
			out.Pairs = append(out.Pairs, pair)
		}
	}
	if note != "" {
		out.Notes = append(out.Notes, note)
	}
	out.Notes = slices.Concat(out.Notes, c.Checks(g).Notes(), e.SharedByProblems(), c.Notes)
	return out
}
