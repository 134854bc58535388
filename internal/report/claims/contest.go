package claims

import (
	"fmt"
	"math"
	"strings"

	"github.com/gdbench/gdbench/internal/counts"
	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/statistics"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/results"
)

// contest is a claim that one method beats another: on each problem, the median cost of its
// best setting is less than that of the other's best setting, by a factor. A run that never
// gets there costs infinitely much; where neither gets there, no method is beaten. In place of
// a cost it may speak of the gap at the end.
type contest struct {
	claim    *results.Claim
	problems []string // in the order of the records
	costs    map[string]*pairing
}

// pairing is the costs on one problem by setting.
type pairing struct{ own, rival settings }

// settings are costs by label, in the order of the records.
type settings struct {
	labels []string
	costs  map[string][]float64
	least  map[string][]float64 // that the costs may have been
	ids    map[string]string
}

var _ check = (*contest)(nil)

func (c *contest) see(r *results.Record, rival bool) {
	least, price, known := c.price(r)
	if r.Status == results.Skipped || !known {
		return
	}
	p := c.costs[r.Labels.Problem]
	if p == nil {
		p = &pairing{}
		c.costs[r.Labels.Problem] = p
		c.problems = append(c.problems, r.Labels.Problem)
	}
	side := &p.own
	if rival {
		side = &p.rival
	}
	side.add(r, least, price)
}

// price is what the run counts in the contest, and the least that it may count where its target was not
// checked after each step; false where that cannot be measured.
func (c *contest) price(r *results.Record) (least, price float64, known bool) {
	if c.claim.In == finalGap {
		gap := gapOf(r)
		if r.Minimum == nil {
			return 0, 0, false
		}
		if math.IsNaN(gap) || r.Status == results.Diverged {
			return math.Inf(1), math.Inf(1), true
		}
		gap = math.Max(gap, r.Minimum.Floor()) // below it rounding decides
		return gap, gap, true
	}
	if c.claim.In == counts.Samples.String() && r.Samples == 0 {
		return 0, 0, false
	}
	t := target(r, c.claim.Kind, c.claim.At)
	price, known = cost(r, t, c.claim.In), measurable(r, t, c.claim.Kind)
	if math.IsInf(price, 1) {
		return price, price, known
	}
	return t.Least(price), price, known
}

// What a claim compares besides counts and iterations.
const (
	finalGap = "gap"
	passes   = "passes"
)

func (s *settings) add(r *results.Record, least, cost float64) {
	label := r.Labels.Method
	if s.costs == nil {
		s.costs, s.least, s.ids = map[string][]float64{}, map[string][]float64{}, map[string]string{}
	}
	if s.costs[label] == nil {
		s.labels = append(s.labels, label)
		s.ids[label] = r.ID
	}
	s.costs[label], s.least[label] = append(s.costs[label], cost), append(s.least[label], least)
}

// best is the setting with the least median, and the least that the median of any may have been.
func (s *settings) best() (label string, least, median float64) {
	least, median = math.Inf(1), math.Inf(1)
	for _, l := range s.labels {
		if m := statistics.Median(s.costs[l]); label == "" || m < median {
			label, median = l, m
		}
		least = math.Min(least, statistics.Median(s.least[l]))
	}
	return label, least, median
}

func cost(r *results.Record, t *results.Target, in string) float64 {
	if t == nil || !t.Hit() {
		return math.Inf(1)
	}
	if in == passes {
		return evidence.Passes.To(t, &evidence.Problem{Samples: r.Samples, Dim: r.Variables})
	}
	if count, ok := counts.Named(in); ok {
		return float64(*t.At(count))
	}
	return float64(*t.Iteration)
}

func (c *contest) conclude() (finding, bool) {
	counted, closest, tested := map[reply]int{}, map[reply]duel{}, 0
	for _, problem := range c.problems {
		d := c.duel(problem)
		if d.said == silent {
			continue
		}
		tested++
		if counted[d.said]++; counted[d.said] == 1 || d.factor < closest[d.said].factor {
			closest[d.said] = d
		}
	}
	if tested == 0 {
		return finding{evidence: "no problem on which both methods ran tests it"}, false
	}
	enough := func(n int) bool { return float64(n) >= c.claim.Share*float64(tested) }
	f := finding{true: enough(counted[yes])}
	if !f.true && enough(counted[yes]+counted[open]) {
		return finding{evidence: leftOpen + " on " + closest[open].where()}, false
	}
	switch {
	case counted[no] > 0:
		f.evidence = "not on " + closest[no].where()
		f.example, f.id = closest[no].own+" on "+closest[no].problem, closest[no].id
	case counted[open] > 0:
		f.evidence = "open on " + closest[open].where()
	default:
		f.evidence = "at the closest, on " + closest[yes].problem + ", " + closest[yes].compared
	}
	if c.claim.Share < 1 {
		f.evidence = fmt.Sprintf("true on %d of %s; %s", counted[yes], english.Count(tested, "problem"), f.evidence)
	}
	return f, true
}

// duel is what both methods need on a problem at their best settings, and what that says of the claim.
type duel struct {
	said         reply
	problem, own string // and the method's setting
	id           string // of its first run
	factor       float64
	compared     string
}

func (d duel) where() string { return d.problem + ", where " + d.compared }

func (c *contest) duel(problem string) duel {
	p := c.costs[problem]
	own, fewest, mine := p.own.best()
	rival, theirFewest, theirs := p.rival.best()
	if own == "" || rival == "" {
		return duel{}
	}
	d := duel{no, problem, own, p.own.ids[own], factor(theirs, mine), c.compared(own, mine, rival, theirs)}
	switch {
	case c.beats(theirFewest, mine):
		d.said = yes
	case c.beats(theirs, fewest):
		d.said = open
		d.compared = fmt.Sprintf("%s %s and %s %s", own, needs(fewest, mine, c.claim.In), rival, between(theirFewest, theirs, c.claim.In))
	}
	return d
}

// factor is how many times as much the other costs: 0 where this one gets nowhere, whatever the other does.
func factor(theirs, mine float64) float64 {
	switch {
	case math.IsInf(mine, 1):
		return 0
	case mine == theirs: // both may be zero
		return 1
	}
	return theirs / mine
}

// beats reports whether costs differ as the claim says.
func (c *contest) beats(theirs, mine float64) bool {
	by := factor(theirs, mine)
	return by >= c.claim.By && (by > 1 || c.claim.By > 1)
}

// leftOpen is why claims on costs are not tested that could be true or false by what lies between two checks.
const leftOpen = "targets were not checked after each step, which leaves it open"

// between is a cost in a count that is known up to what it may have been at least.
func between(least, most float64, count string) string {
	if _, whole := counts.Named(count); whole && least != most { // and no half, as a median may be
		least = math.Floor(least)
	}
	digits := text.Apart(least, most, 6)
	said := text.Digits(most, digits)
	if least != most {
		said = text.Digits(least, digits) + " to " + said
	}
	return said
}

// needs is what a method needs, between and with the unit.
func needs(least, most float64, count string) string {
	return "needs " + between(least, most, count) + " " + unit(most, count)
}

// compared says what both methods needed on a problem.
func (c *contest) compared(own string, mine float64, rival string, theirs float64) string {
	if c.claim.In == finalGap {
		return fmt.Sprintf("%s ends at a gap of %s and %s at %s", own, text.Short(mine), rival, text.Short(theirs))
	}
	nowhere := func(method string) string {
		return "no setting of " + method + " gets there in more than half of its runs"
	}
	exactly := func(label string, cost float64) string { return label + " " + needs(cost, cost, c.claim.In) }
	switch {
	case math.IsInf(mine, 1) && math.IsInf(theirs, 1):
		return nowhere("either method")
	case math.IsInf(mine, 1):
		return nowhere("the first") + ", and " + exactly(rival, theirs)
	case math.IsInf(theirs, 1):
		return exactly(own, mine) + ", and " + nowhere("the other")
	}
	return fmt.Sprintf("%s and %s %s", exactly(own, mine), rival, text.Digits(theirs, 6))
}

// unit is a count, which claims name in the plural, in the number that goes with n.
func unit(n float64, counts string) string {
	switch {
	case n != 1:
		return counts
	case counts == passes:
		return "pass"
	}
	return strings.TrimSuffix(counts, "s")
}
