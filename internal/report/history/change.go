package history

import (
	"math"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/report/compare"
	"github.com/gdbench/gdbench/internal/report/statistics"
)

// Change is a step of a trend between two runs.
type Change struct {
	From, To      int     // the last run before it and the first after it
	Before, After float64 // the level on each side
	Worse         bool
	P             float64  // of the permutation test; NaN where nothing is random
	Commits       []string // that may have made it, the latest first: hash and subject
	More          int      // commits that are not listed
}

// tolerated is the size of a step that is not worth a line: a fraction of a cost, or of all runs.
const tolerated = 0.02

// noticed reports whether a step is to be shown. Of exact shares any is: a cell that no longer
// reaches its target may be one of many.
func (t *Trend) noticed(before, after float64) bool {
	switch {
	case t.Metric != compare.SuccessMetric:
		return math.Abs(elementary.Log(after/before)) > elementary.Log(1+tolerated)
	case t.Exact:
		return before != after
	}
	return math.Abs(after-before) > tolerated
}

func (t *Trend) change(from, to int, before, after, p float64) Change {
	return Change{From: from, To: to, Before: before, After: after, Worse: (after > before) == t.higherIsWorse(), P: p}
}

func (t *Trend) findChanges(level float64) {
	if t.Exact {
		t.Changes = t.exactChanges()
		return
	}
	t.Changes = t.randomChanges(level)
}

// exactChanges compares each run with the first of its level, so that steps that are tolerated
// one by one are found once they add up.
func (t *Trend) exactChanges() (out []Change) {
	known := t.known()
	for i, start := 1, 0; i < len(known); i++ {
		level, now := t.Ratio[known[start]], t.Ratio[known[i]]
		if !t.noticed(level, now) {
			continue
		}
		last := start
		for j := start; j < i; j++ {
			if t.Ratio[known[j]] == level {
				last = j
			}
		}
		out = append(out, t.change(known[last], known[i], level, now, math.NaN()))
		start = i
	}
	return out
}

// spell is consecutive runs with the same result, which count once.
type spell struct {
	first, last int // runs
	value       float64
}

func (t *Trend) spells() (out []spell) {
	for _, k := range t.known() {
		v := t.Ratio[k]
		if n := len(out); n > 0 && out[n-1].value == v {
			out[n-1].last = k
			continue
		}
		out = append(out, spell{k, k, v})
	}
	return out
}

// randomChanges finds changes of a random metric by E-divisive.
func (t *Trend) randomChanges(level float64) (out []Change) {
	spells := t.spells()
	if needs := statistics.ChangeNeeds(level); len(spells) < needs {
		if len(spells) > 1 {
			t.Needs = needs
		}
		return nil
	}
	series := make([]float64, len(spells))
	for i, s := range spells {
		series[i] = s.value
		if t.Metric != compare.SuccessMetric {
			series[i] = elementary.Log(s.value)
		}
	}
	points := statistics.ChangePoints(series, level, 0)
	bounds := []int{0}
	for _, p := range points {
		bounds = append(bounds, p.At)
	}
	bounds = append(bounds, len(spells))
	mean := func(i int) float64 {
		v := statistics.Mean(series[bounds[i]:bounds[i+1]])
		if t.Metric != compare.SuccessMetric {
			v = elementary.Exp(v)
		}
		return v
	}
	for i, p := range points {
		if before, after := mean(i), mean(i+1); t.noticed(before, after) {
			out = append(out, t.change(spells[p.At-1].last, spells[p.At].first, before, after, p.P))
		}
	}
	return out
}

// loss is the last change for the worse if the level that the trend ends on is still worse than
// the best level before; nil otherwise.
func (t *Trend) loss() (last *Change, best float64) {
	if len(t.Changes) == 0 {
		return nil, math.NaN()
	}
	best = t.Changes[0].Before
	for i := range t.Changes {
		c := &t.Changes[i]
		if (c.Before < best) == t.higherIsWorse() && c.Before != best {
			best = c.Before
		}
		if c.Worse {
			last = c
		}
	}
	end := t.Changes[len(t.Changes)-1].After
	if !t.noticed(best, end) || (end > best) != t.higherIsWorse() {
		return nil, best
	}
	return last, best
}
