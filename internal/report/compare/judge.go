package compare

import (
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/probability"
	"github.com/gdbench/gdbench/internal/report/statistics"
	"github.com/gdbench/gdbench/results"
)

// judge gives the rows of a cell that can be compared: its success, the cost in evaluations,
// and each further cost that changed in another proportion. Success that got worse is a row
// whatever metrics are compared: what was lost has no cost.
func (c *cell) judge(s *Settings) []Row {
	if c.skipped() {
		return nil
	}
	var rows []Row
	if success := c.judgeSuccess(s); slices.Contains(s.Metrics, SuccessMetric) || success.Verdict != Same || success.lost > 0 {
		rows = append(rows, success)
	}
	var first []work
	for _, m := range s.Metrics {
		switch {
		case m == SuccessMetric:
		case m == Seconds:
			if row, ok := c.judgeTime(s); ok {
				rows = append(rows, row)
			}
		default:
			if c.deterministic() && c.loss(c.base[0], c.new[0], s.toleratedOf(c)) != 0 {
				continue // the row of success says it
			}
			works := c.works(m, s)
			if len(works) == 0 || first != nil && proportional(first, works) {
				continue
			}
			if first == nil {
				first = works
			}
			rows = append(rows, c.judgeCost(m, works, s))
		}
	}
	return rows
}

// skipped reports whether the cell never ran on either side: nothing to compare.
func (c *cell) skipped() bool {
	return !slices.ContainsFunc(c.runs(), func(o *results.Summary) bool { return o.Status != results.Skipped })
}

// proportional reports whether two costs changed by the same factor, within 1%, in every repeat:
// then one of them says it all.
func proportional(a, b []work) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if math.Abs(a[i].log()-b[i].log()) > 0.01 {
			return false
		}
	}
	return true
}

// log is the logarithm of the ratio of the costs, NEW/BASE.
func (w work) log() float64 { return w.new.log() - w.base.log() }

// ratio is that of the costs at the later checks, NEW/BASE, where nothing counts as one.
func (w work) ratio() float64 {
	one := func(s spent) float64 {
		if s.high == 0 {
			return 1
		}
		return s.high
	}
	return one(w.new) / one(w.base)
}

// onOneSide says that a count is new, or gone.
func onOneSide(works []work) string {
	none := func(side func(work) spent) bool {
		return !slices.ContainsFunc(works, func(w work) bool { return side(w).high > 0 })
	}
	switch {
	case none(func(w work) spent { return w.base }):
		return "BASE has none, which counts as one"
	case none(func(w work) spent { return w.new }):
		return "NEW has none, which counts as one"
	}
	return ""
}

func (c *cell) judgeCost(m Metric, works []work, s *Settings) Row {
	switch {
	case !c.deterministic():
		return c.judgeRandom(m, works, s)
	case len(c.base[0].Jitter) > 0 && len(c.new[0].Jitter) > 0:
		return c.judgeMoved(m, works[0], s)
	}
	return c.judgeExact(m, works[0], s)
}

// judgeRandom prepares the test of a cost that differs from repeat to repeat. The hypothesis is
// not "no change" but "worse by no more than δ": each difference is log(NEW/BASE) − log(1+δ).
// Testing for any change and then asking for an effect of δ would turn red in most runs in
// which every cell sits at a tolerated δ. levels.go does the tests of all cells together.
//
// Across versions and toolchain classes a row is drift where no pair differs by more than δ:
// that may be rounding, and more repeats would not help.
func (c *cell) judgeRandom(m Metric, works []work, s *Settings) Row {
	r := c.row(m, Random)
	delta := s.delta(c, m)
	r.Goal, r.N, r.Gated, r.Delta = c.goalOf(), len(works), true, number(delta)
	base, new, logs := make([]float64, len(works)), make([]float64, len(works)), make([]float64, len(works))
	coarse := granularity(works)
	allowed := elementary.Log(1+delta) + coarse
	within := true
	for i, w := range works {
		base[i], new[i], logs[i] = w.base.high, w.new.high, w.log()
		r.differs = r.differs || w.base != w.new
		r.margins = append(r.margins, margin{w.block, beyond(logs[i], allowed), beyond(-logs[i], allowed)})
		within = within && math.Abs(logs[i]) <= elementary.Log(1+delta)+1e-12
	}
	r.Base, r.New = number(statistics.Median(base)), number(statistics.Median(new))
	r.Drift = s.drifts(c) && r.differs && within
	if !r.differs {
		r.Effect = 1
		return r
	}
	r.Effect, r.Interval = meanRatio(logs)
	r.Power = &Power{Spread: number(statistics.Deviation(logs)), Detectable: number(math.NaN())}
	r.note(onOneSide(works))
	if coarse > 0.001 {
		r.note("the cost is known within an interval only, which may explain " + percentMore(coarse))
	}
	return r
}

// beyond is how far a logarithm lies beyond what is allowed, and 0 where only rounding
// separates the two: a loss of exactly what is tolerated is evidence of nothing.
func beyond(log, allowed float64) float64 {
	const rounding = 1e-12
	if d := log - allowed; math.Abs(d) >= rounding {
		return d
	}
	return 0
}

// meanRatio is the geometric mean of ratios and its 95% interval by Student's t.
func meanRatio(logs []float64) (results.Number, *results.Series) {
	mean, n := statistics.Mean(logs), len(logs)
	if n < 2 {
		return number(elementary.Exp(mean)), nil
	}
	half := probability.StudentQuantile(n-1, 0.975) * statistics.Deviation(logs) / math.Sqrt(float64(n))
	return number(elementary.Exp(mean)), &results.Series{elementary.Exp(mean - half), elementary.Exp(mean + half)}
}

// granularity is what the mean of the log ratios may owe to the intervals at which the runs
// were looked at.
func granularity(works []work) float64 {
	sum := 0.0
	for _, side := range []func(work) spent{func(w work) spent { return w.base }, func(w work) spent { return w.new }} {
		logs, step := make([]float64, len(works)), 0.0
		for i, w := range works {
			logs[i] = side(w).log()
			step += side(w).step() / float64(len(works))
		}
		sum += statistics.GranularityBias(step, statistics.Deviation(logs))
	}
	return sum
}

func number(v float64) results.Number { return results.Number(v) }

// ratio is NEW/BASE, 1 where both are 0.
func ratio(base, new float64) float64 {
	if base == new {
		return 1
	}
	return new / base
}
