package evidence

import (
	"fmt"
	"math"
	"sort"
	"strings"

	"github.com/gdbench/gdbench/internal/text"
)

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
