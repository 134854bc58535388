package tables

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/table"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/results"
)

// screenRows bounds the problems that a terminal shows, screenWidth its table; sentences break
// somewhat earlier.
const screenRows, screenWidth, sentenceWidth = 12, 120, 110

// Screen is what a run prints at its end: how many runs ended how, the cheapest setting for a
// coarse and a fine target with the reference method beside it, and at most four conclusions.
// Everything else is in the files of the report.
func Screen(e *evidence.Evidence) string {
	var b strings.Builder
	b.WriteString(wrap(text.Terminal(heading(e))) + "\n" + wrap(text.Terminal(e.Counted())) + "\n")
	for _, w := range e.Untrue() {
		b.WriteString(wrap("warning: "+text.Terminal(string(w))) + "\n")
	}
	if t := screenTable(e); t != nil {
		b.WriteString("\n" + wrap(text.Terminal(t.Title)) + "\n")
		t.Title = ""
		var written bytes.Buffer
		if err := table.Write(&written, table.TextFormat, t); err != nil {
			return err.Error() // a buffer does not fail
		}
		b.WriteString(strings.TrimPrefix(written.String(), "\n"))
	}
	b.WriteString("\n")
	for _, sentence := range append(e.Tuned(), e.Conclusions(folders(e))...) {
		b.WriteString(wrap(text.Terminal(sentence)) + "\n")
	}
	return b.String()
}

// wrap breaks a sentence into lines of a terminal.
func wrap(sentence string) string { return text.Wrap(sentence, sentenceWidth) }

// heading is the suite with its size.
func heading(e *evidence.Evidence) string {
	var suites []string
	for _, run := range e.Runs {
		suites = append(suites, run.Manifest.Suite)
	}
	methods, settings := e.Sizes()
	return fmt.Sprintf("%s: %s, %s, %s", strings.Join(suites, ", "), english.Count(len(e.Problems), "problem"), english.Count(methods, "method"), english.Count(settings, "setting"))
}

// folders are the runs as the command line calls them.
func folders(e *evidence.Evidence) string {
	var out []string
	for _, run := range e.Runs {
		out = append(out, run.Folder)
	}
	return strings.Join(out, " ")
}

// screenTable has a row for each of the first problems; nil where no target was measurable.
func screenTable(e *evidence.Evidence) *table.Table {
	coarse, fine, ok := e.Aims()
	if !ok {
		return nil
	}
	cost := e.Work()
	goals := []evidence.Goal{coarse, fine}
	if coarse == fine {
		goals = goals[:1]
	}
	t := &table.Table{Width: screenWidth, Title: fmt.Sprintf("Cheapest setting of all for each target, and the reference, %s, at its own cheapest setting, in %s", e.Reference, cost.Name),
		Columns: columns("problem")}
	for _, g := range goals {
		t.Columns = append(t.Columns, columns(briefly(g), cost.Name, "reference")...)
	}
	for _, p := range e.Problems[:min(screenRows, len(e.Problems))] {
		row := []table.Cell{table.Text(e.ShortProblem(p))}
		for _, g := range goals {
			s := p.Standing(g, cost)
			row = append(row, table.Text(said(&s, func() string { return e.Called(&s) })), table.Number(costOf(&s)), table.Number(s.Reference))
		}
		t.Rows = append(t.Rows, row)
	}
	if left := len(e.Problems) - len(t.Rows); left > 0 {
		t.Notes = append(t.Notes, fmt.Sprintf("%d more %s in cheapest.txt of the report.", left, english.Noun(left, "problem")))
	}
	t.Notes = append(t.Notes, "Medians over all runs of a setting; ∞: half of them or more do not arrive; –: did not run, or not measurable.")
	t.Notes = append(t.Notes, e.Unmeasured(func(g evidence.Goal) bool { return slices.Contains(goals, g) })...)
	if lacks(e, goals, func(s evidence.Standing) bool { return !s.Asked }) {
		t.Notes = append(t.Notes, "Not asked for: the runs on the problem have no such target.")
	}
	var checks evidence.Checks // of all problems, since the sentences below the table are about all
	for _, p := range e.Problems {
		checks.Add(p, goals...)
	}
	t.Notes = slices.Concat(t.Notes, []string{priceNote(cost)}, checks.Notes(), e.SharedByProblems())
	return t
}

// lacks reports whether something is so of one of the goals on a problem.
func lacks(e *evidence.Evidence, goals []evidence.Goal, so func(evidence.Standing) bool) bool {
	return slices.ContainsFunc(e.Problems, func(p *evidence.Problem) bool {
		return slices.ContainsFunc(goals, func(g evidence.Goal) bool { return so(p.Standing(g, e.Work())) })
	})
}

// briefly is a goal as a column is called.
func briefly(g evidence.Goal) string {
	if g.Kind == results.RelativeTarget {
		return "to relative gap " + text.Short(g.Target)
	}
	return "to " + g.Text()
}
