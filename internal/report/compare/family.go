package compare

import (
	"github.com/gdbench/gdbench/internal/report/statistics"
)

// family is all gated tests of a run. They share one α by Holm's weighted procedure: the
// roll-ups together weigh as much as the cells together, and what the rejected ones do not
// need passes on. Rows without any difference are no tests: whatever the signs were, they
// could not have been rejected.
type family struct {
	rollups, cells []*Row
	alpha          float64
}

// decide turns p-values into verdicts.
func (f *family) decide(known powers, delta float64) {
	f.rollups = f.testable()
	tests := append(append([]*Row{}, f.rollups...), f.cells...)
	f.weigh()
	p, better, weights := make([]float64, len(tests)), make([]float64, len(tests)), make([]float64, len(tests))
	sum := 0.0
	for i, r := range tests {
		p[i], better[i], weights[i] = float64(r.P), r.pBetter, r.weight
		sum += r.weight
	}
	worse := statistics.WeightedHolm(p, weights)
	improved := statistics.WeightedHolm(better, weights) // not gated: an α of its own
	for i, r := range tests {
		r.HolmP = number(worse[i])
		level := f.alpha * r.weight / sum
		fewest := fewestPairs(r.Class, level)
		known.state(r, level, fewest, delta)
		switch {
		case worse[i] <= f.alpha:
			r.Verdict = Regressed
		case improved[i] <= f.alpha:
			r.Verdict = Improved
		case r.Class == Timing && !r.Gated:
			r.Verdict = Same // the clock alone says nothing
		case r.N < fewest && !r.Drift:
			r.Verdict = Underpowered
		default:
			r.Verdict = Changed
		}
	}
}

// testable keeps the roll-ups with enough clusters to be rejected at their share: the
// number of clusters is known before any result, so that leaving out the others costs
// nothing and leaves more to the cells.
func (f *family) testable() []*Row {
	kept := f.rollups
	for {
		level := f.alpha / 2 / float64(len(kept))
		var enough []*Row
		for _, r := range kept {
			if r.N >= statistics.FewestPairs(level) {
				enough = append(enough, r)
			}
		}
		if len(enough) == len(kept) {
			break
		}
		kept = enough
	}
	in := map[*Row]bool{}
	for _, r := range kept {
		in[r] = true
	}
	for _, r := range f.rollups {
		if !in[r] {
			r.Verdict = Underpowered
			r.Power.Needed = statistics.FewestPairs(f.alpha / 2 / float64(len(kept)+1))
		}
	}
	return kept
}

func (f *family) weigh() {
	for _, rows := range [][]*Row{f.rollups, f.cells} {
		for _, r := range rows {
			r.weight = 1 / float64(len(rows))
		}
	}
}

// fewestPairs is the least n with which a test of the class can be rejected at a level.
func fewestPairs(class Class, level float64) int {
	if class != Timing {
		return statistics.FewestPairs(level)
	}
	// The most extreme ranking of n against n has the probability 1/C(2n, n).
	p, n := 1.0, 0
	for ; p > level && n < 500; n++ {
		k := float64(n)
		p *= (k + 1) / (2 * (2*k + 1))
	}
	return n
}
