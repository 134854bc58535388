package descend

import (
	"github.com/gdbench/gdbench/internal/theorem"
	"github.com/gdbench/gdbench/results"
)

// quantities names those of a course as a trace does.
var quantities = [...]string{theorem.Gap: "gap", theorem.GradientNorm: "gradient_norm"}

// conclude adds to the record how the run fell, where anything is claimed, and how the gap of
// a run with noise or batches ended.
func (e *ends) conclude(d *descent, r *results.Record) {
	c := &d.observer.course
	if of, rate, ok := c.Rate(); ok && r.Status != results.Diverged && r.Status != results.Failed {
		e.law, r.Law = results.Law{
			Name: string(rate.Law), Quantity: quantities[of], From: rate.From, To: rate.To, Points: rate.Points,
			Number: results.Number(rate.Number.Value), Low: results.Number(rate.Number.Low), High: results.Number(rate.Number.High),
		}, &e.law
	}
	if tail, ok := c.Tail(); ok && d.oracle.Batched() {
		e.tail, r.Tail = results.Tail{
			Gap: results.Number(tail.Level), Change: results.Number(tail.Change), Error: results.Number(tail.Error),
			From: tail.From, To: tail.To,
		}, &e.tail
	}
}
