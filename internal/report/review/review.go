package review

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/results"
)

// Finding is something that a referee would attack, and how to mend it.
type Finding struct {
	Major bool // it can change a conclusion
	Topic string
	Name  string // by which a suite accepts it; empty: it cannot
	What  string
	Mend  string

	Stated string // why the suite accepts it; empty: it does not
}

// Of looks at runs with the eyes of a referee. Major findings come first, those that the
// suite states itself last. What it does not find is not thereby right: it knows the common faults only.
func Of(runs []*results.Run) ([]Finding, error) {
	e, err := evidence.Gather(runs)
	if err != nil {
		return nil, err
	}
	r := &referee{Evidence: e}
	for _, look := range []func(){r.tuning, r.effort, r.searches, r.copies, r.sample, r.starts, r.targets, r.looks, r.budget, r.ranking, r.provenance} {
		look()
	}
	r.accept()
	slices.SortStableFunc(r.findings, func(a, b Finding) int { return a.weight() - b.weight() })
	return r.findings, nil
}

// weight is the place of a finding among the others.
func (f *Finding) weight() int {
	switch {
	case f.Stated != "":
		return 2
	case f.Major:
		return 0
	}
	return 1
}

type referee struct {
	*evidence.Evidence
	findings []Finding
}

func (r *referee) find(major bool, topic, name, what, mend string) {
	r.findings = append(r.findings, Finding{Major: major, Topic: topic, Name: name, What: what, Mend: mend})
}

// tuning: does the best rate lie inside the grid, and is there one best?
func (r *referee) tuning() {
	var edges, ties []string
	for _, p := range r.Problems {
		for _, entries := range p.RateGrids(2) {
			if setByTheory(entries) {
				continue
			}
			if p.AtEdge(entries) != 0 {
				best := p.Best(entries, evidence.EveryRun)
				edges = append(edges, fmt.Sprintf("%s (%s) at %s", best.Group, p.Label, text.Short(best.Rate)))
			}
			if equal := ratesOf(p.AsGood(entries)); len(equal) > 1 {
				ties = append(ties, fmt.Sprintf("%s (%s) at %s", entries[0].Group, p.Label, strings.Join(equal, ", ")))
			}
		}
	}
	if len(ties) > 0 {
		r.find(false, "tuning", "", "several learning rates are equally good, and the first of the suite is called the best: "+text.Some(ties)+".",
			"Name them all, or add finer targets, which tell them apart.")
	}
	if len(edges) > 0 {
		r.find(true, "tuning", results.EdgeOfGrid, "the best learning rate lies at the edge of the grid: "+text.Some(edges)+".",
			"Widen the grid until the best rate lies inside; until then the method may be better than shown.")
	}
}

// setByTheory reports whether a method has its rates from theory rather than from tuning: at most two,
// all arithmetic over facts, such as 1/L.
func setByTheory(entries []*evidence.Entry) bool {
	return len(entries) <= 2 && !slices.ContainsFunc(entries, func(entry *evidence.Entry) bool { return entry.Written == "" })
}

// ratesOf are the different rates of some entries.
func ratesOf(entries []*evidence.Entry) []string {
	var rates []string
	for _, entry := range entries {
		if rate := text.Short(entry.Rate); !slices.Contains(rates, rate) {
			rates = append(rates, rate)
		}
	}
	return rates
}

func sortedNames(m map[string]int) []string {
	var names []string
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// sample: are there enough repeats, starts and problems?
func (r *referee) sample() {
	fewest, single := math.MaxInt, 0
	for _, p := range r.Problems {
		deterministic := true
		for _, entry := range p.Entries {
			if ran := entry.Ran(); len(ran) > 0 && !ran[0].Deterministic {
				deterministic = false
				fewest = min(fewest, len(ran))
			}
		}
		if deterministic {
			single++
		}
	}
	if fewest < 10 {
		r.find(fewest < 5, "sample", results.FewRepeats, fmt.Sprintf("there %s %s although the runs are random.", english.Verb(fewest, "is", "are"), english.Count(fewest, "repeat")),
			"Ask for `repeats: 10` or more; a signed-rank test at 5% needs 6 pairs to be able to reject at all.")
	}
	if single > 0 {
		r.find(false, "sample", "", fmt.Sprintf("%d of %s %s run from one start with nothing random: one path for each method says nothing about the spread.", single, english.Count(len(r.Problems), "problem"), english.Verb(single, "was", "were")),
			"Use a random start, such as `start: {name: normal}`, with repeats.")
	}
	if n := len(r.Problems); n > 1 && n < evidence.FewProblems {
		r.find(false, "sample", "", english.Count(n, "problem")+" are few for a ranking.",
			fmt.Sprintf("State results by problem, or add problems up to %d at least.", evidence.FewProblems))
	}
}

// targets: are the targets above rounding?
func (r *referee) targets() {
	var fine, unknown []string
	for _, p := range r.Problems {
		if p.BestSeen {
			if byGaps(p) {
				unknown = append(unknown, p.Label)
			}
			continue
		}
		limit := p.Example.Minimum.Floor()
		for _, g := range p.Goals() {
			for _, entry := range p.Entries {
				if start := entry.Cells[0].Start.Gap; g.Kind == results.RelativeTarget && evidence.Finite(start) && g.Target*start < limit {
					fine = append(fine, fmt.Sprintf("%s on %s (f* is good to %s)", g.Text(), p.Label, text.Short(limit)))
					break
				}
			}
		}
	}
	if len(fine) > 0 {
		r.find(true, "targets", results.FineTarget, "a target is finer than the accuracy of f*: "+text.Some(fine)+".", "Drop the target, or state f* more accurately.")
	}
	if len(unknown) > 0 {
		r.find(true, "f*", results.UnknownMinimum, "f* is unknown, and the best value seen is used instead: "+text.Some(unknown)+". The winner's gap is zero by construction.",
			"Give the minimum with its source, or ask for targets that need none: `targets: {value: …, gradient: 1e-3}`, or a diagnostic such as `accuracy: 0.95`.")
	}
}

// byGaps reports whether a problem without f* has no target that can be measured.
func byGaps(p *evidence.Problem) bool {
	return !slices.ContainsFunc(p.Goals(), func(g evidence.Goal) bool {
		return g.Kind != results.RelativeTarget && g.Kind != results.AbsoluteTarget
	})
}

// provenance: can somebody else make these numbers?
func (r *referee) provenance() {
	broken := map[results.Status]int{}
	for _, p := range r.Problems {
		for _, entry := range p.Entries {
			for _, c := range entry.Cells {
				broken[c.Status]++
			}
		}
	}
	if n := broken[results.Failed]; n > 0 {
		r.find(true, "runs", "", english.Count(n, "run")+" failed with an error.", "Read their messages in the table of runs, and fix the cause before drawing conclusions.")
	}
	if n := broken[results.Skipped]; n > 0 {
		r.find(false, "runs", "", fmt.Sprintf("%s %s skipped: a problem lacks what a method requires.", english.Count(n, "cell"), english.Verb(n, "was", "were")), "Say so in the text: a method that was not run has not lost.")
	}
	for i, run := range r.Runs {
		m := run.Manifest
		if !m.CleanCommit() {
			r.find(false, "provenance", "", fmt.Sprintf("the commit of gdbench that made %s is %s.", m.Suite, cmp.Or(m.Commit, "unknown")), "Commit your changes and build from a clean checkout with `go build`, so that the binary knows its commit.")
		}
		r.whole(i)
		if m.Timing == nil && m.Workers > 1 {
			r.find(false, "times", "", fmt.Sprintf("the seconds of %s are indicative: they come from %d workers sharing the machine.", m.Suite, m.Workers), "Do not quote them; for times run with `timing: exclusive`.")
		}
	}
}

// Text is a review in words.
func Text(findings []Finding) string {
	if len(findings) == 0 {
		return "No finding. This is no proof: the checks know only common faults.\n"
	}
	var b strings.Builder
	for _, f := range findings {
		weight, mend := [...]string{"MAJOR", "minor", "stated"}[f.weight()], f.Mend
		if f.Stated != "" {
			mend = "The suite says: " + f.Stated
		} else if f.Name != "" {
			mend += " If it is part of what the suite shows: `accept: [{finding: " + f.Name + ", because: …}]`."
		}
		fmt.Fprintf(&b, "%-6s %s: %s\n       %s\n", weight, f.Topic, text.Terminal(f.What), text.Terminal(mend))
	}
	return b.String()
}
