package compare

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/text"
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

// matches reports whether a target is the one that was asked for, by its name or as a gap, however
// the number is written.
func matches(wanted string, t results.TargetName) bool {
	kind, number := "gap", wanted
	if at := strings.LastIndex(wanted, " "); at >= 0 {
		kind, number = wanted[:at], wanted[at+1:]
	}
	value, err := strconv.ParseFloat(number, 64)
	return err == nil && goal{kind: t.Kind, target: float64(t.Target)}.String() == kind+" "+text.Exact(value)
}

// obstacle says why a cell's two sides cannot be compared, "" where they can. Repeats that only
// one side has are left out.
func (c *cell) obstacle(s *Settings) string {
	b, n := c.base[0], c.new[0]
	if b.Deterministic != n.Deterministic {
		return map[bool]string{true: "it was deterministic and now is random", false: "it was random and now is deterministic"}[b.Deterministic]
	}
	if c.refused == "" {
		c.align()
	}
	if c.refused != "" {
		return c.refused
	}
	for i := range c.base {
		if c.base[i].Conditions != c.new[i].Conditions {
			return c.otherConditions(s.asked)
		}
	}
	if s.planned {
		return ""
	}
	return c.otherStart()
}

// otherStart says that the runs of a pair began with different gaps or gradients though the suites
// ask for the same: the code of the problem, its data or f* has changed, and costs to relative
// targets are costs of different tasks. It returns "" where they began alike, as far as rounding
// and the accuracy of f* tell.
func (c *cell) otherStart() string {
	for i := range c.base {
		b, n := c.base[i], c.new[i]
		tolerated, shift := sameStart, math.Min(sameStart, finestGap(n)/100)
		if b.Inexact != "" || n.Inexact != "" {
			tolerated, shift = sameInexact, sameInexact
		}
		floors := 0.0
		if !math.IsNaN(b.Floor) && !math.IsNaN(n.Floor) {
			floors = b.Floor + n.Floor
		}
		switch {
		case differ(b.StartGap, n.StartGap, shift, floors):
			return fmt.Sprintf("the problem, its start or f* has changed: the gap at the start is %s and was %s (repeat %d)", text.Exact(n.StartGap), text.Exact(b.StartGap), n.Repeat)
		case differ(b.StartGradient, n.StartGradient, tolerated, 0):
			return fmt.Sprintf("the problem or its start has changed: the norm of the gradient at the start is %s and was %s (repeat %d)", text.Exact(n.StartGradient), text.Exact(b.StartGradient), n.Repeat)
		}
	}
	return ""
}

// finestGap is the finest relative gap that a run aims at: an f* that lies higher by a hundredth of it
// makes no target easier that counts.
func finestGap(o *results.Summary) float64 {
	finest := 1.0
	for _, t := range o.Targets {
		if t.Kind == results.RelativeTarget && t.Message == "" {
			finest = math.Min(finest, float64(t.Target))
		}
	}
	return finest
}

// How far numbers at the start of two runs may lie apart, relative to the larger: by rounding in
// another order, and in arithmetic that depends on the processor, perhaps of 32 bits.
const (
	sameStart   = 1e-6
	sameInexact = 1e-3
)

// differ reports whether two numbers that are both known lie further apart.
func differ(a, b, relative, absolute float64) bool {
	return math.Abs(a-b) > float64(relative*math.Max(math.Abs(a), math.Abs(b)))+absolute // false for NaN
}

// otherConditions names what differs between the conditions of the two sides.
func (c *cell) otherConditions(asked [2]map[string]string) string {
	var differ []string
	for _, d := range differences("", &c.base[0].ProblemSettings, &c.new[0].ProblemSettings) {
		differ = append(differ, d.String())
	}
	for _, key := range sortedKeys(asked[0]) {
		if b, n := asked[0][key], asked[1][key]; b != n && n != "" {
			differ = append(differ, key+" "+change(b, n))
		}
	}
	if len(differ) == 0 {
		return "problem, data, start, seed, budget or stop differ"
	}
	return "the conditions differ: " + strings.Join(differ, ", ")
}

// change writes what differs between two texts: the entries of {key: value, …} that do, or all
// where they are no such lists of the same keys.
func change(base, new string) string {
	entries := func(list string) []string {
		return strings.Split(strings.TrimSuffix(strings.TrimPrefix(list, "{"), "}"), ", ")
	}
	b, n := entries(base), entries(new)
	var out []string
	for i := range min(len(b), len(n)) {
		key, was, pair := strings.Cut(b[i], ": ")
		other, is, _ := strings.Cut(n[i], ": ")
		if !pair || len(b) != len(n) || key != other {
			return base + " → " + new
		}
		if was != is {
			out = append(out, key+" "+was+" → "+is)
		}
	}
	return strings.Join(out, ", ")
}

// noteTargets says which targets only one of two runs has.
func (r *Report) noteTargets(base, new []results.TargetName) {
	var said []string
	for _, side := range []struct {
		name      string
		has, asks []results.TargetName
	}{{"NEW", new, base}, {"BASE", base, new}} {
		var lacks []string
		for _, t := range side.asks {
			if !slices.ContainsFunc(side.has, func(o results.TargetName) bool { return o.Kind == t.Kind && o.Target == t.Target }) {
				lacks = append(lacks, goal{kind: t.Kind, target: float64(t.Target)}.String())
			}
		}
		if len(lacks) > 0 {
			said = append(said, fmt.Sprintf("%s lacks %s", side.name, text.Few(lacks, 3)))
		}
	}
	if len(said) > 0 {
		r.Warn("the lists of targets differ (%s); the finest common target is compared", strings.Join(said, ", "))
	}
}

// chooseGoal takes the finest target that both sides record in every repeat, or the one
// asked for. It looks at what was asked of the runs, never at how they fared, so that the
// choice cannot bias the test.
func (c *cell) chooseGoal(wanted string) string {
	c.goal = goal{stop: true}
	all := c.runs()
	began := func(o *results.Summary) bool { return len(o.Targets) > 0 }
	known := slices.IndexFunc(all, began)
	if known < 0 {
		return ""
	}
	for _, t := range all[known].Targets {
		g := goalOf(&t)
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

// noteRefused says where a target finer than the one compared is measurable on one side only, for
// the accuracy of f* has changed: a loss there is not seen.
func (r *Report) noteRefused(compared []*cell) {
	cells, example := 0, ""
	for _, c := range compared {
		finest := c.goal
		for _, o := range c.runs() {
			for _, t := range o.Targets {
				if g := goalOf(&t); t.Message != "" && g.kind == c.goal.kind && g.finer(finest) && c.measured(g) {
					finest = g
				}
			}
		}
		if finest != c.goal && !c.goal.stop {
			if cells++; cells == 1 {
				example = fmt.Sprintf("%s of %s on %s", finest, c.label().Method, c.label().Problem)
			}
		}
	}
	if cells > 0 && r.Settings.Target == "" {
		r.Warn("in %s a finer target is measurable on one side only, such as %s: the finest that both measure is compared", english.Count(cells, "cell"), example)
	}
}

// measured reports whether any run measured a target, met or not.
func (c *cell) measured(g goal) bool {
	return slices.ContainsFunc(c.runs(), func(o *results.Summary) bool { return g.find(o) != nil })
}
