package recompute

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
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

// means are the settings on problems whose mean was compared with a theorem in expectation, how
// many of them are above a bound beyond doubt, and by how many theorems.
func (d *data) means() (settings, above, theorems int) {
	names := map[string]bool{}
	for _, p := range d.problems {
		for _, s := range p.settings {
			measured, refuted := s.expected()
			for _, name := range measured {
				names[name] = true
			}
			if len(measured) > 0 {
				settings++
			}
			if len(refuted) > 0 {
				above++
			}
		}
	}
	return settings, above, len(names)
}

// expected compares the means of a setting with the bounds of theorems: which were measured, where
// two runs or more have them, and which are refuted. A mean is above its bound where it is by more
// than four standard errors, and a bet on that would have made 10⁵ of 1: as the mean of
// what the stakes 0.05, 0.2, 0.5 and 1 on measured/bound make (docs/report.md). A measurement counts
// without what may be rounding, the floor.
func (s *setting) expected() (measured, refuted []string) {
	for i, t := range s.runs[0].Theorems {
		if !t.InExpectation {
			continue
		}
		held, broken := false, false
		for k := range t.Bound {
			var values []float64
			bound, floor := 0., 0.
			fortunes := []float64{1, 1, 1, 1}
			for _, r := range s.runs {
				if i >= len(r.Theorems) || k >= len(r.Theorems[i].Measured) || r.Theorems[i].Measured[k] == nil || r.Theorems[i].Bound[k] == nil {
					continue
				}
				u := r.Theorems[i]
				low := 0.
				if k < len(u.Floor) && u.Floor[k] != nil {
					low = *u.Floor[k]
				}
				values, bound, floor = append(values, *u.Measured[k]), bound+*u.Bound[k], floor+low
				for f, stake := range []float64{0.05, 0.2, 0.5, 1} {
					fortunes[f] *= 1 + stake*(math.Max(0, *u.Measured[k]-low) / *u.Bound[k] - 1)
				}
			}
			n := float64(len(values))
			if n < 2 {
				continue
			}
			mean, spread := 0.0, 0.0
			for _, v := range values {
				mean += v / n
			}
			if mean <= 2*floor/n && bound <= floor {
				continue // both are rounding
			}
			held = true
			for _, v := range values {
				spread += (v - mean) * (v - mean)
			}
			fortune := (fortunes[0] + fortunes[1] + fortunes[2] + fortunes[3]) / 4
			broken = broken || mean-4*math.Sqrt(spread/(n-1)/n)-floor/n > bound/n*(1+1e-9) && fortune >= 1e5
		}
		if held {
			measured = append(measured, t.Name)
		}
		if broken {
			refuted = append(refuted, t.Name)
		}
	}
	return measured, refuted
}

var notHeld = regexp.MustCompile(`^ Not held: (.*) \((.*), (.*)\); see the table theorems\.$`)

func (c *checker) theory(line string) {
	runs, theorems, above := c.compared()
	settings, refuted, expected := c.means()
	all := 0
	for _, r := range c.records {
		if r.Status != "skipped" {
			all++
		}
	}
	var parts []string
	if runs > 0 {
		were := "were"
		if runs == 1 {
			were = "was"
		}
		parts = append(parts, fmt.Sprintf("%d of %s %s compared with %s, and %s above a bound", runs, count(all, "run", "runs"), were,
			count(theorems, "theorem", "theorems"), some(above)))
	}
	if settings > 0 {
		bounds := "the bounds of theorems"
		if expected == 1 {
			bounds = "the bound of a theorem"
		}
		parts = append(parts, fmt.Sprintf("of the means of %s, %s above %s in expectation", count(settings, "setting", "settings"), some(refuted), bounds))
	}
	shown, rest, _ := strings.Cut(line, ". Not held")
	c.same(line, strings.TrimSuffix(shown, "."), "Theory: "+strings.Join(parts, "; "))
	p, s, broken := c.broken()
	if p == nil {
		c.same(line, rest, "")
		return
	}
	m := notHeld.FindStringSubmatch(" Not held" + rest)
	if m == nil || !slices.Contains(broken, m[1]) || !names(m[2], p.label, c.allProblems()) || !names(m[3], s.label, c.allLabels()) {
		c.complain("%q: of %s on %s did not hold: %s", line, s.label, p.label, strings.Join(broken, ", "))
	}
}

func some(n int) string {
	if n == 0 {
		return "none is"
	}
	return count(n, "is", "are")
}

// broken are the theorems that did not hold for the first setting of which one did not.
func (d *data) broken() (*problem, *setting, []string) {
	for _, p := range d.problems {
		for _, s := range p.settings {
			_, names := s.expected()
			for _, r := range s.runs {
				for _, t := range r.Theorems {
					if t.Outcome == "violated" && !t.InExpectation {
						names = append(names, t.Name)
					}
				}
			}
			if len(names) > 0 {
				return p, s, names
			}
		}
	}
	return nil, nil, nil
}
