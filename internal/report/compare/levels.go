package compare

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/english"
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

// margin is by how much NEW is worse, and better, than is tolerated, in a block.
type margin struct {
	block         string
	worse, better float64
}

// difference is by how much NEW is worse, whatever is tolerated: that lies halfway between.
func (m margin) difference() float64 { return (m.worse - m.better) / 2 }

// pool makes the rows of the suite and of each method with several cells, metric by metric.
func (r *Report) pool() {
	type key struct {
		metric Metric
		method string
	}
	pools, methods := map[key]*pool{}, map[string]bool{}
	for i := range r.Rows {
		row := &r.Rows[i]
		methods[row.component] = true
		if len(row.margins) == 0 || row.covered {
			continue
		}
		for _, k := range []key{{row.Metric, AllMethods}, {row.Metric, row.component}} {
			if pools[k] == nil {
				pools[k] = &pool{at: map[string]int{}}
			}
			pools[k].add(row)
		}
	}
	for _, m := range r.Settings.Metrics {
		if p := pools[key{m, AllMethods}]; p != nil && p.differs {
			r.Levels = append(r.Levels, p.row(m, AllMethods))
		}
		for _, name := range sortedKeys(methods) {
			if p := pools[key{m, name}]; p != nil && p.differs && p.cells > 1 && len(methods) > 1 {
				r.Levels = append(r.Levels, p.row(m, name))
			}
		}
	}
}

// pool gathers the random rows of a metric that a level is about.
type pool struct {
	cells          int
	differs, drift bool           // drift: wherever they differ, it may be rounding
	at             map[string]int // place of each block in the following
	blocks         []string
	worse, better  [][]float64
}

func (p *pool) add(cell *Row) {
	p.cells++
	if cell.differs {
		p.drift = cell.Drift && (p.drift || !p.differs)
		p.differs = true
	}
	for _, d := range cell.margins {
		k, known := p.at[d.block]
		if !known {
			k = len(p.blocks)
			p.at[d.block], p.blocks = k, append(p.blocks, d.block)
			p.worse, p.better = append(p.worse, nil), append(p.better, nil)
		}
		p.worse[k], p.better[k] = append(p.worse[k], d.worse), append(p.better[k], d.better)
	}
}

// row has the mean over its cells in each block.
func (p *pool) row(m Metric, name string) Row {
	nan := number(math.NaN())
	r := Row{Problem: AllProblems, Method: name, Metric: m, Class: Random, Verdict: Same, Gated: true, component: name, N: len(p.blocks),
		Drift: p.drift, Base: nan, New: nan, P: nan, Delta: nan, pBetter: math.NaN(), differs: true}
	d := make([]float64, len(p.blocks))
	for k, block := range p.blocks {
		r.margins = append(r.margins, margin{block, statistics.Mean(p.worse[k]), statistics.Mean(p.better[k])})
		d[k] = r.margins[k].difference()
	}
	if m == SuccessMetric {
		r.Class, r.Effect = Success, number(-statistics.Mean(d))
		return r
	}
	r.Effect, r.Interval = meanRatio(d)
	r.Power = &Power{Spread: number(statistics.Deviation(d)), Detectable: nan}
	return r
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
		case len(row.margins) > 0:
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
		for _, d := range rows[i].margins {
			b.at[d.block] = 0
		}
	}
	for i, name := range sortedKeys(b.at) {
		b.at[name] = i
	}
	return b
}

// samples are the margins of a row, for worse and for better.
func (b *blocks) samples(margins []margin) (worse, better []statistics.Difference) {
	for _, d := range margins {
		worse = append(worse, statistics.Difference{Block: b.at[d.block], Value: d.worse})
		better = append(better, statistics.Difference{Block: b.at[d.block], Value: d.better})
	}
	return worse, better
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
		worse[i], better[i] = b.samples(row.margins)
	}
	var p, improved, finds []float64
	var all sync.WaitGroup
	all.Go(func() { p = b.flips.MaxT(worse, level) })
	if !s.lossesOnly {
		all.Go(func() { improved = b.flips.MaxT(better, level) }) // not gated: a level of their own
		all.Go(func() { finds = b.flips.MaxTFinds(worse, level, wanted) })
	}
	all.Wait()
	if s.lossesOnly {
		improved, finds = slices.Repeat([]float64{1}, len(p)), make([]float64, len(p))
	}
	for i, row := range rows {
		row.P, row.pBetter = number(p[i]), improved[i]
		if row.Power != nil {
			row.Power.Level = number(level)
			row.Power.Detectable = number(elementary.Exp(finds[i]) * (1 + row.tolerated()))
			if math.IsInf(finds[i], 1) {
				row.Power.Detectable, row.Power.Needed = number(math.NaN()), statistics.FewestPairs(level)
			}
		}
		row.conclude(p[i] <= level, improved[i] <= level, s)
		row.needMore(level)
	}
}

// needMore makes worse endings that so few blocks cannot show at a level underpowered: unlike
// costs, they have no size that the gate could say it would have found.
func (r *Row) needMore(level float64) {
	if needed := statistics.FewestPairs(level); r.Class == Success && r.Verdict == Changed && r.N < needed && r.seemsWorse() {
		r.Verdict = Underpowered
		r.note(fmt.Sprintf("%s of problem and repeat cannot show that more runs end worse: it takes %d", english.Count(r.N, "pair"), needed))
	}
}

// tolerated is the loss, as a fraction, from which the differences of a row are counted.
func (r *Row) tolerated() float64 {
	sum := 0.0
	for _, d := range r.margins {
		sum -= float64((d.worse + d.better) / 2)
	}
	return elementary.Exp(sum/float64(len(r.margins))) - 1
}

// decideRanks turns the p-values of rank-sum tests into verdicts.
func decideRanks(rows []*Row, level float64, s *Settings) {
	correct(rows)
	for _, row := range rows {
		if row.Power != nil {
			row.Power.Level, row.Power.Detectable = number(level), number(row.detectable(level/float64(len(rows))))
		}
		row.conclude(float64(row.P) <= level, row.pBetter <= level, s)
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

// isSuite reports whether a row is about the whole suite: how its runs ended, or their cost, in the
// first count that is compared and that any cell has. The others are about the cells in which they
// change in another proportion.
func (r *Report) isSuite(row *Row) bool {
	switch {
	case row.Method != AllMethods || row.Problem != AllProblems:
		return false
	case row.Metric == SuccessMetric:
		return true
	}
	first := slices.IndexFunc(r.Settings.Metrics, func(m Metric) bool {
		return m.counted() && slices.ContainsFunc(r.Rows, func(of Row) bool { return of.Metric == m && of.Class == Random })
	})
	return first >= 0 && row.Metric == r.Settings.Metrics[first]
}

// note adds what the numbers do not say.
func (r *Row) note(text string) {
	if text == "" {
		return
	}
	r.Note = strings.TrimPrefix(r.Note+"; "+text, "; ")
}
