package suite

import (
	"fmt"
	"strings"

	"github.com/gdbench/gdbench/internal/text"
)

// text is what the claim calls true, or false, in words: its own, or those of its keys.
func (c *Claim) text() string {
	if c.Says != "" {
		return c.Says
	}
	return c.sentence()
}

func (c *Claim) sentence() string {
	where := ""
	if len(c.On) > 0 {
		where = " on " + strings.Join(c.On, ", ")
	}
	if c.Tuned {
		where += ", tuned,"
	}
	sentence := c.predicate(where)
	if c.None {
		return "no run: " + sentence
	}
	return sentence
}

// predicate is what the claim says of each run.
func (c *Claim) predicate(where string) string {
	switch c.kinds()[0] {
	case "reaches":
		text := fmt.Sprintf("%s%s reaches %s", c.Method, where, c.targetText("a gap of"))
		if c.Within != (Budget{}) {
			text += " within " + budgetText(c.Within)
		}
		return text
	case "status":
		return fmt.Sprintf("%s%s ends %s", c.Method, where, c.Status)
	case "ends":
		return fmt.Sprintf("%s%s ends at a %s", c.Method, where, strings.ReplaceAll(c.Ends, "-", " "))
	case "only-one":
		return fmt.Sprintf("all runs of %s%s that end at a %s end at the same one", c.Method, where, strings.ReplaceAll(c.OnlyOne, "-", " "))
	case "descends":
		return fmt.Sprintf("every step of %s%s lowers the value", c.Method, where)
	case "gradient":
		return fmt.Sprintf("where %s%s has a gradient norm of at most %s, the minimum is within %s", c.Method, where, text.Exact(c.Gradient), text.Exact(c.Distance))
	case "consistent":
		return fmt.Sprintf("%s%s is consistent with the theorems that apply", c.Method, where)
	case "measure":
		return fmt.Sprintf("%s%s has %s", c.Method, where, c.measured())
	}
	if c.In == finalGap {
		return fmt.Sprintf("%s ends below %s%s by a factor of %s in the gap", c.Method, c.Beats, where, text.Exact(c.By))
	}
	return fmt.Sprintf("%s beats %s%s by a factor of %s in %s to %s", c.Method, c.Beats, where, text.Exact(c.By), c.In, c.targetText("a gap of"))
}

func budgetText(b Budget) string {
	var parts []string
	for _, l := range []struct {
		name  string
		limit float64
	}{
		{"iterations", float64(b.Iterations)}, {"evaluations", float64(b.Evaluations)}, {"gradients", float64(b.Gradients)},
		{"epochs", b.Epochs}, {"seconds", b.Seconds},
	} {
		if l.limit > 0 {
			parts = append(parts, text.Exact(l.limit)+" "+l.name)
		}
	}
	return strings.Join(parts, ", ")
}

// measured is a bounded diagnostic in words.
func (c *Claim) measured() string {
	what := c.Measure
	if c.Over != "" {
		what += " / " + c.Over
	}
	what += " at the " + c.When
	switch {
	case c.Least == 0:
		return what + " of at most " + text.Exact(c.Most)
	case c.Most == 0:
		return what + " of at least " + text.Exact(c.Least)
	}
	return what + " from " + text.Exact(c.Least) + " to " + text.Exact(c.Most)
}
