package evidence

import (
	"fmt"
	"math"
	"slices"
	"sort"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/text"
)

// Leaders are the entries that a figure with room for so many curves shows, in the order
// in which they were run, and a note on what was left out: everything where there is
// room, else the best setting of each method, then the best learning rates of its other
// batch sizes. The reference and the user's own methods are never left out.
func (p *Problem) Leaders(room int) ([]*Entry, string) {
	ranked := p.Ranked()
	if len(ranked) <= room {
		return p.inOrder(ranked), ""
	}
	var best []*Entry
	taken := map[string]bool{}
	take := func(name func(*Entry) string, room int, wanted func(*Entry) bool) {
		for _, entry := range ranked {
			if wanted(entry) && !taken[name(entry)] && !taken[entry.Group] && len(best) < room {
				taken[name(entry)], taken[entry.Group] = true, true
				best = append(best, entry)
			}
		}
	}
	any := func(*Entry) bool { return true }
	take((*Entry).Name, len(ranked), (*Entry).wanted)
	take((*Entry).Name, room, any)
	take(func(e *Entry) string { return e.Group }, room, any)
	said := fmt.Sprintf("Shown: %d of %d settings, %s (least mean log work over all targets and runs).", len(best), len(ranked), whatIsBest(ranked))
	var missing []string
	for _, entry := range p.inOrder(ranked) {
		if name := entry.Name(); !taken[name] && !slices.Contains(missing, name) {
			missing = append(missing, name)
		}
	}
	if len(missing) > 0 {
		said += " Methods not shown: " + text.Some(missing) + "."
	}
	return p.inOrder(best), said
}

// whatIsBest says what is chosen among some settings: rates where methods differ in these alone.
func whatIsBest(ranked []*Entry) string {
	names, groups, rates := map[string]int{}, map[string]int{}, 0
	for _, entry := range ranked {
		names[entry.Name()]++
		groups[entry.Group]++
		rates = max(rates, groups[entry.Group])
	}
	switch {
	case len(names) == len(ranked):
		return "the best methods"
	case rates > 1:
		return "the best learning rate of each method that has several"
	}
	return "the best setting of each method"
}

// Room chooses the first of some methods that a figure has room for, and with them all that are
// wanted; the note names the others.
func Room(room int, names []string, wanted func(i int) bool) (kept []int, note string) {
	must := 0
	for i := range names {
		if wanted(i) {
			must++
		}
	}
	free := max(0, room-must)
	var left []string
	for i, name := range names {
		switch {
		case wanted(i):
			kept = append(kept, i)
		case free > 0:
			kept, free = append(kept, i), free-1
		default:
			left = append(left, name)
		}
	}
	if len(left) > 0 {
		note = fmt.Sprintf("Shown: %d of %s. Not shown: %s.", len(kept), english.Count(len(names), "method"), text.Some(left))
	}
	return kept, note
}

// AnyWanted reports whether one of some entries is of the reference, or of a method of the user.
func AnyWanted(entries []*Entry) bool { return slices.ContainsFunc(entries, (*Entry).wanted) }

// wanted reports an entry that no limit of rows or curves drops: of the reference, or of a
// method that the user wrote.
func (e *Entry) wanted() bool { return e.IsReference || e.IsOwn }

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

// ByGroup collects the entries that ran by group, in order of appearance.
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

// Rivals is the number of settings that were tried of the method of an entry, with its own.
func (e *Entry) Rivals() int {
	n := 0
	for _, other := range e.Problem.Entries {
		if other.Group == e.Group && len(other.Ran()) > 0 {
			n++
		}
	}
	return n
}

// CurveRoom is the number of curves that a figure of convergence has room for.
const CurveRoom = 8

// FullEntries is the number of settings on problems up to which everything is shown: all
// quantities, costs and single runs on the page, all settings in the table of running times.
const FullEntries = 150

// FewestRates is the number of learning rates from which on the best can lie between two others, so that one
// at the edge of the grid says something.
const FewestRates = 3

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
// true optimum may lie outside. Where a rate between them is as good, it does not.
func (p *Problem) EdgeOfGrid(entries []*Entry) string {
	side := p.AtEdge(entries)
	if side == 0 {
		return ""
	}
	where, advice := "smallest", "smaller"
	best := entries[0]
	if side > 0 {
		where, advice, best = "largest", "larger", entries[len(entries)-1]
	}
	criterion := "least work to the targets"
	if len(p.Goals()) == 0 {
		criterion = "least final gap"
	}
	return fmt.Sprintf("%s: the best learning rate (%s), %s, is the %s that was tried; try %s ones.", best.Group, criterion, text.Short(best.Rate), where, advice)
}

// AtEdge is −1 where the smallest of some learning rates is better than all others, 1 where the
// largest is, and else 0.
func (p *Problem) AtEdge(entries []*Entry) int {
	ranked := p.rank(entries, EveryRun)
	if len(ranked) < 2 {
		return 0
	}
	best, side := ranked[0].entry, 0
	switch best.Rate {
	case entries[0].Rate:
		side = -1
	case entries[len(entries)-1].Rate:
		side = 1
	}
	for i := range ranked[1:] {
		if next := &ranked[i+1]; next.entry.Rate != best.Rate && compareMerits(&ranked[0], next) == 0 {
			return 0
		}
	}
	return side
}
