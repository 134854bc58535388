package evidence

import (
	"fmt"
	"math"
	"strings"

	"github.com/gdbench/gdbench/internal/report/table"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/internal/theorem"
	"github.com/gdbench/gdbench/results"
)

// Law is a cell with how runs fall: by a factor an iteration, as a power of the iteration
// number, or superlinearly. The zero value claims nothing.
type Law struct {
	Name     string // results.LinearLaw, results.PowerLaw or results.SuperlinearLaw; "": none
	Quantity string // of a trace: the gap, or the gradient norm where no gap is known
	Number   theorem.Interval
	From, To int64 // the iterations that were fitted
}

// Read is the law without its interval.
func (l Law) Read() string {
	return l.Text(func(i theorem.Interval) string { return text.Short(i.Value) })
}

// Text is the law with its number as the function writes it. A law of anything but the gap names
// what falls.
func (l Law) Text(number func(theorem.Interval) string) string {
	of := ""
	if l.Quantity == quantityOf(GradientNorm) {
		of = "‖∇f‖ "
	}
	switch l.Name {
	case results.LinearLaw:
		return of + "×" + factor(l.Number, number)
	case results.PowerLaw:
		return of + "k^−" + number(l.Number)
	case results.SuperlinearLaw:
		return of + "order " + number(l.Number)
	}
	return "–"
}

// Parts are the law by name and what it is of, and its number with the interval.
func (l Law) Parts() []table.Part {
	n := l.Number
	if l.Name == "" {
		n = unmeasured
	}
	return []table.Part{{Ending: "law", Value: l.Name}, {Ending: "quantity", Value: l.Quantity}, {Ending: "", Value: n.Value}, {Ending: "low", Value: n.Low}, {Ending: "high", Value: n.High}}
}

var unmeasured = theorem.Interval{Value: math.NaN(), Low: math.NaN(), High: math.NaN()}

var _ table.Cell = Law{}

// Fitted is the law that most of the runs that began follow, and how many do: none where fewer
// than half of them follow one. Each run was fitted on its own, while it went on; of several the
// number is the median, and the interval the quartiles.
func (e *Entry) Fitted() (Law, int) {
	ran := e.Ran()
	byName := map[string][]*results.Law{}
	var most string
	for _, c := range ran {
		if c.Law == nil || c.Failed() {
			continue
		}
		byName[c.Law.Name] = append(byName[c.Law.Name], c.Law)
		if len(byName[c.Law.Name]) > len(byName[most]) {
			most = c.Law.Name
		}
	}
	laws := byName[most]
	if len(laws) == 0 || 2*len(laws) < len(ran) {
		return Law{}, 0
	}
	law := Law{Name: most, Quantity: laws[0].Quantity, From: laws[0].From, To: laws[0].To}
	var numbers []float64
	for _, l := range laws {
		numbers = append(numbers, float64(l.Number))
		law.From, law.To = min(law.From, l.From), max(law.To, l.To)
	}
	q := Quartiles(numbers)
	law.Number = theorem.Interval{Value: q.Median, Low: q.Q1, High: q.Q3}
	if len(laws) == 1 {
		law.Number = theorem.Interval{Value: float64(laws[0].Number), Low: float64(laws[0].Low), High: float64(laws[0].High)}
	}
	return law, len(laws)
}

// PromisedLaw is that of the bound that a theorem has for what was fitted, up to the iteration
// to which it was, and its name; "–" where there is none. A bound on the squared distance
// serves for the gap, which is at most L/2 times it.
func (e *Entry) PromisedLaw() (law Law, by string) {
	measured, _ := e.Fitted()
	quantity := Gap
	if measured.Quantity == quantityOf(GradientNorm) {
		quantity = GradientNorm
	}
	p, power := e.Promised(quantity), 1
	if len(p.Of) == 0 && quantity.Name == Gap.Name {
		p, power = e.Promised(Distance), 2
		if p.square {
			power = 1
		}
	}
	if len(p.Of) == 0 {
		return Law{}, "–"
	}
	var bound theorem.Points
	for i, v := range p.Of[0].Bound {
		k := p.Of[0].Iteration[i]
		if measured.Name != "" && k > measured.To {
			break
		}
		if power == 2 {
			v *= v
		}
		if v > 0 && Finite(v) {
			bound.Iteration, bound.Value = append(bound.Iteration, k), append(bound.Value, v)
		}
	}
	rate, ok := theorem.FitFormula(bound)
	if !ok {
		return Law{}, "–"
	}
	return Law{Name: string(rate.Law), Quantity: quantityOf(quantity), Number: rate.Number, From: rate.From, To: rate.To}, p.Theorem
}

// factor is one by which a quantity falls; close to 1, where its digits would say that it does not
// fall, it is written as what it lacks.
func factor(i theorem.Interval, number func(theorem.Interval) string) string {
	said := number(i)
	if value, _, _ := strings.Cut(said, " "); value != "1" || i.Value == 1 {
		return said
	}
	return "(1 − " + number(theorem.Interval{Value: 1 - i.Value, Low: 1 - i.High, High: 1 - i.Low}) + ")"
}

// quantityOf is the name of a quantity as records have it.
func quantityOf(q Quantity) string { return strings.ReplaceAll(q.Name, " ", "_") }

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
