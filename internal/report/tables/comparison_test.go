package tables

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/evidencetest"
	"github.com/gdbench/gdbench/internal/report/synthetic"
	"github.com/gdbench/gdbench/internal/report/table"
	"github.com/gdbench/gdbench/results"
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
	c, _, ok := e.Finest()
	if !ok {
		t.Fatal("no target")
	}
	return e, c
}

// marked are the methods in bold on each problem, and the notes.
func marked(t *testing.T, repeats int) (string, string) {
	e, c := trial(t, repeats)
	goal := c.Goals[0]
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
	goal := c.Goals[0]
	var rows []string
	paired := Paired(e, c, goal, evidence.Evaluations)
	for _, row := range paired.Rows {
		var cells []string
		for _, cell := range row {
			cells = append(cells, cell.Read())
		}
		rows = append(rows, strings.Join(cells, "|"))
	}
	for _, want := range []string{"b|p|8|2 (2–2)|0.00781|0.00781|dearer", "b|q|1|2|–|–|dearer", "c|q|1|–|–|–|dearer: it missed the target"} {
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

// With five pairs no verdict is given, and the ratio has neither an interval nor a p-value.
func TestPairedSaysWhatCannotBeTested(t *testing.T) {
	e, c := trial(t, 5)
	goal := c.Goals[0]
	row := Paired(e, c, goal, evidence.Evaluations).Rows[0]
	if got := row[6].Read(); got != "too few pairs" || row[3].Read() != "2" || row[4].Read() != "–" || row[5].Read() != "–" {
		t.Errorf("five pairs are said to be %q, ratio %s, p %s, %s", got, row[3].Read(), row[4].Read(), row[5].Read())
	}
	for _, row := range Standings(c, goal, evidence.Evaluations).Rows[1:2] {
		if row[5].Read() != "1" {
			t.Errorf("%s has %s problems that could not be tested; expected 1", row[0].Read(), row[5].Read())
		}
	}
}

// One pair of random runs decides nothing, neither where half of three repeats choose the rate nor
// where there is one repeat: no verdict, no win, and no word of exact costs.
func TestOnePairOfRandomRunsDecidesNothing(t *testing.T) {
	for _, repeats := range []int{1, 3} {
		var drafts []synthetic.Draft
		for k := range repeats {
			for i, cost := range []int{10, 20, 0, 10} {
				d := synthetic.Reaching("p", string(rune('a'+i)), 1, cost)
				d.Repeat, d.Rate = k, 1
				drafts = append(drafts, d)
				if repeats > 1 {
					d.Rate = 2
					drafts = append(drafts, d)
				}
			}
		}
		e := evidencetest.Gather(t, drafts...)
		c, goal, _ := e.Finest()
		shown := Comparison(e, c, goal, evidence.Evaluations)
		if notes := strings.Join(shown.Notes, "\n"); strings.Contains(notes, "nothing is random") || !strings.Contains(notes, "Too few paired runs") {
			t.Errorf("%d repeats: %s", repeats, notes)
		}
		for _, row := range Paired(e, c, goal, evidence.Evaluations).Rows {
			if row[2].Read() != "1" || row[6].Read() != "too few pairs" {
				t.Errorf("%d repeats: %s beside a: %s pairs, %s", repeats, row[0].Read(), row[2].Read(), row[6].Read())
			}
		}
		for _, row := range Standings(c, goal, evidence.Evaluations).Rows[1:] {
			if row[5].Read() != "1" {
				t.Errorf("%d repeats: %s has %s untested problems; expected 1", repeats, row[0].Read(), row[5].Read())
			}
		}
	}
}

// special are nine methods that reach the target on all of three problems, and one that is the
// cheapest on the first and misses it on the others. After eight methods there is no more room.
func special(t *testing.T, methods int) (*evidence.Evidence, *evidence.Contest) {
	var drafts []synthetic.Draft
	for k, problem := range []string{"p", "q", "r"} {
		for i := range methods - 1 {
			drafts = append(drafts, synthetic.Reaching(problem, fmt.Sprint("m", i), 1, 10+i))
		}
		drafts = append(drafts, synthetic.Reaching(problem, "special", 1, []int{4, 0, 0}[k]))
	}
	for i := range drafts {
		drafts[i].Deterministic = true
	}
	e := evidencetest.Gather(t, drafts...)
	c, _, _ := e.Finest()
	return e, c
}

// Whatever there is room for, the best is the best of all that ran: on p special with 4, and m0 with
// 10 is not. Ranks are among all: on p special, m0, m1, … and on q and r m0, m1, …, special, so that
// that of m0 is (2+1+1)/3, and that of special (1+10+10)/3.
func TestTheBestIsAmongAllThatRan(t *testing.T) {
	e, c := special(t, 10)
	goal := c.Goals[0]
	shown := Comparison(e, c, goal, evidence.Evaluations)
	marks := map[string]string{}
	for _, row := range shown.Rows {
		for k, cell := range row[1:] {
			if cell.(table.Marked).Best {
				marks[row[0].Read()] += shown.Columns[k+1].Name
			}
		}
	}
	if marks["p"] != "special" || marks["q"] != "m0" || marks["r"] != "m0" || len(shown.Columns) != 9 {
		t.Errorf("the best are %v; %d columns", marks, len(shown.Columns))
	}
	const said = "Shown: 8 of 10 methods"
	if notes := strings.Join(shown.Notes, "\n"); !strings.Contains(notes, said) || !strings.Contains(notes, "Not shown: m7; m8. All numbers are among all 10.") {
		t.Errorf("notes\n%s", notes)
	}
	ranks := map[string]string{}
	for _, row := range Standings(c, goal, evidence.Evaluations).Rows {
		ranks[row[0].Read()] = row[1].Read()
	}
	for _, row := range Ranking(e, c, goal, evidence.Evaluations).Rows {
		if in, known := ranks[row[0].Read()]; known && in != row[7].Read() {
			t.Errorf("%s has rank %s in the standings and %s in the ranking", row[0].Read(), in, row[7].Read())
		}
	}
	if ranks["m0"] != "1.33" || ranks["special"] != "7" {
		t.Errorf("ranks %v", ranks)
	}
	e, c = special(t, 8)
	if notes := strings.Join(Comparison(e, c, goal, evidence.Evaluations).Notes, "\n"); strings.Contains(notes, "Shown:") {
		t.Errorf("all are shown, and the notes are\n%s", notes)
	}
}

// Where both missed nothing is said of their costs, and where one did nothing of the ratio; equal
// costs are equal.
func TestPairedSaysWhoMissed(t *testing.T) {
	costs := map[string][3]int{"p": {0, 0, 7}, "q": {10, 10, 0}, "r": {20, 10, 40}}
	var drafts []synthetic.Draft
	for problem, row := range costs {
		for i, cost := range row {
			d := synthetic.Reaching(problem, string(rune('a'+i)), 1, cost)
			d.Deterministic = true
			drafts = append(drafts, d)
		}
	}
	slices.SortStableFunc(drafts, func(x, y synthetic.Draft) int { return strings.Compare(x.Method, y.Method) })
	e := evidencetest.Gather(t, drafts...)
	c, goal, _ := e.Finest()
	got := map[string]string{}
	for _, row := range Paired(e, c, goal, evidence.Evaluations).Rows {
		got[row[0].Read()+row[1].Read()] = row[3].Read() + " " + row[6].Read()
	}
	for pair, want := range map[string]string{"bp": "– both missed the target", "bq": "1 the same cost", "br": "0.5 cheaper",
		"cp": "– cheaper: the baseline missed the target", "cq": "– dearer: it missed the target", "cr": "2 dearer"} {
		if got[pair] != want {
			t.Errorf("%s: %q; expected %q", pair, got[pair], want)
		}
	}
	counted := map[string]string{}
	for _, row := range Standings(c, goal, evidence.Evaluations).Rows {
		counted[row[0].Read()] = fmt.Sprint(row[2].Read(), row[3].Read(), row[4].Read(), row[5].Read())
	}
	if counted["b"] != "1101" || counted["c"] != "1020" {
		t.Errorf("won, tied, lost, untested: %v", counted)
	}
}

// One method has nothing to win against, and without the baseline there is nothing to compare with.
func TestNoStandingsOfOneMethod(t *testing.T) {
	without := evidencetest.Gather(t, synthetic.Reaching("p", "a", 1, 10), synthetic.Reaching("q", "a", 1, 20))
	for _, p := range without.Problems {
		p.Entries[0].IsReference = false
	}
	c, goal, _ := without.Finest()
	if n := len(Standings(c, goal, evidence.Evaluations).Rows) + len(Paired(without, c, goal, evidence.Evaluations).Rows); n > 0 {
		t.Errorf("%d rows without a baseline", n)
	}
	e := evidencetest.Gather(t, synthetic.Reaching("p", "a", 1, 10), synthetic.Reaching("q", "a", 1, 20))
	if c, goal, ok := e.Finest(); !ok || len(Standings(c, goal, evidence.Evaluations).Rows) != 0 {
		t.Error("standings of a method against itself")
	}
}

// A method enters the comparison with the rate that is the cheapest for its target: 1, which needs 8
// evaluations to the finer of two, and not 2, which is the better one over both (2 and 9 against
// 7 and 8). What is chosen is named. A method without a choice is not.
func TestComparisonIsAtTheRateForItsTarget(t *testing.T) {
	fall := func(problem, method string, rate float64, coarse, fine int) synthetic.Draft {
		d := synthetic.Draft{Problem: problem, Method: method, Rate: rate, Status: results.Converged, Targets: []float64{0.5, 0.1}, Deterministic: true}
		for k := range fine {
			switch {
			case k == fine-1:
				d.Gaps = append(d.Gaps, 0.01)
			case k >= coarse-1:
				d.Gaps = append(d.Gaps, 0.3)
			default:
				d.Gaps = append(d.Gaps, 1)
			}
		}
		return d
	}
	var drafts []synthetic.Draft
	for _, problem := range []string{"p", "q"} {
		drafts = append(drafts, fall(problem, "m", 1, 7, 8), fall(problem, "m", 2, 2, 9), fall(problem, "other", 0, 20, 30))
	}
	e := evidencetest.Gather(t, drafts...)
	if over := e.Problems[0].Best(e.Problems[0].Entries, evidence.EveryRun); over.Rate != 2 {
		t.Fatalf("over both targets rate %g is the best", over.Rate)
	}
	c, goal, _ := e.Finest()
	if got := evidencetest.Cell(t, Comparison(e, c, goal, evidence.Evaluations), 0, "m"); got != "8 *" {
		t.Errorf("the comparison has %s; expected 8", got)
	}
	settings := Settings(e, c, goal, evidence.Evaluations)
	if len(settings.Rows) != 2 || !strings.Contains(evidencetest.Cell(t, settings, 0, "setting"), "lr=1") || evidencetest.Cell(t, settings, 0, "tried") != "2" {
		t.Errorf("settings %v", settings.Rows)
	}
}

// Of a method whose settings all miss the target, that one takes part which is the best over all
// targets, and the table does not call it the cheapest for the target.
func TestSettingsWhereNoneReachesTheTarget(t *testing.T) {
	fall := func(problem, method string, rate float64, gaps ...float64) synthetic.Draft {
		return synthetic.Draft{Problem: problem, Method: method, Rate: rate, Status: results.Budget, Targets: []float64{0.5, 0.1}, Deterministic: true, Gaps: gaps}
	}
	late, early := slices.Repeat([]float64{1}, 20), slices.Repeat([]float64{0.4}, 20)
	late[19], early[0] = 0.4, 1
	var drafts []synthetic.Draft
	for _, problem := range []string{"p", "q"} {
		drafts = append(drafts, fall(problem, "m", 1, late...), fall(problem, "m", 2, early...), fall(problem, "other", 0, 1, 0.3, 0.01))
	}
	e := evidencetest.Gather(t, drafts...)
	c, goal, _ := e.Finest()
	settings := Settings(e, c, goal, evidence.Evaluations)
	if goal.Target != 0.1 || !strings.Contains(evidencetest.Cell(t, settings, 0, "setting"), "lr=2") {
		t.Errorf("to %g: %v", goal.Target, settings.Rows)
	}
	if !strings.Contains(settings.Notes[0], "where half of the runs of each or more miss it, the best over all targets") {
		t.Errorf("notes %q", settings.Notes)
	}
}
