package export

import (
	"github.com/gdbench/gdbench/internal/counts"
	"github.com/gdbench/gdbench/results"
)

// The kinds of rows.
const (
	traceRow  = "trace"
	targetRow = "target"
	endRow    = "end"
)

// writeLong writes the long table into a sheet.
func (j *job) writeLong(l *layout, s sheet) error {
	width := len(l.rowColumns())
	shared := make([]value, len(l.cell))
	var room [][]value
	row := func(n int, kind string) []value {
		for len(room) <= n {
			room = append(room, make([]value, width))
		}
		clear(room[n])
		room[n][rowKind] = str(kind)
		return room[n]
	}
	return j.each(allColumns, func(r *results.Record) error {
		for i, c := range l.cell {
			shared[i] = c.of(r)
		}
		n := 0
		if r.Trace != nil {
			for k := range r.Trace.Len() {
				l.point(row(n, traceRow), r.Trace, k)
				n++
			}
		}
		for i := range r.Targets {
			reached(row(n, targetRow), &r.Targets[i])
			n++
		}
		end(row(n, endRow), r)
		n++
		j.outcome.Cells++
		return s.rows(shared, room[:n])
	})
}

// allColumns are those of a trace that the long table has: all but the variables.
var allColumns = func() results.Columns {
	out := results.Columns{"iteration", "value", "gap", "gradient_norm", "distance", "step_length", "trials", "slope", "seconds", "diagnostics"}
	for _, c := range counts.All {
		out = append(out, c.Key())
	}
	return out
}()

// point fills the row of a point of a trace.
func (l *layout) point(row []value, t *results.Trace, k int) {
	number := func(s results.Series) value {
		if k >= len(s) {
			return value{}
		}
		return float(s[k])
	}
	row[rowIteration] = integer(t.Iteration[k])
	row[rowValue], row[rowGap] = number(t.Value), number(t.Gap)
	row[rowGradientNorm], row[rowDistance] = number(t.GradientNorm), number(t.Distance)
	row[rowStepLength], row[rowSlope], row[rowSeconds] = number(t.StepLength), number(t.Slope), number(t.Seconds)
	if k < len(t.Trials) {
		row[rowTrials] = integer(t.Trials[k])
	}
	for c, column := range t.Each {
		switch {
		case k < len(*column):
			row[rowCounts+int(c)] = integer((*column)[k])
		case c.Rare():
			row[rowCounts+int(c)] = integer(0)
		}
	}
	for i, name := range l.diagnostics {
		row[rowCounts+len(counts.All)+i] = number(t.Diagnostics[name])
	}
}

// reached fills the row of a target. One that was missed has no cost, and one that could not be
// measured is neither hit nor missed.
func reached(row []value, t *results.Target) {
	row[rowTarget], row[rowTargetKind] = float(float64(t.Target)), str(goalKind(t))
	if t.Message != "" {
		return
	}
	row[rowHit] = truth(t.Hit())
	if !t.Hit() {
		return
	}
	row[rowIteration] = integer(*t.Iteration)
	if t.Since != nil {
		row[rowSince] = integer(*t.Since)
	}
	for c, n := range t.Each {
		row[rowCounts+int(c)] = integer(*n)
	}
}

// goalKind names what a target bounds, with "relative" for what files leave out.
func goalKind(t *results.Target) string {
	if t.Kind == results.RelativeTarget {
		return "relative"
	}
	return t.Kind
}

// end fills the row of the end of a cell; one that did not begin has no numbers.
func end(row []value, r *results.Record) {
	if r.Status == results.Skipped {
		return
	}
	row[rowIteration], row[rowSeconds] = integer(r.Iterations), float(float64(r.Seconds))
	if f := r.Final; f != nil {
		row[rowValue], row[rowGap] = float(float64(f.Value)), float(float64(f.Gap))
		row[rowGradientNorm], row[rowDistance] = float(float64(f.GradientNorm)), float(float64(f.Distance))
	}
	for c, n := range r.Counts.Each {
		row[rowCounts+int(c)] = integer(*n)
	}
}
