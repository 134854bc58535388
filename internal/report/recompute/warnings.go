package recompute

import (
	"slices"
	"strings"
)

// warnings are those without which the table of a screen is untrue, of runs that are whole.
func (d *data) warnings() []string {
	var out []string
	if d.Inexact != "" {
		out = append(out, d.Suite+": "+d.Inexact)
	}
	ran := slices.DeleteFunc(slices.Clone(d.records), func(r *record) bool { return r.Status == "skipped" })
	_, _, measurable := d.ends()
	switch {
	case len(ran) == 0:
		out = append(out, "every cell was skipped: the problems lack what the methods require; see the messages in the table of runs")
	case !slices.ContainsFunc(ran, func(r *record) bool { return r.Status != "diverged" && r.Status != "failed" }):
		out = append(out, "every run diverged or failed: try smaller learning rates")
	case len(d.goals) == 0:
		out = append(out, "no run had a target, so that the cost of reaching one is unknown; add `targets` to the suite")
	case !measurable:
		var advice []string
		reasons := d.unmeasured(d.goals)
		for _, why := range reasons {
			if !slices.Contains(advice, remedies[why]) {
				advice = append(advice, remedies[why])
			}
		}
		out = append(out, "no target is measurable, since "+strings.Join(reasons, " or ")+"; "+strings.Join(advice, ", or "))
	}
	return out
}

// reasons are why a target is not measurable, by what the records say: of runs that differ the first of
// these is that of all.
var reasons = [][2]string{
	{"f* is unknown", "f* is unknown"}, {"too fine", "the target is finer than f* is known and f is computed"}, {"starts at a minimum", "the runs start at a minimum"},
	{"is below the minimum", "the value is below f*"}, {"has no diagnostic", "the problem has no such diagnostic"},
}

var remedies = map[string]string{
	"f* is unknown": "add targets that need no f*, such as `value` or `gradient`",
	"the target is finer than f* is known and f is computed": "ask for a coarser one",
	"the runs start at a minimum":                            "start them elsewhere",
	"the value is below f*":                                  "ask for values above f*",
	"the problem has no such diagnostic":                     "ask for one that it has",
}

// unmeasured are the reasons of goals that problems were asked for and no run could measure.
func (d *data) unmeasured(goals []goal) []string {
	found := map[string]bool{}
	for _, p := range d.problems {
		for _, g := range goals {
			if !p.measurable(g) {
				found[p.refused(g)] = true
			}
		}
	}
	var out []string
	for _, known := range reasons {
		if found[known[1]] {
			out = append(out, known[1])
		}
	}
	return out
}

// refused is the reason in the records of a problem; "" where none was asked for the goal.
func (p *problem) refused(g goal) string {
	first := len(reasons)
	for _, s := range p.settings {
		for _, r := range s.runs {
			for _, t := range r.Targets {
				at := slices.IndexFunc(reasons, func(known [2]string) bool { return strings.Contains(t.Message, known[0]) })
				if t.goal() == g && at >= 0 {
					first = min(first, at)
				}
			}
		}
	}
	if first == len(reasons) {
		return ""
	}
	return reasons[first][1]
}

func (c *checker) warning(line string) {
	if !slices.Contains(c.warnings(), strings.TrimPrefix(line, "warning: ")) {
		c.complain("%q: there is none of %q", line, c.warnings())
	}
}
