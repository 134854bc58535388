package review

import (
	"fmt"
	"slices"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/report/search"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/results"
)

// searches: were methods tuned alike, inside of their spaces, often enough, and does the score
// depend on how it was set up?
func (r *referee) searches() {
	if s := r.Search(); s != nil {
		r.searched(s)
	}
}

func (r *referee) searched(s *search.Search) {
	r.spaces(s.Plan)
	r.edges(s)
	if n := s.Plan.Studies; n < search.BandStudies {
		r.find(n < 5, "tuning", results.FewStudies, fmt.Sprintf("methods were tuned in %s, which say little about what another search would choose.", english.Count(n, "study")),
			fmt.Sprintf("Raise it: `tune: {studies: %d}`; tables then have intervals.", search.BandStudies))
	}
	score := s.Sensitive()
	if score == nil || len(score.Changed()) == 0 {
		return
	}
	leaders := []string{score.Leader}
	for _, v := range score.Changed() {
		if !slices.Contains(leaders, v.Leader) {
			leaders = append(leaders, v.Leader)
		}
	}
	budget := slices.ContainsFunc(score.Changed(), func(v search.Variant) bool { return v.Budget })
	r.find(budget, "tuning", results.ScoreFlips, "the leader of AlgoPerf's score depends on its τ, the budget or the problems: "+text.Some(leaders)+".",
		"Say so where the score is cited, or compare by problem: the tables tuning-score and tuned-pairs.")
}

// wide is from which ratio of two widths on spaces are unequal.
const wide = 1.25

// spaces: do learning rates have as many decades in each, and do all or none use facts about the
// problem?
func (r *referee) spaces(plan *results.Tuning) {
	decades := map[string]float64{}
	var privileged, apart []string
	for i := range plan.Methods {
		m := &plan.Methods[i]
		for k := range m.Space {
			c := &m.Space[k]
			if c.Unit != "" {
				privileged = append(privileged, m.Method)
			}
			if c.Parameter == "lr" && c.Form == "loguniform" {
				decades[m.Method] = elementary.Log10(float64(c.High) / float64(c.Low))
			}
		}
		for _, other := range plan.Methods[:i] {
			if other.Name == m.Name && !slices.EqualFunc(other.Space, m.Space, sameCoordinate) {
				apart = append(apart, other.Method+" and "+m.Method)
			}
		}
	}
	privileged = slices.Compact(privileged)
	if len(privileged) > 0 && len(privileged) < len(plan.Methods) {
		r.find(true, "tuning", results.UnequalSpaces, "the spaces of some methods only are written in facts about the problem, such as 1/L: "+text.Some(privileged)+".",
			"Write all spaces in numbers, or all in the same facts.")
	}
	if len(apart) > 0 {
		r.find(true, "tuning", results.UnequalSpaces, "one method was tuned in different spaces: "+text.Some(apart)+".", "Give it one space: a space belongs to a method, not to a problem.")
	}
	least, most := "", ""
	for _, m := range plan.Methods {
		if width, ok := decades[m.Method]; ok {
			if least == "" || width < decades[least] {
				least = m.Method
			}
			if most == "" || width > decades[most] {
				most = m.Method
			}
		}
	}
	if least != "" && decades[most] > wide*decades[least] {
		r.find(false, "tuning", results.UnequalSpaces, fmt.Sprintf("learning rates were drawn from %s decades for %s and from %s for %s: the narrower space is the easier search.",
			text.Short(decades[most]), most, text.Short(decades[least]), least), "Give learning rates spaces of one width, or say where the widths come from.")
	}
}

func sameCoordinate(a, b results.Coordinate) bool {
	return a.Parameter == b.Parameter && search.Describe(&a) == search.Describe(&b)
}

// edges: does the best lie inside of the space?
func (r *referee) edges(s *search.Search) {
	var edges []string
	for _, c := range s.Settings() {
		if 2*c.AtEdge > c.Studies {
			edges = append(edges, fmt.Sprintf("%s of %s (%s) in %d of %s", c.Coordinate.Parameter, c.Method, c.Problem, c.AtEdge, english.Count(c.Studies, "study")))
		}
	}
	if len(edges) > 0 {
		r.find(true, "tuning", results.EdgeOfSpace, "what was chosen lies at the edge of the space: "+text.Some(edges)+".",
			"Widen the space until it lies inside; until then the method may be better than shown.")
	}
}
