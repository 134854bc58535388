package compare

import (
	"math"
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/report/statistics"
)

// A comparison asks three questions of what is random, each at a level: has the whole suite
// become worse, has a method, has a cell? They share α in these parts, timing, where it is
// gated, taking a fifth of each. The unit is the block, a problem in a repeat: all its
// settings met the same start and the same samples, so that one sign is flipped for all of
// them together. Within a level the tests are those of the largest statistic
// (statistics.Flips.MaxT), over all its methods or cells and all metrics.
const (
	suiteShare  = 0.3
	methodShare = 0.3
	cellShare   = 0.4
	timingShare = 0.2
)

// wanted is the probability with which a loss is found that a level `finds`.
const wanted = 0.8

// Names of the rows of levels.
const (
	AllProblems = "all problems"
	AllMethods  = "all methods"
)

// value is a difference of a block.
type value struct {
	block string
	v     float64
}

// pool makes the rows of the suite and of each method with several cells: in each block the
// mean over its cells.
func (r *Report) pool() {
	methods := map[string]bool{}
	for i := range r.Rows {
		methods[r.Rows[i].component] = true
	}
	for _, m := range r.Settings.Metrics {
		if m == Seconds {
			continue
		}
		suite := r.mean(m, AllMethods, func(*Row) bool { return true })
		if suite != nil {
			r.Levels = append(r.Levels, *suite)
		}
		for _, name := range sortedKeys(methods) {
			if row := r.mean(m, name, func(row *Row) bool { return row.component == name }); row != nil && len(methods) > 1 && row.cells > 1 {
				r.Levels = append(r.Levels, *row)
			}
		}
	}
}

// mean pools the random rows of a metric; nil where none differs.
func (r *Report) mean(m Metric, name string, belongs func(*Row) bool) *Row {
	type blocks struct {
		order []string
		of    map[string][]float64
	}
	sums := [2]blocks{{of: map[string][]float64{}}, {of: map[string][]float64{}}}
	row := Row{Problem: AllProblems, Method: name, Metric: m, Class: Random, Verdict: Same, Gated: true, component: name,
		Base: number(math.NaN()), New: number(math.NaN()), P: number(math.NaN()), Delta: number(math.NaN()), pBetter: math.NaN()}
	if m == SuccessMetric {
		row.Class = Success
	}
	for i := range r.Rows {
		cell := &r.Rows[i]
		if cell.Metric != m || len(cell.worse) == 0 || cell.deterministic || cell.covered || !belongs(cell) {
			continue
		}
		row.cells++
		if cell.differs {
			row.Drift = cell.Drift && (row.Drift || !row.differs)
			row.differs = true
		}
		for k, values := range [][]value{cell.worse, cell.better} {
			for _, v := range values {
				if sums[k].of[v.block] == nil {
					sums[k].order = append(sums[k].order, v.block)
				}
				sums[k].of[v.block] = append(sums[k].of[v.block], v.v)
			}
		}
	}
	if !row.differs {
		return nil
	}
	means := func(b blocks) (out []value) {
		for _, block := range b.order {
			out = append(out, value{block, statistics.Mean(b.of[block])})
		}
		return out
	}
	row.worse, row.better = means(sums[0]), means(sums[1])
	row.N = len(row.worse)
	row.describe()
	return &row
}

// describe gives a pooled row its effect: what lies halfway between the two questions is
// the mean difference itself.
func (r *Row) describe() {
	d := make([]float64, len(r.worse))
	for i := range d {
		d[i] = (r.worse[i].v - r.better[i].v) / 2
	}
	if r.Metric == SuccessMetric {
		r.Effect = number(-statistics.Mean(d))
		return
	}
	r.Effect, r.Interval = meanRatio(d)
	r.Power = &Power{Spread: number(statistics.Deviation(d)), Detectable: number(math.NaN())}
}

// decide lets all tests share α.
func (r *Report) decide() {
	alpha := r.Settings.Alpha
	if r.Settings.GateTime {
		alpha *= 1 - timingShare
	}
	flips := newBlocks(r.Rows)
	var suite, methods, cells, moved, timing []*Row
	for i := range r.Levels {
		if row := &r.Levels[i]; row.Method == AllMethods {
			suite = append(suite, row)
		} else {
			methods = append(methods, row)
		}
	}
	for i := range r.Rows {
		switch row := &r.Rows[i]; {
		case !row.differs || row.Verdict != Same:
		case row.Class == Moved:
			moved = append(moved, row)
		case row.Class == Timing:
			timing = append(timing, row)
		case len(row.worse) > 0 && !row.deterministic:
			cells = append(cells, row)
		}
	}
	byFlips := cellShare * float64(len(cells)) / float64(max(1, len(cells)+len(moved)))
	flips.decide(suite, alpha*suiteShare, &r.Settings)
	flips.decide(methods, alpha*methodShare, &r.Settings)
	flips.decide(cells, alpha*byFlips, &r.Settings)
	decideRanks(moved, alpha*(cellShare-byFlips), &r.Settings)
	decideRanks(timing, r.Settings.Alpha*timingShare, &r.Settings)
	r.Tests = len(suite) + len(methods) + len(cells) + len(moved)
	if r.Settings.GateTime {
		r.Tests += len(timing)
	}
}

// blocks are the patterns of signs over the blocks of a comparison.
type blocks struct {
	at    map[string]int
	flips *statistics.Flips
}

// newBlocks numbers the blocks of the random rows, in order of their names: the signs must not
// depend on the order of rows.
func newBlocks(rows []Row) *blocks {
	b := &blocks{at: map[string]int{}}
	for i := range rows {
		for _, v := range rows[i].worse {
			if !rows[i].deterministic {
				b.at[v.block] = 0
			}
		}
	}
	for i, name := range sortedKeys(b.at) {
		b.at[name] = i
	}
	return b
}

func (b *blocks) sample(values []value) []statistics.Difference {
	out := make([]statistics.Difference, len(values))
	for i, v := range values {
		out[i] = statistics.Difference{Block: b.at[v.block], Value: v.v}
	}
	return out
}

// decide turns differences into verdicts at a level, and says what it would have found.
func (b *blocks) decide(rows []*Row, level float64, s *Settings) {
	if len(rows) == 0 {
		return
	}
	if b.flips == nil {
		b.flips = statistics.NewFlips(len(b.at))
	}
	worse, better := make([][]statistics.Difference, len(rows)), make([][]statistics.Difference, len(rows))
	for i, row := range rows {
		worse[i], better[i] = b.sample(row.worse), b.sample(row.better)
	}
	p, improved := b.flips.MaxT(worse), b.flips.MaxT(better) // improvements are not gated: a level of their own
	finds := b.flips.MaxTFinds(worse, level, wanted)
	for i, row := range rows {
		row.P = number(p[i])
		if row.Power != nil {
			row.Power.Level = number(level)
			row.Power.Detectable = number(elementary.Exp(finds[i]) * (1 + row.tolerated()))
			if math.IsInf(finds[i], 1) {
				row.Power.Detectable, row.Power.Needed = number(math.NaN()), statistics.FewestPairs(level)
			}
		}
		row.conclude(p[i] <= level, improved[i] <= level, s)
	}
}

// tolerated is the loss, as a fraction, from which the differences of a row are counted.
func (r *Row) tolerated() float64 {
	sum := 0.0
	for i := range r.worse {
		sum -= float64((r.worse[i].v + r.better[i].v) / 2)
	}
	return elementary.Exp(sum/float64(len(r.worse))) - 1
}

// decideRanks turns the p-values of rank-sum tests into verdicts, by Holm's procedure.
func decideRanks(rows []*Row, level float64, s *Settings) {
	p, better := make([]float64, len(rows)), make([]float64, len(rows))
	for i, row := range rows {
		p[i], better[i] = float64(row.P), row.pBetter
	}
	p, better = statistics.Holm(p), statistics.Holm(better)
	for i, row := range rows {
		row.P = number(p[i])
		if row.Power != nil {
			row.Power.Level, row.Power.Detectable = number(level), number(row.detectable(level/float64(len(rows))))
			if math.IsInf(float64(row.Power.Detectable), 1) {
				row.Power.Detectable = number(math.NaN())
			}
		}
		row.conclude(p[i] <= level, better[i] <= level, s)
	}
}

// conclude is the verdict on a tested row.
func (r *Row) conclude(worse, better bool, s *Settings) {
	switch {
	case worse:
		r.Verdict = Regressed
	case better:
		r.Verdict = Improved
	case r.Class == Timing && !r.Gated:
		r.Verdict = Same // the clock alone says nothing
	case r.blind(s.Sensitivity) && !r.Drift:
		r.Verdict = Underpowered
	default:
		r.Verdict = Changed
	}
}

// blind reports whether a row could not have shown a loss of a factor.
func (r *Row) blind(factor float64) bool {
	return r.Power != nil && !(float64(r.Power.Detectable) <= factor)
}

// isSuite reports whether a row is about the cost of the whole suite: the first count that is
// compared. The others are about the cells in which they change in another proportion.
func (r *Report) isSuite(row *Row) bool {
	first := slices.IndexFunc(r.Settings.Metrics, Metric.counted)
	return row.Method == AllMethods && row.Problem == AllProblems && first >= 0 && row.Metric == r.Settings.Metrics[first]
}

// note adds what the numbers do not say.
func (r *Row) note(text string) {
	if text == "" {
		return
	}
	r.Note = strings.TrimPrefix(r.Note+"; "+text, "; ")
}
