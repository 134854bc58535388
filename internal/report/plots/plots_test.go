package plots

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/report/evidencetest"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/synthetic"
	"github.com/gdbench/gdbench/results"
)

// S = 100·(1 + 64/B) is recovered from four points without noise.
func TestCriticalBatchSize(t *testing.T) {
	sizes := []float64{1, 16, 64, 512}
	var steps []float64
	for _, b := range sizes {
		steps = append(steps, 100*(1+64/b))
	}
	least, critical, ok := fitBatch(sizes, steps)
	if !ok || math.Abs(least-100) > 1e-8 || math.Abs(critical-64) > 1e-8 {
		t.Errorf("S∞ = %g, B* = %g, %v; expected 100 and 64", least, critical, ok)
	}
	if _, _, ok := fitBatch(sizes, []float64{1, 2, 3, 4}); ok {
		t.Error("steps that grow with the batch have no critical size")
	}
}

// Settings with gaps 1, 1e-2, 1e-4: in logarithms the expected best of one is their mean,
// −2; of two (−2 −4 −4)/3; of three −4.
func TestTuningCurve(t *testing.T) {
	var drafts []synthetic.Draft
	for i, gap := range []float64{1, 1e-2, 1e-4} {
		drafts = append(drafts, synthetic.Draft{Problem: "p", Method: "m", Rate: float64(i + 1), Status: results.Budget, Gaps: []float64{1, gap}})
	}
	s := Tuning(evidencetest.Gather(t, drafts...).Problems[0]).Series[0]
	for k, want := range []float64{-2, -10. / 3, -4} {
		if got := math.Log10(s.Y[k]); math.Abs(got-want) > 1e-12 {
			t.Errorf("after %d trials 1e%g; expected 1e%g", k+1, got, want)
		}
	}
}

func TestSensitivityShowsDivergence(t *testing.T) {
	f := Sensitivity(evidencetest.Gather(t, synthetic.GridOfDrafts()...).Problems[0], 2)
	if !slices.Contains(f.Notes, "Median and quartiles over the repeats.") {
		t.Errorf("what the bands are is not said: %q", f.Notes)
	}
	last := f.Series[len(f.Series)-1]
	if last.Label != "diverged runs" || !slices.Equal(last.X, []float64{10, 10}) {
		t.Errorf("diverged: %v", last)
	}
	if len(f.Rules) != 1 || f.Rules[0].At != 2 {
		t.Errorf("rules %v; expected 2/L at 2", f.Rules)
	}
	if !slices.Equal(f.Series[0].X, []float64{0.01, 0.1, 1, 10}) || f.Series[0].Y[3] != synthetic.Inf {
		t.Errorf("%v", f.Series[0])
	}
	if slices.ContainsFunc(f.Notes, func(n string) bool { return strings.Contains(n, "learning rate") }) {
		t.Errorf("%v: the best rate, 1, is inside the grid", f.Notes)
	}
}

// Factors 0.9, 0.5 and 0.25 an iteration reach 0.1 after 22, 4 and 2; 1.5 never does, and
// counts as diverged.
func TestCostByRate(t *testing.T) {
	var drafts []synthetic.Draft
	for i, factor := range []float64{0.9, 0.5, 0.25, 1.5} {
		d := synthetic.Draft{Problem: "p", Method: "m", Rate: float64(i + 1), Status: results.Budget, Gaps: synthetic.Halving(factor, 31), Targets: []float64{0.1}}
		if factor > 1 {
			d.Status = results.Diverged
		}
		drafts = append(drafts, d)
	}
	f := CostByRate(evidencetest.Gather(t, drafts...).Problems[0], 3.5)
	if got := f.Series[0].Y; !slices.Equal(got, []float64{2.3, 0.5, 0.3, synthetic.Inf}) { // epochs: an evaluation is a tenth
		t.Errorf("costs %v; expected 2.3, 0.5, 0.3 and ∞", got)
	}
	if last := f.Series[1]; last.Label != "diverged runs" || !slices.Equal(last.X, []float64{4}) || f.Rules[0].At != 3.5 {
		t.Errorf("diverged %v, rules %v", last, f.Rules)
	}
	if math.Abs(f.Y.Ceiling-3*3.1) > 1e-9 {
		t.Errorf("the axis ends at %g; expected three times the most that was spent", f.Y.Ceiling)
	}
	for since, want := range map[int]bool{20: true, 21: false} { // 0.1 is reached at 22
		for target, shown := range map[int]bool{0: true, 1: false} {
			checked, other := slices.Clone(drafts), drafts[0]
			for i := range checked {
				checked[i].Targets = []float64{0.1, 0.2}
			}
			checked[0].Mend = func(r *results.Record) {
				at := 22
				r.Targets[target].Iteration, r.Targets[target].Since = &at, &since
			}
			other.Problem, other.Mend = "q", func(r *results.Record) { since := 10; r.Targets[0].Since = &since }
			notes := strings.Join(CostByRate(evidencetest.Gather(t, append(checked, other)...).Problems[0], 3.5).Notes, "\n")
			if strings.Contains(notes, "in up to 5% fewer iterations") != (want && shown) || strings.Contains(notes, "Targets were not checked") != (want && shown) {
				t.Errorf("checked at %d of 22 on the way to target %d: %q", since, target, notes)
			}
		}
	}
	for i := range drafts {
		drafts[i].Targets = nil
	}
	if CostByRate(evidencetest.Gather(t, drafts...).Problems[0], synthetic.NaN) != nil {
		t.Error("costs to no target")
	}
}

func TestBestRateAtTheEdgeIsSaid(t *testing.T) {
	var drafts []synthetic.Draft
	for i, rate := range []float64{0.1, 0.2, 0.4} {
		drafts = append(drafts, synthetic.Draft{Problem: "p", Method: "m", Rate: rate, Status: results.Budget, Gaps: synthetic.Halving(0.9-0.2*float64(i), 20), Targets: []float64{0.1}})
	}
	e := evidencetest.Gather(t, drafts...)
	if !slices.ContainsFunc(e.Warnings, func(w evidence.Warning) bool {
		return strings.Contains(string(w), "0.4, is the largest that was tried")
	}) {
		t.Errorf("warnings: %v", e.Warnings)
	}
	if notes := Sensitivity(e.Problems[0], synthetic.NaN).Notes; slices.Contains(notes, "Median and quartiles over the repeats.") {
		t.Errorf("single runs have no quartiles: %q", notes)
	}
	if notes := Sensitivity(e.Problems[0], synthetic.NaN).Notes; !slices.ContainsFunc(notes, func(n string) bool { return strings.Contains(n, "(least work to the targets), 0.4, is the largest") }) {
		t.Errorf("notes: %v; the best rate is the largest", notes)
	}
}

// The rate that reaches the target first, 0.4, is not the one that ends lowest, 0.2: the note of
// the figure and the warning call the same rate the best.
func TestOneRateIsTheBest(t *testing.T) {
	e := evidencetest.Gather(t,
		synthetic.Draft{Problem: "p", Method: "m", Rate: 0.1, Status: results.Budget, Gaps: synthetic.Halving(0.95, 20), Targets: []float64{0.1}},
		synthetic.Draft{Problem: "p", Method: "m", Rate: 0.2, Status: results.Budget, Gaps: synthetic.Halving(0.7, 20), Targets: []float64{0.1}},
		synthetic.Draft{Problem: "p", Method: "m", Rate: 0.4, Status: results.Budget, Gaps: synthetic.FallsTo(0.06, 20), Targets: []float64{0.1}})
	const said = "(least work to the targets), 0.4, is the largest"
	if notes := strings.Join(Sensitivity(e.Problems[0], synthetic.NaN).Notes, "\n"); !strings.Contains(notes, said) {
		t.Errorf("notes: %s", notes)
	}
	if !slices.ContainsFunc(e.Warnings, func(w evidence.Warning) bool { return strings.Contains(string(w), said) }) {
		t.Errorf("warnings: %v", e.Warnings)
	}
}

func TestHeatMap(t *testing.T) {
	f := RateByBatch(evidencetest.Gather(t, synthetic.GridOfDrafts()...).Problems[0])
	if !slices.Equal(f.Y.Categories, []string{"1", "32"}) || len(f.Grid.X) != 4 {
		t.Fatalf("%v × %v", f.Grid.X, f.Y.Categories)
	}
	if f.Grid.Z[0][3] != synthetic.Inf || f.Grid.Text[1][3] != "diverged" {
		t.Errorf("the diverged corner is %g, %q", f.Grid.Z[0][3], f.Grid.Text[1][3])
	}
}

// Factors ½ and ¼ an iteration reach 0.1 after five and three evaluations of 10 of the 100
// samples; 0.99 does not, and one pair was not tried.
func TestEpochsByBatch(t *testing.T) {
	one := func(rate float64, batch int, factor float64) synthetic.Draft {
		return synthetic.Draft{Problem: "p", Method: "m", Rate: rate, Batch: batch, Status: results.Budget, Gaps: synthetic.Halving(factor, 20), Targets: []float64{0.1}}
	}
	drafts := []synthetic.Draft{one(1, 1, 0.5), one(2, 1, 0.99), one(2, 8, 0.25)}
	f := EpochsByBatch(evidencetest.Gather(t, drafts...).Problems[0])
	if z := f.Grid.Z; z[0][0] != 0.5 || z[0][1] != synthetic.Inf || !math.IsNaN(z[1][0]) || z[1][1] != 0.3 {
		t.Errorf("epochs %v; expected 0.5, ∞; –, 0.3", z)
	}
	if f.Grid.Text[0][1] != "never" || f.Grid.Text[1][0] != "" || f.Open[1][1] != "m lr=2 batch=8" {
		t.Errorf("texts %q, behind them %q", f.Grid.Text, f.Open)
	}
	for i := range drafts {
		drafts[i].Targets = nil
	}
	if EpochsByBatch(evidencetest.Gather(t, drafts...).Problems[0]) != nil {
		t.Error("epochs to no target")
	}
}

func TestFileNames(t *testing.T) {
	for in, want := range map[string]string{
		"quadratic dim=10": "gap-quadratic-dim=10", "../../etc": "gap-..-..-etc", "<img src=x>": "gap-img-src=x", "κ∇": "gap",
	} {
		if got := FileName("gap", in); got != want {
			t.Errorf("fileName(%q) = %q; expected %q", in, got, want)
		}
	}
}
