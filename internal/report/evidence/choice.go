package evidence

import (
	"math"
	"slices"
	"sort"

	"github.com/gdbench/gdbench/internal/elementary"
)

// The choice of the best setting. Tables, sentences, figures, contests, warnings and reviews
// all choose by this one rule:
//
//	The best setting is the one with the least mean, over all targets of the problem and all
//	runs of the setting, of the logarithm of the work to the target (at least half a unit).
//	A target that a run does not reach counts as ten times the largest work that any run on
//	the problem has spent. Without targets it is the one with the least median final gap.
//	Among equals the least median final gap decides, which separates those that reach no
//	target; then the order in which the suite has them.
//
// It uses every target, so that a choice does not hang on one. Work is that of Problem.Work.

// Best is the best of some entries of the problem, judged by the runs that count; the first
// where none of these ran, and nil where there are no entries.
func (p *Problem) Best(entries []*Entry, counts func(*Cell) bool) *Entry {
	if ranked := p.rank(entries, counts); len(ranked) > 0 {
		return ranked[0]
	}
	if len(entries) > 0 {
		return entries[0]
	}
	return nil
}

// EveryRun counts all runs.
func EveryRun(*Cell) bool { return true }

// EvenRepeats counts the runs on which a setting is chosen where the others compete.
func EvenRepeats(c *Cell) bool { return c.Repeat%2 == 0 }

// BestOfHalf is the best of some entries judged by their even repeats, where there are odd
// ones to compete and something to choose; halved reports whether there are.
func (p *Problem) BestOfHalf(entries []*Entry) (best *Entry, halved bool) {
	if len(entries) == 1 {
		return entries[0], false
	}
	for _, entry := range entries {
		halved = halved || slices.ContainsFunc(entry.Cells, func(c *Cell) bool { return !EvenRepeats(c) })
	}
	return p.Best(entries, EvenRepeats), halved
}

// Ranked are the entries that ran, the best first.
func (p *Problem) Ranked() []*Entry {
	if p.ranked == nil {
		p.ranked = p.rank(p.Entries, EveryRun)
	}
	return p.ranked
}

// rank puts the entries of which a run counts in order, the best first.
func (p *Problem) rank(entries []*Entry, counts func(*Cell) bool) []*Entry {
	type score struct{ merit, gap float64 }
	scores := map[*Entry]score{}
	missed := p.missed()
	var out []*Entry
	for _, entry := range entries {
		runs := slices.DeleteFunc(entry.Ran(), func(c *Cell) bool { return !counts(c) })
		if len(runs) == 0 {
			continue
		}
		out = append(out, entry)
		scores[entry] = score{p.merit(runs, missed), p.medianGap(runs)}
	}
	sort.SliceStable(out, func(i, j int) bool {
		a, b := scores[out[i]], scores[out[j]]
		return a.merit < b.merit || a.merit == b.merit && a.gap < b.gap
	})
	return out
}

// missed is what a target counts that a run does not reach.
func (p *Problem) missed() float64 {
	work, most := p.Work(), 0.1
	for _, entry := range p.Entries {
		for _, c := range entry.Ran() {
			most = math.Max(most, work.Total(c, p))
		}
	}
	return 10 * most
}

// merit says how well the runs of a setting did, smaller being better.
func (p *Problem) merit(runs []*Cell, missed float64) float64 {
	work, goals := p.Work(), p.Goals()
	if len(goals) == 0 {
		gap := p.medianGap(runs)
		if math.IsNaN(gap) {
			return math.Inf(1)
		}
		return elementary.Log10(math.Max(gap, math.SmallestNonzeroFloat64))
	}
	var sum float64
	for _, g := range goals {
		for _, c := range runs {
			sum += elementary.Log10(math.Min(math.Max(c.ToReach(g, work), 0.5), missed))
		}
	}
	return sum / float64(len(goals)*len(runs))
}

func (p *Problem) medianGap(runs []*Cell) float64 {
	gaps := make([]float64, len(runs))
	for i, c := range runs {
		gaps[i] = c.Gap(p)
	}
	return Median(gaps)
}
