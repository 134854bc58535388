package recompute

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Check recomputes each line of the screen of a report from the run in a folder, and returns what
// is not so, what it does not understand, and what is missing.
func Check(folder, screen string) []string {
	d, err := read(folder)
	if err != nil {
		return []string{err.Error()}
	}
	c := &checker{data: d}
	lines := c.unwrap(screen)
	for len(lines) > 0 {
		lines = c.line(lines)
	}
	for _, want := range c.required() {
		if !slices.Contains(c.seen, want) {
			c.complain("missing: %s", want)
		}
	}
	return c.complaints
}

type checker struct {
	*data
	complaints, seen []string
}

func (c *checker) complain(format string, args ...any) {
	c.complaints = append(c.complaints, fmt.Sprintf(format, args...))
}

// unwrap joins lines that were broken, and drops empty ones. The table is left as it is: it begins
// below its title, which has one empty line before it, and ends with its first note.
func (c *checker) unwrap(screen string) []string {
	var lines []string
	table := false
	for _, line := range strings.Split(screen, "\n") {
		if utf8.RuneCountInString(line) > width && !strings.Contains(line, "`") { // a path has no room
			c.complain("%q is wider than %d", line, width)
		}
		table = table && !notes.MatchString(line) || heads.MatchString(line)
		switch {
		case strings.TrimSpace(line) == "":
		case strings.HasPrefix(line, "  ") && len(lines) > 0 && !table:
			lines[len(lines)-1] += " " + strings.TrimSpace(line)
		default:
			lines = append(lines, line)
		}
	}
	return lines
}

// width is that of the terminal that a screen is for.
const width = 120

var (
	heads = regexp.MustCompile(`^problem  .*passes  +reference`)
	notes = regexp.MustCompile(`^(\d+ more problems? in |Medians over )`)
)

const (
	medians       = "Medians over all runs of a setting; ∞: half of them or more do not arrive; –: did not run, or not measurable."
	pass          = "A pass is one evaluation of f, ∇f or both, on a sum the reading of all samples; a Hessian product costs 2, a Hessian n."
	notMeasurable = "Not measurable: "
	allShare      = "All problems: "
	leftOut       = "Left out of the labels: "
)

// checked says by which share of its iterations a run may have met a target before a check saw it.
func checked(share float64) string {
	return fmt.Sprintf("Targets were not checked after each step: a run may have met one earlier, in up to %.0f%% fewer iterations.", math.Ceil(100*share))
}

// earlier is the largest such share of the targets that a screen speaks of: of 69 iterations that were
// not checked since 46, 22 of 69.
func (c *checker) earlier() float64 {
	share := 0.0
	coarse, fine, ok := c.ends()
	for _, r := range c.records {
		for _, t := range r.Targets {
			if ok && (t.goal() == coarse || t.goal() == fine) && t.Iteration != nil && t.Since != nil && *t.Iteration > 0 {
				share = math.Max(share, (*t.Iteration-*t.Since-1) / *t.Iteration)
			}
		}
	}
	return share
}

// line checks the next of the lines, or the table that begins there, and returns those after it.
func (c *checker) line(lines []string) []string {
	line := lines[0]
	kinds := []struct {
		begin, name string
		check       func(string)
	}{
		{c.Suite + ": ", "size", c.size},
		{"Accuracy ", "accuracy", c.accuracy},
		{"The price of a Hessian", "Hessian", c.hessian},
		{"Theory: ", "theory", c.theory},
		{"Before citing: ", "before citing", c.before},
		{medians, "medians", c.literal(medians)},
		{pass, "pass", c.literal(pass)},
		{"Targets were not checked ", "checked", func(line string) { c.same(line, line, checked(c.earlier())) }},
		{notMeasurable, "not measurable", c.refusals},
		{"warning: ", "warning", c.warning},
		{allShare, "shared", c.allShare},
		{leftOut, "left out", c.leftOut},
	}
	if strings.HasPrefix(line, "Cheapest setting ") {
		c.seen = append(c.seen, "cheapest")
		return c.table(lines)
	}
	if endings.MatchString(line) {
		c.seen = append(c.seen, "endings")
		c.ended(line)
		return lines[1:]
	}
	for _, kind := range kinds {
		if strings.HasPrefix(line, kind.begin) {
			c.seen = append(c.seen, kind.name)
			kind.check(line)
			return lines[1:]
		}
	}
	c.complain("not understood: %q", line)
	return lines[1:]
}

func (c *checker) literal(want string) func(string) {
	return func(line string) { c.same(line, line, want) }
}

// refusals checks why targets of the table are not measurable.
func (c *checker) refusals(line string) {
	coarse, fine, _ := c.ends()
	c.same(line, line, notMeasurable+strings.Join(c.unmeasured([]goal{coarse, fine}), " or ")+"; this is no miss.")
}

func (c *checker) same(line, shown, want string) {
	if shown != want {
		c.complain("%q says %q, and is %q", line, shown, want)
	}
}

// required are the kinds of lines that the runs call for.
func (c *checker) required() []string {
	want := []string{"size", "endings"}
	if c.earlier() > 0 {
		want = append(want, "checked")
	}
	coarse, fine, ok := c.ends()
	if ok {
		want = append(want, "cheapest", "medians", "pass")
	}
	if len(c.warnings()) > 0 {
		want = append(want, "warning")
	}
	if _, of := c.changes(); of > 0 {
		want = append(want, "accuracy")
	}
	if _, _, of := c.repriced(); of > 0 && slices.ContainsFunc(c.records, func(r *record) bool { return r.Counts.Hessians > 0 }) {
		want = append(want, "Hessian")
	}
	runs, _, _ := c.compared()
	if means, _, _ := c.means(); runs+means > 0 {
		want = append(want, "theory")
	}
	if ok && len(c.unmeasured([]goal{coarse, fine})) > 0 {
		want = append(want, "not measurable")
	}
	return append(want, "before citing")
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

func (c *checker) size(line string) {
	c.same(line, line, fmt.Sprintf("%s: %s, %s, %s", c.Suite, count(len(c.problems), "problem", "problems"),
		count(len(c.methodNames()), "method", "methods"), count(len(c.settings), "setting", "settings")))
}

var (
	endings = regexp.MustCompile(`^\d+ runs?[:;] `)
	ending  = regexp.MustCompile(`^(\d+) (.+)$`)
	ends    = map[string]string{"converged": "converged", "stopped at the budget": "budget", "stopped at the time limit": "timeout",
		"stalled": "stalled", "diverged": "diverged", "failed": "failed"}
	skips = regexp.MustCompile(`^(\d+) cells? skipped, since the problem lacks what the method requires$`)
)

// ended checks how many runs ended how.
func (c *checker) ended(line string) {
	by := map[string]int{}
	for _, r := range c.records {
		by[r.Status]++
	}
	head, rest, ran := strings.Cut(strings.TrimSuffix(line, "."), ": ")
	if !ran {
		head, rest, _ = strings.Cut(head, "; ")
		rest = "; " + rest
	}
	c.same(line, head, count(len(c.records)-by["skipped"], "run", "runs"))
	parts, skipped, _ := strings.Cut(rest, "; ")
	told := map[string]int{}
	for _, part := range strings.Split(parts, ", ") {
		if !ran {
			break
		}
		m := ending.FindStringSubmatch(part)
		if m == nil || ends[m[2]] == "" {
			c.complain("%q: not understood: %q", line, part)
			continue
		}
		told[ends[m[2]]], _ = strconv.Atoi(m[1])
	}
	if m := skips.FindStringSubmatch(skipped); m != nil {
		told["skipped"], _ = strconv.Atoi(m[1])
	} else if skipped != "" {
		c.complain("%q: not understood: %q", line, skipped)
	}
	for status := range by {
		if told[status] != by[status] {
			c.complain("%q: %d runs are %s", line, by[status], status)
		}
	}
	for status := range told {
		if by[status] == 0 {
			c.complain("%q: no run is %s", line, status)
		}
	}
}

var (
	stopped = regexp.MustCompile(`^(\d+) of (\d+) runs? stopped at the budget$`)
	late    = regexp.MustCompile(`^(\d+) of (\d+) runs? stopped at the time limit$`)
	failed  = regexp.MustCompile(`^(\d+) runs? failed with an error$`)
	repeats = regexp.MustCompile(`^random runs have only (\d+) repeats?$`)
	edge    = regexp.MustCompile(`^the best learning rate lies at the edge of its grid in (\d+) of (\d+) grids?$`)
	review  = regexp.MustCompile("^`gdbench review [^`]+` lists what a referee would criticize\\.$")
)

// before checks what to mend before citing: each part that is there, and that none is missing.
func (c *checker) before(line string) {
	by, all := map[string]int{}, 0
	for _, r := range c.records {
		if r.Status != "skipped" {
			all++
		}
		by[r.Status]++
	}
	edges, grids := c.grids()
	said := map[string]bool{}
	text := strings.TrimPrefix(line, "Before citing: ")
	at := strings.LastIndex(text, "`gdbench review ")
	if at < 0 || !review.MatchString(text[at:]) {
		c.complain("%q names no review", line)
		at = len(text)
	}
	for _, part := range strings.Split(strings.TrimSuffix(strings.TrimSpace(text[:at]), "."), "; ") {
		if m := stopped.FindStringSubmatch(part); m != nil {
			said["budget"] = true
			c.same(line, m[1]+" of "+m[2], fmt.Sprintf("%d of %d", by["budget"], all))
		} else if m := late.FindStringSubmatch(part); m != nil {
			said["timeout"] = true
			c.same(line, m[1]+" of "+m[2], fmt.Sprintf("%d of %d", by["timeout"], all))
		} else if m := failed.FindStringSubmatch(part); m != nil {
			said["failed"] = true
			c.same(line, m[1], strconv.Itoa(by["failed"]))
		} else if m := repeats.FindStringSubmatch(part); m != nil {
			said["repeats"] = true
			c.same(line, m[1], strconv.Itoa(c.repeats()))
		} else if m := edge.FindStringSubmatch(part); m != nil {
			said["edge"] = true
			c.same(line, m[1]+" of "+m[2], fmt.Sprintf("%d of %d", edges, grids))
		} else if part != "" {
			c.complain("%q: not understood: %q", line, part)
		}
	}
	for fault, n := range map[string]int{"edge": edges, "budget": by["budget"], "timeout": by["timeout"], "failed": by["failed"]} {
		if said[fault] != (n > 0) {
			c.complain("%q: %s: %d", line, fault, n)
		}
	}
}

// repeats is the least number of runs of a setting that is random.
func (c *checker) repeats() int {
	least := math.MaxInt
	for _, p := range c.problems {
		for _, s := range p.settings {
			if !s.runs[0].Deterministic && !s.skipped() {
				least = min(least, len(s.runs))
			}
		}
	}
	return least
}
