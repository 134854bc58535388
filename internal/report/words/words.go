// Package words says in sentences what a descent did: where it ended, what it cost, and
// what its learning rate has to do with it.
package words

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/gdbench/gdbench/internal/problems/critical"
	"github.com/gdbench/gdbench/problems"
	"github.com/gdbench/gdbench/results"
)

// Tell is what happened in a run, one sentence an entry, the most important first.
func Tell(r *results.Record, p problems.Problem, f *problems.Facts) []string {
	var out []string
	add := func(sentence string) {
		if sentence != "" {
			out = append(out, sentence)
		}
	}
	add(ending(r, p, f))
	add(rate(r, p, f))
	add(progress(r))
	add(cost(r))
	add(theory(r))
	for _, note := range f.Notes {
		add("note: " + note)
	}
	return out
}

// ending says how and where the run ended.
func ending(r *results.Record, p problems.Problem, f *problems.Facts) string {
	switch r.Status {
	case results.Skipped:
		return "skipped: " + r.Message
	case results.Failed:
		return "failed: " + r.Message
	case results.Diverged:
		text := fmt.Sprintf("diverged at iteration %d", r.Iterations)
		if limit := tooLarge(r, p, f); limit != "" {
			text += ": " + limit
		}
		return text
	}
	where := place(r)
	switch r.Status {
	case results.Converged:
		return strings.TrimSpace(fmt.Sprintf("converged after %s%s (%s)", plural(int64(r.Iterations), "iteration"), where, r.Message))
	case results.Stalled:
		return r.Message + where
	case results.Timeout:
		return r.Message + where
	}
	return fmt.Sprintf("not finished: %s%s", r.Message, where)
}

// place names the critical point where the run stopped, with its coordinates.
func place(r *results.Record) string {
	if r.Final.CriticalPoint == "" {
		return ""
	}
	article := "a"
	if strings.HasPrefix(r.Final.CriticalPoint, "global") || r.Final.CriticalPoint == string(problems.Saddle) {
		article = "the"
	}
	kind := r.Final.CriticalPoint
	if kind == string(problems.Degenerate) {
		kind = "degenerate critical point"
	}
	text := fmt.Sprintf(", at %s %s", article, kind)
	if r.Final.X != nil && len(*r.Final.X) <= 4 {
		text += " " + vector(*r.Final.X)
	}
	return text
}

// vector prints coordinates to three digits, with what is zero for the eye as zero.
func vector(x []float64) string {
	parts := make([]string, len(x))
	for i, v := range x {
		if math.Abs(v) < 1e-6 {
			v = 0
		}
		parts[i] = strconv.FormatFloat(v, 'g', 3, 64)
	}
	return "(" + strings.Join(parts, ", ") + ")"
}

// tooLarge compares the learning rate of a diverged run with the stability limit: 2/L
// where L is known, otherwise 2/λmax of the Hessian at the start, which is a hint and
// says so.
func tooLarge(r *results.Record, p problems.Problem, f *problems.Facts) string {
	lr, ok := r.Method.Number("lr")
	if !ok {
		return ""
	}
	if l, err := f.Global(problems.SmoothnessL); err == nil {
		if lr*l > 2 {
			return fmt.Sprintf("lr is %.2g × the limit 2/L", lr*l/2)
		}
		return ""
	}
	if sharpest := curvature(r, p); lr*sharpest > 2 {
		return fmt.Sprintf("lr is %.2g × the limit 2/λmax of the Hessian at the start (L is not known)", lr*sharpest/2)
	}
	return ""
}

// curvature is λmax of the Hessian at the start, NaN where the trace does not hold it.
func curvature(r *results.Record, p problems.Problem) float64 {
	if r.Trace == nil || len(r.Trace.X) == 0 {
		return math.NaN()
	}
	return critical.Curvature(p, r.Trace.X[0]).Highest
}

// rate says whether the learning rate is far from 1/L, where that is the natural choice.
func rate(r *results.Record, p problems.Problem, f *problems.Facts) string {
	lr, ok := r.Method.Number("lr")
	if !ok || r.Status == results.Diverged || r.Method.Name != "fixed-step" {
		return ""
	}
	l, err := f.Global(problems.SmoothnessL)
	switch {
	case err != nil:
		return ""
	case lr*l < 0.5:
		return fmt.Sprintf("lr is %.2g × 1/L: every step is shorter than it could safely be", lr*l)
	case lr*l > 1.5 && lr*l <= 2:
		return fmt.Sprintf("lr is %.3g × the limit 2/L: the iterates jump from side to side", lr*l/2)
	}
	return ""
}

// progress says how much of the start's gap is left.
func progress(r *results.Record) string {
	if r.Final == nil || r.Start == nil || r.Status == results.Diverged {
		return ""
	}
	value, gap, start := float64(r.Final.Value), float64(r.Final.Gap), float64(r.Start.Gap)
	if math.IsNaN(gap) || !(start > 0) {
		return fmt.Sprintf("f went from %.6g to %.6g; f* is not known", float64(r.Start.Value), value)
	}
	return fmt.Sprintf("f went from %.6g to %.6g; of the gap to f* = %.6g, %.2g of the start's is left",
		float64(r.Start.Value), value, float64(r.Minimum.Value), math.Max(0, gap)/start)
}

// cost says what the method asked for.
func cost(r *results.Record) string {
	if r.Status == results.Skipped {
		return ""
	}
	c := r.Counts
	var parts []string
	for _, part := range []struct {
		n    int64
		noun string
	}{{c.Values, "value"}, {c.Gradients, "gradient"}, {c.Hessians, "Hessian"}, {c.HessianProducts, "Hessian product"}, {c.Prox, "proximal step"}} {
		if part.n > 0 {
			parts = append(parts, plural(part.n, part.noun))
		}
	}
	text := "it asked for " + strings.Join(parts, ", ")
	if r.Samples > 0 {
		text += fmt.Sprintf(" (%.3g epochs of %d samples)", float64(c.Samples)/float64(r.Samples), r.Samples)
	}
	return text
}

func plural(n int64, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// theory says how the run did by the theorems that apply to it.
func theory(r *results.Record) string {
	compared, tightest := 0, -1
	for i, t := range r.Theorems {
		if t.Outcome == "violated" {
			return fmt.Sprintf("it breaks a theorem (%s): %s; either the method or a fact about the problem is wrong", t.Name, t.Message)
		}
		if t.Compared == 0 {
			continue
		}
		compared++
		if tightest < 0 || t.Ratio > r.Theorems[tightest].Ratio {
			tightest = i
		}
	}
	if compared == 0 {
		return ""
	}
	t := r.Theorems[tightest]
	return fmt.Sprintf("held against %s, it breaks none; closest to its bound (ratio %.3g): %s", plural(int64(compared), "theorem"), float64(t.Ratio), t.Name)
}
