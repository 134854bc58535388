package evidence

import (
	"fmt"
	"math"
	"slices"
	"sort"
	"strings"

	"github.com/gdbench/gdbench/internal/text"
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
		gap := Median(e.FinalGaps())
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
			limit = math.Max(limit, 10*work.Total(c, p))
		}
		if len(ran) > 0 {
			out = append(out, entry)
		}
	}
	type score struct{ merit, gap float64 }
	scores := map[*Entry]score{}
	for _, entry := range out {
		scores[entry] = score{entry.merit(goals, limit), Median(entry.FinalGaps())}
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
		func(e *Entry) string { return WithoutBatch(e.Group) },
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

// ByGroup groups the entries that ran by family, in order of appearance.
func (p *Problem) ByGroup() [][]*Entry {
	at := map[string]int{}
	var out [][]*Entry
	for _, entry := range p.Entries {
		if len(entry.Ran()) == 0 {
			continue
		}
		k, known := at[entry.Group]
		if !known {
			k = len(out)
			at[entry.Group] = k
			out = append(out, nil)
		}
		out[k] = append(out[k], entry)
	}
	return out
}

// ChooseRate is the entry with the most merit, judged on even repeats where there are
// others to compete and something to choose.
func (p *Problem) ChooseRate(entries []*Entry) (best *Entry, halved bool) {
	if len(entries) == 1 {
		return entries[0], false
	}
	half := make([]*Entry, len(entries))
	for i, entry := range entries {
		one := *entry
		one.Cells = slices.DeleteFunc(slices.Clone(entry.Cells), func(c *Cell) bool { return c.Repeat%2 == 1 })
		halved = halved || len(one.Cells) < len(entry.Cells)
		half[i] = &one
	}
	judged := &Problem{Label: p.Label, Samples: p.Samples, Entries: half, Reference: p.Reference, BestSeen: p.BestSeen}
	ranked := judged.Ranked()
	if len(ranked) == 0 {
		return entries[0], halved
	}
	return entries[slices.Index(half, ranked[0])], halved
}

// CurveRoom is the number of curves that a figure of convergence has room for.
const CurveRoom = 8

// WithoutBatch is a family's name without its batch size.
func WithoutBatch(family string) string {
	var words []string
	for _, word := range strings.Fields(family) {
		if !strings.HasPrefix(word, "batch=") {
			words = append(words, word)
		}
	}
	return strings.Join(words, " ")
}

// FullEntries is the number of settings on problems up to which everything is shown: all
// quantities, costs and single runs on the page, all settings in the table of running times.
const FullEntries = 150

// RateGrids are the entries of a problem that differ in the learning rate only, sorted by
// it, for methods that have one and tried at least so many.
func (p *Problem) RateGrids(least int) [][]*Entry {
	byName := map[string][]*Entry{}
	var names []string
	for _, entry := range p.Entries {
		if math.IsNaN(entry.Rate) || entry.Rate <= 0 || len(entry.Ran()) == 0 {
			continue
		}
		if byName[entry.Group] == nil {
			names = append(names, entry.Group)
		}
		byName[entry.Group] = append(byName[entry.Group], entry)
	}
	var out [][]*Entry
	for _, name := range names {
		entries := byName[name]
		sort.SliceStable(entries, func(i, j int) bool { return entries[i].Rate < entries[j].Rate })
		rates := map[float64]bool{}
		for _, entry := range entries {
			rates[entry.Rate] = true
		}
		if len(rates) >= least {
			out = append(out, entries)
		}
	}
	return out
}

// EdgeOfGrid warns where the best learning rate is the first or last that was tried: the
// true optimum may lie outside. It says by which criterion the rate is best.
func EdgeOfGrid(entries []*Entry, best *Entry, criterion string) string {
	switch {
	case best == nil:
		return ""
	case best.Rate == entries[0].Rate:
		return fmt.Sprintf("%s: the best learning rate (%s), %s, is the smallest that was tried; try smaller ones.", best.Group, criterion, text.Short(best.Rate))
	case best.Rate == entries[len(entries)-1].Rate:
		return fmt.Sprintf("%s: the best learning rate (%s), %s, is the largest that was tried; try larger ones.", best.Group, criterion, text.Short(best.Rate))
	}
	return ""
}

// LeastGap is the entry with the least median final gap, which is what the figure of
// sensitivity shows; nil where none ended, or where several are at the floor, below which
// none is better than the other.
func (p *Problem) LeastGap(entries []*Entry, floor float64) *Entry {
	var best *Entry
	least, atFloor := math.Inf(1), 0
	for _, entry := range entries {
		gap := Median(entry.FinalGaps())
		if gap <= floor {
			atFloor++
		}
		if gap < least {
			best, least = entry, gap
		}
	}
	if atFloor > 1 {
		return nil
	}
	return best
}

// BestOf is the entry with the most merit; nil where none ran.
func BestOf(entries []*Entry) *Entry {
	if len(entries) == 0 {
		return nil
	}
	for _, entry := range entries[0].Problem.Ranked() {
		if slices.Contains(entries, entry) {
			return entry
		}
	}
	return nil
}
