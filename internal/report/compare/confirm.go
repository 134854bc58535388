package compare

import (
	"fmt"
	"math"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/text"
)

// Doubtful are the rows that count against NEW though chance may have made them: those of a
// test. Runs with another seed can refute them.
func (r *Report) Doubtful() []*Row {
	var rows []*Row
	for row := range r.gated() {
		if row.Verdict.Bad() && !math.IsNaN(float64(row.P)) {
			rows = append(rows, row)
		}
	}
	return rows
}

// Confirm keeps those of the doubtful rows whose subject, a cell, a method or the suite, is
// worse in a second comparison too, of runs with another seed. Where it could not be
// compared a second time the first verdict counts; the others are no losses.
func (r *Report) Confirm(second *Report, seed string) {
	if (Gate{}).Judge(second) == NotComparable {
		r.Again = "Could not be looked at again: " + second.Headline
		return
	}
	confirmed, refuted := 0, 0
	for _, row := range r.Doubtful() {
		again, bad := second.about(row)
		if bad {
			confirmed++
			row.note("again with seed " + seed + again)
			continue
		}
		refuted++
		row.Verdict = Changed
		row.note(fmt.Sprintf("worse at first (p = %s), but not with seed %s%s", text.Digits(float64(row.P), 2), seed, again))
	}
	if confirmed+refuted == 0 {
		return
	}
	r.Again = fmt.Sprintf("Runs with another seed, %s, confirm %d of %s.", seed, confirmed, english.Count(confirmed+refuted, "loss"))
	clear(r.Verdicts)
	r.finish()
}

// about is what a second comparison says of the subject of a row, in words, and whether that
// counts against NEW, as it does where the subject was not compared.
func (r *Report) about(first *Row) (said string, bad bool) {
	compared := false
	for row := range r.gated() {
		if row.Problem != first.Problem || row.Method != first.Method {
			continue
		}
		if row.Verdict.Bad() || row.Verdict == Incomparable {
			return inSecond(row), true
		}
		compared = true
		if row.Metric == first.Metric {
			said = inSecond(row)
		}
	}
	return said, !compared && first.Problem != AllProblems
}

// inSecond is the evidence of a second look.
func inSecond(r *Row) string {
	if math.IsNaN(float64(r.P)) {
		return " (" + string(r.Verdict) + ")"
	}
	return fmt.Sprintf(" (p = %s)", text.Digits(float64(r.P), 2))
}

// MethodsOf names the methods that rows are about; nil where one is about all.
func MethodsOf(rows []*Row) []string {
	named := map[string]bool{}
	for _, row := range rows {
		if row.Method == AllMethods {
			return nil
		}
		named[row.component] = true
	}
	return sortedKeys(named)
}

// Remarks are what a report says besides its rows: what would have been found, and what
// was looked at again.
func (r *Report) Remarks() (out []string) {
	for _, said := range []string{r.Finds, r.Again} {
		if said != "" {
			out = append(out, said)
		}
	}
	return out
}
