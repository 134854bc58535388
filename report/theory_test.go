package report

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/methods/theory"
	"github.com/gdbench/gdbench/internal/report/figure"
	"github.com/gdbench/gdbench/internal/report/table"
	"github.com/gdbench/gdbench/internal/theorem"
	"github.com/gdbench/gdbench/results"
)

// held are two runs of one method: the bound holds in one, with ratio 0.5, and fails in the
// other, with ratio 3.
func held(t *testing.T) *Evidence {
	e := gather(t,
		draft{problem: "p", method: "m", repeat: 0, status: results.Budget, gaps: []float64{4, 2, 1}},
		draft{problem: "p", method: "m", repeat: 1, status: results.Budget, gaps: []float64{4, 2, 1}})
	cells := e.Problems[0].Entries[0].Cells
	theorem := results.Theorem{Name: "halving", Source: "a book", Tight: true, Outcome: "holds", Ratio: 0.5, Compared: 2, Quantity: "gap",
		Iteration: []int64{1, 2}, Bound: results.Series{4, 2}, Ratios: results.Series{0.5, 0.5}}
	weaker := theorem
	weaker.Name, weaker.Ratio, weaker.Bound = "weaker", 0.1, results.Series{40, 20}
	cells[0].Theorems = []results.Theorem{weaker, theorem}
	theorem.Outcome, theorem.Ratio, theorem.At = "violated", 3, 2
	theorem.Bound, theorem.Ratios = results.Series{8, 6}, results.Series{nan, 3}
	cells[1].Theorems = []results.Theorem{theorem}
	return e
}

// The bound that promises most is drawn, as its median over the runs, and beneath it the
// largest ratio.
func TestOverlay(t *testing.T) {
	f := held(t).Problems[0].Convergence(Iterations, Gap)
	at := slices.IndexFunc(f.Series, func(s figure.Series) bool { return s.Label == "bound: m" })
	if at < 0 || !f.Series[at].Unlisted || f.Series[at].Color != f.Series[0].Color || !slices.Equal(f.Series[at].X, []float64{1, 2}) || !slices.Equal(f.Series[at].Y, []float64{6, 4}) {
		t.Fatalf("the bound is not drawn: %v", f.Series)
	}
	if s := f.Strip.Series; len(s) != 1 || !slices.Equal(s[0].X, []float64{1, 2}) || !slices.Equal(s[0].Y, []float64{0.5, 3}) || f.Strip.Rules[0].At != 1 {
		t.Errorf("measured over promised: %v; expected 0.5, 3 and a line at 1", s)
	}
	if notes := strings.Join(f.Notes, " "); !strings.Contains(notes, "m: halving") {
		t.Errorf("the theorem is not named: %s", notes)
	}
	if f := held(t).Problems[0].Convergence(Evaluations, Gap); f.Strip != nil {
		t.Error("a theorem counts iterations, not evaluations")
	}
}

func TestTheorems(t *testing.T) {
	e := held(t)
	theorems := e.Theorems()
	if len(theorems.Rows) != 2 {
		t.Fatalf("%d rows; expected one for each theorem", len(theorems.Rows))
	}
	for column, want := range map[string]string{"theorem": "halving", "verdict": "violated", "held": "1/2", "worst measured/bound": "3", "±": "–", "iteration": "2", "tight": "yes"} {
		if got := cell(t, theorems, 1, column); got != want {
			t.Errorf("%s is %s; expected %s", column, got, want)
		}
	}
	summary := e.Summary()
	for column, want := range map[string]string{"worst ratio": "3", "theorem": "halving"} {
		if got := cell(t, summary, 0, column); got != want {
			t.Errorf("%s in the summary is %s; expected %s", column, got, want)
		}
	}
	if plain := gather(t, draft{problem: "p", method: "m", status: results.Budget, gaps: []float64{4, 2}}); len(plain.Summary().Columns) != len(summary.Columns)-4 {
		t.Error("columns of theory where no theorem applies")
	}
}

// The mean of 1 and 3 is 2, with a standard error of 1; the mean of 40 runs with 1.9 and
// 2.1 lies above a bound of 1.9 beyond its interval.
func TestExpectation(t *testing.T) {
	measured := func(values ...float64) *Entry {
		e := &Entry{Problem: &Problem{}, Label: "m"}
		for _, v := range values {
			e.expect([]results.Theorem{{Name: "on average", InExpectation: true, Quantity: results.SquaredDistance,
				Iteration: []int64{10}, Measured: results.Series{v}, Bound: results.Series{1.9}, Floor: results.Series{0}}})
		}
		return e
	}
	few, many := measured(1, 3), measured(slices.Repeat([]float64{1.9, 2.1}, 20)...)
	for entry, want := range map[*Entry]string{few: "not refuted", many: "refuted", measured(2): "not measured"} {
		if j := entry.judgements()[0]; string(j.Outcome) != want || want != "not measured" && math.Abs(j.Ratio-2/1.9) > 1e-9 {
			t.Errorf("%d repeats are %s with ratio %g; expected %s", entry.Expected[0].Repeats, j.Outcome, j.Ratio, want)
		}
	}
}

// The mean of 1 and 3, with four standard errors, and the bound 1.9.
func TestExpectationsAreDrawn(t *testing.T) {
	var drafts []draft
	for repeat, v := range []float64{1, 3} {
		drafts = append(drafts, draft{problem: "p", method: "m", repeat: repeat, status: results.Budget, gaps: []float64{4, 2}, mend: func(r *results.Record) {
			r.Theorems = []results.Theorem{{Name: "on average", InExpectation: true, Quantity: results.SquaredDistance,
				Iteration: []int64{10}, Measured: results.Series{v}, Bound: results.Series{1.9}, Floor: results.Series{0}}}
		}})
	}
	p := gather(t, drafts...).Problems[0]
	figures := p.Expectations()
	if len(figures) != 1 {
		t.Fatalf("%d figures; expected that of the squared distance", len(figures))
	}
	mean, bound, ratio := figures[0].Series[0], figures[0].Series[1], figures[0].Strip.Series[0]
	if mean.Y[0] != 2 || math.Abs(mean.Low[0]+2) > 1e-9 || math.Abs(mean.High[0]-6) > 1e-9 || bound.Y[0] != 1.9 || math.Abs(ratio.Y[0]-2/1.9) > 1e-9 {
		t.Errorf("mean %v [%v, %v], bound %v, ratio %v", mean.Y, mean.Low, mean.High, bound.Y, ratio.Y)
	}
}

// One bound that did not hold is a warning.
func TestRefutedIsSaid(t *testing.T) {
	e := held(t)
	e.refuted()
	if last := string(e.Warnings[len(e.Warnings)-1]); !strings.Contains(last, "a theorem did not hold: halving") {
		t.Errorf("the last warning is %q", last)
	}
}

// LaTeX without further packages knows no letters beyond Latin ones: what theorems are
// called, and what a rate reads like, is put in commands.
func TestTheoremsInLaTeX(t *testing.T) {
	all := &table.Table{Columns: columns("theorem", "rate")}
	for _, c := range theory.Cases(0) {
		all.Rows = append(all.Rows, []table.Cell{table.Text(c.Theorem), Law{Law: theorem.PowerLaw, Power: theorem.Interval{Value: 2}}})
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

// A record that an edit has left with more ratios than iterations is passed over.
func TestRatiosWithoutIterations(t *testing.T) {
	theorem := results.Theorem{Quantity: "gap", Iteration: []int64{1}, Bound: []float64{1}, Ratios: []float64{1}}
	if !bounds(&theorem, Gap) {
		t.Error("a whole record is passed over")
	}
	theorem.Ratios = []float64{1, 1}
	if bounds(&theorem, Gap) {
		t.Error("a ratio without an iteration is accepted")
	}
}
