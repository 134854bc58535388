package descend

import (
	"math"
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/methods/theory"
	"github.com/gdbench/gdbench/internal/runner/prepare"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/internal/theorem"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/results"
)

// checker watches a cell by the theorems that apply to it, at trace points; it is nil
// where none does, or nothing is traced.
func (w *Worker) checker(c suite.Cell, method methods.Method, b *prepare.Built) *theory.Checker {
	p := w.pair(c)
	if p.studied || !w.traces() {
		return p.checker
	}
	p.studied = true
	batch, replacement := c.Method.Keys.Batch.Size, c.Method.Keys.Sampling == "replace"
	if batch == b.Samples() && !replacement {
		batch = 0 // all samples, each once
	}
	guarantees := theory.For(theory.Setting{
		Method: method, Problem: w.observed, Facts: b.Facts,
		Batch: batch, Replacement: replacement,
		Horizon: w.suite.Horizon(c.Method, b.Samples()),
	})
	if len(guarantees) > 0 {
		w.theorems.Watch(guarantees, w.observed, b.Facts)
		p.checker = &w.theorems
	}
	return p.checker
}

// theorems is the record's form of what the checker found, with the bounds of those
// theorems that a curve of the trace can be compared with.
func theorems(c *theory.Checker, t *results.Trace) []results.Theorem {
	if c == nil {
		return nil
	}
	var out []results.Theorem
	for i, v := range c.Verdicts() {
		th := results.Theorem{
			Name: v.Name, Statement: v.Statement, Source: v.Source, DOI: v.DOI, Tight: v.Tight, Lower: v.Lower, InExpectation: v.InExpectation, Condition: v.Condition,
			Outcome: string(v.Outcome), Ratio: results.Number(v.Ratio), At: v.Iteration, Compared: v.Compared, Message: v.Message,
		}
		curve := c.Curve(i)
		switch th.Quantity = quantity(v.Name, curve, t); {
		case v.InExpectation:
			th.Iteration, th.Bound, th.Measured, th.Floor = curve.Iteration, curve.Bound, curve.Measured, curve.Floor
		case th.Quantity != "" && !math.IsNaN(curve.Promised[0]):
			th.Iteration, th.Bound, th.Ratios = curve.Iteration, curve.Promised, curve.Ratio
		}
		out = append(out, th)
	}
	return out
}

// quantity names what a theorem measures by the column of the trace that it bounds, "" for
// none; the square of the distance has a name of its own. Where two columns are the same
// numbers (on x²/2 the gradient norm is the distance) the theorem's name decides.
func quantity(name string, c theorem.Curve, t *results.Trace) string {
	var matches []string
	for _, column := range []struct {
		name   string
		values results.Series
		power  float64
	}{{"gap", t.Gap, 1}, {"gradient_norm", t.GradientNorm, 1}, {"distance", t.Distance, 1}, {results.SquaredDistance, t.Distance, 2}} {
		same := len(c.Iteration) > 0
		for i := 0; same && i < len(c.Iteration); i++ {
			at, ok := slices.BinarySearch(t.Iteration, c.Iteration[i])
			same = ok && math.Abs(elementary.Pow(column.values[at], column.power)-c.Measured[i]) <= float64(1e-9*math.Abs(c.Measured[i]))+c.Floor[i]
		}
		if same {
			matches = append(matches, column.name)
		}
	}
	if len(matches) == 0 {
		return ""
	}
	_, subject, _ := strings.Cut(name, ": ")
	for _, m := range matches {
		if word, _, _ := strings.Cut(m, "_"); strings.Contains(subject, word) {
			return m
		}
	}
	return matches[0]
}
