package evidence

import (
	"math"

	"github.com/gdbench/gdbench/results"
)

// Cell is one run. A large grid has a million of them, so a cell has only the numbers in which every
// run differs: the rest is where runs that are alike in it share it.
type Cell struct {
	Entry *Entry
	*Ending
	*Details
	met *met

	Repeat  int
	Seconds float64
	Start   Start
	Final   Final
}

// Ending is how a run ended and what it had spent by then. Of a setting, runs that follow one another
// and ended alike share it: it must not be modified.
type Ending struct {
	Status        results.Status
	Message       string
	CriticalPoint string // kind of point it ended at; "": unknown
	Deterministic bool
	Iterations    int
	Counts        results.Counts
}

// Details is what few runs of a large grid keep. Those without any share it: it must not be modified.
type Details struct {
	Theorems []results.Theorem
	Law      *results.Law    // nil: none is claimed
	Tail     *results.Tail   // nil: not of a run with noise, or not measured
	Trace    *results.Trace  // nil: none
	End      *results.Series // variables at the end; nil: not kept
}

// Start is where a run began. What is unknown is NaN.
type Start struct{ Value, Gap, GradientNorm, Distance float64 }

// Final is where it ended. What is unknown is NaN.
type Final struct{ Value, Gap float64 }

// newCell is the run of a record of an entry.
func (e *Evidence) newCell(entry *Entry, r *results.Record, lean bool) Cell {
	nan := math.NaN()
	c := Cell{Entry: entry, Ending: e.ending(entry, r), Details: details(r, lean), Repeat: r.Repeat, Seconds: float64(r.Seconds),
		Start: Start{nan, nan, nan, nan}, Final: Final{nan, nan}}
	if s := r.Start; s != nil {
		c.Start = Start{float64(s.Value), float64(s.Gap), float64(s.GradientNorm), float64(s.Distance)}
	}
	if f := r.Final; f != nil {
		c.Final = Final{float64(f.Value), float64(f.Gap)}
	}
	return c
}

// ending is that of a record: the one of the entry's run before it where they are alike.
func (e *Evidence) ending(entry *Entry, r *results.Record) *Ending {
	own := Ending{Status: r.Status, Message: r.Message, Deterministic: r.Deterministic, Iterations: r.Iterations, Counts: r.Counts}
	if r.Final != nil {
		own.CriticalPoint = r.Final.CriticalPoint
	}
	if n := len(entry.Cells); n > 0 && *entry.Cells[n-1].Ending == own {
		return entry.Cells[n-1].Ending
	}
	own.Status, own.Message, own.CriticalPoint = results.Status(e.once(string(own.Status))), e.once(own.Message), e.once(own.CriticalPoint)
	return &own
}

// noDetails is that of runs without any.
var noDetails = new(Details)

// details are those of a record.
func details(r *results.Record, lean bool) *Details {
	d := Details{Theorems: r.Theorems, Law: r.Law, Tail: r.Tail}
	for i := range d.Theorems {
		if t := &d.Theorems[i]; lean || t.InExpectation {
			t.Iteration, t.Bound, t.Ratios, t.Measured, t.Floor = nil, nil, nil, nil, nil // those in expectation are in the entry
		}
	}
	if r.Final != nil && !lean {
		d.End = r.Final.X
	}
	if t := r.Trace; t != nil {
		d.Trace = slim(t, lean)
	}
	if len(d.Theorems) == 0 && d.Law == nil && d.Tail == nil && d.Trace == nil && d.End == nil {
		return noDetails
	}
	return &d
}

// room is where a cell is kept: beside those before it, without gaps between them.
func (e *Evidence) room() *Cell {
	if len(e.free) == 0 {
		e.free = make([]Cell, min(max(e.Cells, 1), 1<<10))
	}
	cell := &e.free[0]
	e.free = e.free[1:]
	return cell
}

// slim drops columns that are not needed, and a trace whose columns do not fit together.
func slim(t *results.Trace, lean bool) *results.Trace {
	n := t.Len()
	fits := len(t.Value) == n && len(t.Gap) == n && len(t.Evaluations) == n && len(t.Samples) == n
	if n == 0 || !fits {
		return nil
	}
	kept := *t
	kept.Values, kept.Hessians, kept.HessianProducts = nil, used(t.Hessians), used(t.HessianProducts)
	if lean && hasFinite(t.Gap) {
		kept.Value = nil // follows from the gap and f*
	}
	return &kept
}

// used is a column of counts, nil where nothing was counted.
func used(counts []int64) []int64 {
	if len(counts) == 0 || counts[len(counts)-1] == 0 {
		return nil
	}
	return counts
}
