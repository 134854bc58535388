package compare

import (
	"math"

	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/results"
)

// delta is the tolerated loss of a metric of a cell: that of the last rule of the suite that
// names it, or the general one.
func (s *Settings) delta(c *cell, m Metric) float64 {
	delta, _ := s.rule(c, m)
	return delta
}

// rule is delta, and whether a rule of the suite names the cell.
func (s *Settings) rule(c *cell, m Metric) (delta float64, named bool) {
	delta = s.Delta
	for _, rule := range s.Rules {
		label := c.label()
		if covers(rule.Metric, string(m)) && covers(rule.Problem, label.Problem, c.first().Problem) && covers(rule.Method, label.Method, c.first().Method) {
			delta, named = float64(rule.Delta), true
		}
	}
	return delta, named
}

// covers reports whether a pattern, in which * matches any text, is that of one of the names;
// an empty one matches all.
func covers(pattern string, names ...string) bool {
	if pattern == "" {
		return true
	}
	for _, name := range names {
		if text.Matches(pattern, name) {
			return true
		}
	}
	return false
}

// price is what a run that missed its target is taken to have spent: the most that any run of
// the cell was allowed. Where none met its budget, that is as much as the runs on the problem
// spent at most, by the scale that allows least: a budget of iterations lets a line search spend
// more evaluations than a fixed step.
func (s *Settings) price(c *cell, m Metric) float64 {
	price, budget := 0.0, false
	for _, o := range c.runs() {
		price, budget = math.Max(price, total(m, o)), budget || o.Status == results.Budget
	}
	if budget {
		return price
	}
	allowed := math.Inf(1)
	for scale, most := range s.most {
		if per := c.total(scale); per > 0 {
			allowed = math.Min(allowed, most[c.label().Problem]*(c.total(m)/per))
		}
	}
	if math.IsInf(allowed, 1) {
		return price
	}
	return math.Max(price, allowed)
}

// total is what all runs of the cell spent.
func (c *cell) total(m Metric) float64 {
	sum := 0.0
	for _, side := range [][]*results.Summary{c.base, c.new} { // in their order, and without a list of both
		for _, o := range side {
			sum += total(m, o)
		}
	}
	return sum
}

// mostSpent is the largest total of each counted metric on each problem.
func mostSpent(cells []*cell) map[Metric]map[string]float64 {
	most := map[Metric]map[string]float64{}
	for _, m := range Metrics {
		if !m.counted() {
			continue
		}
		most[m] = map[string]float64{}
		for _, c := range cells {
			problem := c.label().Problem
			for _, o := range c.runs() {
				most[m][problem] = math.Max(most[m][problem], total(m, o))
			}
		}
	}
	return most
}
