package report

import (
	"fmt"
	"math"
	"slices"

	"github.com/gdbench/gdbench/report/figure"
	"github.com/gdbench/gdbench/report/table"
	"github.com/gdbench/gdbench/results"
)

// bounded is a theorem that bounds the gap at the trace points of a single run.
func bounded(t *results.Theorem) bool {
	return t.Quantity == "gap" && !t.InExpectation && len(t.Bound) == len(t.Iteration) && len(t.Bound) > 0
}

// Theory shows measured gaps with the least of the bounds that theorems promise for them,
// dashed in the same colour; nil where no theorem bounds a gap. A curve above its bound would refute
// theorem, problem or code.
func (p *Problem) Theory() *figure.Figure {
	axis := p.quantityAxis(Gap)
	f := &figure.Figure{Name: fileName("theory", p.Label), Title: p.Label + ": measured and promised",
		Caption: "Each measured gap (solid) with the bound that a theorem promises for it (dashed, in the same colour). A tight bound is attained by some problem; on others the curve may lie far below.",
		X:       figure.Axis{Label: "iterations", Scale: figure.Linear}, Y: axis,
		Notes: []string{"One repeat of each method, with the theorem that promises most. Theorems and their worst ratios are in the table of theorems."}}
	entries, note := p.Leaders(curveRoom)
	end, color := 0.0, 0
	for _, entry := range entries {
		c := entry.first()
		if c == nil {
			continue
		}
		theorem := c.leastBound()
		if theorem == nil {
			continue
		}
		bound := figure.Series{Label: "bound: " + theorem.Name, Kind: figure.Line, Color: color, Dash: 1, Y: theorem.Bound}
		for _, k := range theorem.Iteration {
			bound.X = append(bound.X, float64(k))
		}
		curve := c.Curve(p, Iterations, Gap)
		end = math.Max(end, curve.X[len(curve.X)-1])
		f.Series = append(f.Series, figure.Series{Label: entry.Label, Kind: figure.Line, Color: color, X: curve.X, Y: curve.Y})
		f.Series = append(f.Series, bound)
		color++
	}
	if color == 0 {
		return nil
	}
	stretch(f, end)
	f.Notes = append(f.Notes, edges(f)...)
	if note != "" {
		f.Notes = append(f.Notes, note)
	}
	return f
}

// TheoryRatio shows each measured gap over the bound that Theory draws for it: 1 is as slow
// as the theorem allows, above 1 it is refuted. Points at which rounding decides are left
// out. It is nil where no theorem bounds a gap.
func (p *Problem) TheoryRatio() *figure.Figure {
	entries, note := p.Leaders(curveRoom)
	f := &figure.Figure{Name: fileName("theory-ratio", p.Label), Title: p.Label + ": measured over promised",
		Caption: "Each measured gap divided by the bound on it. Along 1 the run is as slow as the theorem allows; far below, the theorem has a harder problem in mind; above 1 it is refuted.",
		X:       figure.Axis{Label: "iterations", Scale: figure.Linear}, Y: figure.Axis{Label: "measured / bound", Scale: figure.Log},
		Rules: []figure.Rule{{Label: "as slow as allowed", At: 1, Color: figure.Ink}}}
	floor, end := p.quantityAxis(Gap).Floor, 0.0
	for _, entry := range entries {
		c := entry.first()
		if c == nil {
			continue
		}
		theorem := c.leastBound()
		if theorem == nil {
			continue
		}
		s := figure.Series{Label: entry.Label, Kind: figure.Line, Color: len(f.Series)}
		for i, k := range theorem.Iteration {
			at, ok := slices.BinarySearch(c.Trace.Iteration, k)
			if !ok || !(theorem.Bound[i] > floor) || !(column(c.Trace.Gap, at) > floor) {
				continue
			}
			s.X, s.Y = append(s.X, float64(k)), append(s.Y, c.Trace.Gap[at]/theorem.Bound[i])
		}
		if len(s.X) > 0 {
			f.Series, end = append(f.Series, s), math.Max(end, s.X[len(s.X)-1])
		}
	}
	if len(f.Series) == 0 {
		return nil
	}
	stretch(f, end)
	f.Notes = append(f.Notes, fmt.Sprintf("One repeat of each method, with the theorem that promises most at the end; gaps and bounds above %s.", short(floor)))
	if note != "" {
		f.Notes = append(f.Notes, note)
	}
	return f
}

// leastBound is the theorem that promises most at the end; nil where none bounds the gap.
func (c *Cell) leastBound() *results.Theorem {
	var least *results.Theorem
	for i := range c.Theorems {
		t := &c.Theorems[i]
		if bounded(t) && (least == nil || t.Bound[len(t.Bound)-1] < least.Bound[len(least.Bound)-1]) {
			least = t
		}
	}
	return least
}

// Theorems is the table of what was held against theory: for each problem, method and
// theorem how often it held, and the worst ratio of measured to promised.
func (e *Evidence) Theorems() *table.Table {
	t := &table.Table{Name: "theorems", Title: "Runs held against theorems",
		Columns: columns("problem", "method", "theorem", "held", "worst measured/bound", "tight", "source"),
		Notes: []string{"Held: runs in which no trace point lay above the bound, of those where the theorem could be measured. A ratio near 1 where the bound is tight is what theory predicts.",
			"Theorems in expectation speak of the mean over repeats and are not judged by single runs."}}
	for _, p := range e.Problems {
		for _, entry := range p.Entries {
			t.Rows = append(t.Rows, entry.theorems()...)
		}
	}
	return t
}

func (e *Entry) theorems() [][]table.Cell {
	type tally struct {
		theorem *results.Theorem
		held    table.Share
		worst   float64
	}
	var order []*tally
	at := map[string]*tally{}
	for _, c := range e.Ran() {
		for i := range c.Theorems {
			th := &c.Theorems[i]
			if th.InExpectation || th.Compared == 0 {
				continue
			}
			one := at[th.Name]
			if one == nil {
				one = &tally{theorem: th, worst: math.NaN()}
				at[th.Name], order = one, append(order, one)
			}
			one.held.Of++
			if th.Outcome == "holds" {
				one.held.Part++
			}
			if ratio := float64(th.Ratio); !(ratio <= one.worst) {
				one.worst = ratio
			}
		}
	}
	var rows [][]table.Cell
	for _, one := range order {
		tight := "no"
		if one.theorem.Tight {
			tight = "yes"
		}
		rows = append(rows, []table.Cell{table.Text(e.Problem.Label), table.Text(e.Label), table.Text(one.theorem.Name), one.held,
			table.Number(one.worst), table.Text(tight), table.Text(one.theorem.Source)})
	}
	return rows
}

// refuted warns of bounds that did not hold.
func (e *Evidence) refuted() {
	for _, p := range e.Problems {
		for _, entry := range p.Entries {
			for _, c := range entry.Ran() {
				for _, t := range c.Theorems {
					if t.Outcome == "violated" && !t.InExpectation {
						e.warn("%s, %s: a theorem did not hold: %s (%s); theorem, facts or code is wrong", p.Label, entry.Label, t.Name, fmt.Sprintf("measured/bound = %s at iteration %d", short(float64(t.Ratio)), t.At))
						return // one is enough to stop and look
					}
				}
			}
		}
	}
}
