package compare

import (
	"cmp"
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/report/statistics"
	"github.com/gdbench/gdbench/results"
)

// rollups ask of each method what the levels do not: would it be worse on other problems, too?
// That takes problems as a sample, and problems of one family as one: variants of one idea are
// no independent evidence. A problem enters with the median of its log ratios, a family with
// the median of those. The test is the signed-rank test of the families' medians, the interval
// the bootstrap's of their geometric mean. They are shown, not gated: a CI asks whether this
// suite has become worse.
func rollups(rows []Row, s *Settings) []Row {
	var out []Row
	for _, m := range s.Metrics {
		if !m.counted() {
			continue
		}
		methods := gather(rows, m)
		for _, name := range sortedKeys(methods) {
			if len(methods[name]) >= 2 { // otherwise the cells say it all
				out = append(out, rollup(name, m, methods[name], s))
			}
		}
	}
	decideRollups(out, s)
	return out
}

// byProblem holds log ratios by cluster and problem.
type byProblem map[string]map[string][]float64

// gather collects the log ratios of a metric by method.
func gather(rows []Row, m Metric) map[string]byProblem {
	out := map[string]byProblem{}
	for i := range rows {
		r := &rows[i]
		if r.Metric != m || r.Class != Random {
			continue
		}
		if out[r.component] == nil {
			out[r.component] = byProblem{}
		}
		if out[r.component][r.cluster] == nil {
			out[r.component][r.cluster] = map[string][]float64{}
		}
		for _, d := range r.margins {
			out[r.component][r.cluster][r.Problem] = append(out[r.component][r.cluster][r.Problem], d.difference())
		}
	}
	return out
}

func rollup(method string, m Metric, clusters byProblem, s *Settings) Row {
	var logs []float64
	for _, cluster := range sortedKeys(clusters) {
		var medians []float64
		for _, problem := range sortedKeys(clusters[cluster]) {
			medians = append(medians, statistics.Median(clusters[cluster][problem]))
		}
		logs = append(logs, statistics.Median(medians))
	}
	nan := number(math.NaN())
	r := Row{
		Problem: AllProblems, Method: method, Metric: m, Class: Families, Verdict: Same, N: len(logs),
		Base: nan, New: nan, Effect: 1, P: nan, Delta: number(s.Delta), pBetter: math.NaN(),
	}
	worse, better := make([]float64, len(logs)), make([]float64, len(logs))
	for i, v := range logs {
		worse[i], better[i] = beyond(v, elementary.Log(1+s.Delta)), beyond(-v, elementary.Log(1+s.Delta))
		r.differs = r.differs || v != 0
	}
	if !r.differs {
		return r
	}
	// The mean of the logs is the log of the geometric mean.
	interval := statistics.Bootstrap{}.BCa(logs, statistics.Mean)
	r.Effect = number(elementary.Exp(statistics.Mean(logs)))
	r.Interval = &results.Series{elementary.Exp(interval.Low), elementary.Exp(interval.High)}
	r.P = number(statistics.SignedRank(worse).P)
	r.pBetter = statistics.SignedRank(better).P
	r.Power = &Power{Level: number(s.Alpha), Spread: number(statistics.Deviation(logs)), Detectable: nan}
	return r
}

// decideRollups corrects for their number by Holm's procedure.
func decideRollups(rows []Row, s *Settings) {
	var tested []*Row
	for i := range rows {
		if rows[i].differs {
			tested = append(tested, &rows[i])
		}
	}
	correct(tested)
	fewest := statistics.FewestPairs(s.Alpha / float64(len(tested)))
	for _, r := range tested {
		switch {
		case float64(r.P) <= s.Alpha:
			r.Verdict = Regressed
		case r.pBetter <= s.Alpha:
			r.Verdict = Improved
		case r.N < fewest:
			r.Verdict, r.Power.Needed = Underpowered, fewest
		default:
			r.Verdict = Changed
		}
	}
}

// correct adjusts the p-values of rows for their number by Holm's procedure, for worse and for
// better.
func correct(rows []*Row) {
	p, better := make([]float64, len(rows)), make([]float64, len(rows))
	for i, r := range rows {
		p[i], better[i] = float64(r.P), r.pBetter
	}
	p, better = statistics.Holm(p), statistics.Holm(better)
	for i, r := range rows {
		r.P, r.pBetter = number(p[i]), better[i]
	}
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
