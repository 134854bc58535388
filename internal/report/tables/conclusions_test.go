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
	"github.com/gdbench/gdbench/results"
)

// A method without a success has a row: 0 of 2 and ∞. One whose target cannot be measured has none.
func TestRunningTimesOfNobody(t *testing.T) {
	var drafts []synthetic.Draft
	for repeat := range 2 {
		drafts = append(drafts,
			synthetic.Draft{Problem: "p", Method: "arrives", Repeat: repeat, Status: results.Converged, Gaps: synthetic.Halving(0.1, 4), Targets: []float64{0.1}},
			synthetic.Draft{Problem: "p", Method: "never", Repeat: repeat, Status: results.Budget, Gaps: synthetic.Halving(0.99, 4), Targets: []float64{0.1}},
			synthetic.Draft{Problem: "u", Method: "never", Repeat: repeat, Status: results.Budget, Gaps: synthetic.Halving(0.1, 4), Targets: []float64{0.1}, Unknown: true})
	}
	times := RunningTimes(evidencetest.Gather(t, drafts...))
	if len(times.Rows) != 2 {
		t.Fatalf("%d rows; expected 2", len(times.Rows))
	}
	for column, want := range map[string]string{"method": "never", "reached": "0/2", "ERT in evaluations": "∞", "ERT in epochs": "∞"} {
		if got := evidencetest.Cell(t, times, 1, column); got != want {
			t.Errorf("%s is %s; expected %s", column, got, want)
		}
	}
}

// rated are runs of one method at rates 1, 2, 4, …, with so many evaluations to the target.
func rated(costs ...int) []synthetic.Draft {
	var drafts []synthetic.Draft
	for i, cost := range costs {
		d := synthetic.Draft{Problem: "p", Method: "m", Rate: math.Exp2(float64(i)), Status: results.Converged, Targets: []float64{0.5}, Deterministic: true}
		for range cost - 1 {
			d.Gaps = append(d.Gaps, 1)
		}
		d.Gaps = append(d.Gaps, math.Pow(0.1, float64(10-i))) // the final gap says the opposite
		drafts = append(drafts, d)
	}
	return drafts
}

// Within twice the least work, 10, lie 19 and 20, and not 21: rates 2 to 8, two octaves.
func TestGoodRangeIsOfTheRule(t *testing.T) {
	for _, c := range []struct {
		costs      []int
		best, edge string
		wide       float64
	}{
		{[]int{21, 19, 10, 20, 30}, "4", "no", math.Log10(4)},
		{[]int{10, 30, 40}, "1", "lowest", 0},
		{[]int{40, 30, 10}, "4", "highest", 0},
		{[]int{30, 10, 10}, "2", "no", math.Log10(2)}, // as good as the largest
		{[]int{10, 10, 10}, "1", "no", math.NaN()},    // nothing distinguishes them
		{[]int{10, 30}, "1", "–", 0},                  // of two rates one always is the best
		{[]int{30, 10}, "2", "–", 0},
	} {
		rates := BestRates(evidencetest.Gather(t, rated(c.costs...)...))
		if got := evidencetest.Cell(t, rates, 0, "best rate") + " " + evidencetest.Cell(t, rates, 0, "edge"); got != c.best+" "+c.edge {
			t.Errorf("%v: %s", c.costs, got)
		}
		wide := rates.Rows[0][6].Parts()[0].Value.(float64)
		if math.IsNaN(wide) != math.IsNaN(c.wide) || math.Abs(wide-c.wide) > 1e-12 {
			t.Errorf("%v: good range %g decades; expected %g", c.costs, wide, c.wide)
		}
	}
}

// Over p0, p1 and p2 m0 misses once; m2 meets others nowhere that anybody arrives.
func TestRankingCountsMisses(t *testing.T) {
	c := evidencetest.Race(t, 20, []int{4, 9}, []int{19, 9}, []int{0, 4})
	r := Ranking(new(evidence.Evidence), c, c.Goals[0], evaluations)
	if got := evidencetest.Cell(t, r, 0, "missed") + " " + evidencetest.Cell(t, r, 1, "missed"); got != "0 1" {
		t.Errorf("missed: %s", got)
	}
	alone := evidencetest.Race(t, 20, []int{4}, []int{9})
	if r := Ranking(new(evidence.Evidence), alone, alone.Goals[0], evaluations); len(r.Rows) != 0 || !strings.Contains(strings.Join(r.Notes, "\n"), "met no other method where one reached the target: m0.") {
		t.Errorf("%d rows, notes %q", len(r.Rows), r.Notes)
	}
}

// Every table and figure that shows some of the methods says which it does not.
func TestShownIsTrue(t *testing.T) {
	var drafts []synthetic.Draft
	for i := range 13 {
		drafts = append(drafts, synthetic.Draft{Problem: "p", Method: fmt.Sprint("m", i), Status: results.Budget, Gaps: synthetic.Halving(0.5+0.03*float64(13-i), 40), Targets: []float64{0.01}})
	}
	e := evidencetest.Gather(t, drafts...)
	shown, note := e.Problems[0].Leaders(8)
	if len(shown) != 8 || shown[0].Label != "m0" || !strings.Contains(note, "Shown: 8 of 13 settings") || !strings.Contains(note, "Methods not shown: m1; m2; m3; and 2 more.") {
		t.Errorf("%d shown, the first %s; note %q", len(shown), shown[0].Label, note)
	}
	const byRule = ": those that are the cheapest on some problem, the reference, those that do not come with gdbench, and of the others those that reach most targets"
	among := func(want int, first string, note string) {
		t.Helper()
		c := e.NewContest()
		shown, said := c.Shown(8, c.Goals[0], evidence.Passes, false)
		if names := evidence.Pick(c.Methods, shown); len(names) != want || names[0] != first || !strings.Contains(said, note) {
			t.Errorf("%v; note %q", names, said)
		}
	}
	among(8, "m0", "Shown: 8 of 13 methods"+byRule)
	// Methods of other programs leave room for the best of ours, and may be the best themselves.
	for i := range drafts {
		drafts[i].Targets = []float64{1e-2, 1e-4, 1e-6, 1e-8, 1e-10}
	}
	e = evidencetest.Gather(t, drafts...)
	for i := range 7 {
		e.Problems[0].Entries[i].IsOwn = true
	}
	among(11, "m0", "Shown: 11 of 13 methods"+byRule+". Not shown: m7; m8. All numbers are among all 13.")
	for i := range 13 {
		e.Problems[0].Entries[i].IsOwn, e.Problems[0].Entries[i].IsReference = i == 12, false
	}
	among(8, "m4", "Shown: 8 of 13 methods"+byRule+". Not shown: m0; m1; m2; and 2 more.")
}

// A run that was not met at 46 and was at 69 may have met the target at 47, which is 32% less.
// A table is silent about targets and problems that it does not show: 0.5 is in the tables of all
// targets alone, and runs that nothing random distinguishes are in no table of expected running times.
func TestCoarseCostsAreSaidToBe(t *testing.T) {
	all := []string{"cheapest", "comparison", "paired", "ranking", "running-times", "screen", "summary", "targets", "versus"}
	for _, c := range []struct {
		name          string
		target, since int
		deterministic bool
		want          []string
	}{
		{"the finest target", 2, 46, false, all},
		{"each step", 2, 68, false, nil},
		{"a target of few tables", 0, 46, false, []string{"cheapest", "running-times", "targets"}},
		{"nothing random", 2, 46, true, slices.DeleteFunc(slices.Clone(all), func(name string) bool { return name == "running-times" })},
	} {
		var drafts []synthetic.Draft
		for _, d := range []synthetic.Draft{synthetic.Reaching("q", "a", 3, 10), synthetic.Reaching("q", "b", 3, 20), synthetic.Reaching("p", "a", 3, 10), synthetic.Reaching("p", "b", 3, 20)} {
			for d.Repeat = range 2 {
				d.Targets = []float64{0.5, 0.1, 0.001}
				d.Deterministic = d.Problem == "p" && c.deterministic
				drafts = append(drafts, d)
			}
		}
		drafts[len(drafts)-1].Mend = func(r *results.Record) {
			iteration := 69
			r.Targets[c.target].Iteration, r.Targets[c.target].Since = &iteration, &c.since
		}
		e := evidencetest.Gather(t, drafts...)
		contest, goal, _ := e.Finest()
		notes := map[string][]string{"screen": {unwrapped(Screen(e))}, "versus": VersusOf(e).Notes}
		for _, made := range []*table.Table{Summary(e), Cheapest(e), TargetTable(e), RunningTimes(e), Ranking(e, contest, goal, e.Work()), Comparison(e, contest, goal, e.Work()), Paired(e, contest, goal, e.Work())} {
			notes[made.Name] = made.Notes
		}
		var said []string
		for name, lines := range notes {
			if strings.Contains(strings.Join(lines, "\n"), "Targets were not checked") {
				said = append(said, name)
			}
			if strings.Count(strings.Join(lines, "\n"), "in up to 32% fewer iterations") != strings.Count(strings.Join(lines, "\n"), "Targets were not checked") {
				t.Errorf("%s, %s: another share: %q", c.name, name, lines)
			}
		}
		if slices.Sort(said); !slices.Equal(said, c.want) {
			t.Errorf("%s: said by %q; expected %q", c.name, said, c.want)
		}
	}
}

// Where f* is unknown, no table calls a height above the best value seen a gap to f*.
func TestFinalGapsSayWhatTheyAreAbove(t *testing.T) {
	for _, unknown := range []bool{false, true} {
		var drafts []synthetic.Draft
		for i := range 2 {
			d := synthetic.Reaching("p", "m", 3, 9)
			d.Rate, d.Unknown = float64(i+1), unknown
			drafts = append(drafts, d)
		}
		e := evidencetest.Gather(t, drafts...)
		for _, made := range []*table.Table{Summary(e), BestRates(e), RunTable(e)} {
			notes := strings.Join(made.Notes, "\n")
			if !strings.Contains(notes, "where f* is unknown, above the best value seen") {
				t.Errorf("%s does not say what a final gap is", made.Name)
			}
			if strings.Contains(notes, "p: f* is unknown; gaps are above the best value seen, 5") != unknown {
				t.Errorf("%s with f* unknown: %v says\n%s", made.Name, unknown, notes)
			}
		}
	}
}
