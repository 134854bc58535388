package evidence

import (
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/report/statistics"
)

// Significance is the level of tests between methods, after Holm's correction.
const Significance = 0.05

// Match is what methods of a contest cost on one problem.
type Match struct {
	Problem *Problem
	cells   [][]*Cell // by instance, as Contest.Methods
	cost    func(*Cell) float64
}

// Matches are those of a contest, one for each of its problems, whether or not a method reached
// the goal there.
func (c *Contest) Matches(g Goal, cost Cost) []*Match {
	var out []*Match
	for k := range c.Instances {
		i := &c.Instances[k]
		if len(out) == 0 || out[len(out)-1].Problem != i.Problem {
			out = append(out, &Match{Problem: i.Problem, cost: func(cell *Cell) float64 {
				if cell == nil {
					return math.NaN()
				}
				return cell.ToReach(g, cost)
			}})
		}
		m := out[len(out)-1]
		m.cells = append(m.cells, i.Cells)
	}
	return out
}

// Checks are those of goals on the problems of the contest.
func (c *Contest) Checks(goals ...Goal) *Checks {
	checks := &Checks{}
	for i := range c.Instances {
		checks.Add(c.Instances[i].Problem, goals...)
	}
	return checks
}

// Entry is the setting with which a method takes part; nil: it does not.
func (m *Match) Entry(method int) *Entry {
	for _, cells := range m.cells {
		if cell := cells[method]; cell != nil {
			return cell.Entry
		}
	}
	return nil
}

// Deterministic reports whether nothing is random in any run of the match.
func (m *Match) Deterministic() bool {
	return !slices.ContainsFunc(m.cells, func(cells []*Cell) bool {
		return slices.ContainsFunc(cells, func(c *Cell) bool { return c != nil && !c.Deterministic })
	})
}

// Costs are those of a method: infinite where it missed the goal. A run that enters several
// instances counts once.
func (m *Match) Costs(method int) []float64 {
	var out []float64
	seen := map[*Cell]bool{}
	for _, cells := range m.cells {
		if cell := cells[method]; !seen[cell] {
			seen[cell] = true
			out = append(out, m.cost(cell))
		}
	}
	return defined(out)
}

// Duel compares two methods in pairs of runs that have their start, batches and noise in common.
type Duel struct {
	Pairs  int  // without copies
	Missed int  // of them: both runs missed the goal
	Exact  bool // one pair, in which nothing is random: whatever differs, differs always
	// Ratio is the cost of the first in units of the second: what the median pair has (Hodges &
	// Lehmann), with its interval of 95%.
	Ratio, Low, High float64
	Dearer           bool    // in most pairs, by their ranks
	P                float64 // of the signed-rank test that they cost the same, against both sides; NaN: no pairs
}

// Duel compares two methods on the problem. Runs that both missed the goal are equal.
func (m *Match) Duel(a, b int) Duel {
	type pair struct{ a, b *Cell }
	var logs []float64
	d := Duel{P: math.NaN()}
	seen := map[pair]bool{}
	for _, cells := range m.cells {
		of := pair{cells[a], cells[b]}
		x, y := m.cost(of.a), m.cost(of.b)
		if seen[of] || math.IsNaN(x) || math.IsNaN(y) {
			continue
		}
		seen[of] = true
		d.Exact = d.Pairs == 0 && of.a.Deterministic && of.b.Deterministic
		d.Pairs++
		difference := 0.0
		if math.IsInf(x, 1) && math.IsInf(y, 1) {
			d.Missed++
		}
		if x != y {
			difference = elementary.Log(AtLeastOne(x)) - elementary.Log(AtLeastOne(y))
		}
		logs = append(logs, difference)
	}
	center, low, high := statistics.Shift(logs, 1-Significance)
	d.Ratio, d.Low, d.High = elementary.Exp(center), elementary.Exp(low), elementary.Exp(high)
	if d.Pairs > 0 {
		d.P, d.Dearer = statistics.SignedRankTwoSided(logs).P, statistics.SignedRank(logs).P <= 0.5
	}
	return d
}

// Tested reports whether so many pairs can be significant at all where as many tests are made.
func (d Duel) Tested(tests int) bool {
	return d.Pairs >= statistics.FewestPairs(Significance/2/float64(max(1, tests)))
}

// Winners are the methods that no other is known to beat on the problem: the one with the least
// median, and those that cost as much or do not differ from it significantly. Tested reports
// whether there are enough pairs for such tests; without, only equal medians share the place.
func (m *Match) Winners(methods int) (winners map[int]bool, tested bool) {
	winners = map[int]bool{}
	medians, best := make([]float64, methods), -1
	for k := range methods {
		medians[k] = statistics.Median(m.Costs(k))
		if Finite(medians[k]) && (best < 0 || medians[k] < medians[best]) {
			best = k
		}
	}
	if best < 0 {
		return winners, false
	}
	p, duels := make([]float64, methods), []Duel{}
	for k := range methods {
		p[k] = math.NaN()
		if k == best {
			continue
		}
		if d := m.Duel(k, best); d.Pairs > 0 {
			p[k], duels = d.P, append(duels, d)
		}
	}
	tested = len(duels) > 0 && !slices.ContainsFunc(duels, func(d Duel) bool { return !d.Tested(len(duels)) })
	adjusted := statistics.Holm(p)
	for k := range methods {
		winners[k] = k == best || medians[k] == medians[best] || tested && Finite(medians[k]) && adjusted[k] > Significance
	}
	return winners, tested
}

// Baseline is the place of the method that the others are compared with; −1: it takes no part.
func (c *Contest) Baseline() int {
	for _, i := range c.Instances {
		for k, cell := range i.Cells {
			if cell != nil && cell.Entry.IsReference {
				return k
			}
		}
	}
	return -1
}
