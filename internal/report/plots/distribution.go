package plots

import (
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/figure"
)

// sample is what a distribution is drawn of: the costs of one method, infinite where a target was
// missed. An archived method says nothing beyond the cost at which its longest run ended.
type sample struct {
	costs    []float64
	archived bool
	known    float64
}

// add takes in the cost of a run that spent so much in all.
func (s *sample) add(t, spent float64, of *evidence.Cell) {
	s.costs = append(s.costs, t)
	s.archived, s.known = of.Entry.Archived, math.Max(s.known, spent)
}

// shown are the methods that a figure across problems draws for a goal, and a note on the others.
func shown(c *evidence.Contest, g evidence.Goal, cost evidence.Cost) (drawn map[int]bool, note string) {
	methods, note := c.Shown(evidence.CurveRoom, g, cost, false)
	drawn = map[int]bool{}
	for _, m := range methods {
		drawn[m] = true
	}
	return drawn, note
}

// distribution draws empirical distribution functions on a logarithmic axis; note says of which
// methods there are none.
func distribution(c *evidence.Contest, role figure.Role, cost evidence.Cost, goals []evidence.Goal, samples []sample, certain float64, note string) *figure.Figure {
	f := &figure.Figure{Role: role, Name: FileName(string(role), cost.Name),
		X: figure.Axis{Scale: figure.Log}, Y: figure.Axis{Scale: figure.Linear}}
	end, first := 1.0, math.Inf(1)
	for _, sample := range samples {
		for _, v := range sample.costs {
			if evidence.Finite(v) {
				end, first = math.Max(end, v), math.Min(first, math.Max(v, 1e-3))
			}
		}
	}
	ended := false
	for m, sample := range samples {
		if len(sample.costs) == 0 {
			continue
		}
		sorted := slices.Sorted(slices.Values(sample.costs))
		s := figure.Series{Label: c.Methods[m], Method: c.Methods[m], Kind: figure.Steps, Color: c.Identities[c.Methods[m]], X: []float64{math.Min(first, 1)}, Y: []float64{0}}
		for k, v := range sorted {
			if !evidence.Finite(v) {
				break
			}
			s.X, s.Y = append(s.X, math.Max(v, s.X[0])), append(s.Y, float64(k+1)/float64(len(sorted)))
		}
		last := end
		if sample.archived && sample.known < end {
			last, ended = math.Max(sample.known, s.X[len(s.X)-1]), true
		}
		s.X, s.Y = append(s.X, last), append(s.Y, s.Y[len(s.Y)-1])
		f.Series = append(f.Series, s)
	}
	if certain < end && certain > 0 {
		f.Rules = append(f.Rules, figure.Rule{Label: "first run gave up", Vertical: true, At: certain, Color: figure.Ink})
		f.Notes = append(f.Notes, "To the right of the dashed line some runs had already been stopped by their budget: the curves there are lower bounds.")
	}
	if ended {
		f.Notes = append(f.Notes, "The curve of an archived method ends where the longest of its runs ended: what it would have reached beyond is unknown.")
	}
	f.Notes = append(f.Notes, english.Count(c.Measuring(goals), "instance")+" (problem × repeat) on which the target could be measured.")
	if note != "" {
		f.Notes = append(f.Notes, note)
	}
	f.Notes = slices.Concat(f.Notes, c.Checks(goals...).Notes(), c.Notes)
	return f
}
