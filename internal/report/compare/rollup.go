package compare

import (
	"cmp"
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/report/statistics"
	"github.com/gdbench/gdbench/results"
)

// AllProblems is the name of the problem in the rows of roll-ups.
const AllProblems = "all problems"

// penalty is what a failure costs in means, as a multiple of the most that any run spent on
// the problem: PAR-10.
const penalty = 10

// rollups asks of each method, over its settings and all problems, whether it has become
// worse. A problem enters with the median of its log ratios, problems of one family with
// the median of theirs: variants of one idea are no independent evidence. The test is the
// signed-rank test of these medians, the interval the bootstrap's of their geometric mean.
//
// Only cells with random repeats take part. Where nothing is random every difference is
// known exactly, cell by cell, and there is nothing to infer.
func rollups(cells []*cell, s *Settings) []Row {
	var out []Row
	for _, m := range s.Metrics {
		if m == SuccessMetric || m == Seconds {
			continue
		}
		methods := gather(cells, m)
		for _, name := range sortedKeys(methods) {
			if len(methods[name]) < 2 {
				continue // the cells say it all
			}
			out = append(out, rollup(name, m, methods[name], s))
		}
	}
	return out
}

// byProblem holds log ratios by cluster and problem.
type byProblem map[string]map[string][]float64

// gather collects the log ratios of a metric by method.
func gather(cells []*cell, m Metric) map[string]byProblem {
	most := mostSpent(cells, m)
	out := map[string]byProblem{}
	for _, c := range cells {
		if c.deterministic() || c.skipped() {
			continue
		}
		method, cluster, problem := c.first().Method, c.cluster(), c.label().Problem
		for i := range c.base {
			q := c.penalized(i, m, penalty*most[problem])
			if math.IsNaN(q) {
				continue
			}
			if out[method] == nil {
				out[method] = byProblem{}
			}
			if out[method][cluster] == nil {
				out[method][cluster] = map[string][]float64{}
			}
			out[method][cluster][problem] = append(out[method][cluster][problem], elementary.Log(q))
		}
	}
	return out
}

// mostSpent is the largest total of a metric on each problem.
func mostSpent(cells []*cell, m Metric) map[string]float64 {
	most := map[string]float64{}
	if m == Gap || m == SuccessMetric {
		return most // no counts
	}
	for _, c := range cells {
		for _, side := range [][]*results.Summary{c.base, c.new} {
			for _, o := range side {
				problem := c.label().Problem
				most[problem] = math.Max(most[problem], total(m, o))
			}
		}
	}
	return most
}

// penalized is the ratio of one repeat with failures at a finite price, NaN where the
// metric does not apply.
func (c *cell) penalized(i int, m Metric, price float64) float64 {
	if m == Gap {
		return ratio(c.gaps(i))
	}
	if price == 0 {
		return math.NaN()
	}
	base, new := math.Min(c.goal.cost(m, c.base[i]), price), math.Min(c.goal.cost(m, c.new[i]), price)
	if base == 0 && new == 0 {
		return math.NaN() // a method without such counts
	}
	return ratio(base, new)
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
		Problem: AllProblems, Method: method, Metric: m, Class: Paired, Verdict: Same, Gated: true, N: len(logs),
		Base: nan, New: nan, Effect: 1, P: nan, HolmP: nan, pBetter: math.NaN(),
	}
	ratios, worse, better := make([]float64, len(logs)), make([]float64, len(logs)), make([]float64, len(logs))
	for i, v := range logs {
		ratios[i] = elementary.Exp(v)
		worse[i], better[i] = shifted(ratios[i], s.Delta), shifted(1/ratios[i], s.Delta)
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
	r.Power = &Power{Level: nan, Spread: number(spread(logs)), Detectable: nan}
	return r
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
