package evidence

import (
	"cmp"
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/report/statistics"
	"github.com/gdbench/gdbench/internal/report/table"
	"github.com/gdbench/gdbench/internal/text"
)

// The choice of the best setting. Tables, sentences, figures, contests, warnings and reviews
// all choose by one of two rules. Where one target is spoken of:
//
//	The cheapest setting is the one with the least median cost of the target, over all of its
//	runs in which that could be measured. A run that missed it has spent infinitely much. Of
//	settings that cost the same, the one comes first of which most runs reach the target.
//
// Where a setting is judged as a whole:
//
//	The best setting is the one with the least mean, over all targets of the problem and all
//	runs of the setting, of the logarithm of the work to the target (at least half a unit).
//	A target that a run does not reach counts as ten times the largest work that any run on
//	the problem has spent.
//
// It uses every target, so that a choice does not hang on one. Work is that of Problem.Work.
// Among equals comes first what the suite has first. The final gap says something of settings
// of which no run reaches any target, and only of those: it decides among them. Where a target
// is reached it must not, for what is left of the gap of a run that has converged is rounding.
// Without targets the best setting is the one with the least median final gap, where gaps that
// the accuracy of f* and rounding do not resolve are equal.

// Best is the best of some entries of the problem, judged by the runs that count; the first
// where none of these ran, and nil where there are no entries.
func (p *Problem) Best(entries []*Entry, counts func(*Cell) bool) *Entry {
	if ranked := p.rank(entries, counts); len(ranked) > 0 {
		return ranked[0].entry
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
	return p.ofHalf(entries, (*Problem).Best)
}

// ofHalf is what a rule chooses by the even repeats.
func (p *Problem) ofHalf(entries []*Entry, choose chooser) (best *Entry, halved bool) {
	if len(entries) == 1 {
		return entries[0], false
	}
	for _, entry := range entries {
		halved = halved || slices.ContainsFunc(entry.Cells, func(c *Cell) bool { return !EvenRepeats(c) })
	}
	return choose(p, entries, EvenRepeats), halved
}

// Ranked are the entries that ran, the best first.
func (p *Problem) Ranked() []*Entry {
	if p.ranked == nil {
		for _, m := range p.rank(p.Entries, EveryRun) {
			p.ranked = append(p.ranked, m.entry)
		}
	}
	return p.ranked
}

// Cheapest are those of some entries that reach a goal at the least cost, all that cost the same:
// those first of which the largest part of the runs arrives, and else in their order. There are
// none where none of them reaches it in more than half of its runs, or that could not be measured.
func (p *Problem) Cheapest(entries []*Entry, g Goal, cost Cost) (cheapest []*Entry, least float64) {
	return p.cheapest(entries, g, cost, EveryRun)
}

// cheapest is Cheapest, judged by the runs that count.
func (p *Problem) cheapest(entries []*Entry, g Goal, cost Cost, counts func(*Cell) bool) (cheapest []*Entry, least float64) {
	least = math.Inf(1)
	success := map[*Entry]table.Share{}
	for _, entry := range entries {
		judged := *entry
		judged.Cells = only(entry.Cells, counts)
		success[entry] = judged.Success(g)
		switch v := statistics.Median(judged.ToReach(g, cost)); {
		case v < least:
			cheapest, least = []*Entry{entry}, v
		case v == least && !math.IsInf(v, 1):
			cheapest = append(cheapest, entry)
		}
	}
	slices.SortStableFunc(cheapest, func(a, b *Entry) int {
		s, t := success[a], success[b]
		return t.Part*s.Of - s.Part*t.Of
	})
	return cheapest, least
}

// WithinTwice are the neighbours, in some order of entries, of the best one that need at most
// twice its work in the mean (or leave twice its gap, where there are no targets): the indices
// of the first and the last of them. It is not ok where nothing distinguishes the entries.
func (p *Problem) WithinTwice(entries []*Entry) (first, last int, ok bool) {
	merits := map[*Entry]*merit{}
	ranked := p.rank(entries, EveryRun)
	for i := range ranked {
		merits[ranked[i].entry] = &ranked[i]
	}
	if len(ranked) == 0 || compareMerits(&ranked[0], &ranked[len(ranked)-1]) == 0 {
		return 0, 0, false
	}
	good := func(i int) bool {
		m := merits[entries[i]]
		return m != nil && settled(m.work) <= settled(ranked[0].work+elementary.Log10(2)) && settled(m.gap) <= settled(ranked[0].gap+elementary.Log10(2))
	}
	first = slices.Index(entries, ranked[0].entry)
	for last = first; last+1 < len(entries) && good(last+1); last++ {
	}
	for first > 0 && good(first-1) {
		first--
	}
	return first, last, true
}

// AsGood are the entries that no other is better than, where runs of theirs reach a target: one of
// them alone where nothing equals it.
func (p *Problem) AsGood(entries []*Entry) []*Entry {
	ranked := p.rank(entries, EveryRun)
	var out []*Entry
	for i := range ranked {
		if ranked[i].arrived && compareMerits(&ranked[0], &ranked[i]) == 0 {
			out = append(out, ranked[i].entry)
		}
	}
	return out
}

// merit says how well the runs of a setting did, smaller being better: by mean log work, then
// by log gap, which is the same for all settings of which a run reached a target.
type merit struct {
	entry     *Entry
	work, gap float64
	arrived   bool // a run reached a target
}

func compareMerits(a, b *merit) int {
	return cmp.Or(cmp.Compare(a.work, b.work), cmp.Compare(a.gap, b.gap))
}

// rank puts the entries of which a run counts in order, the best first.
func (p *Problem) rank(entries []*Entry, counts func(*Cell) bool) []merit {
	var out []merit
	work, goals := p.Work(), p.Goals()
	missed := p.missed(work)
	for _, entry := range entries {
		runs := only(entry.Ran(), counts)
		if len(runs) > 0 {
			out = append(out, p.merit(entry, runs, goals, work, missed))
		}
	}
	slices.SortStableFunc(out, func(a, b merit) int { return compareMerits(&a, &b) })
	return out
}

// missed is what a target counts that a run does not reach.
func (p *Problem) missed(work Cost) float64 {
	most := 0.1
	for _, entry := range p.Entries {
		for _, c := range entry.Ran() {
			most = math.Max(most, work.Total(c, p))
		}
	}
	return 10 * most
}

func (p *Problem) merit(entry *Entry, runs []*Cell, goals []Goal, work Cost, missed float64) merit {
	m := merit{entry: entry}
	logs := make([]float64, 0, len(goals)*len(runs))
	for _, g := range goals {
		for _, c := range runs {
			v := c.ToReach(g, work)
			if math.IsNaN(v) {
				continue
			}
			m.arrived = m.arrived || !math.IsInf(v, 1)
			logs = append(logs, elementary.Log10(math.Min(math.Max(v, 0.5), missed)))
		}
	}
	switch {
	case len(logs) > 0:
		m.work = settled(statistics.Mean(logs))
	case len(goals) > 0: // that other runs were asked for
		m.work = math.Inf(1)
	}
	if !m.arrived {
		m.gap = p.logGap(runs)
	}
	return m
}

// settled is a mean without the last digits, in which the order of its terms may decide.
func settled(mean float64) float64 { return text.Rounded(mean, 12) }

// logGap is the logarithm of the median final gap, where gaps that cannot be resolved are
// equal.
func (p *Problem) logGap(runs []*Cell) float64 {
	gaps := make([]float64, len(runs))
	for i, c := range runs {
		gaps[i] = c.Gap(p)
	}
	gap := Median(gaps)
	if math.IsNaN(gap) {
		return math.Inf(1)
	}
	return elementary.Log10(math.Max(gap, p.resolution()))
}

// resolution is the least gap that the accuracy of f* and rounding at the start's value and at
// f* allow to tell from zero.
func (p *Problem) resolution() float64 {
	floor := math.SmallestNonzeroFloat64
	if m := p.Example.Minimum; m != nil {
		floor = math.Max(floor, m.Floor())
	}
	if s := p.Example.Start; s != nil && Finite(float64(s.Value)) && Finite(p.Reference) {
		floor = math.Max(floor, 0x1p-52*math.Max(math.Abs(float64(s.Value)), math.Abs(p.Reference)))
	}
	return floor
}
