package plots

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/evidencetest"
	"github.com/gdbench/gdbench/internal/report/synthetic"
	"github.com/gdbench/gdbench/results"
)

// Rate 1 is best over both targets, and rate 2 for the finer one, which is plotted: 16 iterations
// against 53 with batch 8.
func TestStepsByBatchTakeTheRateThatIsPlotted(t *testing.T) {
	var drafts []synthetic.Draft
	for _, batch := range []int{4, 8, 16} {
		for rate, at := range map[float64][2]int{1: {1, 53}, 2: {15, 16}} {
			d := synthetic.Draft{Problem: "p", Method: "sgd", Rate: rate, Batch: batch, Status: results.Budget, Targets: []float64{0.1, 0.01}}
			for k := range 60 {
				gap := 1.
				if k >= at[0] {
					gap = 0.05
				}
				if k >= at[1] {
					gap = 0.005
				}
				d.Gaps = append(d.Gaps, gap)
			}
			drafts = append(drafts, d)
		}
	}
	p := evidencetest.Gather(t, drafts...).Problems[0]
	if best := p.Best(p.Entries, evidence.EveryRun); best.Rate != 1 {
		t.Fatalf("rate %g is best over both targets; the test is about another case", best.Rate)
	}
	f := StepsByBatch(p)
	if f == nil || !slices.Equal(f.Series[0].X, []float64{4, 8, 16}) || !slices.Equal(f.Series[0].Y, []float64{16, 16, 16}) {
		t.Fatalf("%+v", f)
	}
}

// A problem whose f* is unknown is in no profile; the others are.
func TestProfilesAreOfWhatCanBeMeasured(t *testing.T) {
	var drafts []synthetic.Draft
	for _, p := range []string{"a", "b", "u"} {
		for m, factor := range map[string]float64{"m0": 0.1, "m1": 0.5} {
			drafts = append(drafts, synthetic.Draft{Problem: p, Method: m, Status: results.Budget, Gaps: synthetic.Halving(factor, 20), Targets: []float64{0.01}, Unknown: p == "u"})
		}
	}
	c := evidencetest.Gather(t, drafts...).NewContest()
	for _, f := range []struct {
		name  string
		y     []float64
		notes []string
	}{
		{"runtimes", Runtimes(c, evidence.Passes).Series[0].Y, Runtimes(c, evidence.Passes).Notes},
		{"performance profile", PerformanceProfile(c, c.Goals[0], evidence.Passes).Series[0].Y, PerformanceProfile(c, c.Goals[0], evidence.Passes).Notes},
	} {
		if end := f.y[len(f.y)-1]; end != 1 {
			t.Errorf("%s ends at %g; all that could be measured was reached", f.name, end)
		}
		if notes := strings.Join(f.notes, "\n"); !strings.Contains(notes, "2 instances") || !strings.Contains(notes, "no target of the comparison is measurable there: u.") {
			t.Errorf("%s: %s", f.name, notes)
		}
	}
}

// Of more methods than there is room for the reference stays, which ran first, and the others
// are named.
func TestFiguresOfRatesNameWhatTheyLeaveOut(t *testing.T) {
	var drafts []synthetic.Draft
	for i := range 10 {
		for _, rate := range []float64{1, 2, 4} {
			drafts = append(drafts, synthetic.Draft{Problem: "p", Method: "m" + string(rune('a'+i)), Rate: rate, Status: results.Budget, Gaps: synthetic.Halving(0.5, 20), Targets: []float64{0.01}})
		}
	}
	p := evidencetest.Gather(t, drafts...).Problems[0]
	p.Entries[0].IsReference, p.Entries[1].IsReference, p.Entries[2].IsReference = false, false, false
	p.Entries[27].IsOwn = true
	for _, f := range []struct {
		name   string
		series int
		notes  []string
	}{{"sensitivity", len(Sensitivity(p, math.NaN()).Series), Sensitivity(p, math.NaN()).Notes}, {"tuning", len(Tuning(p).Series), Tuning(p).Notes}} {
		if notes := strings.Join(f.notes, "\n"); f.series != 8 || !strings.Contains(notes, "Shown: 8 of 10 methods. Not shown: mh; mi.") {
			t.Errorf("%s: %d series; %s", f.name, f.series, notes)
		}
	}
}
