package compare

import (
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/probability"
	"github.com/gdbench/gdbench/internal/report/statistics"
	"github.com/gdbench/gdbench/results"
)

// judgeMoved compares a cell without randomness over starts that were moved by a few units in
// the last place, on both sides. Where such moves change the cost, one cost is a draw from a
// lottery: the costs of BASE and NEW are two samples, and the question is whether those of NEW
// are larger by more than δ. It is the rank-sum test's (Mann & Whitney 1947,
// doi:10.1214/aoms/1177730491). Where nothing varies the cost is exact after all.
func (c *cell) judgeMoved(m Metric, w work, s *Settings) Row {
	base, new := c.starts(m, c.base[0]), c.starts(m, c.new[0])
	if steady(base) && steady(new) {
		return c.judgeExact(m, w, s)
	}
	r := c.row(m, Moved)
	delta := s.delta(c, m)
	r.Goal, r.N, r.Gated, r.Delta = c.goalOf(), min(len(base), len(new)), true, number(delta)
	shownBase, shownNew := c.priced(m, base, new, s)
	r.Base, r.New = number(statistics.Median(shownBase)), number(statistics.Median(shownNew))
	medians := work{base: exactly(float64(r.Base)), new: exactly(float64(r.New))}
	r.Effect = number(medians.ratio())
	r.note(onOneSide([]work{medians}))
	low, high := statistics.Min(shownBase), statistics.Max(shownBase)
	r.Envelope = &results.Series{low, high}
	if r.differs = !equal(base, new); !r.differs {
		r.Effect = 1
		return r
	}
	r.P = number(statistics.MannWhitney(scaled(new, 1/(1+delta)), base).P)
	r.pBetter = statistics.MannWhitney(scaled(base, 1/(1+delta)), new).P
	spread := math.Sqrt((variance(shownBase) + variance(shownNew)) / 2)
	r.Power = &Power{Spread: number(spread), Detectable: number(math.NaN())}
	return r
}

// starts are the costs of a side from its start and from the moved ones: infinite where the goal
// was missed, for in a ranking a miss comes after all hits.
func (c *cell) starts(m Metric, o *results.Summary) []float64 {
	all := []float64{c.goal.cost(m, o)}
	for i := range o.Jitter {
		j := &o.Jitter[i]
		moved := *o
		moved.Status, moved.Iterations, moved.Counts, moved.Targets = j.Status, j.Iterations, j.Counts, j.Targets
		moved.Gap, moved.GradientNorm = float64(j.Gap), float64(j.GradientNorm)
		for range max(1, j.Times) {
			all = append(all, c.goal.cost(m, &moved))
		}
	}
	return all
}

// priced are costs of both sides with a price for a miss, as numbers to be shown: what the run was
// allowed to spend, and no less than any hit.
func (c *cell) priced(m Metric, base, new []float64, s *Settings) (b, n []float64) {
	price := s.price(c, m)
	for _, v := range slices.Concat(base, new) {
		if !math.IsInf(v, 1) {
			price = math.Max(price, v)
		}
	}
	of := func(costs []float64) (out []float64) {
		for _, v := range costs {
			out = append(out, math.Min(v, price))
		}
		return out
	}
	return of(base), of(new)
}

// detectable is the ratio that the rank-sum test of a row would have found at a level with the
// usual probability, by the normal approximation on samples that the test needs π/3 times
// larger than Student's does; NaN where no ranking could be rejected.
func (r *Row) detectable(level float64) float64 {
	n := float64(r.N)
	least := 1.0 // probability of the most extreme ranking of n against n
	for k := range r.N {
		least *= float64(k+1) / (2 * float64(2*k+1))
	}
	if least > level {
		return math.NaN()
	}
	z := probability.NormalQuantile(1-level) + probability.NormalQuantile(wanted)
	return (1 + float64(r.Delta)) * elementary.Exp(z*float64(r.Power.Spread)*math.Sqrt(2*math.Pi/(3*n)))
}

func steady(x []float64) bool { return statistics.Min(x) == statistics.Max(x) }

func equal(a, b []float64) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

func scaled(x []float64, factor float64) []float64 {
	out := make([]float64, len(x))
	for i, v := range x {
		out[i] = v * factor
	}
	return out
}

// variance is that of the logarithms. Nothing counts as one.
func variance(x []float64) float64 {
	logs := make([]float64, len(x))
	for i, v := range x {
		logs[i] = exactly(v).log()
	}
	d := statistics.Deviation(logs)
	return d * d
}
