package results

import (
	"slices"

	"github.com/gdbench/gdbench/internal/counts"
)

// Trace is the curve: entry k of every column belongs to iteration Iteration[k].
type Trace struct {
	Iteration    []int64       `json:"iteration"`
	Value        Series        `json:"value"`
	Gap          Series        `json:"gap"`
	GradientNorm Series        `json:"gradient_norm"`
	Distance     Series        `json:"distance"`
	StepLength   Series        `json:"step_length"`
	Trials       []int64       `json:"trials"`
	Slope        Series        `json:"slope"`
	TraceCounts  `omit:"rare"` // a rare count has no column where there is none of it
	Seconds      Series        `json:"seconds"`
	X            []Series      `json:"x,omitempty"`

	Diagnostics map[string]Series `json:"diagnostics,omitempty"`
}

// TraceColumns is how many numbers every point has, without its variables, diagnostics and
// rare counts.
var TraceColumns = func() int64 {
	columns := int64(0)
	for _, f := range planOf[Trace]().fields {
		if !f.omit {
			columns++
		}
	}
	return columns
}()

// Count adds what has been asked for until now as an entry of each column of counts. A rare
// count has no column until there is any of it.
func (t *Trace) Count(now *Counts) {
	counts.Zip(&t.TraceCounts, now, func(count counts.Count, column *[]int64, total *int64) {
		if len(*column) == 0 && count.Rare() {
			if *total == 0 {
				return
			}
			*column = make([]int64, len(t.Values)-1, cap(t.Values)) // Values has its entry already
		}
		*column = append(*column, *total)
	})
}

// Len is the number of points.
func (t *Trace) Len() int { return len(t.Iteration) }

// Columns are the names of those columns of traces that a reader wants; nil: all of them.
type Columns []string

func (c Columns) want(name string) bool { return c == nil || slices.Contains(c, name) }
