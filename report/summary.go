package report

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/report/table"
	"github.com/gdbench/gdbench/results"
)

// Summary has one row for each problem and method: how the runs ended, and what the
// finest target that anybody reached has cost.
func (e *Evidence) Summary() *table.Table {
	t := &table.Table{Name: "summary", Title: "Runs by problem and method", Columns: columns(
		"problem", "method", "runs", "converged", "target", "reached", "iterations", "evaluations", "epochs", "final gap", "ended", "at"),
		Notes: []string{
			"Cost to the target and final gap: median [quartiles] over the runs; a run that did not reach it counts as infinite (∞).",
			"The target is the finest that at least half of the runs of some method reached on this problem; converged means that the stop was met, which a saddle meets too (at: the critical point where the runs ended).",
		}}
	byTheory := e.heldAgainstTheory()
	if byTheory {
		t.Columns = append(t.Columns, columns("worst ratio", "theorem", "rate", "promised")...)
		t.Notes = append(t.Notes, "Worst ratio: the largest measured/bound over the theorems that apply, and that theorem: near 1 it is as slow as the theorem allows, above 1 refuted. Rate: how the gap falls over its tail, by a factor an iteration (×) or as a power of the iteration number k, and the same of what a theorem promises.")
	}
	for _, p := range e.Problems {
		goal, known := p.reached()
		for _, entry := range p.Entries {
			row := entry.summary(goal, known)
			if byTheory {
				row = append(row, entry.byTheory()...)
			}
			t.Rows = append(t.Rows, row)
		}
	}
	t.Notes = append(t.Notes, e.minima()...)
	return t
}

// minima say what gaps are measured from: f* with its source and accuracy, problems with the
// same in one note.
func (e *Evidence) minima() []string {
	var said []string
	on := map[string][]string{}
	for _, p := range e.Problems {
		text := p.minimum()
		if on[text] == nil {
			said = append(said, text)
		}
		on[text] = append(on[text], p.Label)
	}
	for i, text := range said {
		said[i] = list(on[text]) + ": " + text + "."
	}
	return said
}

// minimum is f*, its source and accuracy, in words.
func (p *Problem) minimum() string {
	switch m := p.Example.Minimum; {
	case m == nil:
		return "f* is unknown; gaps are above the best value seen, " + table.Short(p.Reference)
	case m.Accuracy > 0:
		return fmt.Sprintf("f* = %s (%s, accurate to %s)", table.Short(float64(m.Value)), m.Source, table.Short(float64(m.Accuracy)))
	default:
		return fmt.Sprintf("f* = %s (%s)", table.Short(float64(m.Value)), m.Source)
	}
}

// heldAgainstTheory reports whether any theorem was measured.
func (e *Evidence) heldAgainstTheory() bool {
	for _, p := range e.Problems {
		if slices.ContainsFunc(p.Entries, func(entry *Entry) bool { return entry.worst() != nil }) {
			return true
		}
	}
	return false
}

// byTheory is what theory says of the runs beside what was measured.
func (e *Entry) byTheory() []table.Cell {
	ratio, name := math.NaN(), "–"
	if worst := e.worst(); worst != nil {
		ratio, name = worst.Ratio, worst.Name
	}
	rate, _ := e.fitted()
	promised, _ := e.promisedLaw()
	return []table.Cell{table.Number(ratio), table.Text(name), rate, promised}
}

func columns(names ...string) []table.Column {
	out := make([]table.Column, len(names))
	for i, name := range names {
		out[i].Name = name
	}
	return out
}

func (e *Entry) summary(goal Goal, known bool) []table.Cell {
	ran := e.Ran()
	converged := 0
	for _, c := range ran {
		if c.Status == results.Converged {
			converged++
		}
	}
	row := []table.Cell{table.Text(e.Problem.Label), table.Text(e.Label), table.Count(len(ran)), table.Share{Part: converged, Of: len(ran)}}
	if known {
		row = append(row, table.Text(goal.Text()), e.success(goal))
	} else {
		row = append(row, table.Text("–"), table.Share{})
	}
	for _, cost := range []Cost{Iterations, Evaluations, Epochs} {
		q := table.Quartiles{Median: math.NaN(), Q1: math.NaN(), Q3: math.NaN()}
		if known {
			q = quartiles(e.ToReach(goal, cost))
		}
		row = append(row, q)
	}
	return append(row, quartiles(e.FinalGaps()), table.Text(e.Ended()), table.Text(e.points()))
}

// success is the share of runs that reached a goal.
func (e *Entry) success(goal Goal) table.Share {
	share := table.Share{}
	for _, v := range e.ToReach(goal, Iterations) {
		share.Of++
		if !math.IsInf(v, 1) {
			share.Part++
		}
	}
	return share
}

// Ended counts the ways in which the runs ended: "converged 8, diverged 2".
func (e *Entry) Ended() string {
	count := map[results.Status]int{}
	for _, c := range e.Cells {
		count[c.Status]++
	}
	var words []string
	for _, status := range results.Statuses {
		switch n := count[status]; {
		case n > 0 && n == len(e.Cells):
			return string(status)
		case n > 0:
			words = append(words, fmt.Sprintf("%s %d", status, n))
		}
	}
	return strings.Join(words, ", ")
}

// points counts the kinds of critical points at which the runs ended: "global minimum 6,
// saddle 4"; empty where none was recognized. Some kinds may be left out.
func (e *Entry) points(without ...string) string {
	count := map[string]int{}
	var kinds []string
	for _, c := range e.Cells {
		kind := c.Final.CriticalPoint
		if kind == "" || slices.Contains(without, kind) {
			continue
		}
		if count[kind] == 0 {
			kinds = append(kinds, kind)
		}
		count[kind]++
	}
	slices.Sort(kinds)
	for i, kind := range kinds {
		if count[kind] == len(e.Cells) {
			return kind
		}
		kinds[i] = fmt.Sprintf("%s %d", kind, count[kind])
	}
	return strings.Join(kinds, ", ")
}

// reached is the last goal, as they are written from easy to hard, that at least half of
// the runs of some entry reached; the first goal if there is none such.
func (p *Problem) reached() (goal Goal, known bool) {
	goals := p.Goals()
	for _, g := range goals {
		for _, entry := range p.Entries {
			if s := entry.success(g); s.Of > 0 && 2*s.Part >= s.Of {
				goal, known = g, true
				break
			}
		}
	}
	if !known && len(goals) > 0 {
		return goals[0], true
	}
	return goal, known
}

// TargetTable has one row for each problem, method and target: the share of runs that
// reached it, and every cost of doing so.
func (e *Evidence) TargetTable() *table.Table {
	costs := []Cost{Iterations, Evaluations, Gradients, Samples, Epochs}
	names := []string{"problem", "method", "target", "reached"}
	for _, cost := range costs {
		names = append(names, cost.Name)
	}
	t := &table.Table{Name: "targets", Title: "Cost to each target", Columns: columns(names...),
		Notes: []string{"Median [quartiles] over the runs; a run that did not reach the target counts as infinite (∞)."}}
	for _, p := range e.Problems {
		for _, goal := range p.Goals() {
			for _, entry := range p.Entries {
				row := []table.Cell{table.Text(p.Label), table.Text(entry.Label), table.Text(goal.Text()), entry.success(goal)}
				for _, cost := range costs {
					row = append(row, quartiles(entry.ToReach(goal, cost)))
				}
				t.Rows = append(t.Rows, row)
			}
		}
	}
	return t
}
