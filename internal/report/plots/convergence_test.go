package plots

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/report/evidencetest"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/figure"
	"github.com/gdbench/gdbench/internal/report/synthetic"
	"github.com/gdbench/gdbench/results"
)

func TestAxesOfConvergence(t *testing.T) {
	p := timed(t)
	for _, c := range []struct {
		x    evidence.Cost
		y    evidence.Quantity
		wanX []float64
		wanY []float64
	}{
		{evidence.Seconds, evidence.Value, []float64{1, 2, 4}, []float64{9, 7, 6}},
		{evidence.Gradients, evidence.Distance, []float64{2, 4, 6}, []float64{3, 2, 1}},
		{evidence.Iterations, evidence.Gap, []float64{0, 1, 2}, []float64{4, 2, 1}},
	} {
		f := Convergence(p, c.x, c.y)
		if s := f.Series[0]; !slices.Equal(s.X, c.wanX) || !slices.Equal(s.Y, c.wanY) {
			t.Errorf("%s against %s: %v, %v; expected %v, %v", c.y.Name, c.x.Name, s.X, s.Y, c.wanX, c.wanY)
		}
	}
	if notes := Convergence(p, evidence.Seconds, evidence.Gap).Notes; len(notes) == 0 || !strings.Contains(notes[0], "timing: exclusive") {
		t.Errorf("a figure of seconds says %v", notes)
	}
	if axis := p.Axis(evidence.Value); axis.Ceiling != 9+0.2*(9-6) {
		t.Errorf("the axis of values ends at %g", axis.Ceiling)
	}
	var names []string
	for _, cost := range p.CurveCosts() {
		names = append(names, cost.Name)
	}
	if got := strings.Join(names, " "); got != "iterations evaluations gradients seconds" {
		t.Errorf("costs on the page: %s", got)
	}
}

// The bound that promises most is drawn, as its median over the runs, and beneath it the
// largest ratio.
func TestOverlay(t *testing.T) {
	f := Convergence(evidencetest.Held(t).Problems[0], evidence.Iterations, evidence.Gap)
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
	if f := Convergence(evidencetest.Held(t).Problems[0], evidence.Evaluations, evidence.Gap); f.Strip != nil {
		t.Error("a theorem counts iterations, not evaluations")
	}
}

// The mean of 1 and 3, with four standard errors, and the bound 1.9.
func TestExpectationsAreDrawn(t *testing.T) {
	var drafts []synthetic.Draft
	for repeat, v := range []float64{1, 3} {
		drafts = append(drafts, synthetic.Draft{Problem: "p", Method: "m", Repeat: repeat, Status: results.Budget, Gaps: []float64{4, 2}, Mend: func(r *results.Record) {
			r.Theorems = []results.Theorem{{Name: "on average", InExpectation: true, Quantity: results.SquaredDistance,
				Iteration: []int64{10}, Measured: results.Series{v}, Bound: results.Series{1.9}, Floor: results.Series{0}}}
		}})
	}
	p := evidencetest.Gather(t, drafts...).Problems[0]
	figures := Expectations(p)
	if len(figures) != 1 {
		t.Fatalf("%d figures; expected that of the squared distance", len(figures))
	}
	mean, bound, ratio := figures[0].Series[0], figures[0].Series[1], figures[0].Strip.Series[0]
	if mean.Y[0] != 2 || math.Abs(mean.Low[0]+2) > 1e-9 || math.Abs(mean.High[0]-6) > 1e-9 || bound.Y[0] != 1.9 || math.Abs(ratio.Y[0]-2/1.9) > 1e-9 {
		t.Errorf("mean %v [%v, %v], bound %v, ratio %v", mean.Y, mean.Low, mean.High, bound.Y, ratio.Y)
	}
}
