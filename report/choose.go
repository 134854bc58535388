package report

import (
	"fmt"
	"math"
	"sort"
)

// merit says how well an entry did on its problem, smaller being better: the mean over
// targets and runs of the logarithm of the work it took, a miss counting as ten times
// the largest work that any run has spent. It uses every target, so that a choice does
// not hang on one; without targets it is the logarithm of the median final gap.
func (e *Entry) merit(goals []Goal, limit float64) float64 {
	work := e.Problem.Work()
	var sum float64
	var n int
	for _, g := range goals {
		for _, cost := range e.ToReach(g, work) {
			sum += math.Log10(math.Min(math.Max(cost, 0.5), limit))
			n++
		}
	}
	if n == 0 {
		gap := median(e.FinalGaps())
		if math.IsNaN(gap) {
			return math.Inf(1)
		}
		return math.Log10(math.Max(gap, math.SmallestNonzeroFloat64))
	}
	return sum / float64(n)
}

// Ranked are the entries that ran, the best first: by merit, and by final gap among equals.
func (p *Problem) Ranked() []*Entry {
	if p.ranked == nil {
		p.ranked = p.rank()
	}
	return p.ranked
}

func (p *Problem) rank() []*Entry {
	goals, work := p.Goals(), p.Work()
	limit := 1.0
	var out []*Entry
	for _, entry := range p.Entries {
		ran := entry.Ran()
		for _, c := range ran {
			limit = math.Max(limit, 10*work.total(c, p))
		}
		if len(ran) > 0 {
			out = append(out, entry)
		}
	}
	type score struct{ merit, gap float64 }
	scores := map[*Entry]score{}
	for _, entry := range out {
		scores[entry] = score{entry.merit(goals, limit), median(entry.FinalGaps())}
	}
	sort.SliceStable(out, func(i, j int) bool {
		a, b := scores[out[i]], scores[out[j]]
		return a.merit < b.merit || a.merit == b.merit && a.gap < b.gap // those who reach no target
	})
	return out
}

// Leaders are the entries that a figure with room for so many curves shows, in the order
// in which they were run, and a note on what was left out: everything where there is
// room, else the best setting of each method, then the best learning rates of its other
// batch sizes.
func (p *Problem) Leaders(room int) ([]*Entry, string) {
	ranked := p.Ranked()
	if len(ranked) <= room {
		return p.inOrder(ranked), ""
	}
	var best []*Entry
	taken := map[string]bool{}
	for _, name := range []func(*Entry) string{
		func(e *Entry) string { return withoutBatch(e.Group) },
		func(e *Entry) string { return e.Group },
	} {
		for _, entry := range ranked {
			if !taken[name(entry)] && !taken[entry.Group] && len(best) < room {
				taken[name(entry)], taken[entry.Group] = true, true
				best = append(best, entry)
			}
		}
	}
	return p.inOrder(best), fmt.Sprintf("Shown: %d of %d settings, the best learning rate of each method (least mean log work over all targets and runs).", len(best), len(ranked))
}

func (p *Problem) inOrder(entries []*Entry) []*Entry {
	chosen := map[*Entry]bool{}
	for _, entry := range entries {
		chosen[entry] = true
	}
	var out []*Entry
	for _, entry := range p.Entries {
		if chosen[entry] {
			out = append(out, entry)
		}
	}
	return out
}
