package evidence

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/internal/theorem"
	"github.com/gdbench/gdbench/results"
)

// Conclusions are what a summary says below its table, at most four sentences or pairs of them:
// whether the cheapest method depends on the accuracy, and on the price of a Hessian; whether
// theory holds; and what to mend before citing. What the runs do not carry is not said. run is
// how the command line calls the run.
func (e *Evidence) Conclusions(run string) []string {
	var out []string
	for _, sentence := range []string{e.byAccuracy(), e.byPrice(), e.byTheory(), e.toMend(run)} {
		if sentence != "" {
			out = append(out, sentence)
		}
	}
	return out
}

// turn is a problem on which another method is first once the view changes.
type turn struct {
	before, after *Standing
	weight        float64 // cost of what is first after, where it was not, over that of what was
}

// turns compares two views of each problem. It gives the number of problems on which methods
// compete in both, and of these those on which no method is first in both; the most telling one
// is the one where the later winner had been behind by the largest factor.
func turns(pairs [][2]Standing, cost Cost) (of int, all []turn, telling *turn) {
	for i := range pairs {
		a, b := &pairs[i][0], &pairs[i][1]
		if !a.contested() || !b.contested() {
			continue
		}
		of++
		if !differ(a, b) {
			continue
		}
		later := b.names()
		same := slices.DeleteFunc(slices.Clone(a.Problem.Entries), func(entry *Entry) bool { return !slices.Contains(later, entry.Name()) })
		t := turn{before: a, after: b}
		if a.Cost > 0 { // a cost of zero says nothing of how far others were behind
			_, behind := a.Problem.Cheapest(same, a.Goal, cost)
			t.weight = behind / a.Cost
		}
		all = append(all, t)
	}
	for i := range all {
		if telling == nil || all[i].weight > telling.weight {
			telling = &all[i]
		}
	}
	return of, all, telling
}

// byAccuracy says whether the cheapest method depends on the accuracy that is asked for.
func (e *Evidence) byAccuracy() string {
	coarse, fine, ok := e.Aims()
	if !ok || coarse == fine {
		return ""
	}
	var pairs [][2]Standing
	for _, p := range e.Problems {
		pairs = append(pairs, [2]Standing{p.Standing(coarse, e.Work()), p.Standing(fine, e.Work())})
	}
	of, changed, t := turns(pairs, e.Work())
	if of == 0 {
		return ""
	}
	if t == nil {
		return fmt.Sprintf("Accuracy does not change the cheapest method%s: it is the same at %s and at %s.", e.among(0, of, "where methods compete at both"), text.Short(coarse.Target), text.Short(fine.Target))
	}
	return fmt.Sprintf("Accuracy changes the cheapest method%s. On %s: %s at %s, %s at %s.", e.among(len(changed), of, "where methods compete at both"),
		e.ShortProblem(t.before.Problem), e.first(t.before, e.Work().unit(t.before.Cost)), text.Short(coarse.Target), e.first(t.after, ""), text.Short(fine.Target))
}

// byPrice says whether the cheapest method depends on what a Hessian costs, n passes or one, at
// one of the two goals.
func (e *Evidence) byPrice() string {
	coarse, fine, ok := e.Aims()
	if !ok || e.Work().Name != Passes.Name || !e.some(func(entry *Entry) bool {
		return slices.ContainsFunc(entry.Cells, func(c *Cell) bool { return c.Counts.Hessians > 0 })
	}) {
		return ""
	}
	goals := []Goal{fine}
	if coarse != fine {
		goals = append(goals, coarse)
	}
	competed, changed := map[*Problem]bool{}, map[*Problem]bool{}
	var example *turn
	for _, g := range goals {
		var pairs [][2]Standing
		for _, p := range e.Problems {
			pair := [2]Standing{p.Standing(g, Passes), p.Standing(g, CheapHessians)}
			if pair[0].contested() {
				competed[p] = true
			}
			pairs = append(pairs, pair)
		}
		_, all, telling := turns(pairs, Passes)
		for _, t := range all {
			changed[t.before.Problem] = true
		}
		if example == nil {
			example = telling
		}
	}
	if len(competed) == 0 {
		return ""
	}
	if example == nil {
		return fmt.Sprintf("The price of a Hessian, n passes or 1, does not change the cheapest method%s.", e.among(0, len(competed), "where methods compete"))
	}
	return fmt.Sprintf("The price of a Hessian, n passes or 1, changes the cheapest method%s. On %s at %s: %s, with a Hessian at 1 %s.", e.among(len(changed), len(competed), "where methods compete"),
		e.ShortProblem(example.before.Problem), text.Short(example.before.Goal.Target), e.first(example.before, Passes.unit(example.before.Cost)), e.first(example.after, ""))
}

// among is " on 3 of 6 problems", " on all 6 problems" or, for 0, " on any of 6 problems", saying
// which where there are others. It says nothing where there is one problem in all.
func (e *Evidence) among(part, of int, which string) string {
	said := english.Count(of, "problem")
	switch {
	case len(e.Problems) == 1:
		return ""
	case of == 1:
		said = "the only problem"
	case part == 0:
		said = "any of " + said
	case part < of:
		said = fmt.Sprintf("%d of %s", part, said)
	default:
		said = "all " + said
	}
	if of < len(e.Problems) {
		said += " " + which
	}
	return " on " + said
}

// first names what is first, with its cost: "newton (225 passes)"; unit may be "".
func (e *Evidence) first(s *Standing, unit string) string {
	return fmt.Sprintf("%s (%s)", e.Called(s), strings.TrimSpace(text.Short(s.Cost)+" "+unit))
}

// Called names the cheapest settings: the first, and how many cost the same.
func (e *Evidence) Called(s *Standing) string {
	said := e.ShortMethod(s.Cheapest[0])
	if equal := len(s.Cheapest) - 1; equal > 0 {
		said += fmt.Sprintf(" (+%d equal)", equal)
	}
	return said
}

// byTheory says how many runs were compared with theorems, and which bounds did not hold.
func (e *Evidence) byTheory() string {
	compared, above, runs := 0, 0, 0
	single, expected := map[string]bool{}, map[string]bool{}
	means, refuted := 0, 0
	broken := ""
	for _, p := range e.Problems {
		for _, entry := range p.Entries {
			for _, c := range entry.Ran() {
				runs++
				measured, violated := c.held(single)
				if measured {
					compared++
				}
				if violated {
					above++
				}
			}
			measured, not := entry.expectations(expected)
			if measured {
				means++
			}
			if not {
				refuted++
			}
			if worst := entry.Worst(); worst != nil && worst.broken() && broken == "" {
				broken = fmt.Sprintf("%s (%s, %s)", worst.Name, e.ShortProblem(p), e.ShortMethod(entry))
			}
		}
	}
	var parts []string
	if compared > 0 {
		parts = append(parts, fmt.Sprintf("%[2]d of %[1]s %[3]s compared with %[4]s, and %[5]s above a bound", english.Count(runs, "run"), compared, english.Verb(compared, "was", "were"), english.Count(len(single), "theorem"), none(above, "is", "are")))
	}
	if means > 0 {
		parts = append(parts, fmt.Sprintf("of the means of %s, %s above %s in expectation", english.Count(means, "setting"), none(refuted, "is", "are"), english.Verb(len(expected), "the bound of a theorem", "the bounds of theorems")))
	}
	if len(parts) == 0 {
		return ""
	}
	said := "Theory: " + strings.Join(parts, "; ") + "."
	if broken != "" {
		said += " Not held: " + broken + "; see the table theorems."
	}
	return said
}

// none is "none is" or "3 are".
func none(n int, one, several string) string {
	if n == 0 {
		return "none " + one
	}
	return fmt.Sprintf("%d %s", n, english.Verb(n, one, several))
}

// held reports whether the run was compared with a theorem that speaks of each run, and whether
// it was above a bound; the theorems' names go into seen.
func (c *Cell) held(seen map[string]bool) (measured, violated bool) {
	for i := range c.Theorems {
		t := &c.Theorems[i]
		if t.InExpectation || t.Compared == 0 {
			continue
		}
		broken := t.Outcome != string(theorem.Holds)
		if t.Condition && !broken {
			continue // it says how steps are made, not how far they lead
		}
		seen[t.Name], measured = true, true
		violated = violated || broken
	}
	return measured, violated
}

// expectations is held for the means over the repeats of an entry.
func (e *Entry) expectations(seen map[string]bool) (measured, refuted bool) {
	for _, x := range e.Expected {
		v := x.Verdict()
		if v.Outcome == theorem.Unmeasured {
			continue
		}
		seen[x.Name], measured = true, true
		refuted = refuted || v.Outcome == theorem.Refuted
	}
	return measured, refuted
}

// toMend says what weakens the results, and where there is more.
func (e *Evidence) toMend(run string) string {
	var faults []string
	runs, _, _, by := e.Endings()
	for _, status := range []results.Status{results.Budget, results.Timeout} {
		if spent := by[status]; spent > 0 {
			faults = append(faults, fmt.Sprintf("%d of %s %s", spent, english.Count(runs, "run"), ended[status]))
		}
	}
	if broke := by[results.Failed]; broke > 0 {
		faults = append(faults, english.Count(broke, "run")+" failed with an error")
	}
	if few := e.fewestRepeats(); few > 0 && few < fewRepeats {
		faults = append(faults, fmt.Sprintf("random runs have only %s", english.Count(few, "repeat")))
	}
	if edges, grids := e.edges(); len(edges) > 0 {
		faults = append(faults, fmt.Sprintf("the best learning rate lies at the edge of its grid in %d of %s", len(edges), english.Count(grids, "grid")))
	}
	where := fmt.Sprintf("`gdbench review %s` lists what a referee would criticize.", run)
	if len(faults) == 0 {
		return "Before citing: " + where
	}
	return "Before citing: " + strings.Join(faults, "; ") + ". " + where
}

// fewRepeats is the number of random runs below which quartiles say little.
const fewRepeats = 5

// fewestRepeats is the least number of runs of a setting whose runs are random; 0: none is.
func (e *Evidence) fewestRepeats() int {
	fewest := math.MaxInt
	for _, p := range e.Problems {
		for _, entry := range p.Entries {
			if ran := entry.Ran(); len(ran) > 0 && !ran[0].Deterministic {
				fewest = min(fewest, len(ran))
			}
		}
	}
	if fewest == math.MaxInt {
		return 0
	}
	return fewest
}
