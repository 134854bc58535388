package compare

import (
	"math"

	"github.com/gdbench/gdbench/results"
)

// judgeExact compares a number that is the same in every run of one program: any
// difference is real. It counts against NEW when it is a loss of more than the tolerance
// and, for a count, of more than one. Across versions and toolchain classes rounding differs, so that
// the difference may have no cause in the code: it is drift, and only a loss beyond δ counts.
func (c *cell) judgeExact(m Metric, base, new float64, s *Settings) (Row, bool) {
	if math.IsInf(base, 1) != math.IsInf(new, 1) && m != Gap {
		return Row{}, false // the row of success says it
	}
	r := c.row(m, Exact)
	r.Goal, r.N, r.Gated = c.goalOf(m), 1, true
	r.Base, r.New, r.Effect = results.Number(base), results.Number(new), results.Number(ratio(base, new))
	tolerated := s.Tolerance
	if s.drifts(c) {
		tolerated, r.Drift = s.Delta, true
	}
	step := 1.0
	if m == Gap {
		step = 0
	}
	low, high := c.envelope(m, base)
	if len(c.base[0].Jitter) > 0 {
		r.Envelope = &results.Series{low, high}
	}
	worse := func(x, y float64) bool { return y > x*(1+tolerated) && y > x+step }
	switch {
	case base == new:
		r.Verdict, r.Drift = Same, false
	case worse(base, new) && new > high:
		r.Verdict = Regressed
	case worse(new, base) && new < low:
		r.Verdict = Improved
	default:
		r.Verdict = Changed
	}
	return r, true
}

// goalOf is what the metric leads to; a final gap leads to nothing.
func (c *cell) goalOf(m Metric) string {
	if m == Gap {
		if math.IsNaN(c.base[0].Floor) {
			return "gradient norm"
		}
		return ""
	}
	return c.goal.String()
}

// envelope is the least and the most of a metric in BASE over starts moved by a few ulp:
// within it a difference may be rounding's doing.
func (c *cell) envelope(m Metric, base float64) (low, high float64) {
	low, high = base, base
	for i := range c.base[0].Jitter {
		o := c.moved(i)
		v := 0.0
		if m == Gap {
			v = finalGap(o)
		} else {
			v = c.goal.cost(m, o)
		}
		low, high = math.Min(low, v), math.Max(high, v)
	}
	return low, high
}

// moved is the outcome of BASE from the i-th moved start.
func (c *cell) moved(i int) *results.Summary {
	o := *c.base[0]
	j := &o.Jitter[i]
	o.Status, o.Iterations, o.Counts, o.Targets = j.Status, j.Iterations, j.Counts, j.Targets
	o.Gap, o.GradientNorm = float64(j.Gap), float64(j.GradientNorm)
	return &o
}
