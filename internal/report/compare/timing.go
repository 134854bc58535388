package compare

import (
	"math"

	"github.com/gdbench/gdbench/internal/report/statistics"
	"github.com/gdbench/gdbench/results"
)

// slower is the ratio of median seconds from which on a difference is of interest.
const slower = 1.25

// judgeTime compares seconds, unpaired: what disturbs one run of a machine does not
// disturb the run with the same seed a week later. It wants a ratio as well as a test, and
// is advisory unless asked to be more.
func (c *cell) judgeTime(s *Settings) (Row, bool) {
	base, new := seconds(c.base), seconds(c.new)
	if len(base) < 2 || len(new) < 2 {
		return Row{}, false
	}
	r := c.row(Seconds, Timing)
	r.Goal, r.N, r.Gated = "whole run", min(len(base), len(new)), s.GateTime
	b, n := statistics.Median(base), statistics.Median(new)
	r.Base, r.New, r.Effect = number(b), number(n), number(ratio(b, n))
	r.P, r.pBetter = number(1), 1
	switch {
	case float64(r.Effect) >= slower:
		r.P, r.differs = number(statistics.MannWhitney(new, base).P), true
	case float64(r.Effect) <= 1/slower:
		r.pBetter, r.differs = statistics.MannWhitney(base, new).P, true
	}
	return r, true
}

func seconds(outcomes []*results.Summary) []float64 {
	var out []float64
	for _, o := range outcomes {
		if s := o.Seconds; s > 0 && !math.IsInf(s, 0) {
			out = append(out, s)
		}
	}
	return out
}

// timesComparable says why seconds of two runs cannot be compared, "" where they can.
func timesComparable(base, new *results.Baseline) string {
	switch {
	case base.Processor == "unknown" || base.Processor != new.Processor || base.Toolchain.OS != new.Toolchain.OS:
		return "times are not compared: the machines differ, or are unknown"
	case base.Exclusive != new.Exclusive:
		return "times are not compared: those of one run are exclusive, those of the other indicative"
	case base.Workers != new.Workers:
		return "times are not compared: the numbers of workers differ"
	}
	return ""
}
