package export

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/gdbench/gdbench/internal/counts"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/results"
)

// goal is a target.
type goal struct {
	target  float64
	kind    string
	atLeast bool
}

// words is the goal as a part of a name.
func (g goal) words() string {
	sign := "≤"
	if g.atLeast {
		sign = "≥"
	}
	return fmt.Sprintf("%s %s %s", g.of(), sign, g.number())
}

// of is what the target bounds.
func (g goal) of() string {
	if g.kind == results.RelativeTarget {
		return "relative gap"
	}
	if g.kind == results.AbsoluteTarget {
		return "gap"
	}
	return g.kind
}

func (g goal) number() string { return text.Exact(g.target) }

// benchmark is what a tracker follows: a method on a problem with a target, over its repeats.
type benchmark struct {
	method, problem string
	goal            goal
	deterministic   bool
	hits            []results.Counts // of the repeats that reached the target
	missed          int
}

// always reports whether every repeat reached the target. Where one did not, the costs of the
// others would make a method look good that has become worse.
func (b *benchmark) always() bool { return b.missed == 0 }

// used are the counts whose costs are written: none where a repeat missed, and otherwise those of
// which some repeat asked for any.
func (b *benchmark) used() []counts.Count {
	var out []counts.Count
	for _, c := range counts.All {
		some := func(hit results.Counts) bool { return *hit.At(c) > 0 }
		if b.always() && slices.ContainsFunc(b.hits, some) {
			out = append(out, c)
		}
	}
	return out
}

// pair is a method on a problem.
type pair struct {
	method, problem string
	deterministic   bool
	benchmarks      map[goal]*benchmark
	broken          int // repeats that ended before any target was looked at
}

// samples are the benchmarks of a run.
type samples struct {
	*job
	pairs map[[2]string]*pair
	order []*pair
	goals map[string][]goal // of each problem, as far as some run could measure them
}

// benchmarks gathers the benchmarks of the run, in the order of the grid.
func (j *job) benchmarks() ([]*benchmark, error) {
	s := &samples{job: j, pairs: map[[2]string]*pair{}, goals: map[string][]goal{}}
	if err := j.each(nil, func(r *results.Record) error { s.add(r); return nil }); err != nil {
		return nil, err
	}
	var out []*benchmark
	for _, p := range s.order {
		for _, g := range s.chosen(p.problem) {
			b := p.benchmarks[g]
			if b == nil && p.broken == 0 {
				continue // not measurable for this method
			}
			if b == nil {
				b = &benchmark{method: p.method, problem: p.problem, goal: g, deterministic: p.deterministic}
			}
			b.missed += p.broken
			out = append(out, b)
		}
	}
	return out, nil
}

// add notes a cell.
func (s *samples) add(r *results.Record) {
	if r.Status == results.Skipped {
		s.leave(r, "it was skipped")
		return
	}
	key := [2]string{r.Labels.Method, r.Labels.Problem}
	p := s.pairs[key]
	if p == nil {
		p = &pair{method: key[0], problem: key[1], deterministic: r.Deterministic, benchmarks: map[goal]*benchmark{}}
		s.pairs[key], s.order = p, append(s.order, p)
	}
	if len(r.Targets) == 0 {
		if r.Status == results.Failed {
			p.broken++
			s.outcome.Cells++
		} else {
			s.leave(r, "it has no target; give the suite targets:, or choose csv or parquet")
		}
		return
	}
	measured := false
	for i := range r.Targets {
		t := &r.Targets[i]
		if t.Message != "" || s.Targets != nil && !slices.Contains(s.Targets, float64(t.Target)) {
			continue
		}
		measured = true
		s.take(p, r, t)
	}
	if !measured {
		s.leave(r, "none of its targets could be measured or was asked for; targets with f* need a problem with a known one")
		return
	}
	s.outcome.Cells++
}

// take adds what a cell took to a target.
func (s *samples) take(p *pair, r *results.Record, t *results.Target) {
	g := goal{float64(t.Target), t.Kind, t.AtLeast}
	if !slices.Contains(s.goals[p.problem], g) {
		s.goals[p.problem] = append(s.goals[p.problem], g)
	}
	b := p.benchmarks[g]
	if b == nil {
		b = &benchmark{method: p.method, problem: p.problem, goal: g, deterministic: r.Deterministic}
		p.benchmarks[g] = b
	}
	if t.Hit() {
		b.hits = append(b.hits, t.Counts)
	} else {
		b.missed++
	}
}

// chosen are the goals that are written for a problem: those that were asked for, or the hardest
// of each kind.
func (s *samples) chosen(problem string) []goal {
	goals := slices.Clone(s.goals[problem])
	slices.SortStableFunc(goals, func(a, b goal) int {
		if a.kind != b.kind {
			return cmp.Compare(a.kind, b.kind)
		}
		if a.atLeast {
			return cmp.Compare(b.target, a.target)
		}
		return cmp.Compare(a.target, b.target)
	})
	if s.Targets != nil {
		return goals
	}
	return slices.CompactFunc(goals, func(a, b goal) bool { return a.kind == b.kind })
}

// quartiles are the 25%, 50% and 75% quantiles, between neighbours by linear interpolation
// (definition 7 of Hyndman & Fan 1996, doi:10.1080/00031305.1996.10473566).
func quartiles(values []float64) (low, median, high float64) {
	sorted := slices.Sorted(slices.Values(values))
	at := func(p float64) float64 {
		place := float64(p * float64(len(sorted)-1))
		k := int(place)
		if k+1 >= len(sorted) {
			return sorted[len(sorted)-1]
		}
		return sorted[k] + float64((place-float64(k))*(sorted[k+1]-sorted[k]))
	}
	return at(0.25), at(0.5), at(0.75)
}
