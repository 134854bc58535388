package report

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/gdbench/gdbench/internal/report/figure"
	_ "github.com/gdbench/gdbench/methods/catalogue"
	"github.com/gdbench/gdbench/results"
)

var evaluations = Cost{"evaluations", "evaluations", Evaluations.of}

// race is a contest of methods whose costs to the one target are given: rows are
// problems, columns methods, 0 a run that gave up after `budget` evaluations.
func race(t *testing.T, budget int, costs ...[]int) *Contest {
	t.Helper()
	var drafts []draft
	for p, row := range costs {
		for m, cost := range row {
			d := draft{problem: fmt.Sprint("p", p), method: fmt.Sprint("m", m), targets: []float64{0.5}, status: results.Converged}
			for range cost - 1 {
				d.gaps = append(d.gaps, 1)
			}
			d.gaps = append(d.gaps, 0.1)
			if cost == 0 {
				d.gaps, d.status = nil, results.Budget
				for range budget {
					d.gaps = append(d.gaps, 1)
				}
			}
			if cost == 1 {
				t.Fatal("one evaluation is the start")
			}
			drafts = append(drafts, d)
		}
	}
	return gather(t, drafts...).NewContest(10)
}

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
	c := race(t, 20, []int{4, 8}, []int{20, 10}, []int{0, 5})
	f := c.PerformanceProfile(c.Goals[0], evaluations)
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
	c := race(t, 15, []int{4, 40}, []int{0, 5})
	f := c.PerformanceProfile(c.Goals[0], evaluations)
	if len(f.Rules) != 1 || f.Rules[0].At != 3 { // 15 evaluations against 5
		t.Errorf("rules %v; expected one at 3", f.Rules)
	}
	if f := c.Runtimes(evaluations); len(f.Rules) != 1 || f.Rules[0].At != 15 {
		t.Errorf("rules %v; expected one at the budget, 15", f.Rules)
	}
}

func TestDataProfileAndRuntimes(t *testing.T) {
	c := race(t, 20, []int{4, 8}, []int{20, 10}, []int{0, 5})
	if f := c.DataProfile(c.Goals[0], evaluations); f != nil {
		t.Error("a data profile without knowing n")
	}
	for i := range c.Instances {
		c.Instances[i].Problem.Dim = 3 // groups of 4
	}
	f := c.DataProfile(c.Goals[0], evaluations)
	if got := at(f.Series[0], 1); math.Abs(got-1./3) > 1e-15 { // 4/4 = 1
		t.Errorf("d(1) of m0 is %g; expected 1/3", got)
	}
	if got := at(f.Series[1], 2.4); math.Abs(got-2./3) > 1e-15 { // 8/4 = 2, 10/4 = 2.5, 5/4
		t.Errorf("d(2.4) of m1 is %g; expected 2/3", got)
	}
	runtimes := c.Runtimes(evaluations)
	for _, want := range []struct{ cost, share float64 }{{4, 0}, {5, 1. / 3}, {8, 2. / 3}, {10, 1}} {
		if got := at(runtimes.Series[1], want.cost); math.Abs(got-want.share) > 1e-15 {
			t.Errorf("share of m1 at %g is %g; expected %g", want.cost, got, want.share)
		}
	}
}

// Costs 4, 19 and 9, 9: ratios (cost+1)/(best+1) are 1 and 2 for m0, 2 and 1 for m1; with
// a miss on the third problem, where m0 spent 20 and m1 needed 4: (200+1)/(4+1) and 1.
func TestRankingByHand(t *testing.T) {
	c := race(t, 20, []int{4, 9}, []int{19, 9}, []int{0, 4})
	scores := c.scores(c.Goals[0], evaluations)
	if want := math.Cbrt(1 * 2 * 40.2); math.Abs(scores[0].ratio-want) > 1e-12 {
		t.Errorf("ratio of m0 %g; expected %g", scores[0].ratio, want)
	}
	if want := math.Cbrt(2); math.Abs(scores[1].ratio-want) > 1e-12 {
		t.Errorf("ratio of m1 %g; expected %g", scores[1].ratio, want)
	}
	if want := math.Sqrt2; math.Abs(scores[0].clean-want) > 1e-12 {
		t.Errorf("ratio of m0 without misses %g; expected %g", scores[0].clean, want)
	}
	if scores[0].rank != (1+2+2)/3. || scores[1].fastest != 2 || scores[0].reached.Part != 2 {
		t.Errorf("%+v", scores)
	}
	table := c.Ranking(c.Goals[0], evaluations)
	if got := cell(t, table, 0, "method"); got != "m1" {
		t.Errorf("%s is first; expected m1", got)
	}
}

// Eight problems on which m0 always wins: two-sided p = 2/2⁸ < 5%, so they are told apart.
// On three problems p ≥ 2/2³, and nothing can be told.
func TestRanksTellApartOnlyWithEvidence(t *testing.T) {
	bars := func(problems int) int {
		var rows [][]int
		for k := range problems {
			rows = append(rows, []int{4 + k, 12 + 3*k})
		}
		f := race(t, 100, rows...).Ranks(Goal{Target: 0.5}, evaluations)
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
	if f := race(t, 100, []int{4, 5}).Ranks(Goal{Target: 0.5}, evaluations); f != nil {
		t.Error("ranks over a single problem")
	}
}

func TestRankAmong(t *testing.T) {
	values := []float64{3, 1, 3, nan, inf}
	for m, want := range map[int]float64{0: 2.5, 1: 1, 2: 2.5, 4: 4} {
		if got := rankAmong(values, m); got != want {
			t.Errorf("rank of %g is %g; expected %g", values[m], got, want)
		}
	}
}

// The rate is chosen on even repeats: rate 1 is lucky there, and its odd repeats, which
// alone compete, show what it is worth.
func TestContestDoesNotJudgeByTheLuckItChoseBy(t *testing.T) {
	var drafts []draft
	for repeat := range 4 {
		lucky := 0.1
		if repeat%2 == 1 {
			lucky = 0.9
		}
		drafts = append(drafts,
			draft{problem: "p", method: "m", rate: 1, repeat: repeat, status: results.Budget, gaps: halving(lucky, 30), targets: []float64{0.01}},
			draft{problem: "p", method: "m", rate: 2, repeat: repeat, status: results.Budget, gaps: halving(0.5, 30), targets: []float64{0.01}})
	}
	c := gather(t, drafts...).NewContest(5)
	if len(c.Instances) != 2 || c.Instances[0].Repeat != 1 || c.Instances[0].Cells[0].Entry.Rate != 1 {
		t.Fatalf("%d instances, the first with repeat %d at rate %g", len(c.Instances), c.Instances[0].Repeat, c.Instances[0].Cells[0].Entry.Rate)
	}
	if costs := c.costs(0, c.Goals[0], evaluations); !slices.Equal(costs, []float64{inf, inf}) {
		t.Errorf("costs %v; the odd repeats of rate 1 never arrive", costs)
	}
}

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
	var drafts []draft
	for i, gap := range []float64{1, 1e-2, 1e-4} {
		drafts = append(drafts, draft{problem: "p", method: "m", rate: float64(i + 1), status: results.Budget, gaps: []float64{1, gap}})
	}
	s := gather(t, drafts...).Problems[0].Tuning().Series[0]
	for k, want := range []float64{-2, -10. / 3, -4} {
		if got := math.Log10(s.Y[k]); math.Abs(got-want) > 1e-12 {
			t.Errorf("after %d trials 1e%g; expected 1e%g", k+1, got, want)
		}
	}
}

func TestGradientEquivalents(t *testing.T) {
	plain, sum := &Problem{Dim: 5}, &Problem{Dim: 5, Samples: 100}
	s := spent{evaluations: 7, hessians: 2, hessianProducts: 3, samples: 1200} // 12 passes
	if got := GradientEquivalents.of(s, plain); got != 7+2*5+3*2 {
		t.Errorf("%g; expected 23", got)
	}
	if got := GradientEquivalents.of(s, sum); got != 12+3*1+2*4 { // each is one pass already
		t.Errorf("%g on a sum; expected 23", got)
	}
}

// A record that says what its method was told is believed; one of schema 1 tells it by its
// expressions, and by who is asked.
func TestUses(t *testing.T) {
	old := &results.Record{Written: results.Written{Method: map[string]string{"lr": "2/(L+mu)", "eps": "1e-3"}}, Method: results.Component{Name: "descent"}}
	e := &Evidence{Problems: []*Problem{{Example: old}}}
	entry := newEntry(e.Problems[0], old, "m")
	e.Problems[0].Entries = []*Entry{entry}
	if got := entry.Uses; !slices.Equal(got, []string{"L", "mu"}) {
		t.Errorf("uses %v; expected L, mu", got)
	}
	e.inform(func(c *results.Component) []string { return map[string][]string{"descent": {"f*", "mu"}}[c.Name] })
	if got := entry.Uses; !slices.Equal(got, []string{"L", "f*", "mu"}) {
		t.Errorf("uses %v; expected L, f*, mu", got)
	}
	said := *old
	said.Families, said.Uses = &results.Families{Method: "gradient"}, []string{"horizon"}
	if got := newEntry(e.Problems[0], &said, "m").Uses; !slices.Equal(got, []string{"horizon"}) {
		t.Errorf("uses %v; expected what the record says", got)
	}
	c := &Contest{Instances: []Instance{{Cells: []*Cell{{Entry: entry}}}}}
	if got := c.uses(0); got != "L, f*, μ" {
		t.Errorf("the contest says %q", got)
	}
}

// The rate is what the settings say, wherever the label has it.
func TestFamilyIsTheLabelWithoutTheRate(t *testing.T) {
	fixed := results.Component{Name: "fixed", Parameters: []results.Parameter{{Name: "t", Value: 0.1}}}
	stepped := []results.Parameter{{Name: "step", Value: fixed}}
	for _, c := range []struct {
		label      string
		parameters []results.Parameter
		written    map[string]string
		want       string
	}{
		{"sgd lr=1e-06 momentum=0.9", []results.Parameter{{Name: "lr", Value: 1e-6}}, nil, "sgd momentum=0.9"},
		{"GD lr=2/(L+mu)", []results.Parameter{{Name: "lr", Value: 0.1}}, map[string]string{"lr": "2/(L+mu)"}, "GD"},
		{"descent direction=gradient step=0.1", stepped, nil, "descent direction=gradient"},
		{"descent step=fixed(t=0.1)", stepped, nil, "descent"},
		{"descent step=1/L", stepped, map[string]string{"step.t": "1/L"}, "descent"},
		{"my lr=fast t=7", []results.Parameter{{Name: "lr", Value: 0.1}}, nil, "my lr=fast t=7"},
		{"newton lr=1", nil, nil, "newton lr=1"},
		{"GD small", []results.Parameter{{Name: "lr", Value: int64(1)}}, nil, "GD small"},
	} {
		r := &results.Record{Method: results.Component{Name: "m", Parameters: c.parameters}, Written: results.Written{Method: c.written}}
		if got := newEntry(&Problem{}, r, c.label).Group; got != c.want {
			t.Errorf("%s: family %q; expected %q", c.label, got, c.want)
		}
	}
}

func TestFamilyOfSchema1(t *testing.T) {
	for _, c := range []struct {
		component results.Component
		want      string
	}{
		{results.Component{Name: "adamw"}, "adamw"},
		{results.Component{Name: "descent", Parameters: []results.Parameter{{Name: "direction", Value: results.Component{Name: "bfgs"}}}}, "bfgs"},
		{results.Component{Name: "descent", Parameters: []results.Parameter{{Name: "direction", Value: "gradient"}}}, "gradient"},
	} {
		if got := familySchema1(&c.component); got != c.want {
			t.Errorf("%s is a variant of %q; expected %q", c.component.Name, got, c.want)
		}
	}
}

// Learning rate, family and edge are what the record says, whatever the method is called.
func TestEntryReadsTheRecord(t *testing.T) {
	r := &results.Record{Method: results.Component{Name: "fixed-step", Parameters: []results.Parameter{{Name: "lr", Value: 7.0}, {Name: "eta", Value: 0.5}}},
		Written: results.Written{Method: map[string]string{"eta": "1/L"}}, Families: &results.Families{Problem: "p", Method: "gradient"},
		LearningRate: &results.LearningRate{Parameter: "eta", Value: 0.5}, Stability: &results.Stability{Curvature: 9}}
	e := newEntry(&Problem{}, r, "mine eta=1/L beta=2")
	if e.Rate != 0.5 || e.Written != "1/L" || e.Group != "mine beta=2" || e.Family != "gradient" || e.Edge != 9 {
		t.Errorf("%+v", e)
	}
	r.LearningRate, r.Stability = nil, nil
	if e := newEntry(&Problem{}, r, "mine"); !math.IsNaN(e.Rate) || !math.IsNaN(e.Edge) {
		t.Errorf("rate %g, edge %g of a method that says neither", e.Rate, e.Edge)
	}
}

// Variants of one family are one series of the rank diagram.
func TestRanksClusterVariants(t *testing.T) {
	c := race(t, 20, []int{4, 8, 9}, []int{4, 8, 9})
	c.families = map[string]string{"m0": "a", "m1": "b", "m2": "a"}
	f := c.Ranks(c.Goals[0], evaluations)
	if s := f.Series[0]; s.Label != "a" || !slices.Equal(s.X, []float64{3, 1}) || !slices.Equal(s.Y, []float64{0, 2}) {
		t.Errorf("the first family is %+v; expected a with the ranks 3 and 1", s)
	}
	if s := f.Series[1]; s.Label != "b" || !slices.Equal(s.X, []float64{2}) {
		t.Errorf("the second family is %+v", s)
	}
}
