// Package words says in sentences what a descent did: where it ended, what it cost, and
// what its learning rate has to do with it. It knows of the method only what the record
// says.
package words

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/results"
)

// Problem is what the record of a run does not say about its problem.
type Problem struct {
	Notes     []string                  // for the user
	Curvature func(x []float64) float64 // largest eigenvalue of the Hessian at x; NaN where there is none
}

// Tell says what happened in a run, one sentence an entry, the most important first.
func Tell(r *results.Record, p Problem) []string {
	var out []string
	add := func(sentence string) {
		if sentence != "" {
			out = append(out, sentence)
		}
	}
	add(ending(r, p))
	for _, e := range Events(r) {
		add(e.Text)
	}
	add(hint(r))
	add(progress(r))
	add(resting(r))
	add(cost(r))
	add(Theory(r))
	for _, note := range moved(r) {
		add(note)
	}
	for _, note := range p.Notes {
		add("note: " + note)
	}
	return out
}

// moved says that the descent, or its first step, began elsewhere than asked.
func moved(r *results.Record) (notes []string) {
	if r.Start == nil {
		return nil
	}
	if r.Start.Projected != nil {
		notes = append(notes, fmt.Sprintf("note: the start does not satisfy the constraint; the descent began at its projection, at a distance of %s", text.Short(float64(*r.Start.Projected))))
	}
	if r.Start.Boundary != "" {
		notes = append(notes, "note: "+r.Start.Boundary)
	}
	return notes
}

// ending says how and where the run ended.
func ending(r *results.Record, p Problem) string {
	switch r.Status {
	case results.Skipped:
		return "skipped: " + r.Message
	case results.Failed:
		return "failed: " + r.Message
	case results.Diverged:
		if edge(r) {
			return fmt.Sprintf("stopped at iteration %d, where f = %s is finite and its gradient is not", r.Iterations, text.Short(float64(r.Final.Value)))
		}
		said := fmt.Sprintf("diverged at iteration %d", r.Iterations)
		if limit := tooLarge(r, p); limit != "" {
			said += ": " + limit
		}
		return said
	}
	where := place(r, "at")
	switch r.Status {
	case results.Converged:
		return strings.TrimSpace(fmt.Sprintf("converged after %s%s (%s)", english.Count(r.Iterations, "iteration"), where, r.Message))
	case results.Stalled:
		return "stalled: " + r.Message + where
	case results.Timeout:
		return r.Message + where
	}
	return fmt.Sprintf("stopped before it converged%s (%s)", place(r, "near"), r.Message)
}

// edge reports whether a run did not grow, but fell to a point at which f has no finite gradient, such
// as the edge of its domain.
func edge(r *results.Record) bool {
	finite := func(v results.Number) bool { return v-v == 0 }
	return finite(r.Final.Value) && r.Final.Value <= r.Start.Value && !finite(r.Final.GradientNorm)
}

// Kinds of critical points that need an article or a noun of their own.
const (
	saddle     = "saddle"
	degenerate = "degenerate"

	localMinimum = "local minimum"
)

// place names the critical point at or near which the run stopped, with its coordinates.
func place(r *results.Record, at string) string {
	if r.Final.CriticalPoint == "" {
		return ""
	}
	article := "a"
	if strings.HasPrefix(r.Final.CriticalPoint, "global") || r.Final.CriticalPoint == saddle {
		article = "the"
	}
	kind := r.Final.CriticalPoint
	if kind == degenerate {
		kind = "degenerate critical point"
	}
	text := fmt.Sprintf(", %s %s %s", at, article, kind)
	unknown := kind == localMinimum && r.Minimum == nil // whether it is the global one
	if unknown {
		text = ", " + at + " a minimum"
	}
	if r.Final.X != nil && len(*r.Final.X) <= 4 {
		text += " " + vector(*r.Final.X, extent(r))
	}
	if unknown {
		text += ", local or global"
	}
	return text
}

// extent is the largest coordinate at the end of a run or, where the trace has it, at the start.
func extent(r *results.Record) float64 {
	largest := 0.0
	grow := func(x []float64) {
		for _, v := range x {
			largest = math.Max(largest, math.Abs(v))
		}
	}
	grow(*r.Final.X)
	if r.Trace != nil && len(r.Trace.X) > 0 {
		grow(r.Trace.X[0])
	}
	return largest
}

// vector prints coordinates to three digits, with what is zero for the eye, in comparison with
// the extent of the run, as zero.
func vector(x []float64, extent float64) string {
	parts := make([]string, len(x))
	for i, v := range x {
		if math.Abs(v) < 1e-6*extent {
			v = 0
		}
		parts[i] = strconv.FormatFloat(v, 'g', 3, 64)
	}
	return "(" + strings.Join(parts, ", ") + ")"
}

// tooLarge compares the learning rate of a diverged run with its stability limit. Where L
// is unknown the curvature at the start is used for it, which is a hint and says so.
func tooLarge(r *results.Record, p Problem) string {
	if r.Stability == nil {
		return ""
	}
	if over := share(r); over > 1 {
		return fmt.Sprintf("%s is %s × the limit %s", r.LearningRate.Parameter, times(over), r.Stability.Formula)
	}
	if !math.IsNaN(share(r)) || r.Trace == nil || len(r.Trace.X) == 0 || p.Curvature == nil {
		return ""
	}
	name := "the step"
	if r.LearningRate != nil {
		name = r.LearningRate.Parameter
	}
	if over := p.Curvature(r.Trace.X[0]) / float64(r.Stability.Curvature); over > 1 {
		return fmt.Sprintf("%s is %s × the limit %s (λmax of the Hessian at the start; L is unknown)",
			name, times(over), strings.ReplaceAll(r.Stability.Formula, "L", "λmax"))
	}
	return ""
}

// share is the learning rate over its stability limit, NaN where that is unknown.
func share(r *results.Record) float64 {
	if r.Stability == nil || r.LearningRate == nil {
		return math.NaN()
	}
	return float64(r.LearningRate.Value) / float64(r.Stability.Limit)
}

// PlainLimit is the stability limit of gradient descent, which alone the hints below speak
// of: momentum changes what a short or a long step does.
const PlainLimit = "2/L"

// hint compares the learning rate of gradient descent on all samples with 1/L and 2/L.
func hint(r *results.Record) string {
	_, batches := r.Method.Number("batch")
	if r.Status == results.Diverged || r.Stability == nil || r.Stability.Formula != PlainLimit || batches {
		return ""
	}
	switch over := share(r); {
	case over < 0.25:
		return fmt.Sprintf("%s is %.2g × 1/L; 1/L is a safe step on any L-smooth function", r.LearningRate.Parameter, 2*over)
	case over > 0.75 && over <= 1:
		return fmt.Sprintf("%s is %s × the limit 2/L: where the curvature is L, the iterates jump from side to side", r.LearningRate.Parameter, times(over))
	}
	return ""
}

// progress says which part of the initial gap is left.
func progress(r *results.Record) string {
	if r.Final == nil || r.Start == nil || r.Status == results.Diverged {
		return ""
	}
	value, gap, start := float64(r.Final.Value), float64(r.Final.Gap), float64(r.Start.Gap)
	digits := text.Apart(float64(r.Start.Value), value, 6)
	went := fmt.Sprintf("f went from %s to %s; ", text.Digits(float64(r.Start.Value), digits), text.Digits(value, digits))
	if r.Start.Value == r.Final.Value {
		went = fmt.Sprintf("f ended where it began, at %s; ", text.Digits(value, digits))
	}
	switch {
	case r.Minimum == nil || math.IsNaN(gap):
		return went + "f* is unknown"
	case !(start > r.Minimum.Floor()):
		return went + fmt.Sprintf("f* = %s, and the initial gap is lost in its accuracy and rounding", text.Digits(float64(r.Minimum.Value), 6))
	}
	return went + fmt.Sprintf("final gap: %s of the initial gap (f* = %s)",
		text.Digits(math.Max(0, gap)/start, 2), text.Digits(float64(r.Minimum.Value), 6))
}

// resting says since when f no longer fell, where that is most of a run without batches: the
// iterations after that were decided by rounding.
func resting(r *results.Record) string {
	_, batches := r.Method.Number("batch")
	if r.Final == nil || r.Best == nil || r.Status == results.Diverged || batches {
		return ""
	}
	lowest, last := float64(r.Best.Value), float64(r.Final.Value)
	rest := r.Iterations - r.Best.Iteration
	const few = 20
	if !(last-lowest <= 4*0x1p-52*math.Abs(lowest)) || rest < few || rest < r.Iterations/2 || !r.Deterministic {
		return ""
	}
	return fmt.Sprintf("f did not fall any further, up to rounding, in the last %d of %d iterations", rest, r.Iterations)
}

// cost says what the method asked of its oracle.
func cost(r *results.Record) string {
	var parts []string
	for count, n := range r.Counts.Each {
		if *n > 0 && count.Asked() {
			parts = append(parts, count.Spell(*n))
		}
	}
	if len(parts) == 0 {
		return "" // it did not begin
	}
	said := "cost: " + strings.Join(parts, ", ")
	if r.Samples > 0 {
		epochs, noun := text.Short(float64(r.Counts.Samples)/float64(r.Samples)), "epochs"
		if epochs == "1" {
			noun = "epoch"
		}
		said += fmt.Sprintf(" (%s %s of %s)", epochs, noun, english.Count(r.Samples, "sample"))
	}
	return said
}

// Theory says how the run did by the theorems that apply to it, and which it is closest to, unless theory
// promises nothing: a condition on the steps of a run that grows is no comfort, and a bound that grows is
// none. A condition is named only where no theorem bounds the progress, and a ratio of 0 is close to no
// bound.
func Theory(r *results.Record) string {
	if t := violated(r); t != nil {
		return violation(t)
	}
	if len(r.Theorems) > 0 && unstable(r) {
		if said, by := Promised(r); by == nil {
			return said
		}
	}
	compared, closest := 0, -1
	var conditions []string
	for i, t := range r.Theorems {
		switch {
		case t.Compared == 0:
			continue
		case t.Condition:
			conditions = append(conditions, t.Name)
			continue
		}
		compared++
		if t.Ratio > 0 && (closest < 0 || t.Ratio > r.Theorems[closest].Ratio) {
			closest = i
		}
	}
	if compared == 0 {
		if len(conditions) == 0 {
			return ""
		}
		return fmt.Sprintf("keeps the %s at every step; no theorem about its progress was measured", strings.Join(conditions, " and the "))
	}
	said := "consistent with the theorem that applies"
	if compared > 1 {
		said = fmt.Sprintf("consistent with the %d theorems that apply", compared)
	}
	if closest >= 0 {
		t := r.Theorems[closest]
		said += fmt.Sprintf("; closest to its bound (measured/bound %.3g): %s", float64(t.Ratio), t.Name)
	}
	return said
}
