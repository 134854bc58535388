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
		out = append(out, "no target is measurable, since f* is unknown or not known accurately enough; add targets that need no f*, such as `value` or `gradient`")
	}
	return out
}

func (c *checker) warning(line string) {
	if !slices.Contains(c.warnings(), strings.TrimPrefix(line, "warning: ")) {
		c.complain("%q: there is none of %q", line, c.warnings())
	}
}
