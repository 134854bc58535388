package compare

import (
	"math"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/report/statistics"
	"github.com/gdbench/gdbench/results"
)

// judgePaired compares a number that differs from repeat to repeat. The hypothesis is not
// "no change" but "worse by no more than δ": one signed-rank test of
// log(NEW/BASE) − log(1+δ). Testing for any change and then asking for an effect of δ would
// turn red in most runs in which every cell sits at a tolerated δ.
//
// Across versions and toolchain classes a row is drift where no pair differs by more than δ: that may be
// rounding, and more repeats would not help.
func (c *cell) judgePaired(m Metric, base, new []float64, s *Settings) (Row, bool) {
	r := c.row(m, Paired)
	r.Goal, r.N, r.Gated = c.goalOf(m), len(base), true
	r.Base, r.New = number(statistics.Median(base)), number(statistics.Median(new))
	r.Drift = s.drifts(c)
	logs := make([]float64, len(base))
	worse, better := make([]float64, len(base)), make([]float64, len(base))
	for i := range base {
		q := ratio(base[i], new[i])
		logs[i] = elementary.Log(q)
		worse[i] = shifted(q, s.Delta)
		better[i] = shifted(1/q, s.Delta)
		r.differs = r.differs || q != 1
		r.Drift = r.Drift && worse[i] <= 0 && better[i] <= 0
	}
	if !r.differs {
		r.Effect, r.Drift = 1, false
		return r, true
	}
	estimate, interval := statistics.HodgesLehmann(logs, 0.95)
	r.Effect = number(elementary.Exp(estimate))
	r.Interval = &results.Series{elementary.Exp(interval.Low), elementary.Exp(interval.High)}
	r.P = number(statistics.SignedRank(worse).P)
	r.pBetter = statistics.SignedRank(better).P
	r.Power = &Power{Spread: number(spread(logs))}
	return r, true
}

// shifted is log(q/(1+δ)), and 0 where only rounding separates q from 1+δ: a loss of exactly
// what is tolerated is evidence of nothing.
func shifted(q, delta float64) float64 {
	const rounding = 1e-12
	d := elementary.Log(q / (1 + delta))
	if math.Abs(d) < rounding {
		return 0
	}
	return d
}

// spread is the standard deviation of the finite log ratios.
func spread(logs []float64) float64 {
	var finite []float64
	for _, v := range logs {
		if !math.IsInf(v, 0) {
			finite = append(finite, v)
		}
	}
	return statistics.Deviation(finite)
}

func number(v float64) results.Number { return results.Number(v) }
