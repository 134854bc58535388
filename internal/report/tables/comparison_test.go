package tables

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/evidencetest"
	"github.com/gdbench/gdbench/internal/report/synthetic"
	"github.com/gdbench/gdbench/internal/report/table"
)

// trial is a race of three methods on two problems with some repeats: on p the method b costs twice
// what a does, and c one evaluation less than a in two repeats and one more in the others; on q
// nothing is random, a costs 10, b costs 20 and c misses the target.
func trial(t *testing.T, repeats int) (*evidence.Evidence, *evidence.Contest) {
	var drafts []synthetic.Draft
	for k := range repeats {
		near := 11 + k
		if k < 2 {
			near = 9 + k
		}
		for i, cost := range []int{10 + k, 20 + 2*k, near} {
			d := synthetic.Reaching("p", string(rune('a'+i)), 1, cost)
			d.Repeat = k
			drafts = append(drafts, d)
		}
	}
	for i, cost := range []int{10, 20, 0} {
		d := synthetic.Reaching("q", string(rune('a'+i)), 1, cost)
		d.Deterministic = true
		drafts = append(drafts, d)
	}
	e := evidencetest.Gather(t, drafts...)
	return e, e.NewContest(8)
}

// marked are the methods in bold on each problem, and the notes.
func marked(t *testing.T, repeats int) (string, string) {
	e, c := trial(t, repeats)
	goal, ok := c.Finest()
	if !ok {
		t.Fatal("no target")
	}
	shown := Comparison(e, c, goal, evidence.Evaluations)
	var out []string
	for _, row := range shown.Rows {
		for k, cell := range row[1:] {
			if cell.(table.Marked).Best {
				out = append(out, row[0].Read()+shown.Columns[k+1].Name)
			}
		}
	}
	return strings.Join(out, " "), strings.Join(shown.Notes, "\n")
}

// With eight pairs and two tests 2·2⁻⁸·2 < 5%: b is worse than a, and c is not. With six, 2·2⁻⁶·2 >
// 5%: no test can find a difference; only the best is marked, and a note says so.
func TestComparisonMarksWhatIsNotWorse(t *testing.T) {
	const few, exact = "Too few paired runs for these tests, so that the least median alone is marked: p.", "One run, as nothing is random, and so no test: q."
	got, notes := marked(t, 8)
	if got != "pa pc qa" || strings.Contains(notes, "Too few") || !strings.Contains(notes, exact) {
		t.Errorf("with 8 repeats %q are marked; expected pa pc qa\n%s", got, notes)
	}
	got, notes = marked(t, 6)
	if got != "pa qa" || !strings.Contains(notes, few) || !strings.Contains(notes, exact) {
		t.Errorf("with 6 repeats %q are marked; expected pa qa\n%s", got, notes)
	}
}

// Beside a: b costs twice as much in all of eight pairs, p = 2·2⁻⁸, on q simply so; c costs on p one
// less in two pairs and one more in six, whose ranks are tied at 4.5 in units of log ratio nearly,
// and misses on q.
func TestPairedAndStandings(t *testing.T) {
	e, c := trial(t, 8)
	goal, _ := c.Finest()
	var rows []string
	paired := Paired(e, c, goal, evidence.Evaluations)
	for _, row := range paired.Rows {
		var cells []string
		for _, cell := range row {
			cells = append(cells, cell.Read())
		}
		rows = append(rows, strings.Join(cells, "|"))
	}
	for _, want := range []string{"b|p|8|2 (2–2)|0.00781|0.00781|dearer", "b|q|1|2 (0–∞)|–|–|dearer", "c|q|1|∞ (0–∞)|–|–|dearer"} {
		if !slices.Contains(rows, want) {
			t.Errorf("the row %s is missing in\n%s", want, strings.Join(rows, "\n"))
		}
	}
	if !slices.ContainsFunc(rows, func(r string) bool {
		return strings.HasPrefix(r, "c|p|8|1.0") && strings.HasSuffix(r, "no significant difference")
	}) {
		t.Errorf("c differs from a on p in\n%s", strings.Join(rows, "\n"))
	}
	if !strings.Contains(paired.Title, "relative to a") {
		t.Errorf("the title is %q", paired.Title)
	}
	var counts []string
	for _, row := range Standings(c, goal, evidence.Evaluations).Rows {
		counts = append(counts, fmt.Sprint(row[0].Read(), row[2].Read(), row[3].Read(), row[4].Read(), row[5].Read()))
	}
	if want := []string{"a0000", "b0020", "c0110"}; !slices.Equal(counts, want) {
		t.Errorf("wins, ties, losses and untested are %v; expected %v", counts, want)
	}
}

// With five pairs no verdict is given, and the ratio has no bounds.
func TestPairedSaysWhatCannotBeTested(t *testing.T) {
	e, c := trial(t, 5)
	goal, _ := c.Finest()
	row := Paired(e, c, goal, evidence.Evaluations).Rows[0]
	if got := row[6].Read(); got != "too few pairs" || row[3].(table.Interval).Low != 0 || !math.IsInf(row[3].(table.Interval).High, 1) {
		t.Errorf("five pairs are said to be %q, %s", got, row[3].Read())
	}
	for _, row := range Standings(c, goal, evidence.Evaluations).Rows[1:2] {
		if row[5].Read() != "1" {
			t.Errorf("%s has %s problems that could not be tested; expected 1", row[0].Read(), row[5].Read())
		}
	}
}
