package compare

import (
	"fmt"
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/text"
)

// headline is one line that says what happened: the worst row in words, then the counts.
func (r *Report) headline() string {
	text := r.worst()
	accepted := 0
	for _, rows := range [][]Row{r.Levels, r.Rows} {
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
	byVerdict := map[Verdict][]*Row{}
	for row := range r.gated() {
		byVerdict[row.Verdict] = append(byVerdict[row.Verdict], row)
	}
	for _, v := range []Verdict{Broke, Regressed, Missing, Incomparable} {
		rows := byVerdict[v]
		if len(rows) == 0 {
			continue
		}
		text, said := rows[0].Sentence(), 1
		if cell := slices.IndexFunc(rows, func(row *Row) bool { return row.Problem != AllProblems }); cell > 0 {
			text, said = text+" "+rows[cell].Sentence(), 2
		}
		return text + others(len(rows)-said, v)
	}
	if r.nothing() {
		return "Nothing was compared: no cell met the same conditions in both runs."
	}
	better := append(byVerdict[Fixed], byVerdict[Improved]...)
	blind := byVerdict[Underpowered]
	suite := slices.IndexFunc(blind, r.isSuite)
	switch {
	case suite >= 0 && blind[suite].Metric == SuccessMetric:
		return fmt.Sprintf("Nothing was shown to be worse, but on balance %s of the runs ended worse than in BASE, and %s.", percent(math.Abs(float64(blind[suite].Effect))), blind[suite].Note)
	case suite >= 0:
		return fmt.Sprintf("Nothing was shown to be worse, but a loss of the whole suite by a factor of %s would not have been found.", text.Digits(r.Settings.Sensitivity, 3))
	case len(better) > 0:
		return "No regression. " + better[0].Sentence() + others(len(better)-1, "better") + suspects(byVerdict[Changed])
	case len(blind) > 0:
		return fmt.Sprintf("No regression, but %s cannot show a loss by a factor of %s, such as %s.", english.Count(len(blind), "row"), text.Digits(r.Settings.Sensitivity, 3), blind[0].Cell())
	case len(byVerdict[Changed]) > 0:
		if said := suspects(byVerdict[Changed]); said != "" {
			return "No regression was shown." + said
		}
		return fmt.Sprintf("No regression: %s within the tolerance.", english.Count(len(byVerdict[Changed]), "difference"))
	}
	return fmt.Sprintf("Nothing changed in %s.", english.Count(r.Cells, "cell"))
}

// suspects says how many rows were worse by more than is tolerated, though chance may have made
// them so; empty where none was.
func suspects(rows []*Row) string {
	n := len(rows)
	rows = slices.DeleteFunc(slices.Clone(rows), func(r *Row) bool { return !r.seemsWorse() })
	if len(rows) == 0 {
		return ""
	}
	named := max(0, slices.IndexFunc(rows, func(r *Row) bool { return r.Problem != AllProblems }))
	return fmt.Sprintf(" %d of %s %s like a loss beyond the tolerance, but chance may have made it, such as %s of %s.",
		len(rows), english.Count(n, "difference"), english.Verb(len(rows), "looks", "look"), rows[named].Metric, rows[named].Cell())
}

// seemsWorse reports whether a row is worse by more than is tolerated, as numbers go.
func (r *Row) seemsWorse() bool {
	if r.Class == Moved {
		return float64(r.Effect) > 1+float64(r.Delta)
	}
	sum := 0.0
	for _, d := range r.margins {
		sum += d.worse
	}
	return sum > 0
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
	if r.Problem == AllProblems && r.Method == AllMethods {
		subject = "The whole suite"
	}
	switch {
	case r.Metric == WholeCell:
		return fmt.Sprintf("%s is %s: %s.", subject, r.Verdict, r.Note)
	case r.Metric == SuccessMetric && r.Problem == AllProblems:
		direction := "worse"
		if r.Effect > 0 {
			direction = "better"
		}
		return fmt.Sprintf("%s %s: on balance %s of the runs ended %s than in BASE%s.", subject, r.Verdict, percent(math.Abs(float64(r.Effect))), direction, r.evidence())
	case r.Metric == SuccessMetric && r.Base == r.New && r.Note != "": // the target is not what was lost
		return fmt.Sprintf("%s %s: %s%s.", subject, r.Verdict, r.Note, r.evidence())
	case r.Metric == SuccessMetric:
		text := fmt.Sprintf("%s %s: %s is reached in %s of %s (BASE: %s)%s", subject, r.Verdict, r.Goal, percent(float64(r.New)), english.Count(r.N, "run"), percent(float64(r.Base)), r.evidence())
		if r.Note != "" {
			text += "; " + r.Note
		}
		return text + "."
	case r.Metric == Seconds:
		return fmt.Sprintf("%s %s: seconds are %s%s.", subject, r.Verdict, times(float64(r.Effect), "those of BASE"), r.evidence())
	case r.Problem == AllProblems && r.Class == Exact:
		return fmt.Sprintf("%s %s: %s are %s, on average over cells without randomness: %s.", subject, r.Verdict, r.Metric, times(float64(r.Effect), "those of BASE"), r.Note)
	case r.Problem == AllProblems:
		return fmt.Sprintf("%s %s: %s are %s, on average over %s%s.", subject, r.Verdict, r.Metric, times(float64(r.Effect), "those of BASE"), english.Count(r.N, "pair"), r.evidence())
	}
	return fmt.Sprintf("%s %s: %s to %s are %s%s.", subject, r.Verdict, r.Metric, r.Goal, times(float64(r.Effect), "those of BASE"), r.evidence())
}

// evidence is the p-value of what the verdict says: of better, where that is it.
func (r *Row) evidence() string {
	p := float64(r.P)
	if r.Verdict == Improved || r.Verdict == Fixed {
		p = r.pBetter
	}
	if math.IsNaN(p) {
		return ""
	}
	return fmt.Sprintf(" (p = %s, corrected for the number of tests)", text.Digits(p, 2))
}

// times compares by a ratio; one that is not finite says that a side has no number.
func times(effect float64, than string) string {
	if math.IsInf(effect, 0) || math.IsNaN(effect) {
		return "not finite, unlike " + than
	}
	return fmt.Sprintf("%s times %s", text.Digits(effect, 4), than)
}

func percent(share float64) string { return text.Short(100*share) + "%" }
