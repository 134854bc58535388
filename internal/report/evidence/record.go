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

func hasFinite(values []float64) bool {
	for _, v := range values {
		if Finite(v) {
			return true
		}
	}
	return false
}

func Finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
