package plots

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/figure"
	"github.com/gdbench/gdbench/internal/report/statistics"
	"github.com/gdbench/gdbench/internal/text"
)

// Ranks is the rank diagram of Demšar (2006, jmlr.org/papers/v7/demsar06a.html): mean
// ranks over the problems, bars joining methods that signed-rank tests with Holm's
// correction do not distinguish. The tests are pairwise and not on pooled ranks, which
// change with the competitors (Benavoli et al. 2016, jmlr.org/papers/v17/benavoli16a.html).
func Ranks(c *evidence.Contest, g evidence.Goal, cost evidence.Cost) *figure.Figure {
	comparable := c.Comparable(g, cost)
	medians := comparable.Medians
	drawn, note := shown(c, g, cost)
	everywhere := everywhere(c, medians)
	complete := slices.DeleteFunc(slices.Clone(everywhere), func(m int) bool { return !drawn[m] })
	if len(complete) < 2 || len(medians) < 2 {
		return nil
	}
	ranks, scores := make([]float64, len(complete)), c.Scores(g, cost)
	for i, m := range complete {
		ranks[i] = scores[m].Rank
	}
	order := make([]int, len(complete))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(ranks[b], ranks[a]) }) // best on top
	f := &figure.Figure{Role: RoleRanks, Name: FileName(string(RoleRanks), cost.Name), Title: fmt.Sprintf("Mean ranks, %s to %s", cost.Name, g.Text()),
		Caption: "The further left the better. A bar joins methods whose difference is not significant in the tests.",
		X:       figure.Axis{Label: fmt.Sprintf("mean rank among all that ran, over %d problems", len(medians)), Scale: figure.Linear},
		Y:       figure.Axis{Scale: figure.Linear}}
	f.Series = marks(c, complete, ranks, order)
	for _, i := range order {
		f.Y.Categories = append(f.Y.Categories, c.Methods[complete[i]])
	}
	f.Series = append(f.Series, alike(significant(medians, everywhere), complete, ranks, order)...)
	f.Notes = append(f.Notes, "Pairwise Wilcoxon signed-rank tests on log costs, Holm's correction, level 5%; ties share ranks, misses rank last.")
	if note != "" {
		f.Notes = append(f.Notes, note)
	}
	if len(medians) < evidence.FewProblems {
		f.Notes = append(f.Notes, fmt.Sprintf("%d problems are few for this: with fewer than %d hardly any difference can become significant.", len(medians), evidence.FewProblems))
	}
	if said := families(c, complete); said != "" {
		f.Notes = append(f.Notes, said)
	}
	f.Notes = slices.Concat(f.Notes, comparable.Notes("problem"), c.Checks(g).Notes(), c.Notes)
	return f
}

// marks are the points of a rank diagram, one series for each method.
func marks(c *evidence.Contest, methods []int, ranks []float64, order []int) []figure.Series {
	var out []figure.Series
	for place, i := range order {
		name := c.Methods[methods[i]]
		out = append(out, figure.Series{Label: name, Method: name, Unlisted: true, Kind: figure.Points, Color: c.Identities[name], X: []float64{ranks[i]}, Y: []float64{float64(place)}})
	}
	return out
}

// families names the families that several methods are of.
func families(c *evidence.Contest, methods []int) string {
	members := map[string][]string{}
	for _, m := range methods {
		family := c.Families[c.Methods[m]]
		members[family] = append(members[family], c.Methods[m])
	}
	var out []string
	for _, family := range sortedKeys(members) {
		if len(members[family]) > 1 && family != "" {
			out = append(out, family+": "+text.Some(members[family]))
		}
	}
	if len(out) == 0 {
		return ""
	}
	return "Of one family: " + strings.Join(out, "; ") + "."
}

// everywhere are the methods that ran on all of the problems.
func everywhere(c *evidence.Contest, medians []evidence.MedianCosts) []int {
	var out []int
	for m := range c.Methods {
		if !slices.ContainsFunc(medians, func(o evidence.MedianCosts) bool { return math.IsNaN(o.Costs[m]) }) {
			out = append(out, m)
		}
	}
	return out
}

// alike are the bars of a rank diagram: each joins neighbours in rank of which no pair
// differs significantly, and is not part of a longer bar.
func alike(differs map[[2]int]bool, methods []int, ranks []float64, order []int) []figure.Series {
	var bars []figure.Series
	covered := -1
	for from := range order {
		to := from
		for to+1 < len(order) && !slices.ContainsFunc(order[from:to+1], func(i int) bool { return differs[[2]int{methods[i], methods[order[to+1]]}] }) {
			to++
		}
		if to > from && to > covered {
			covered = to
			y := float64(from+(to-from)/2) + 0.5 + float64(0.08*float64(len(bars)%3)) // between rows
			bar := figure.Series{Kind: figure.Line, Color: figure.Ink, X: []float64{ranks[order[to]], ranks[order[from]]}, Y: []float64{y, y}}
			if len(bars) == 0 {
				bar.Label = "no significant difference"
			}
			bars = append(bars, bar)
		}
	}
	return bars
}

// significant are the pairs of methods that differ at the 5% level, tested among all of them.
func significant(medians []evidence.MedianCosts, methods []int) map[[2]int]bool {
	var p []float64
	for a := range methods {
		for b := a + 1; b < len(methods); b++ {
			var differences []float64
			for _, o := range medians {
				differences = append(differences, logRatio(o.Costs[methods[a]], o.Costs[methods[b]]))
			}
			p = append(p, statistics.SignedRankTwoSided(differences).P)
		}
	}
	adjusted := statistics.Holm(p)
	out := map[[2]int]bool{}
	k := 0
	for a := range methods {
		for b := a + 1; b < len(methods); b++ {
			differs := adjusted[k] <= evidence.Significance
			out[[2]int{methods[a], methods[b]}], out[[2]int{methods[b], methods[a]}] = differs, differs
			k++
		}
	}
	return out
}

// logRatio is ln(a/b), with two misses alike.
func logRatio(a, b float64) float64 {
	if a == b {
		return 0
	}
	return math.Log(evidence.AtLeastOne(a)) - math.Log(evidence.AtLeastOne(b))
}
