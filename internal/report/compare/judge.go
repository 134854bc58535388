package compare

import (
	"math"

	"github.com/gdbench/gdbench/results"
)

// judge gives the rows of a cell that can be compared.
func (c *cell) judge(s *Settings) []Row {
	if c.skipped() {
		return nil
	}
	var rows []Row
	for _, m := range s.Metrics {
		row, ok := c.judgeMetric(m, s)
		if ok {
			rows = append(rows, row)
		}
	}
	return rows
}

// skipped reports whether the cell never ran on either side: nothing to compare.
func (c *cell) skipped() bool {
	return c.base[0].Status == results.Skipped && c.new[0].Status == results.Skipped
}

func (c *cell) judgeMetric(m Metric, s *Settings) (Row, bool) {
	switch m {
	case SuccessMetric:
		return c.judgeSuccess(), true
	case Seconds:
		return c.judgeTime(s)
	}
	base, new := c.read(m)
	if len(base) == 0 {
		return Row{}, false
	}
	if c.deterministic() {
		return c.judgeExact(m, base[0], new[0], s)
	}
	return c.judgePaired(m, base, new, s)
}

// read is the metric in each repeat of both sides. Repeats in which neither side ever got
// there say nothing about the cost and are left out; so are second-order counts of
// methods that have none.
func (c *cell) read(m Metric) (base, new []float64) {
	some := false
	for i := range c.base {
		var b, n float64
		if m == Gap {
			b, n = c.gaps(i)
		} else {
			b, n = c.goal.cost(m, c.base[i]), c.goal.cost(m, c.new[i])
		}
		if math.IsInf(b, 1) && math.IsInf(n, 1) {
			continue
		}
		some = some || b != 0 || n != 0
		base, new = append(base, b), append(new, n)
	}
	if !some {
		return nil, nil
	}
	return base, new
}

// gaps are the final gaps of one repeat. Where both runs converged they are equal: the
// stop decided how small they became, not the method.
func (c *cell) gaps(i int) (base, new float64) {
	b, n := c.base[i], c.new[i]
	base, new = finalGap(b), finalGap(n)
	if b.Status == results.Converged && n.Status == results.Converged {
		larger := math.Max(base, new)
		return larger, larger
	}
	return base, new
}

// ratio is NEW/BASE, 1 where both are 0 or both infinite.
func ratio(base, new float64) float64 {
	if base == new {
		return 1
	}
	return new / base
}
