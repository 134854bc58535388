package tables

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/report/evidencetest"

	"github.com/gdbench/gdbench/internal/methods/theory"
	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/synthetic"
	"github.com/gdbench/gdbench/internal/report/table"
	"github.com/gdbench/gdbench/internal/theorem"
	"github.com/gdbench/gdbench/results"
)

// Costs 4, 19 and 9, 9: ratios (cost+1)/(best+1) are 1 and 2 for m0, 2 and 1 for m1; with
// a miss on the third problem, where m0 spent 20 and m1 needed 4: (200+1)/(4+1) and 1.
func TestRankingByHand(t *testing.T) {
	c := evidencetest.Race(t, 20, []int{4, 9}, []int{19, 9}, []int{0, 4})
	scores := c.Scores(c.Goals[0], evaluations)
	if want := math.Cbrt(1 * 2 * 40.2); math.Abs(scores[0].Ratio-want) > 1e-12 {
		t.Errorf("ratio of m0 %g; expected %g", scores[0].Ratio, want)
	}
	if want := math.Cbrt(2); math.Abs(scores[1].Ratio-want) > 1e-12 {
		t.Errorf("ratio of m1 %g; expected %g", scores[1].Ratio, want)
	}
	if want := math.Sqrt2; math.Abs(scores[0].Clean-want) > 1e-12 {
		t.Errorf("ratio of m0 without misses %g; expected %g", scores[0].Clean, want)
	}
	if scores[0].Rank != (1+2+2)/3. || scores[1].Fastest != 2 || scores[0].Reached.Part != 2 {
		t.Errorf("%+v", scores)
	}
	table := Ranking(new(evidence.Evidence), c, c.Goals[0], evaluations)
	if got := evidencetest.Cell(t, table, 0, "method"); got != "m1" {
		t.Errorf("%s is first; expected m1", got)
	}
}

// A gap that halves is of linear rate ½; a bound that falls by 0.8 promises 0.8.
func TestOrders(t *testing.T) {
	e := evidencetest.Gather(t,
		synthetic.Draft{Problem: "p", Method: "m", Status: results.Budget, Gaps: synthetic.Halving(0.5, 30)},
		synthetic.Draft{Problem: "p", Method: "broken", Status: results.Diverged, Gaps: []float64{1, 2, 4}})
	theorem := results.Theorem{Name: "slower", Outcome: "holds", Quantity: "gap"}
	for k, bound := range synthetic.Halving(0.8, 30) {
		theorem.Iteration, theorem.Bound = append(theorem.Iteration, int64(k)), append(theorem.Bound, bound)
	}
	e.Problems[0].Entries[0].Cells[0].Theorems = []results.Theorem{theorem}
	orders := Orders(e)
	if len(orders.Rows) != 1 {
		t.Fatalf("%d rows; a run that diverged has no rate", len(orders.Rows))
	}
	for column, want := range map[string]string{"runs": "1/1", "measured": "×0.5", "iterations": "8–29", "promised": "×0.8", "by": "slower"} {
		if got := evidencetest.Cell(t, orders, 0, column); !strings.HasPrefix(got, want) {
			t.Errorf("%s is %q; expected %q", column, got, want)
		}
	}
}

// Of several runs the numbers are medians over those that follow the law of the most.
func TestOrdersOverRepeats(t *testing.T) {
	var drafts []synthetic.Draft
	for repeat, factor := range []float64{0.5, 0.6, 0.7} {
		drafts = append(drafts, synthetic.Draft{Problem: "p", Method: "m", Repeat: repeat, Status: results.Budget, Gaps: synthetic.Halving(factor, 30)})
	}
	slow := synthetic.Draft{Problem: "p", Method: "m", Repeat: 3, Status: results.Budget, Gaps: []float64{1}}
	for k := range 500 {
		slow.Gaps = append(slow.Gaps, 1/float64(k+1))
	}
	e := evidencetest.Gather(t, append(drafts, slow)...)
	row := Orders(e)
	if got := evidencetest.Cell(t, row, 0, "runs") + " " + evidencetest.Cell(t, row, 0, "measured"); got != "3/4 ×0.6 [0.55, 0.65]" {
		t.Errorf("found %s", got)
	}
	law, _ := e.Problems[0].Entries[0].Fitted()
	parts := law.Parts()
	if low := parts[3].Value.(float64); law.Read() != "×0.6" || parts[0].Value != "linear" || math.Abs(low-0.55) > 1e-9 {
		t.Errorf("found %s, %v", law.Read(), parts)
	}
}

// Gaps 1, ½, ¼, …: the relative target 0.1 falls at iteration 4 (1/16), 0.3 at 2. Of three
// repeats with factors ½, ¼ and one that diverges, the costs of 0.1 are 4, 2 and ∞.
func TestSummaryByHand(t *testing.T) {
	targets := []float64{0.3, 0.1}
	e := evidencetest.Gather(t,
		synthetic.Draft{Problem: "p", Method: "m", Repeat: 0, Status: results.Converged, Gaps: synthetic.Halving(0.5, 8), Targets: targets},
		synthetic.Draft{Problem: "p", Method: "m", Repeat: 1, Status: results.Converged, Gaps: synthetic.Halving(0.25, 5), Targets: targets},
		synthetic.Draft{Problem: "p", Method: "m", Repeat: 2, Status: results.Diverged, Gaps: synthetic.Halving(10, 3), Targets: targets},
		synthetic.Draft{Problem: "p", Method: "needy", Status: results.Skipped},
	)
	s := Summary(e)
	for column, want := range map[string]string{
		"runs": "3", "converged": "2/3", "target": "relative gap ≤ 0.1", "reached": "2/3",
		"iterations": "4 [3, ∞]", "evaluations": "5 [4, ∞]", "epochs": "0.5 [0.4, ∞]",
		"final gap": "0.00781 [0.00586, ∞]", "ended": "converged 2, diverged 1", "at": "saddle 2",
	} {
		if got := evidencetest.Cell(t, s, 0, column); got != want {
			t.Errorf("%s is %s; expected %s", column, got, want)
		}
	}
	for column, want := range map[string]string{"runs": "0", "reached": "–", "final gap": "–", "ended": "skipped"} {
		if got := evidencetest.Cell(t, s, 1, column); got != want {
			t.Errorf("skipped: %s is %s; expected %s", column, got, want)
		}
	}
	targetRows := TargetTable(e)
	if len(targetRows.Rows) != 4 {
		t.Fatalf("%d rows; expected 2 targets × 2 methods", len(targetRows.Rows))
	}
	if got := evidencetest.Cell(t, targetRows, 0, "samples"); got != "30 [25, ∞]" {
		t.Errorf("samples to 0.3: %s", got)
	}
}

func TestSummarySaysWhatGapsAreMeasuredFrom(t *testing.T) {
	var drafts []synthetic.Draft
	for _, name := range []string{"a", "b", "c", "d", "e"} {
		drafts = append(drafts, synthetic.Draft{Problem: name, Method: "m", Status: results.Budget, Gaps: []float64{4, 2}, Unknown: name == "b"})
	}
	notes := Summary(evidencetest.Gather(t, drafts...)).Notes
	for _, want := range []string{"a; c; d; and 1 more: f* = 5 (analytic).", "b: f* is unknown; gaps are above the best value seen, 7."} {
		if !slices.Contains(notes, want) {
			t.Errorf("%q is missing in %q", want, notes)
		}
	}
}

func TestTheorems(t *testing.T) {
	e := evidencetest.Held(t)
	theorems := Theorems(e)
	if len(theorems.Rows) != 2 {
		t.Fatalf("%d rows; expected one for each theorem", len(theorems.Rows))
	}
	for column, want := range map[string]string{"theorem": "halving", "verdict": "violated", "held": "1/2", "worst measured/bound": "3", "±": "–", "iteration": "2", "tight": "yes"} {
		if got := evidencetest.Cell(t, theorems, 1, column); got != want {
			t.Errorf("%s is %s; expected %s", column, got, want)
		}
	}
	summary := Summary(e)
	for column, want := range map[string]string{"worst ratio": "3", "theorem": "halving"} {
		if got := evidencetest.Cell(t, summary, 0, column); got != want {
			t.Errorf("%s in the summary is %s; expected %s", column, got, want)
		}
	}
	if plain := evidencetest.Gather(t, synthetic.Draft{Problem: "p", Method: "m", Status: results.Budget, Gaps: []float64{4, 2}}); len(Summary(plain).Columns) != len(summary.Columns)-4 {
		t.Error("columns of theory where no theorem applies")
	}
}

// LaTeX without further packages knows no letters beyond Latin ones: what theorems are
// called, and what a rate reads like, is put in commands.
func TestTheoremsInLaTeX(t *testing.T) {
	all := &table.Table{Columns: columns("theorem", "rate")}
	for _, c := range theory.Cases(0) {
		all.Rows = append(all.Rows, []table.Cell{table.Text(c.Theorem), evidence.Law{Name: results.PowerLaw, Quantity: "gradient_norm", Number: theorem.Interval{Value: 2}}})
	}
	var b strings.Builder
	if err := table.Write(&b, table.LaTeXFormat, all); err != nil {
		t.Fatal(err)
	}
	for _, r := range b.String() {
		if r > 'ž' {
			t.Fatalf("%c is in the table", r)
		}
	}
}
