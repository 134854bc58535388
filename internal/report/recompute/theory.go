package recompute

import (
	"fmt"
	"math"
)

// compared are the runs that were compared with theorems, the theorems, and the runs above a bound.
// A condition on the steps is no theorem about progress, and counts only where it is broken.
func (d *data) compared() (runs, theorems, above int) {
	names := map[string]bool{}
	for _, r := range d.records {
		measured, violated := false, false
		for _, t := range r.Theorems {
			if t.Condition && t.Outcome != "violated" {
				continue
			}
			if !t.InExpectation && t.Outcome != "not measured" {
				measured, names[t.Name] = true, true
				violated = violated || t.Outcome == "violated"
			}
		}
		if measured {
			runs++
		}
		if violated {
			above++
		}
	}
	return runs, len(names), above
}

// means counts the settings on problems whose mean was compared with a theorem in expectation, and
// those above a bound by more than four standard errors.
func (d *data) means() (settings, above int) {
	for _, p := range d.problems {
		for _, s := range p.settings {
			measured, refuted := s.mean()
			if measured {
				settings++
			}
			if refuted {
				above++
			}
		}
	}
	return settings, above
}

// mean compares the means of a setting with its bounds: measured, where two runs or more have them.
func (s *setting) mean() (measured, refuted bool) {
	for i, t := range s.runs[0].Theorems {
		if !t.InExpectation {
			continue
		}
		for k, bound := range t.Bound {
			var values []float64
			for _, r := range s.runs {
				if i < len(r.Theorems) && k < len(r.Theorems[i].Measured) && r.Theorems[i].Measured[k] != nil {
					values = append(values, *r.Theorems[i].Measured[k])
				}
			}
			if bound == nil || len(values) < 2 {
				continue
			}
			measured = true
			mean, spread := 0.0, 0.0
			for _, v := range values {
				mean += v / float64(len(values))
			}
			for _, v := range values {
				spread += (v - mean) * (v - mean)
			}
			n := float64(len(values))
			refuted = refuted || mean-4*math.Sqrt(spread/(n-1)/n) > *bound*(1+1e-9)
		}
	}
	return measured, refuted
}

func (c *checker) theory(line string) {
	runs, theorems, above := c.compared()
	all := 0
	for _, r := range c.records {
		if r.Status != "skipped" {
			all++
		}
	}
	were, found := "were", "none is above a bound"
	if runs == 1 {
		were = "was"
	}
	switch {
	case above == 1:
		found = "1 is above a bound"
	case above > 1:
		found = fmt.Sprintf("%d are above a bound", above)
	}
	want := fmt.Sprintf("Theory: %d of %s %s compared with %s, and %s", runs, count(all, "run", "runs"), were,
		count(theorems, "theorem", "theorems"), found)
	if settings, refuted := c.means(); settings > 0 {
		found := "none is"
		if refuted > 0 {
			found = count(refuted, "is", "are")
		}
		want += fmt.Sprintf("; of the means of %s, %s above the bounds of theorems in expectation", count(settings, "setting", "settings"), found)
	}
	c.same(line, line, want+".")
}
