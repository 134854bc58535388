package report

import (
	"fmt"
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/report/table"
	"github.com/gdbench/gdbench/internal/theorem"
)

// Law is a cell with how a curve falls: by a factor an iteration, as a power of the
// iteration number, or superlinearly.
type Law theorem.Rate

func (l Law) number() theorem.Interval {
	switch l.Law {
	case theorem.Linear:
		return l.Factor
	case theorem.PowerLaw:
		return l.Power
	case theorem.Superlinear:
		return l.Order
	}
	return unmeasured
}

var unmeasured = theorem.Interval{Value: math.NaN(), Low: math.NaN(), High: math.NaN()}

// Read is the law without its interval.
func (l Law) Read() string {
	return l.text(func(i theorem.Interval) string { return fmt.Sprintf("%.3g", i.Value) })
}

func (l Law) text(number func(theorem.Interval) string) string {
	switch l.Law {
	case theorem.Linear:
		return "×" + number(l.Factor)
	case theorem.PowerLaw:
		return "k^−" + number(l.Power)
	case theorem.Superlinear:
		return "order " + number(l.Order)
	}
	return "–"
}

// Parts are the law by name, and its factor, power or order with the interval.
func (l Law) Parts() []table.Part {
	n := l.number()
	return []table.Part{{Ending: "law", Value: string(l.Law)}, {Ending: "", Value: n.Value}, {Ending: "low", Value: n.Low}, {Ending: "high", Value: n.High}}
}

var _ table.Cell = Law{}

// Orders is the table of how fast the gaps fell: the law fitted to the tail of the runs,
// the local order of convergence, and the same law fitted to the least bound that a
// theorem promises for them.
func (e *Evidence) Orders() *table.Table {
	t := &table.Table{Name: "orders", Title: "Fitted rates and orders of convergence",
		Columns: columns("problem", "method", "runs", "measured", "order", "promised", "by"),
		Notes: []string{"Measured: the gap falls by this factor an iteration (×), or as this power of the iteration number k, over its tail. Order: q where the next gap goes like the q-th power of the last.",
			"Of one run the factor has an interval of 95 %, and the order its range over the last steps; of several, the numbers are medians [quartiles] over those that follow the same law, which is that of the most runs.",
			"Promised: the same fit to the bound that a theorem has from the start alone, on the gap or else on the squared distance, which a smooth gap follows. On a given problem a method may be faster than promised, never slower."}}
	for _, p := range e.Problems {
		for _, entry := range p.Entries {
			fitted, runs := entry.fitted()
			if runs == 0 {
				continue
			}
			promised, by := entry.promisedLaw()
			t.Rows = append(t.Rows, []table.Cell{table.Text(p.Label), table.Text(entry.Label), table.Share{Part: runs, Of: len(entry.Ran())},
				table.Text(fitted.text(intervalText)), table.Text(intervalText(fitted.Order)), table.Text(promised.text(intervalText)), table.Text(by)})
		}
	}
	return t
}

// fitted is the law of the gaps' tails that most of the runs follow, and how many do: none
// where f* is unknown, and where no tail follows a law.
func (e *Entry) fitted() (Law, int) {
	if e.tail == nil {
		e.tail = new(tail)
		if !e.Problem.BestSeen {
			e.tail.law, e.tail.runs = e.fit()
		}
	}
	return e.tail.law, e.tail.runs
}

// tail is what fitted has found.
type tail struct {
	law  Law
	runs int
}

func (e *Entry) fit() (Law, int) {
	byLaw := map[theorem.Law][]theorem.Rate{}
	var most theorem.Law
	for _, c := range e.Ran() {
		if c.Trace == nil || c.Failed() {
			continue
		}
		rate, ok := theorem.FitRate(c.Trace.Iteration, c.Trace.Gap, e.Problem.floor())
		if !ok {
			continue
		}
		byLaw[rate.Law] = append(byLaw[rate.Law], rate)
		if len(byLaw[rate.Law]) > len(byLaw[most]) {
			most = rate.Law
		}
	}
	rates := byLaw[most]
	if len(rates) < 2 {
		if len(rates) == 0 {
			return Law{}, 0
		}
		return Law(rates[0]), 1
	}
	over := func(of func(theorem.Rate) theorem.Interval) theorem.Interval {
		var values []float64
		for _, r := range rates {
			values = append(values, of(r).Value)
		}
		q := quartiles(values)
		return theorem.Interval{Value: q.Median, Low: q.Q1, High: q.Q3}
	}
	return Law{Law: most,
		Factor: over(func(r theorem.Rate) theorem.Interval { return r.Factor }),
		Power:  over(func(r theorem.Rate) theorem.Interval { return r.Power }),
		Order:  over(func(r theorem.Rate) theorem.Interval { return r.Order })}, len(rates)
}

// promisedLaw is that of the bound that a theorem has for the gap, or else for the square
// of the distance, and its name; "–" where there is neither.
func (e *Entry) promisedLaw() (law Law, by string) {
	p, values := e.promised(Gap), []float64(nil)
	switch {
	case len(p.of) > 0:
		values = p.of[0].Bound
	default:
		if p = e.promised(Distance); len(p.of) == 0 {
			return Law{}, "–"
		}
		values = slices.Clone(p.of[0].Bound)
		for i, v := range values {
			if !p.square {
				values[i] = v * v
			}
		}
	}
	rate, ok := theorem.FitRate(p.of[0].Iteration, values, 0)
	if !ok {
		return Law{}, "–"
	}
	rate.Order = unmeasured // of a formula
	return Law(rate), p.theorem
}

// floor is the gap below which rounding and the accuracy of f* decide.
func (p *Problem) floor() float64 {
	if m := p.Example.Minimum; m != nil {
		return m.Floor()
	}
	return 0
}

// intervalText is a number with its interval, where it has one.
func intervalText(i theorem.Interval) string {
	switch {
	case math.IsNaN(i.Value):
		return "–"
	case math.IsInf(i.Low, 0) || math.IsInf(i.High, 0) || i.Low == i.High:
		return fmt.Sprintf("%.4g", i.Value)
	}
	return fmt.Sprintf("%.4g [%.4g, %.4g]", i.Value, i.Low, i.High)
}
