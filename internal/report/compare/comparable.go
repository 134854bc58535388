package compare

import (
	"errors"
	"fmt"
	"slices"

	"github.com/gdbench/gdbench/results"
)

// ErrIncomparable is wrapped by the errors of runs that cannot be compared at all.
var ErrIncomparable = errors.New("not comparable")

// checkRuns refuses what no row could express.
func checkRuns(base, new *results.Baseline, o *Options) error {
	for _, side := range []struct {
		name string
		run  *results.Baseline
	}{{"BASE", base}, {"NEW", new}} {
		if !side.run.Complete() {
			return fmt.Errorf("%w: %s is a partial run, %d of %d cells; finish it with `gdbench run --resume`",
				ErrIncomparable, side.name, len(side.run.Summaries), side.run.Grid)
		}
	}
	if o.Target == "" {
		return nil
	}
	for _, run := range []*results.Baseline{base, new} {
		var have []string
		for _, t := range run.Targets {
			have = append(have, goal{kind: t.Kind, target: float64(t.Target)}.String())
		}
		if !slices.ContainsFunc(run.Targets, func(t results.TargetName) bool { return matches(o.Target, t) }) {
			return errTarget(o.Target, have)
		}
	}
	return nil
}

// matches reports whether a target is the one that was asked for.
func matches(wanted string, t results.TargetName) bool {
	g := goal{kind: t.Kind, target: float64(t.Target)}
	name := g.String()
	return wanted == name || "gap "+wanted == name
}

// obstacle says why a cell's two sides cannot be compared, "" where they can.
func (c *cell) obstacle() string {
	b, n := c.base[0], c.new[0]
	switch {
	case b.Deterministic != n.Deterministic:
		return map[bool]string{true: "it was deterministic and now is random", false: "it was random and now is deterministic"}[b.Deterministic]
	case len(c.base) != len(c.new):
		return fmt.Sprintf("BASE has %d repeats, NEW has %d", len(c.base), len(c.new))
	case !c.aligned():
		return "the repeats differ"
	}
	for i := range c.base {
		if c.base[i].Conditions != c.new[i].Conditions {
			return "problem, start, seed, budget or stop differ"
		}
	}
	return ""
}

// chooseGoal takes the finest target that both sides record in every repeat, or the one
// asked for. It looks at what was asked of the runs, never at how they fared, so that the
// choice cannot bias the test.
func (c *cell) chooseGoal(wanted string) string {
	c.goal = goal{stop: true}
	all := append(slices.Clone(c.base), c.new...)
	began := func(o *results.Summary) bool { return len(o.Targets) > 0 }
	known := slices.IndexFunc(all, began)
	if known < 0 {
		return ""
	}
	for _, t := range all[known].Targets {
		g := goal{kind: t.Kind, target: float64(t.Target), atLeast: t.AtLeast}
		if lacks := func(o *results.Summary) bool { return began(o) && g.find(o) == nil }; slices.ContainsFunc(all, lacks) {
			continue
		}
		asked := wanted != "" && matches(wanted, results.TargetName{Target: t.Target, Kind: t.Kind})
		finer := wanted == "" && (c.goal.stop || g.kind == c.goal.kind && g.finer(c.goal)) // of the first kind that is measurable
		if asked || finer {
			c.goal = g
		}
	}
	switch {
	case c.goal.stop && wanted != "":
		return fmt.Sprintf("the target %s was refused here", wanted)
	case c.goal.stop && !refusedEverywhere(all):
		return "the two have no target in common"
	}
	return ""
}

// refusedEverywhere reports whether no run has a target that was not refused.
func refusedEverywhere(runs []*results.Summary) bool {
	usable := func(t results.Target) bool { return t.Message == "" }
	return !slices.ContainsFunc(runs, func(o *results.Summary) bool { return slices.ContainsFunc(o.Targets, usable) })
}
