package compare

import (
	"fmt"
	"math"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/text"
)

// headline is one line that says what happened: the worst row in words, then the counts.
func (r *Report) headline() string {
	text := r.worst()
	accepted := 0
	for _, rows := range [][]Row{r.Rows, r.Rollups} {
		for i := range rows {
			if rows[i].Accepted != "" {
				accepted++
			}
		}
	}
	if accepted > 0 {
		text += fmt.Sprintf(" %s %s accepted.", english.Count(accepted, "verdict"), english.Verb(accepted, "is", "are"))
	}
	return text
}

func (r *Report) worst() string {
	var gated []*Row
	for _, rows := range [][]Row{r.Rows, r.Rollups} {
		for i := range rows {
			if row := &rows[i]; row.Gated && row.Accepted == "" {
				gated = append(gated, row)
			}
		}
	}
	byVerdict := map[Verdict][]*Row{}
	for _, row := range gated {
		byVerdict[row.Verdict] = append(byVerdict[row.Verdict], row)
	}
	for _, v := range []Verdict{Broke, Regressed, Missing, Incomparable} {
		if rows := byVerdict[v]; len(rows) > 0 {
			return rows[0].Sentence() + others(len(rows)-1, v)
		}
	}
	better := append(byVerdict[Fixed], byVerdict[Improved]...)
	switch {
	case len(better) > 0:
		return "No regression. " + better[0].Sentence() + others(len(better)-1, "better")
	case len(byVerdict[Underpowered]) > 0:
		return fmt.Sprintf("Nothing was shown to be worse, but %s %s too few repeats for a conclusion.", english.Count(len(byVerdict[Underpowered]), "row"), english.Verb(len(byVerdict[Underpowered]), "has", "have"))
	case len(byVerdict[Changed]) > 0:
		return fmt.Sprintf("No regression: %s within the tolerance.", english.Count(len(byVerdict[Changed]), "difference"))
	}
	return fmt.Sprintf("Nothing changed in %s.", english.Count(r.Cells, "cell"))
}

func others(n int, v Verdict) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(" %d more %s %s.", n, english.Noun(n, "row"), v)
}

// Sentence says in words what the row found.
func (r *Row) Sentence() string {
	subject := r.Cell()
	switch {
	case r.Metric == WholeCell:
		return fmt.Sprintf("%s is %s: %s.", subject, r.Verdict, r.Note)
	case r.Metric == SuccessMetric:
		text := fmt.Sprintf("%s %s: %s is reached in %s of %s (BASE: %s)", subject, r.Verdict, r.Goal, percent(float64(r.New)), english.Count(r.N, "run"), percent(float64(r.Base)))
		if r.Note != "" {
			text += " (" + r.Note + ")"
		}
		return text + "."
	case r.Metric == Gap:
		return fmt.Sprintf("%s %s: the final gap is %s%s.", subject, r.Verdict, times(float64(r.Effect), "that of BASE"), r.evidence())
	case math.IsInf(float64(r.New), 1):
		return fmt.Sprintf("%s %s: it no longer reaches %s.", subject, r.Verdict, r.Goal)
	case math.IsInf(float64(r.Base), 1):
		return fmt.Sprintf("%s %s: it now reaches %s, which BASE does not.", subject, r.Verdict, r.Goal)
	}
	return fmt.Sprintf("%s %s: %s to %s are %s%s.", subject, r.Verdict, r.Metric, r.Goal, times(float64(r.Effect), "those of BASE"), r.evidence())
}

func (r *Row) evidence() string {
	if math.IsNaN(float64(r.HolmP)) {
		return ""
	}
	return fmt.Sprintf(" (p = %s after Holm's correction)", text.Digits(float64(r.HolmP), 2))
}

// times compares by a ratio; one that is not finite says that a side has no number.
func times(effect float64, than string) string {
	if math.IsInf(effect, 0) || math.IsNaN(effect) {
		return "not finite, unlike " + than
	}
	return fmt.Sprintf("%s times %s", text.Digits(effect, 4), than)
}

func percent(share float64) string { return text.Short(100*share) + "%" }
