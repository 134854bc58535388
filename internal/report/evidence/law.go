package evidence

import (
	"fmt"
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/report/table"
	"github.com/gdbench/gdbench/internal/text"
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
	return l.Text(func(i theorem.Interval) string { return text.Short(i.Value) })
}

func (l Law) Text(number func(theorem.Interval) string) string {
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

// Fitted is the law of the gaps' tails that most of the runs follow, and how many do: none
// where f* is unknown, and where no tail follows a law.
func (e *Entry) Fitted() (Law, int) {
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
		q := Quartiles(values)
		return theorem.Interval{Value: q.Median, Low: q.Q1, High: q.Q3}
	}
	return Law{Law: most,
		Factor: over(func(r theorem.Rate) theorem.Interval { return r.Factor }),
		Power:  over(func(r theorem.Rate) theorem.Interval { return r.Power }),
		Order:  over(func(r theorem.Rate) theorem.Interval { return r.Order })}, len(rates)
}

// PromisedLaw is that of the bound that a theorem has for the gap, or else for the square
// of the distance, and its name; "–" where there is neither.
func (e *Entry) PromisedLaw() (law Law, by string) {
	p, values := e.Promised(Gap), []float64(nil)
	switch {
	case len(p.Of) > 0:
		values = p.Of[0].Bound
	default:
		if p = e.Promised(Distance); len(p.Of) == 0 {
			return Law{}, "–"
		}
		values = slices.Clone(p.Of[0].Bound)
		for i, v := range values {
			if !p.square {
				values[i] = v * v
			}
		}
	}
	rate, ok := theorem.FitRate(p.Of[0].Iteration, values, 0)
	if !ok {
		return Law{}, "–"
	}
	rate.Order = unmeasured // of a formula
	return Law(rate), p.Theorem
}

// floor is the gap below which rounding and the accuracy of f* decide.
func (p *Problem) floor() float64 {
	if m := p.Example.Minimum; m != nil {
		return m.Floor()
	}
	return 0
}

// IntervalText is a number with its interval, where it has one.
func IntervalText(i theorem.Interval) string {
	switch {
	case math.IsNaN(i.Value):
		return "–"
	case math.IsInf(i.Low, 0) || math.IsInf(i.High, 0) || i.Low == i.High:
		return text.Digits(i.Value, 4)
	}
	return fmt.Sprintf("%s [%s, %s]", text.Digits(i.Value, 4), text.Digits(i.Low, 4), text.Digits(i.High, 4))
}
