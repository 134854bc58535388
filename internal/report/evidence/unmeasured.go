package evidence

import (
	"slices"
	"strings"

	"github.com/gdbench/gdbench/results"
)

// reason is why a goal cannot be measured on a problem, and what to do about it.
type reason struct{ why, advice string }

var (
	unknownMinimum = reason{"f* is unknown", "add targets that need no f*, such as `value` or `gradient`"}
	tooFine        = reason{"the target is finer than f* is known and f is computed", "ask for a coarser one"}
	startsThere    = reason{"the runs start at a minimum", "start them elsewhere"}
	belowMinimum   = reason{"the value is below f*", "ask for values above f*"}
	noDiagnostic   = reason{"the problem has no such diagnostic", "ask for one that it has"}
)

// unmeasured is why no run on the problem could measure a goal.
func (p *Problem) unmeasured(g Goal) reason {
	m := p.Example.Minimum
	switch {
	case g.isDiagnostic():
		return noDiagnostic
	case m == nil:
		return unknownMinimum
	case g.Kind == results.ValueTarget && g.Target < float64(m.Value):
		return belowMinimum
	case g.Kind == results.RelativeTarget && p.startsSolved():
		return startsThere
	}
	return tooFine
}

// startsSolved reports whether the gap is zero at the start of every run, as far as f* is known.
func (p *Problem) startsSolved() bool {
	ran, m := false, p.Example.Minimum
	for _, entry := range p.Entries {
		for _, c := range entry.Ran() {
			if ran = true; !(m != nil && c.Start.Gap < m.Floor()) {
				return false
			}
		}
	}
	return ran
}

// unmeasured are the reasons of the goals that were asked for and are not measurable, each once.
func (e *Evidence) unmeasured(among func(Goal) bool) []reason {
	found := map[reason]bool{}
	for _, p := range e.Problems {
		for _, g := range p.goals {
			if among(g) && !p.Measures(g) {
				found[p.unmeasured(g)] = true
			}
		}
	}
	all := []reason{unknownMinimum, tooFine, startsThere, belowMinimum, noDiagnostic}
	return slices.DeleteFunc(all, func(r reason) bool { return !found[r] })
}

// Unmeasured says why some goals are not measurable on problems that were asked for them; none: all
// are.
func (e *Evidence) Unmeasured(among func(Goal) bool) []string {
	reasons := e.unmeasured(among)
	if len(reasons) == 0 {
		return nil
	}
	why, _ := enumerated(reasons)
	return []string{"Not measurable: " + why + "; this is no miss."}
}

// enumerated are what some reasons say, and what they advise.
func enumerated(reasons []reason) (why, advice string) {
	var causes, remedies []string
	for _, r := range reasons {
		causes = append(causes, r.why)
		if !slices.Contains(remedies, r.advice) {
			remedies = append(remedies, r.advice)
		}
	}
	return strings.Join(causes, " or "), strings.Join(remedies, ", or ")
}
