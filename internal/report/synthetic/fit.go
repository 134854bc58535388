package synthetic

import (
	"github.com/gdbench/gdbench/internal/theorem"
	"github.com/gdbench/gdbench/results"
)

// fit adds the law and the tail that a runner would have found.
func (d Draft) fit(r *results.Record) {
	var c theorem.Course
	of := func(k int) (gap, square float64) {
		if d.Unknown {
			return NaN, d.Gaps[k]
		}
		return d.Gaps[k], d.Gaps[k]
	}
	gap, square := of(0)
	c.Reset(0, gap, square)
	for k := 1; k < len(d.Gaps); k++ {
		gap, square = of(k)
		c.Add(int64(k), int64(k), gap, square)
	}
	if quantity, rate, ok := c.Rate(); ok && d.Status != results.Diverged && d.Status != results.Failed {
		r.Law = &results.Law{Name: string(rate.Law), Quantity: "gap", From: rate.From, To: rate.To, Points: rate.Points,
			Number: results.Number(rate.Number.Value), Low: results.Number(rate.Number.Low), High: results.Number(rate.Number.High)}
		if quantity == theorem.GradientNorm {
			r.Law.Quantity = "gradient_norm"
		}
	}
	if tail, ok := c.Tail(); ok && d.Batch > 0 {
		r.Tail = &results.Tail{Gap: results.Number(tail.Level), Change: results.Number(tail.Change), Error: results.Number(tail.Error), From: tail.From, To: tail.To}
	}
}
