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
	ids    map[string]string
}

var _ check = (*contest)(nil)

func (c *contest) see(r *results.Record, rival bool) {
	price, known := c.price(r)
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
	side.add(r, price)
}

// price is what the run counts in the contest; false where that cannot be measured.
func (c *contest) price(r *results.Record) (price float64, known bool) {
	if c.claim.In == finalGap {
		gap := gapOf(r)
		if r.Minimum == nil {
			return 0, false
		}
		if math.IsNaN(gap) || r.Status == results.Diverged {
			return math.Inf(1), true
		}
		return math.Max(gap, r.Minimum.Floor()), true // below it rounding decides
	}
	t := target(r, c.claim.Kind, c.claim.At)
	return cost(r, t, c.claim.In), measurable(r, t, c.claim.Kind)
}

// What a claim compares besides counts and iterations.
const (
	finalGap = "gap"
	passes   = "passes"
)

func (s *settings) add(r *results.Record, cost float64) {
	label := r.Labels.Method
	if s.costs == nil {
		s.costs, s.ids = map[string][]float64{}, map[string]string{}
	}
	if s.costs[label] == nil {
		s.labels = append(s.labels, label)
		s.ids[label] = r.ID
	}
	s.costs[label] = append(s.costs[label], cost)
}

// best is the setting with the least median.
func (s *settings) best() (label string, median float64) {
	median = math.Inf(1)
	for _, l := range s.labels {
		if m := statistics.Median(s.costs[l]); label == "" || m < median {
			label, median = l, m
		}
	}
	return label, median
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
	var f finding
	tested, won, least, at := 0, 0, math.Inf(1), ""
	for _, problem := range c.problems {
		p := c.costs[problem]
		own, mine := p.own.best()
		rival, theirs := p.rival.best()
		if own == "" || rival == "" {
			continue
		}
		tested++
		factor := theirs / mine
		switch {
		case math.IsInf(mine, 1): // whatever the other does
			factor = 0
		case mine == theirs: // both may be zero
			factor = 1
		}
		if factor >= c.claim.By && (factor > 1 || c.claim.By > 1) {
			won++
		}
		if factor >= least {
			continue
		}
		least = factor
		at, f.evidence = problem, c.compared(own, mine, rival, theirs)
		f.example, f.id = own+" on "+problem, p.own.ids[own]
	}
	if tested == 0 {
		return finding{evidence: "no problem on which both methods ran tests it"}, false
	}
	f.true = float64(won) >= c.claim.Share*float64(tested)
	switch {
	case at == "": // the other got nowhere on any
	case won == tested:
		f.evidence = "at the closest, on " + at + ", " + f.evidence
	default:
		f.evidence = "not on " + at + ", where " + f.evidence
	}
	if c.claim.Share < 1 {
		f.evidence = strings.TrimSuffix(fmt.Sprintf("true on %d of %s; %s", won, english.Count(tested, "problem"), f.evidence), "; ")
	}
	if won == tested {
		f.example, f.id = "", ""
	}
	return f, true
}

// compared says what both methods needed on a problem.
func (c *contest) compared(own string, mine float64, rival string, theirs float64) string {
	if c.claim.In == finalGap {
		return fmt.Sprintf("%s ends at a gap of %s and %s at %s", own, text.Short(mine), rival, text.Short(theirs))
	}
	return fmt.Sprintf("%s needs %s %s and %s %s", own, text.Digits(mine, 6), unit(mine, c.claim.In), rival, text.Digits(theirs, 6))
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
