package verdict

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/report/compare"
	"github.com/gdbench/gdbench/internal/report/table"
	"github.com/gdbench/gdbench/internal/text"
)

// shownRows bounds the rows of a table that is read by people; programs get all.
const shownRows = 60

// Table is the rows of a comparison as a table: without limit all of them, otherwise the
// worst that are not the same.
func Table(r *compare.Report, limit int) *table.Table {
	t := &table.Table{Name: "comparison", Title: "What changed, worst first"}
	for _, name := range []string{"verdict", "method", "problem", "metric", "to", "base", "new", "effect", "stability", "n", "p", "finds", "note"} {
		t.Columns = append(t.Columns, table.Column{Name: name})
	}
	hidden := 0
	for _, row := range worstFirst(r) {
		switch {
		case limit > 0 && row.Verdict == compare.Same:
		case limit > 0 && len(t.Rows) >= limit:
			hidden++
		default:
			t.Rows = append(t.Rows, cells(row))
		}
	}
	if hidden > 0 {
		t.Notes = append(t.Notes, fmt.Sprintf("%d more rows are in the CSV and JSON forms.", hidden))
	}
	t.Notes = append(t.Notes, notes(r)...)
	return t
}

// worstFirst is the roll-ups and the rows in one order, so that roll-ups that only differ
// cannot push a regression of one cell out of a table that ends.
func worstFirst(r *compare.Report) []*compare.Row {
	var all []*compare.Row
	for _, rows := range [][]compare.Row{r.Levels, r.Rows, r.Rollups} {
		for i := range rows {
			all = append(all, &rows[i])
		}
	}
	rank := func(row *compare.Row) int { return slices.Index(compare.Verdicts, row.Verdict) }
	slices.SortStableFunc(all, func(a, b *compare.Row) int { return cmp.Compare(rank(a), rank(b)) })
	return all
}

func cells(r *compare.Row) []table.Cell {
	effect := table.Interval{Estimate: float64(r.Effect), Low: math.NaN(), High: math.NaN()}
	if r.Interval != nil {
		effect.Low, effect.High = (*r.Interval)[0], (*r.Interval)[1]
	}
	finds := math.NaN()
	if r.Power != nil {
		finds = float64(r.Power.Detectable)
	}
	return []table.Cell{
		table.Text(r.Verdict), table.Text(r.Method), table.Text(r.Problem), table.Text(r.Metric), table.Text(r.Goal),
		table.Number(r.Base), table.Number(r.New), ratioCell(effect), table.Number(stability(r)), table.Count(r.N),
		table.Number(r.P), table.Number(finds), table.Text(remark(r)),
	}
}

// stability is how far the metric of BASE spreads over starts moved by a few ulp: the most
// over the least, NaN where the suite did not ask.
func stability(r *compare.Row) float64 {
	if r.Envelope == nil {
		return math.NaN()
	}
	return (*r.Envelope)[1] / (*r.Envelope)[0]
}

// ratioCell leaves the interval out where there is none.
func ratioCell(c table.Interval) table.Cell {
	if math.IsNaN(c.Low) {
		return bare{c}
	}
	return c
}

// bare is an interval that reads as its estimate alone; for programs it has all columns.
type bare struct{ table.Interval }

func (b bare) Read() string { return text.Short(b.Estimate) }

// remark is what the numbers of a row do not say.
func remark(r *compare.Row) string {
	var parts []string
	if r.Note != "" {
		parts = append(parts, r.Note)
	}
	if r.Accepted != "" {
		parts = append(parts, "accepted: "+r.Accepted)
	}
	if r.Envelope != nil && (*r.Envelope)[0] != (*r.Envelope)[1] {
		parts = append(parts, fmt.Sprintf("BASE spreads from %s to %s", text.Short((*r.Envelope)[0]), text.Short((*r.Envelope)[1])))
	}
	if r.Drift {
		parts = append(parts, "drift")
	}
	if r.Class == compare.Timing && !r.Gated {
		parts = append(parts, "advisory")
	}
	if r.Class == compare.Families {
		parts = append(parts, "families of problems as the sample; advisory")
	}
	if r.Verdict == compare.Underpowered && r.Power != nil && r.Power.Needed > 0 {
		what := map[bool]string{true: "families of problems", false: "pairs of problem and repeat"}[r.Class == compare.Families]
		parts = append(parts, fmt.Sprintf("needs %d %s", r.Power.Needed, what))
	}
	return strings.Join(parts, "; ")
}

// notes say how the table is to be read.
func notes(r *compare.Report) []string {
	s := r.Settings
	return []string{
		fmt.Sprintf("effect: NEW/BASE (95%% interval), for success the difference of the shares; stability: the largest over the smallest value in BASE over starts moved by a few ulp (`jitter` in the suite); p: of a loss of at most %s%%, corrected for the number of tests at its level; %s %s α = %s; finds: the ratio that would have been found with probability 80%%.",
			text.Short(100*s.Delta), english.Count(r.Tests, "test"), english.Verb(r.Tests, "has", "share"), text.Short(s.Alpha)),
	}
}

func counts(r *compare.Report) string {
	var parts []string
	for _, v := range compare.Verdicts {
		if n := r.Verdicts[v]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, v))
		}
	}
	return strings.Join(parts, ", ")
}

func sides(r *compare.Report) string { return fmt.Sprintf("%s → %s", side(r.Base), side(r.New)) }

func side(s compare.Side) string {
	text := s.Path
	if s.Commit != "" && s.Commit != "unknown" {
		text += fmt.Sprintf(" (%.10s)", s.Commit)
	}
	return text
}

// WriteText writes the document for a terminal.
func (s *Summary) WriteText(w io.Writer) error {
	var b strings.Builder
	for _, r := range s.Comparisons {
		fmt.Fprintf(&b, "%s\n%s\nCells: %d. Rows: %s.\n\n", text.Terminal(sides(r)), text.Terminal(r.Headline), r.Cells, counts(r))
		if t := Table(r, shownRows); len(t.Rows) > 0 {
			if err := table.Write(&b, table.TextFormat, t); err != nil {
				return err
			}
			b.WriteByte('\n')
		}
		for _, remark := range r.Remarks() {
			fmt.Fprintf(&b, "%s\n", text.Terminal(remark))
		}
		for _, warning := range r.Warnings {
			fmt.Fprintf(&b, "warning: %s\n", text.Terminal(warning))
		}
	}
	if err := WriteClaims(&b, s.Claims); err != nil {
		return err
	}
	if s.Outcome != "" {
		fmt.Fprintf(&b, "%s: %s\n", strings.ToUpper(string(s.Outcome)), text.Terminal(s.Headline))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// WriteClaims writes claims for a terminal.
func WriteClaims(w io.Writer, claims []Claim) error {
	var b strings.Builder
	for _, c := range claims {
		fmt.Fprintf(&b, "%s\n  %s\n", text.Terminal(c.Statement()), text.Terminal(c.Evidence))
		if c.Counterexample != "" {
			fmt.Fprintf(&b, "  counterexample: %s\n", text.Terminal(c.Counterexample))
		}
		if c.Lesson != "" {
			fmt.Fprintf(&b, "  lesson: gdbench learn %s\n", text.Terminal(c.Lesson))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// WriteCSV writes all rows of all comparisons.
func (s *Summary) WriteCSV(w io.Writer) error {
	var tables []*table.Table
	for _, r := range s.Comparisons {
		tables = append(tables, Table(r, 0))
	}
	return table.Write(w, table.CSVFormat, tables...)
}
