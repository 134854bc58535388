package evidence

import (
	"cmp"
	"math"
	"strconv"
	"strings"

	"github.com/gdbench/gdbench/results"
)

func newEntry(p *Problem, r *results.Record, label string) *Entry {
	entry := &Entry{Problem: p, Label: label, Group: label, Method: r.Method, Rate: math.NaN(), Edge: math.NaN(), Limit: math.NaN(), Batch: batchOf(&r.Method)}
	entry.Asked = r.Observed != ""
	if r.Families == nil {
		entry.readSchema1(r)
		return entry
	}
	entry.Family, entry.Uses = r.Families.Method, r.Uses
	if entry.Tuned = r.Tuned.IsFinal(); entry.Tuned {
		return entry
	}
	if lr := r.LearningRate; lr != nil {
		entry.setRate(lr.Parameter, float64(lr.Value), r.Written.Method[lr.Parameter])
	}
	if s := r.Stability; s != nil && s.Formula == "2/L" {
		entry.Limit = rounded(float64(s.Limit))
	}
	if s := r.Stability; s != nil && entry.Batch == 0 { // the noise of batches lowers the edge
		entry.Edge = float64(s.Curvature)
	}
	return entry
}

// rounded is a number to 15 digits, without what rounding left of a quotient that was
// multiplied again. What is not finite stays.
func rounded(v float64) float64 {
	out, _ := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 15, 64), 64)
	return out
}

// setRate takes in the learning rate, which is the parameter at that path, and how the
// suite wrote it; "" for a plain number.
func (e *Entry) setRate(path string, rate float64, written string) {
	e.Rate, e.Written = rate, written
	e.Group = cmp.Or(withoutRate(e.Label, path, cmp.Or(written, strconv.FormatFloat(rate, 'g', -1, 64))), e.Label)
}

func batchOf(c *results.Component) int {
	size, ok := c.Number("batch")
	if !ok {
		return 0 // "full", or no batches
	}
	return int(size)
}

// withoutRate is a label without what says the learning rate, which is the parameter at that
// path: without "lr=0.1" or "step=1/L", and with "step=fixed" for "step=fixed(t=0.1)", as another
// rule with a rate is another method. What stays names the methods between which a rate is chosen.
func withoutRate(label, path, text string) string {
	part, last := path, path
	if i := strings.LastIndexByte(path, '.'); i >= 0 {
		part, last = path[:i], path[i+1:]
	}
	var words []string
	for _, word := range strings.Fields(label) {
		key, value, _ := strings.Cut(word, "=")
		if value == text && (key == path || key == last || key == part) {
			continue
		}
		if key == part {
			word = strings.TrimSuffix(word, "("+last+"="+text+")")
		}
		words = append(words, word)
	}
	return strings.Join(words, " ")
}

func newCell(r *results.Record, lean bool) Cell {
	c := Cell{Repeat: r.Repeat, Deterministic: r.Deterministic, Status: r.Status,
		Message: r.Message, Iterations: r.Iterations, Counts: r.Counts,
		Trace: r.Trace, Theorems: r.Theorems, Law: r.Law, Tail: r.Tail, Seconds: float64(r.Seconds)}
	for i := range c.Theorems {
		if t := &c.Theorems[i]; lean || t.InExpectation {
			t.Iteration, t.Bound, t.Ratios, t.Measured, t.Floor = nil, nil, nil, nil, nil // those in expectation are in the entry
		}
	}
	nan := results.Number(math.NaN())
	c.Start = results.Start{Value: nan, Gap: nan, GradientNorm: nan, Distance: nan}
	c.Final = results.Final{Value: nan, Gap: nan, GradientNorm: nan, Distance: nan}
	if r.Start != nil {
		c.Start = *r.Start
	}
	if r.Final != nil {
		c.Final = *r.Final
	}
	if lean {
		c.Final.X = nil
	}
	if t := r.Trace; t != nil {
		c.Trace = slim(t, lean)
	}
	return c
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

func hasFinite(values []float64) bool {
	for _, v := range values {
		if Finite(v) {
			return true
		}
	}
	return false
}

func Finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
