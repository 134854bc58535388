package plots

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/evidencetest"
	"github.com/gdbench/gdbench/internal/report/figure"
	"github.com/gdbench/gdbench/internal/report/synthetic"
	"github.com/gdbench/gdbench/results"
)

// at is the value of a step function.
func at(s figure.Series, x float64) float64 {
	y := -1.0
	for k := range s.X {
		if s.X[k] <= x {
			y = s.Y[k]
		}
	}
	return y
}

// Three problems, two methods, worked by hand: ratios of m0 are 1, 2, ∞ and of m1 2, 1, 1.
func TestPerformanceProfile(t *testing.T) {
	c := evidencetest.Race(t, 20, []int{4, 8}, []int{20, 10}, []int{0, 5})
	f := PerformanceProfile(c, c.Goals[0], evaluations)
	for _, want := range []struct {
		method int
		tau    float64
		share  float64
	}{{0, 1, 1. / 3}, {0, 1.99, 1. / 3}, {0, 2, 2. / 3}, {1, 1, 2. / 3}, {1, 2, 1}} {
		if got := at(f.Series[want.method], want.tau); math.Abs(got-want.share) > 1e-15 {
			t.Errorf("ρ of m%d at %g is %g; expected %g", want.method, want.tau, got, want.share)
		}
	}
	for _, s := range f.Series {
		if end := s.X[len(s.X)-1]; end != 2 {
			t.Errorf("%s is drawn up to %g; nothing is known beyond 2", s.Label, end)
		}
	}
	if len(f.Rules) != 0 {
		t.Error("m0 gave up at 20/5 = 4, beyond the figure; no line is due")
	}
}

func TestProfileMarksTheFirstThatGaveUp(t *testing.T) {
	c := evidencetest.Race(t, 15, []int{4, 40}, []int{0, 5})
	f := PerformanceProfile(c, c.Goals[0], evaluations)
	if len(f.Rules) != 1 || f.Rules[0].At != 3 { // 15 evaluations against 5
		t.Errorf("rules %v; expected one at 3", f.Rules)
	}
	if f := Runtimes(c, evaluations); len(f.Rules) != 1 || f.Rules[0].At != 15 {
		t.Errorf("rules %v; expected one at the budget, 15", f.Rules)
	}
}

func TestDataProfileAndRuntimes(t *testing.T) {
	c := evidencetest.Race(t, 20, []int{4, 8}, []int{20, 10}, []int{0, 5})
	if f := DataProfile(c, c.Goals[0], evaluations); f != nil {
		t.Error("a data profile without knowing n")
	}
	for i := range c.Instances {
		c.Instances[i].Problem.Dim = 3 // groups of 4
	}
	f := DataProfile(c, c.Goals[0], evaluations)
	if got := at(f.Series[0], 1); math.Abs(got-1./3) > 1e-15 { // 4/4 = 1
		t.Errorf("d(1) of m0 is %g; expected 1/3", got)
	}
	if got := at(f.Series[1], 2.4); math.Abs(got-2./3) > 1e-15 { // 8/4 = 2, 10/4 = 2.5, 5/4
		t.Errorf("d(2.4) of m1 is %g; expected 2/3", got)
	}
	runtimes := Runtimes(c, evaluations)
	for _, want := range []struct{ cost, share float64 }{{4, 0}, {5, 1. / 3}, {8, 2. / 3}, {10, 1}} {
		if got := at(runtimes.Series[1], want.cost); math.Abs(got-want.share) > 1e-15 {
			t.Errorf("share of m1 at %g is %g; expected %g", want.cost, got, want.share)
		}
	}
}

// Eight problems on which m0 always wins: two-sided p = 2/2⁸ < 5%, so the difference is significant.
// On three problems p ≥ 2/2³, and nothing is significant.
func TestRanksTellApartOnlyWithEvidence(t *testing.T) {
	bars := func(problems int) int {
		var rows [][]int
		for k := range problems {
			rows = append(rows, []int{4 + k, 12 + 3*k})
		}
		f := Ranks(evidencetest.Race(t, 100, rows...), evidence.Goal{Target: 0.5}, evaluations)
		bars := 0
		for _, s := range f.Series {
			if s.Kind == figure.Line {
				bars++
			}
		}
		return bars
	}
	if bars(8) != 0 || bars(3) != 1 {
		t.Errorf("%d bars with 8 problems, %d with 3; expected 0 and 1", bars(8), bars(3))
	}
	if f := Ranks(evidencetest.Race(t, 100, []int{4, 5}), evidence.Goal{Target: 0.5}, evaluations); f != nil {
		t.Error("ranks over a single problem")
	}
}

// Each method has its own mark, and a note names families that several are of.
func TestRanksNameFamilies(t *testing.T) {
	c := evidencetest.Race(t, 20, []int{4, 8, 9}, []int{4, 8, 9})
	c.Families = map[string]string{"m0": "a", "m1": "b", "m2": "a"}
	f := Ranks(c, c.Goals[0], evaluations)
	if want := []string{"m2", "m1", "m0"}; !slices.Equal(f.Y.Categories, want) {
		t.Errorf("the rows are %q; expected %q", f.Y.Categories, want)
	}
	if !slices.Contains(f.Notes, "Of one family: a: m0; m2.") {
		t.Errorf("the families are missing in %q", f.Notes)
	}
	c.Families = map[string]string{"m0": "a", "m1": "b", "m2": "c"}
	if f := Ranks(c, c.Goals[0], evaluations); slices.ContainsFunc(f.Notes, func(n string) bool { return strings.Contains(n, "family") }) {
		t.Errorf("families of one method are named in %q", f.Notes)
	}
	for k, want := range []struct {
		label string
		color int
		rank  float64
	}{{"m2", 2, 3}, {"m1", 1, 2}, {"m0", 0, 1}} {
		if s := f.Series[k]; s.Label != want.label || s.Color != want.color || s.X[0] != want.rank {
			t.Errorf("mark %d is %+v; expected %v", k, s, want)
		}
	}
}

// A figure of costs says how exact they are. The target 0.3 is met at the iteration 2 and 0.1 at 4; only the
// distribution of costs is of both.
func TestFiguresOfCostsSayHowExactTheyAre(t *testing.T) {
	for _, c := range []struct {
		target, since int
		said, ofBoth  bool
	}{{1, 1, true, true}, {1, 3, false, false}, {0, 0, false, true}} {
		draft := synthetic.Draft{Status: results.Budget, Gaps: synthetic.Halving(0.5, 20), Targets: []float64{0.3, 0.1},
			Mend: func(r *results.Record) { r.Variables, r.Targets[c.target].Since = 2, &c.since }}
		var drafts []synthetic.Draft
		for _, problem := range []string{"p", "q"} {
			draft.Problem = problem
			for _, batch := range []int{4, 8, 16} {
				for _, rate := range []float64{1, 2} {
					draft.Method, draft.Rate, draft.Batch = "m", rate, batch
					drafts = append(drafts, draft)
				}
			}
			draft.Method, draft.Rate, draft.Batch = "other", 0, 0
			drafts = append(drafts, draft)
		}
		e := evidencetest.Gather(t, drafts...)
		contest, p, g := e.NewContest(), e.Problems[0], evidence.Goal{Target: 0.1, Kind: results.RelativeTarget}
		for name, f := range map[string]*figure.Figure{
			"runtimes": Runtimes(contest, evaluations), "performance profile": PerformanceProfile(contest, g, evaluations),
			"data profile": DataProfile(contest, g, evaluations), "ranks": Ranks(contest, g, evaluations),
			"steps by batch": StepsByBatch(p), "samples by batch": SamplesByBatch(p), "epochs by batch": EpochsByBatch(p),
		} {
			if f == nil {
				t.Errorf("no %s", name)
				continue
			}
			want, notes := c.said, strings.Join(f.Notes, "\n")
			if name == "runtimes" {
				want = c.ofBoth
			}
			if strings.Contains(notes, "in up to 50% fewer iterations") != want || strings.Contains(notes, "Targets were not checked") != want {
				t.Errorf("%s, with %+v: %q", name, c, notes)
			}
		}
	}
}
