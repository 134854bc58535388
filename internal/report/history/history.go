// Package history follows the methods of a suite over many stored runs: where a trend changes,
// between which commits that happened, and whether losses are more frequent than gains.
//
//  1. order.go puts the runs in the order of their commits, which git.go asks the repository for.
//  2. Package compare gives the trend of each metric of each method since the first run.
//  3. change.go finds where a trend changes: in exact counts any step of more than a tolerated
//     size, in random ones by a permutation test. The tests share one error rate.
//  4. symmetry.go asks of all random methods together whether they move up as often as down.
//  5. table.go, figure.go, page.go and badge.go show it.
//
// What it refuses to do: call the same result of two runs two observations. The seeds of a suite
// are fixed, so that code that did not change gives the same numbers again, and repeats say
// nothing about noise.
package history

import (
	"fmt"
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/report/compare"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/results"
)

// Run is one stored run or baseline.
type Run struct {
	Name   string
	Commit string // of the code that ran; "": unknown
	*results.Baseline
}

// History is what Of finds.
type History struct {
	Suite    string
	Runs     []Run
	Trends   []Trend
	Alpha    float64 // probability of a change, or of a lack of symmetry, where there is none: of either
	Tests    int     // random trends, which share Alpha
	Symmetry Symmetry
	Notes    []string
}

// Trend is a trend with its changes.
type Trend struct {
	compare.Trend
	Exact   bool // nothing in it is random
	Needs   int  // different results without which no change can be found; 0: there are enough
	Changes []Change
}

// Of follows runs in the order given. All must be of one suite. The repository, which may be nil,
// names the commits between two runs.
func Of(runs []Run, o compare.Options, repository *Repository) (*History, error) {
	var baselines []*results.Baseline
	var suites []string
	for _, r := range runs {
		baselines = append(baselines, r.Baseline)
		if !slices.Contains(suites, r.Suite) {
			suites = append(suites, r.Suite)
		}
	}
	if len(suites) > 1 {
		slices.Sort(suites)
		return nil, fmt.Errorf("runs of %d suites (%s); expected those of one", len(suites), text.Some(suites))
	}
	trends, err := compare.Trends(baselines, o)
	if err != nil {
		return nil, err
	}
	h := &History{Suite: suites[0], Runs: runs, Alpha: o.Alpha}
	if h.Alpha == 0 {
		h.Alpha = compare.DefaultAlpha
	}
	random := randomMethods(baselines)
	for _, t := range trends {
		exact := !random[t.Method]
		h.Trends = append(h.Trends, Trend{Trend: t, Exact: exact})
		if !exact {
			h.Tests++
		}
	}
	for i := range h.Trends {
		h.Trends[i].findChanges(h.Alpha / float64(max(1, h.Tests)))
		for j := range h.Trends[i].Changes {
			c := &h.Trends[i].Changes[j]
			c.Commits, c.More = repository.Between(runs[c.From].Commit, runs[c.To].Commit)
		}
	}
	h.Symmetry = symmetryOf(h.Trends)
	return h, nil
}

// randomMethods are those with a cell in which anything is random.
func randomMethods(runs []*results.Baseline) map[string]bool {
	out := map[string]bool{}
	for _, b := range runs {
		for i := range b.Summaries {
			if s := &b.Summaries[i]; !s.Deterministic {
				out[s.Method] = true
			}
		}
	}
	return out
}

// higherIsWorse is false of shares of success.
func (t *Trend) higherIsWorse() bool { return t.Metric != compare.SuccessMetric }

// known are the runs in which the trend has a value.
func (t *Trend) known() []int {
	var out []int
	for k, v := range t.Ratio {
		if !math.IsNaN(v) {
			out = append(out, k)
		}
	}
	return out
}
