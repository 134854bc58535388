package claims

import (
	"fmt"
	"math"
	"strings"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/internal/theorem"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/results"
)

// question asks one run: did it do so? The answer is in words where it did not.
type question func(r *results.Record) (said reply, answer string)

// reply is what a run says of a claim.
type reply int

const (
	silent reply = iota // it cannot answer
	no
	open // it would answer, had its target been checked after each step
	yes
)

// replies is yes or no.
func replies(did bool) reply {
	if did {
		return yes
	}
	return no
}

// share is a claim about single runs, of which a share must answer yes.
type share struct {
	claim          *results.Claim
	ask            question
	yes, open, all int
	example, id    string
	answer         string // of the first run that did not; of the first that did, where none may
	between        string // the first that leaves it open, and its answer
}

var _ check = (*share)(nil)

func (s *share) see(r *results.Record, _ bool) {
	if r.Status == results.Skipped && s.claim.Status != results.Skipped {
		return
	}
	said, answer := s.ask(r)
	if said == silent {
		return
	}
	s.all++
	switch said {
	case yes:
		s.yes++
	case open:
		if s.open++; s.open == 1 {
			s.between = cellName(r) + ", which " + answer
		}
		return
	}
	if (said == yes) == s.claim.None && s.example == "" {
		s.example, s.id, s.answer = cellName(r), r.ID, answer
	}
}

func (s *share) conclude() (finding, bool) {
	if s.all == 0 {
		return finding{evidence: "no run tests it"}, false
	}
	enough := func(n int) bool { return float64(n) >= s.claim.Share*float64(s.all) }
	f, ifAll := finding{true: enough(s.yes)}, enough(s.yes+s.open)
	f.evidence = fmt.Sprintf("true for %d of %s", s.yes, english.Count(s.all, "run"))
	if s.claim.None {
		f.true, ifAll = s.yes == 0, s.yes+s.open == 0
		f.evidence = s.none()
	}
	if f.true != ifAll {
		return finding{evidence: leftOpen + " for " + s.between}, false
	}
	if s.example != "" {
		if !s.claim.None { // what a run did is the claim itself
			f.evidence += "; " + s.answer
		}
		f.example, f.id = s.example, s.id
	}
	return f, true
}

// none says how many runs do what no run may.
func (s *share) none() string {
	switch {
	case s.yes > 0:
		return fmt.Sprintf("%d of %s %s", s.yes, english.Count(s.all, "run"), english.Verb(s.yes, "does", "do"))
	case s.all == 1:
		return "the one run does not"
	}
	return fmt.Sprintf("no run of %d does", s.all)
}

// reaches asks whether a target is met, and in time.
func reaches(c *results.Claim) question {
	return func(r *results.Record) (reply, string) {
		t := target(r, c.Kind, c.Reaches)
		switch {
		case !measurable(r, t, c.Kind):
			return silent, ""
		case (t == nil || !t.Hit()) && c.Kind != results.RelativeTarget:
			return no, fmt.Sprintf("ended with status %s before it", r.Status)
		case t == nil || !t.Hit():
			return no, fmt.Sprintf("ended with status %s, gap %s", r.Status, text.Short(gapOf(r)))
		case c.Within == nil:
			return yes, ""
		}
		return within(c.Within, r, t)
	}
}

// within asks whether a target that was met was met in time.
func within(w *results.Within, r *results.Record, t *results.Target) (said reply, answer string) {
	if w.Epochs > 0 && r.Samples == 0 {
		return silent, ""
	}
	said = yes
	for _, limit := range []struct {
		name      string
		cost, max float64
	}{
		{"iterations", float64(*t.Iteration), float64(w.Iterations)},
		{"evaluations", float64(t.Evaluations), float64(w.Evaluations)},
		{"gradients", float64(t.Gradients), float64(w.Gradients)},
		{"epochs", float64(t.Samples) / float64(r.Samples), w.Epochs},
	} {
		if limit.max <= 0 || limit.cost <= limit.max {
			continue
		}
		least := t.Least(limit.cost)
		late := needs(least, limit.cost, limit.name)
		if least > limit.max {
			return no, late
		}
		said, answer = open, late
	}
	if took := float64(r.Seconds); w.Seconds > 0 && took > w.Seconds { // of the whole run
		return no, needs(took, took, "seconds")
	}
	return said, answer
}

// measurable reports whether a target of a kind can be met by a run; t is nil in one that did
// not begin.
func measurable(r *results.Record, t *results.Target, kind string) bool {
	if t != nil {
		return t.Message == ""
	}
	ofGap := kind == results.RelativeTarget || kind == results.AbsoluteTarget
	return r.Minimum != nil || !ofGap
}

func target(r *results.Record, kind string, number float64) *results.Target {
	for i := range r.Targets {
		if t := &r.Targets[i]; t.Kind == kind && float64(t.Target) == number {
			return t
		}
	}
	return nil
}

func gapOf(r *results.Record) float64 {
	if r.Final == nil {
		return math.NaN()
	}
	return float64(r.Final.Gap)
}

func status(c *results.Claim) question {
	return func(r *results.Record) (reply, string) {
		return replies(r.Status == c.Status), fmt.Sprintf("ended with status %s: %s", r.Status, r.Message)
	}
}

// ends asks for the kind of point where the run ended.
func ends(c *results.Claim) question {
	return func(r *results.Record) (reply, string) {
		if r.Final == nil {
			return silent, ""
		}
		found := r.Final.CriticalPoint
		said := replies(isKind(found, c.Ends))
		switch found {
		case "":
			found = "no critical point"
		case "global minimum":
			found = "the global minimum"
		case "degenerate":
			found = "a degenerate critical point"
		default:
			found = "a " + found
		}
		return said, "ended at " + found
	}
}

// isKind reports whether a critical point is of a kind as claims write it.
func isKind(found, kind string) bool {
	kind = strings.ReplaceAll(kind, "-", " ")
	return found == kind || kind == "minimum" && strings.HasSuffix(found, "minimum")
}

// onlyOne asks whether a run that ends at a point of a kind ends at the point of the first such run of its
// problem. Points are different where they are further apart than a hundredth of the way from a start
// to the nearest minimizer, a difference that no stop makes; where that way is unknown nothing is said.
func onlyOne(c *results.Claim) question {
	type end struct {
		x    results.Series
		way  float64 // from the start to the nearest minimizer
		cell string
	}
	first := map[string]end{}
	return func(r *results.Record) (reply, string) {
		if r.Start == nil || math.IsNaN(float64(r.Start.Distance)) || r.Final == nil || r.Final.X == nil || !isKind(r.Final.CriticalPoint, c.OnlyOne) {
			return silent, ""
		}
		x, way := *r.Final.X, float64(r.Start.Distance)
		one, seen := first[r.Labels.Problem]
		if !seen {
			first[r.Labels.Problem] = end{append(results.Series(nil), x...), way, cellName(r)}
			return yes, ""
		}
		apart := make([]float64, len(x))
		vec.AddScaled(apart, x, -1, one.x)
		return replies(vec.Norm(apart) <= 0.01*math.Max(way, one.way)), fmt.Sprintf("ended at %s, and %s at %s", point(x), one.cell, point(one.x))
	}
}

// point is a point in words, of which the first few coordinates are enough.
func point(x results.Series) string {
	parts := make([]string, 0, 4)
	for i, v := range x {
		if i == 3 && len(x) > 4 {
			parts = append(parts, "…")
			break
		}
		parts = append(parts, text.Short(v))
	}
	return "(" + strings.Join(parts, ", ") + ")"
}

// descends asks whether the value fell from each recorded iteration to the next, as far as
// rounding can decide.
func descends(r *results.Record) (said reply, answer string) {
	if r.Trace == nil || len(r.Trace.Value) < 2 {
		return silent, ""
	}
	v := r.Trace.Value
	for k := 1; k < len(v); k++ {
		if !(v[k] <= v[k-1]+float64(64*0x1p-52*math.Abs(v[k-1]))) {
			return no, fmt.Sprintf("the value rises from %s to %s at iteration %d", text.Digits(v[k-1], 4), text.Digits(v[k], 4), r.Trace.Iteration[k])
		}
	}
	return yes, ""
}

// near asks whether the minimizer was near as soon as the gradient was small.
func near(c *results.Claim) question {
	return func(r *results.Record) (reply, string) {
		if r.Trace == nil {
			return silent, ""
		}
		for k, g := range r.Trace.GradientNorm {
			if !(g <= c.Gradient) || k >= len(r.Trace.Distance) || math.IsNaN(r.Trace.Distance[k]) {
				continue
			}
			d := r.Trace.Distance[k]
			return replies(d <= c.Distance), fmt.Sprintf("‖∇f‖ = %s at iteration %d, and the minimizer is %s away", text.Short(g), r.Trace.Iteration[k], text.Short(d))
		}
		return silent, ""
	}
}

// measured asks whether a diagnostic, or a quotient of two, lies between bounds at an end of
// the run.
func measured(m *results.Measure) question {
	name, when := m.Name, "end"
	if m.Over != "" {
		name += " / " + m.Over
	}
	if m.Start {
		when = "start"
	}
	return func(r *results.Record) (reply, string) {
		value := diagnostic(r, m.Name, m.Start)
		if m.Over != "" {
			value /= diagnostic(r, m.Over, m.Start)
		}
		if math.IsNaN(value) {
			return silent, ""
		}
		inside := value >= m.Least && (m.Most == 0 || value <= m.Most)
		return replies(inside), fmt.Sprintf("%s is %s at the %s", name, text.Digits(value, 4), when)
	}
}

// diagnostic is the first or last value of a diagnostic; NaN where the run has none.
func diagnostic(r *results.Record, name string, start bool) float64 {
	if r.Trace == nil {
		return math.NaN()
	}
	values := r.Trace.Diagnostics[name]
	if name == results.MeasureValue {
		values = r.Trace.Value
	}
	if len(values) == 0 {
		return math.NaN()
	}
	if start {
		return values[0]
	}
	return values[len(values)-1]
}

// consistent asks whether no theorem that was measured is violated. Theorems in expectation
// say nothing about a single run.
func consistent(r *results.Record) (said reply, answer string) {
	for _, t := range r.Theorems {
		switch theorem.Result(t.Outcome) {
		case theorem.Violated:
			return no, t.Name + " is violated"
		case theorem.Holds:
			said = yes
		}
	}
	return said, ""
}
