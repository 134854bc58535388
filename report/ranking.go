package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/report/figure"
	"github.com/gdbench/gdbench/internal/report/statistics"
	"github.com/gdbench/gdbench/internal/report/table"
)

const (
	shift   = 1.0  // added to costs before ratios, so that 1 against 2 is not twice as good
	penalty = 10.0 // a miss counts as so many times what it spent
)

// Ranking orders the methods by the shifted geometric mean, over the problems, of their
// median cost relative to the best method on each (the virtual best):
//
//	(Π_p (t_ps + 1)/(min_s t_ps + 1))^{1/P}.
//
// A miss counts as ten times the largest cost spent on that problem.
func (c *Contest) Ranking(g Goal, cost Cost) *table.Table {
	t := &table.Table{Name: "ranking", Title: fmt.Sprintf("Ranking by %s to %s", cost.Name, g.Text()),
		Columns: columns("method", "problems", "reached", "fastest", "ratio to the virtual best", "ratio without misses", "mean rank", "uses"),
		Notes: append([]string{
			"Ratio: geometric mean over the problems of (cost + 1)/(best cost + 1); the cost of a problem is the median over its instances, and a miss counts as 10 × the largest cost spent there. 1 is the best method everywhere.",
			"Uses: what a method was told that others were not (f*, L, μ). Compare like with like.",
		}, c.Notes...)}
	scores := c.scores(g, cost)
	order := make([]int, len(c.Methods))
	for m := range order {
		order[m] = m
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(scores[a].ratio, scores[b].ratio) })
	for _, m := range order {
		s := scores[m]
		t.Rows = append(t.Rows, []table.Cell{table.Text(c.Methods[m]), table.Count(s.problems), s.reached, table.Count(s.fastest),
			table.Number(s.ratio), table.Number(s.clean), table.Number(s.rank), table.Text(c.uses(m))})
	}
	return t
}

type score struct {
	problems, fastest  int
	reached            table.Share
	ratio, clean, rank float64
}

// leading is the method with the least ratio among some; −1 where none of them has one.
func leading(scores []score, among func(m int) bool) int {
	best := -1
	for m, s := range scores {
		if !math.IsNaN(s.ratio) && among(m) && (best < 0 || s.ratio < scores[best].ratio) {
			best = m
		}
	}
	return best
}

func (c *Contest) scores(g Goal, cost Cost) []score {
	scores := make([]score, len(c.Methods))
	ratios, clean, ranks := make([][]float64, len(scores)), make([][]float64, len(scores)), make([][]float64, len(scores))
	for _, medians := range c.medians(g, cost) {
		best := math.Inf(1)
		for _, v := range medians.cost {
			if v < best {
				best = v
			}
		}
		if math.IsInf(best, 1) {
			continue // nobody arrived: the problem tells nothing
		}
		for m, v := range medians.cost {
			if math.IsNaN(v) {
				continue
			}
			scores[m].problems++
			if v == best {
				scores[m].fastest++
			}
			if !math.IsInf(v, 1) {
				clean[m] = append(clean[m], (v+shift)/(best+shift))
			} else {
				v = penalty * medians.spent
			}
			ratios[m] = append(ratios[m], (v+shift)/(best+shift))
			ranks[m] = append(ranks[m], rankAmong(medians.cost, m))
		}
	}
	for m := range scores {
		scores[m].ratio, scores[m].clean = statistics.GeometricMean(ratios[m]), statistics.GeometricMean(clean[m])
		scores[m].rank = statistics.Mean(ranks[m])
		for _, v := range c.costs(m, g, cost) {
			scores[m].reached.Of++
			if !math.IsInf(v, 1) {
				scores[m].reached.Part++
			}
		}
	}
	return scores
}

// outcome is the median cost of each method on one problem, NaN where it did not run, and
// the largest cost that anybody spent.
type outcome struct {
	problem *Problem
	cost    []float64
	spent   float64
}

func (c *Contest) medians(g Goal, cost Cost) []outcome {
	var out []outcome
	for start := 0; start < len(c.Instances); {
		p := c.Instances[start].Problem
		end := start
		for end < len(c.Instances) && c.Instances[end].Problem == p {
			end++
		}
		o := outcome{problem: p, cost: make([]float64, len(c.Methods))}
		for m := range c.Methods {
			var costs []float64
			for _, i := range c.Instances[start:end] {
				if cell := i.Cells[m]; cell != nil {
					costs = append(costs, cell.ToReach(g, cost))
					o.spent = math.Max(o.spent, cost.total(cell, p))
				}
			}
			o.cost[m] = statistics.Median(costs)
		}
		out = append(out, o)
		start = end
	}
	return out
}

// rankAmong is the midrank of entry m, 1 for the smallest, among those that are defined.
func rankAmong(values []float64, m int) float64 {
	rank := 1.0
	for k, v := range values {
		switch {
		case k == m || math.IsNaN(v):
		case v < values[m]:
			rank++
		case v == values[m]:
			rank += 0.5
		}
	}
	return rank
}

// fewProblems is the number below which a rank diagram says little.
const fewProblems = 10

// Ranks is the rank diagram of Demšar (2006, jmlr.org/papers/v7/demsar06a.html): mean
// ranks over the problems, bars joining methods that signed-rank tests with Holm's
// correction do not tell apart. The tests are pairwise and not on pooled ranks, which
// change with the competitors (Benavoli et al. 2016, jmlr.org/papers/v17/benavoli16a.html).
func (c *Contest) Ranks(g Goal, cost Cost) *figure.Figure {
	medians := slices.DeleteFunc(c.medians(g, cost), func(o outcome) bool { return !slices.ContainsFunc(o.cost, finite) })
	complete := c.everywhere(medians)
	if len(complete) < 2 || len(medians) < 2 {
		return nil
	}
	ranks := make([]float64, len(complete))
	for i := range complete {
		var each []float64
		for _, o := range medians {
			each = append(each, rankAmong(pick(o.cost, complete), i))
		}
		ranks[i] = statistics.Mean(each)
	}
	order := make([]int, len(complete))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(ranks[b], ranks[a]) }) // best on top
	f := &figure.Figure{Name: fileName("ranks", cost.Name), Title: fmt.Sprintf("Mean ranks, %s to %s", cost.Name, g.Text()),
		Caption: "The further left the better. A bar joins methods that the tests cannot tell apart; variants of one family have one colour and mark.",
		X:       figure.Axis{Label: fmt.Sprintf("mean rank over %d problems", len(medians)), Scale: figure.Linear},
		Y:       figure.Axis{Scale: figure.Linear}}
	f.Series = c.clusters(complete, ranks, order)
	for _, i := range order {
		f.Y.Categories = append(f.Y.Categories, c.Methods[complete[i]])
	}
	f.Series = append(f.Series, alike(medians, complete, ranks, order)...)
	f.Notes = append(f.Notes, "Pairwise Wilcoxon signed-rank tests on log costs, Holm's correction, level 5%; ties share ranks, misses rank last.")
	if len(medians) < fewProblems {
		f.Notes = append(f.Notes, fmt.Sprintf("%d problems are few for this: with fewer than %d hardly any difference can become significant.", len(medians), fewProblems))
	}
	f.Notes = append(f.Notes, c.Notes...)
	return f
}

// clusters are the points of a rank diagram, one series for each family of variants.
func (c *Contest) clusters(methods []int, ranks []float64, order []int) []figure.Series {
	symbols := []figure.Symbol{figure.Circle, figure.Square, figure.Diamond, figure.Triangle, figure.Ring}
	var out []figure.Series
	at := map[string]int{}
	for place, i := range order {
		name := c.families[c.Methods[methods[i]]]
		k, known := at[name]
		if !known {
			k = len(out)
			at[name] = k
			out = append(out, figure.Series{Label: name, Kind: figure.Points, Color: k, Symbol: symbols[k%len(symbols)]})
		}
		out[k].X, out[k].Y = append(out[k].X, ranks[i]), append(out[k].Y, float64(place))
	}
	return out
}

// everywhere are the methods that ran on all of the problems.
func (c *Contest) everywhere(medians []outcome) []int {
	var out []int
	for m := range c.Methods {
		if !slices.ContainsFunc(medians, func(o outcome) bool { return math.IsNaN(o.cost[m]) }) {
			out = append(out, m)
		}
	}
	return out
}

// alike are the bars of a rank diagram: each joins neighbours in rank of which no pair
// differs significantly, and is not part of a longer bar.
func alike(medians []outcome, methods []int, ranks []float64, order []int) []figure.Series {
	differs := significant(medians, methods)
	var bars []figure.Series
	covered := -1
	for from := range order {
		to := from
		for to+1 < len(order) && !slices.ContainsFunc(order[from:to+1], func(i int) bool { return differs[i][order[to+1]] }) {
			to++
		}
		if to > from && to > covered {
			covered = to
			y := float64(from+(to-from)/2) + 0.5 + 0.08*float64(len(bars)%3) // between rows
			bar := figure.Series{Kind: figure.Line, Color: figure.Ink, X: []float64{ranks[order[to]], ranks[order[from]]}, Y: []float64{y, y}}
			if len(bars) == 0 {
				bar.Label = "not told apart"
			}
			bars = append(bars, bar)
		}
	}
	return bars
}

// significant tells which pairs of methods differ at the 5% level.
func significant(medians []outcome, methods []int) [][]bool {
	var p []float64
	for a := range methods {
		for b := a + 1; b < len(methods); b++ {
			var differences []float64
			for _, o := range medians {
				differences = append(differences, logRatio(o.cost[methods[a]], o.cost[methods[b]]))
			}
			p = append(p, statistics.SignedRankTwoSided(differences).P)
		}
	}
	adjusted := statistics.Holm(p)
	out := make([][]bool, len(methods))
	for a := range methods {
		out[a] = make([]bool, len(methods))
	}
	k := 0
	for a := range methods {
		for b := a + 1; b < len(methods); b++ {
			out[a][b] = adjusted[k] <= 0.05
			out[b][a] = out[a][b]
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
	return math.Log(atLeastOne(a)) - math.Log(atLeastOne(b))
}
