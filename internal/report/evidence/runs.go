package evidence

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/report/table"
	"github.com/gdbench/gdbench/results"
)

// repeat is the run with that number; a deterministic run is used for all of them.
func (e *Entry) repeat(number int) *Cell {
	for _, c := range e.Cells {
		if c.Ran() && (c.Deterministic || c.Repeat == number) {
			return c
		}
	}
	return nil
}

// settle chooses the value that gaps are measured from.
func (p *Problem) settle() {
	if m := p.Example.Minimum; m != nil {
		p.Reference = float64(m.Value)
		return
	}
	p.Reference, p.BestSeen = p.least, true
}

// Failed reports whether a run counts as infinitely bad: it diverged, or broke.
func (c *Cell) Failed() bool {
	return c.Status == results.Diverged || c.Status == results.Failed
}

// Ran reports whether the descent began.
func (c *Cell) Ran() bool { return c.Status != results.Skipped }

// Gap is the final gap: infinite where the run failed, NaN where it did not begin.
func (c *Cell) Gap(p *Problem) float64 {
	switch {
	case !c.Ran():
		return math.NaN()
	case c.Failed():
		return math.Inf(1)
	case p.BestSeen:
		return c.Final.Value - p.Reference
	}
	return c.Final.Gap
}

// Ran are the cells that began. The slice must not be modified.
func (e *Entry) Ran() []*Cell {
	if e.allRan {
		return e.Cells
	}
	return only(e.Cells, (*Cell).Ran)
}

// only are the cells of which something is so: the slice itself where it is so of all, for there
// may be a million of them. It must not be modified.
func only(cells []*Cell, so func(*Cell) bool) []*Cell {
	for k, c := range cells {
		if !so(c) {
			out := slices.Clone(cells[:k])
			for _, c := range cells[k+1:] {
				if so(c) {
					out = append(out, c)
				}
			}
			return out
		}
	}
	return cells
}

// Each is a number of every cell that began.
func (e *Entry) Each(of func(*Cell) float64) []float64 {
	ran := e.Ran()
	out := make([]float64, len(ran))
	for k, c := range ran {
		out[k] = of(c)
	}
	return out
}

// FinalGaps are the gaps at the end of the runs that began.
func (e *Entry) FinalGaps() []float64 {
	return e.Each(func(c *Cell) float64 { return c.Gap(e.Problem) })
}

// FirstPath is the first run whose path in two variables was kept.
func (e *Entry) FirstPath() *Cell {
	for _, c := range e.Ran() {
		if c.Trace != nil && len(c.Trace.X) > 1 && len(c.Trace.X[0]) == 2 {
			return c
		}
	}
	return nil
}

// FirstTraced is the first run with a trace.
func (e *Entry) FirstTraced() *Cell {
	for _, c := range e.Ran() {
		if c.Trace != nil {
			return c
		}
	}
	return nil
}

// Success is the share of runs that reached a goal.
func (e *Entry) Success(goal Goal) table.Share {
	share := table.Share{}
	for _, v := range e.ToReach(goal, Iterations) {
		share.Of++
		if !math.IsInf(v, 1) {
			share.Part++
		}
	}
	return share
}

// Ended counts the ways in which the runs ended: "converged 8, diverged 2".
func (e *Entry) Ended() string {
	count := map[results.Status]int{}
	for _, c := range e.Cells {
		count[c.Status]++
	}
	var words []string
	for _, status := range results.Statuses {
		switch n := count[status]; {
		case n > 0 && n == len(e.Cells):
			return string(status)
		case n > 0:
			words = append(words, fmt.Sprintf("%s %d", status, n))
		}
	}
	return strings.Join(words, ", ")
}

// CriticalPoints counts the kinds of critical points at which the runs ended: "global minimum 6,
// saddle 4"; empty where none was recognized. Some kinds may be left out.
func (e *Entry) CriticalPoints(without ...string) string {
	count := map[string]int{}
	var kinds []string
	for _, c := range e.Cells {
		kind := c.CriticalPoint
		if kind == "" || slices.Contains(without, kind) {
			continue
		}
		if count[kind] == 0 {
			kinds = append(kinds, kind)
		}
		count[kind]++
	}
	slices.Sort(kinds)
	for i, kind := range kinds {
		if count[kind] == len(e.Cells) {
			return kind
		}
		kinds[i] = fmt.Sprintf("%s %d", kind, count[kind])
	}
	return strings.Join(kinds, ", ")
}

// SecondOrder reports whether a method asked for second derivatives, so that counting
// evaluations alone would flatter them.
func (p *Problem) SecondOrder() bool {
	return p.Dim > 0 && p.some(func(c *Cell) bool { return c.Counts.Hessians+c.Counts.HessianProducts > 0 })
}

// some reports whether something is so of any run of the problem.
func (p *Problem) some(so func(*Cell) bool) bool {
	return slices.ContainsFunc(p.Entries, func(e *Entry) bool { return slices.ContainsFunc(e.Cells, so) })
}
