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
// the cell was allowed, or, where none met its budget, the most that any run on the problem
// spent.
func (s *Settings) price(c *cell, m Metric) float64 {
	price, budget := 0.0, false
	for _, o := range c.runs() {
		price, budget = math.Max(price, total(m, o)), budget || o.Status == results.Budget
	}
	if budget {
		return price
	}
	return math.Max(price, s.most[m][c.label().Problem])
}

// mostSpent is the largest total of each counted metric on each problem.
func mostSpent(cells []*cell, metrics []Metric) map[Metric]map[string]float64 {
	most := map[Metric]map[string]float64{}
	for _, m := range metrics {
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
