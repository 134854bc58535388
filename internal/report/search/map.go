package search

import (
	"cmp"
	"math"
	"slices"

	"github.com/gdbench/gdbench/results"
)

// Mode is a way in which problems are harder than their base, by increasing dose.
type Mode struct {
	Name  string
	Doses []results.TunedProblem
}

// Modes are those of the map, in order of appearance; none where the run is no map.
func (s *Search) Modes() []Mode {
	var out []Mode
	for _, p := range s.Plan.Problems {
		if p.Mode == "" {
			continue
		}
		i := slices.IndexFunc(out, func(m Mode) bool { return m.Name == p.Mode })
		if i < 0 {
			i = len(out)
			out = append(out, Mode{Name: p.Mode})
		}
		out[i].Doses = append(out[i].Doses, p)
	}
	for _, m := range out {
		slices.SortStableFunc(m.Doses, func(a, b results.TunedProblem) int {
			return cmp.Compare(a.Dose, b.Dose)
		})
	}
	return out
}

// Slowdown is how many times the work of a method on a problem is that on its base, both after
// all trials, with an interval over the studies. NaN where it was not measured on both, or reached
// no target in any run on the base: what it cannot do there it cannot lose.
func (s *Search) Slowdown(method string, p *results.TunedProblem) Estimate {
	if part, _ := s.reached(p.Base, method); part == 0 {
		return unknown()
	}
	return ratioOf([][2][]float64{{s.Works(p.Problem, method, s.Plan.Trials), s.Works(p.Base, method, s.Plan.Trials)}})
}

// Lost reports whether a method reached no target in any run on a problem: its slowdown is then
// only a lower bound, by the budget.
func (s *Search) Lost(method string, p *results.TunedProblem) bool {
	part, of := s.reached(p.Problem, method)
	return of > 0 && part == 0
}

// reached counts the runs after all trials that reached some target.
func (s *Search) reached(problem, method string) (part, of int) {
	for _, outcomes := range s.runs(problem, method, s.Plan.Trials) {
		for i := range outcomes {
			of++
			if slices.ContainsFunc(outcomes[i].Works, func(w float64) bool { return !math.IsNaN(w) && !math.IsInf(w, 1) }) {
				part++
			}
		}
	}
	return part, of
}
