package compare

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/report/table"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/results"
)

// PowerTable says which loss a gate would find with a probability of 80%, for the suite, each
// method and each cell, with several numbers of repeats. It makes the comparison itself, of as
// many pairs as are planned, and reads what that would have found.
//
// The pairs are those of base and new, two runs that differ by a change like those to come.
// Where new is nil they are repeats of base beside one another, as if two runs never shared
// their luck: an upper bound, for pairs of one seed mostly do.
func PowerTable(base, new *results.Baseline, o Options, repeats []int) (*table.Table, error) {
	t := &table.Table{Name: "power", Title: fmt.Sprintf("The loss that is found with a probability of %s, as NEW/BASE", percent(wanted)),
		Columns: []table.Column{{Name: "method"}, {Name: "problem"}, {Name: "metric"}}}
	rows := map[[3]string][]table.Cell{}
	o.planned = true
	if steadyPilot(base, new) {
		return nil, errSteady
	}
	for k, n := range repeats {
		t.Columns = append(t.Columns, table.Column{Name: fmt.Sprintf("%d repeats", n)})
		b, w := planned(base, new, n)
		r, err := Compare(b, w, o)
		if err != nil {
			return nil, err
		}
		for _, level := range [][]Row{r.Levels, r.Rows} {
			for i := range level {
				row := &level[i]
				if row.Power == nil || row.Class != Random || row.Drift {
					continue
				}
				key := [3]string{row.Method, row.Problem, string(row.Metric)}
				if rows[key] == nil {
					rows[key] = unknown(len(repeats))
				}
				rows[key][k] = table.Number(row.Power.Detectable)
			}
		}
	}
	if len(rows) == 0 {
		return nil, errSteady
	}
	for _, key := range powerOrder(rows) {
		t.Rows = append(t.Rows, append([]table.Cell{table.Text(key[0]), table.Text(key[1]), table.Text(key[2])}, rows[key]...))
	}
	t.Notes = powerNotes(base, new, &o)
	return t, nil
}

var errSteady = errors.New("no cost varies from repeat to repeat: without randomness any change is visible at once")

func unknown(n int) []table.Cell {
	out := make([]table.Cell, n)
	for i := range out {
		out[i] = table.Number(math.NaN())
	}
	return out
}

// powerOrder is the suite, the methods, the cells.
func powerOrder(rows map[[3]string][]table.Cell) [][3]string {
	ranks := map[string][3]string{}
	for key := range rows {
		rank := "2"
		switch {
		case key[0] == AllMethods:
			rank = "0"
		case key[1] == AllProblems:
			rank = "1"
		}
		ranks[rank+key[0]+"\x00"+key[1]+"\x00"+key[2]] = key
	}
	var out [][3]string
	for _, rank := range sortedKeys(ranks) {
		out = append(out, ranks[rank])
	}
	return out
}

func powerNotes(base, new *results.Baseline, o *Options) []string {
	delta := o.Delta
	if delta == 0 {
		delta = DefaultDelta
		if g := cmp.Or(new, base).Gate; g != nil && g.Delta != 0 {
			delta = float64(g.Delta)
		}
	}
	alpha := o.Alpha
	if alpha == 0 {
		alpha = DefaultAlpha
	}
	notes := []string{fmt.Sprintf("A dash: no loss can be found with so few repeats, or nothing varies. A loss of up to %s%% is tolerated; all tests share α = %s.", text.Short(100*delta), text.Short(alpha))}
	if new == nil {
		notes = append(notes, "From one run: its repeats are compared with one another, as if two runs never shared their luck. Pairs of one seed mostly do, and then smaller losses are found: give two runs, before and after a change like those to come.")
	}
	for _, b := range []*results.Baseline{base, new} {
		if b != nil && !b.Complete() {
			notes = append(notes, fmt.Sprintf("The pilot is a partial run, %d of %d cells: the others are not in this table, and will share α as well.", len(b.Summaries), b.Grid))
		}
	}
	return notes
}

// planned are two runs of n repeats whose pairs are those of a pilot, over and over. Cells without
// randomness are in them once: a miss is priced by what others spent, and moved starts share α.
func planned(base, new *results.Baseline, n int) (b, w *results.Baseline) {
	b, w = &results.Baseline{BaselineHeader: base.BaselineHeader}, &results.Baseline{BaselineHeader: cmp.Or(new, base).BaselineHeader}
	add := func(to *results.Baseline, o results.Summary, repeat int) {
		o.Repeat, o.ID = repeat, fmt.Sprintf("%s on %s, %d", o.Labels.Method, o.Labels.Problem, repeat)
		o.Conditions = o.Labels.Problem
		to.Summaries = append(to.Summaries, o)
	}
	for _, g := range pilotCells(base, new) {
		repeats := n
		if g.deterministic() {
			repeats = 1
		}
		for i := range repeats {
			k := i % len(g.base)
			other := k
			if new == nil {
				other = (k + 1 + (i/len(g.base))%max(1, len(g.base)-1)) % len(g.base) // never itself, where there are two
			}
			add(b, *g.base[k], i)
			add(w, *g.new[other], i)
		}
	}
	for _, run := range []*results.Baseline{b, w} {
		run.Cells, run.Grid = len(run.Summaries), len(run.Summaries)
	}
	return b, w
}

// pilotCells are the cells of a pilot that can be compared, each with its pairs.
func pilotCells(base, new *results.Baseline) []*cell {
	var out []*cell
	if new == nil {
		for _, g := range group(base) {
			if c := (&cell{base: g, new: g}); !c.skipped() {
				out = append(out, c)
			}
		}
		return out
	}
	cells, _ := pair(base, new)
	s := &Settings{asked: [2]map[string]string{base.Asked, new.Asked}}
	for _, c := range cells {
		if len(c.base) > 0 && len(c.new) > 0 && !c.skipped() && c.obstacle(s) == "" {
			out = append(out, c)
		}
	}
	return out
}

// steadyPilot reports whether nothing in a pilot is random.
func steadyPilot(base, new *results.Baseline) bool {
	return !slices.ContainsFunc(pilotCells(base, new), func(c *cell) bool { return !c.deterministic() })
}
