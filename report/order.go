package report

import (
	"fmt"
	"math"

	"github.com/gdbench/gdbench/methods/theory"
	"github.com/gdbench/gdbench/report/table"
)

// Orders is the table of how fast the gaps fell: the law fitted to the tail of a run, the
// local order of convergence, and the same law fitted to the least bound that a theorem
// promises for the run.
func (e *Evidence) Orders() *table.Table {
	t := &table.Table{Name: "orders", Title: "Fitted rates and orders of convergence",
		Columns: columns("problem", "method", "measured", "order", "promised", "by"),
		Notes: []string{"Of the first repeat. Measured: the gap falls by this factor an iteration, or as this power of the iteration number k, with an interval of 95 %, over its tail. Order: q where the next gap goes like the q-th power of the last, with its range over the last steps.",
			"Promised: the same fit to the least bound that a theorem has for the run. On a given problem a method may be faster than promised, never slower."}}
	for _, p := range e.Problems {
		for _, entry := range p.Entries {
			if row := entry.orders(); row != nil {
				t.Rows = append(t.Rows, row)
			}
		}
	}
	return t
}

// orders is nil where the tail of the run follows no law.
func (e *Entry) orders() []table.Cell {
	c := e.first()
	if c == nil || c.Trace == nil || c.Failed() {
		return nil
	}
	floor := 0.0
	if m := e.Problem.Example.Minimum; m != nil {
		floor = m.Floor()
	}
	curve := c.Curve(e.Problem, Iterations, Gap)
	k := make([]int64, len(curve.X))
	for i, x := range curve.X {
		k[i] = int64(x)
	}
	fitted, ok := theory.FitRate(k, curve.Y, floor)
	if !ok || e.Problem.BestSeen {
		return nil
	}
	promised, by := "–", "–"
	if bound := c.leastBound(); bound != nil {
		if r, ok := theory.FitRate(bound.Iteration, bound.Bound, floor); ok {
			promised, by = lawText(r), bound.Name
		}
	}
	return []table.Cell{table.Text(e.Problem.Label), table.Text(e.Label), table.Text(lawText(fitted)),
		table.Text(intervalText(fitted.Order)), table.Text(promised), table.Text(by)}
}

func lawText(r theory.Rate) string {
	switch r.Law {
	case theory.Linear:
		return "× " + intervalText(r.Factor) + " an iteration"
	case theory.PowerLaw:
		return "k^−p, p = " + intervalText(r.Power)
	}
	return string(r.Law)
}

// intervalText is a number with its interval, where it has one.
func intervalText(i theory.Interval) string {
	switch {
	case math.IsNaN(i.Value):
		return "–"
	case math.IsInf(i.Low, 0) || math.IsInf(i.High, 0):
		return fmt.Sprintf("%.4g", i.Value)
	}
	return fmt.Sprintf("%.4g [%.4g, %.4g]", i.Value, i.Low, i.High)
}
