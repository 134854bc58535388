package review

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"math"
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/results"
)

// effort: was every method tuned over as many settings? Those set by theory were not tuned.
func (r *referee) effort() {
	tried := map[string]int{}
	var widest []*evidence.Entry
	for _, p := range r.Problems {
		for _, entries := range p.RateGrids(1) {
			if setByTheory(entries) {
				continue
			}
			name := entries[0].Name()
			tried[name] = max(tried[name], len(entries))
			if len(entries) > len(widest) {
				widest = entries
			}
		}
	}
	names := sortedNames(tried)
	slices.SortStableFunc(names, func(a, b string) int { return tried[b] - tried[a] })
	if len(names) < 2 || tried[names[0]] < 2*tried[names[len(names)-1]] {
		return
	}
	most, least := tried[names[0]], tried[names[len(names)-1]]
	var counts []string
	for i, name := range names {
		if i == 0 || tried[name] < most {
			counts = append(counts, fmt.Sprintf("%s over %d", name, tried[name]))
		}
	}
	r.find(least == 1, "tuning", results.UnequalTuning, fmt.Sprintf("methods were tuned over unequal numbers of learning rates: %s.", text.Some(counts)),
		fmt.Sprintf("Give each method as many settings, such as `lr: {log: [%s, %s, %d]}`, or compare by the figure of the expected best after k trials.",
			text.Short(widest[0].Rate), text.Short(widest[len(widest)-1].Rate), most))
}

// starts: on a nonconvex problem the start decides where a descent ends, and repeats from one
// start are draws of the batches only.
func (r *referee) starts() {
	var shared []string
	for _, p := range r.Problems {
		if p.Example == nil || !p.Example.Nonconvex {
			continue
		}
		if n := oneStart(p); n > 1 {
			shared = append(shared, fmt.Sprintf("%s (%d repeats)", p.Label, n))
		}
	}
	if len(shared) > 0 {
		r.find(true, "sample", results.OneStart, fmt.Sprintf("all repeats start from one point on %s that %s not convex: %s. The spread is that of the batches or the noise alone.",
			english.Verb(len(shared), "a problem", "problems"), english.Verb(len(shared), "is", "are"), text.Some(shared)),
			"Draw the start anew in each repeat: `start: {name: normal}` in the problem's entry.")
	}
}

// oneStart is the number of repeats of a problem that all begin at the same value and gradient
// norm though their cells are random; 0 where they do not.
func oneStart(p *evidence.Problem) int {
	most := 0
	var first *evidence.Start
	for _, entry := range p.Entries {
		ran := entry.Ran()
		for _, c := range ran {
			switch {
			case !evidence.Finite(c.Start.Value):
			case first == nil:
				first = &c.Start
			case c.Start.Value != first.Value || c.Start.GradientNorm != first.GradientNorm:
				return 0
			}
		}
		if len(ran) > 0 && !ran[0].Deterministic && !entry.Tuned { // studies differ in their settings
			most = max(most, len(ran))
		}
	}
	return most
}

// copies: are two methods one? They may be if they have the same runs on every problem on which both
// ran: on one alone a safeguard may never have come into play. They are not if one was skipped where
// the other ran, as a smooth method is on a composite problem.
func (r *referee) copies() {
	prints := map[string]map[*evidence.Problem]uint64{} // by label; 0: the runs say too little
	groups := map[string]string{}
	skipped := map[string][]*evidence.Problem{}
	ran := func(label string) func(*evidence.Problem) bool {
		return func(p *evidence.Problem) bool { _, there := prints[label][p]; return there }
	}
	var labels []string
	for _, p := range r.Problems {
		for _, entry := range p.Entries {
			if len(entry.Ran()) == 0 {
				skipped[entry.Label] = append(skipped[entry.Label], p)
				continue
			}
			if prints[entry.Label] == nil {
				prints[entry.Label] = map[*evidence.Problem]uint64{}
				labels, groups[entry.Label] = append(labels, entry.Label), entry.Group
			}
			prints[entry.Label][p] = fingerprint(entry)
		}
	}
	var twins []string
	for _, pair := range alike(labels, prints) {
		if groups[pair[0]] != groups[pair[1]] && !slices.ContainsFunc(skipped[pair[0]], ran(pair[1])) && !slices.ContainsFunc(skipped[pair[1]], ran(pair[0])) {
			twins = append(twins, pair[0]+" and "+pair[1])
		}
	}
	if len(twins) > 0 {
		r.find(true, "methods", results.SameRuns, "two methods have the same runs to the last bit wherever both ran, so that one is the other under another name, or these problems do not tell them apart: "+text.Some(twins)+".",
			"Leave one of them out with `exclude:`, or add a problem on which they differ: their agreement is no evidence.")
	}
}

// alike are the pairs of labels whose prints agree on all problems that both have, where at least
// one says something. Pairs are looked for among those that agree on a first problem, so that
// many settings cost no square.
func alike(labels []string, prints map[string]map[*evidence.Problem]uint64) [][2]string {
	type place struct {
		problem *evidence.Problem
		print   uint64
	}
	at := map[place][]string{}
	var pairs [][2]string
	seen := map[[2]string]bool{}
	for _, label := range labels {
		for p, print := range prints[label] {
			if print == 0 {
				continue
			}
			others := at[place{p, print}]
			for _, other := range others[:min(len(others), mostAlike)] {
				pair := [2]string{other, label}
				if !seen[pair] && agree(prints[other], prints[label]) {
					pairs = append(pairs, pair)
				}
				seen[pair] = true
			}
			at[place{p, print}] = append(others, label)
		}
	}
	order := map[string]int{}
	for i, label := range labels {
		order[label] = i
	}
	slices.SortFunc(pairs, func(a, b [2]string) int {
		return cmp.Or(order[a[0]]-order[b[0]], order[a[1]]-order[b[1]])
	})
	return pairs
}

// mostAlike bounds how many equal settings a further one is compared with.
const mostAlike = 100

func agree(a, b map[*evidence.Problem]uint64) bool {
	for p, print := range a {
		if other, both := b[p]; both && other != print {
			return false
		}
	}
	return true
}

// fingerprint identifies the curves of all runs of an entry; 0: they say too little, as where a run
// is over after a step, or does not move.
func fingerprint(entry *evidence.Entry) uint64 {
	h := fnv.New64a()
	for _, c := range entry.Ran() {
		t := c.Trace
		if t == nil || c.Iterations < 3 {
			return 0
		}
		values := t.Value
		if len(values) == 0 {
			values = t.Gap
		}
		if len(values) < 4 || !moves(values) {
			return 0
		}
		fmt.Fprintln(h, c.Repeat, c.Status, c.Iterations, t.Iteration)
		for _, v := range values {
			fmt.Fprintln(h, math.Float64bits(v))
		}
	}
	return h.Sum64()
}

// moves reports whether a series has at least three different values.
func moves(values results.Series) bool {
	distinct := map[float64]bool{}
	for _, v := range values {
		distinct[v] = true
	}
	return len(distinct) > 2
}

// whole: is the run all that the suite asks for?
func (r *referee) whole(i int) {
	m := r.Runs[i].Manifest
	if how, advice := r.Runs[i].Unfinished(); how != "" {
		r.find(true, "runs", "", fmt.Sprintf("%s %s: %d of %s are there.", m.Suite, how, r.Read[i], english.Count(m.Cells, "cell")), strings.ToUpper(advice[:1])+advice[1:]+".")
	} else if r.Read[i] < m.Cells {
		r.find(true, "runs", "", fmt.Sprintf("%s has %d of its %s: the file of records is cut.", m.Suite, r.Read[i], english.Count(m.Cells, "cell")),
			"Take the folder from a backup, or run the suite again; `gdbench verify` says what is missing.")
	}
	if m.Shard != nil {
		r.find(true, "runs", "", fmt.Sprintf("%s is shard %s of a run: the other cells are elsewhere.", m.Suite, m.Shard), "Put the shards together with `gdbench merge`.")
	}
	if len(m.Only) > 0 {
		r.find(false, "runs", "", fmt.Sprintf("only a part of %s was run: --only %s.", m.Suite, strings.Join(m.Only, " --only ")), "Run the whole suite before drawing conclusions.")
	}
}

// looks: is the cost of targets on mini-batches known well enough? They are looked for at the end
// of an epoch and at trace points only, so that a hit lies anywhere since the look before.
func (r *referee) looks() {
	var coarse []string
	for _, run := range r.Runs {
		hits, wide := map[string]int{}, map[string]int{}
		for record, err := range run.RecordsWith(results.Columns{}) {
			if err != nil {
				break // whole has said so
			}
			if !run.Manifest.IsResult(record) {
				continue
			}
			if _, batched := record.Method.Number("batch"); !batched {
				continue
			}
			for i := range record.Targets {
				t := &record.Targets[i]
				if !t.Hit() || *t.Iteration == 0 {
					continue
				}
				hits[record.Labels.Problem]++
				if may := *t.Iteration - t.Earliest() + 1; may > 1 && 2*may > *t.Iteration {
					wide[record.Labels.Problem]++
				}
			}
		}
		for _, problem := range sortedNames(hits) {
			if 5*wide[problem] > hits[problem] {
				coarse = append(coarse, fmt.Sprintf("%d of %s on %s", wide[problem], english.Count(hits[problem], "hit"), problem))
			}
		}
	}
	if len(coarse) > 0 {
		r.find(false, "targets", "", "mini-batch runs met targets between two looks that are far apart, so that their cost is known to a factor of two at best: "+text.Some(coarse)+".",
			"Record more points, such as `trace: {points: 1000}`: the observer looks there too.")
	}
}
