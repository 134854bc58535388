package evidence

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/counts"
	"github.com/gdbench/gdbench/internal/report/synthetic"
	"github.com/gdbench/gdbench/results"
)

func TestRankAmong(t *testing.T) {
	values := []float64{3, 1, 3, synthetic.NaN, synthetic.Inf}
	for m, want := range map[int]float64{0: 2.5, 1: 1, 2: 2.5, 4: 4} {
		if got := RankAmong(values, m); got != want {
			t.Errorf("rank of %g is %g; expected %g", values[m], got, want)
		}
	}
}

// The rate is chosen on even repeats: rate 1 is lucky there, and its odd repeats, which
// alone compete, show what it is worth.
func TestContestDoesNotJudgeByTheLuckItChoseBy(t *testing.T) {
	var drafts []synthetic.Draft
	for repeat := range 4 {
		lucky := 0.1
		if repeat%2 == 1 {
			lucky = 0.9
		}
		drafts = append(drafts,
			synthetic.Draft{Problem: "p", Method: "m", Rate: 1, Repeat: repeat, Status: results.Budget, Gaps: synthetic.Halving(lucky, 30), Targets: []float64{0.01}},
			synthetic.Draft{Problem: "p", Method: "m", Rate: 2, Repeat: repeat, Status: results.Budget, Gaps: synthetic.Halving(0.5, 30), Targets: []float64{0.01}})
	}
	c := gather(t, drafts...).NewContest()
	if len(c.Instances) != 2 || c.Instances[0].Repeat != 1 || c.Instances[0].Cells[0].Entry.Rate != 1 {
		t.Fatalf("%d instances, the first with repeat %d at rate %g", len(c.Instances), c.Instances[0].Repeat, c.Instances[0].Cells[0].Entry.Rate)
	}
	if costs := c.costs(0, c.Goals[0], evaluations); !slices.Equal(costs, []float64{synthetic.Inf, synthetic.Inf}) {
		t.Errorf("costs %v; the odd repeats of rate 1 never arrive", costs)
	}
}

func TestPasses(t *testing.T) {
	plain, sum := &Problem{Dim: 5}, &Problem{Dim: 5, Samples: 100}
	s := spent{Of: counts.Of[float64]{Evaluations: 7, Hessians: 2, HessianProducts: 3, Samples: 1200}} // 12 passes
	if got := Passes.Of(s, plain); got != 7+2*5+3*2 {
		t.Errorf("%g; expected 23", got)
	}
	if got := Passes.Of(s, sum); got != 12+3*1+2*4 { // each is one pass already
		t.Errorf("%g on a sum; expected 23", got)
	}
}

// A record that says which facts its method used is believed; one of schema 1 shows it by its
// expressions alone.
func TestUses(t *testing.T) {
	old := &results.Record{Written: results.Written{Method: map[string]string{"lr": "2/(L+mu)", "eps": "1e-3"}}, Method: results.Component{Name: "descent"}}
	e := &Evidence{Problems: []*Problem{{Example: old}}}
	entry := newEntry(e.Problems[0], old, "m")
	e.Problems[0].Entries = []*Entry{entry}
	if got := entry.Uses; !slices.Equal(got, []string{"L", "mu"}) {
		t.Errorf("uses %v; expected L, mu", got)
	}
	said := *old
	said.Families, said.Uses = &results.Families{Method: "gradient"}, []string{"horizon"}
	if got := newEntry(e.Problems[0], &said, "m").Uses; !slices.Equal(got, []string{"horizon"}) {
		t.Errorf("uses %v; expected what the record says", got)
	}
	c := &Contest{Instances: []Instance{{Cells: []*Cell{{Entry: entry}}}}}
	if got := c.Uses(0); got != "L, μ" {
		t.Errorf("the contest says %q", got)
	}
}

// The rate is what the settings say, wherever the label has it.
func TestFamilyIsTheLabelWithoutTheRate(t *testing.T) {
	fixed := results.Component{Name: "fixed", Parameters: []results.Parameter{{Name: "t", Value: 0.1}}}
	decay := results.Component{Name: "step-decay", Parameters: fixed.Parameters}
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
		{"descent step=fixed(t=0.1)", stepped, nil, "descent step=fixed"},
		{"descent step=step-decay(t=0.1)", []results.Parameter{{Name: "step", Value: decay}}, nil, "descent step=step-decay"},
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

// What files of schema 1 cannot say is said of them, and of no others.
func TestNoteOnSchema1(t *testing.T) {
	noted := func(r *results.Record) bool {
		p := &Problem{}
		p.Entries = []*Entry{newEntry(p, r, "m")}
		p.Entries[0].Cells = []*Cell{{Entry: p.Entries[0], Ending: &Ending{Status: results.Converged}}}
		notes := (&Evidence{Problems: []*Problem{p}}).NewContest().Notes
		return slices.ContainsFunc(notes, func(n string) bool { return strings.Contains(n, "schema 1") })
	}
	if !noted(&results.Record{}) {
		t.Error("no note on a record of schema 1")
	}
	if noted(&results.Record{Families: &results.Families{}}) {
		t.Error("a note on a record that says what its method is")
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

// A method with one setting has nothing to choose.
func TestNoteOnChosenRates(t *testing.T) {
	noted := func(drafts ...synthetic.Draft) bool {
		return slices.ContainsFunc(gather(t, drafts...).NewContest().Notes, func(n string) bool { return strings.Contains(n, "the learning rate that is best") })
	}
	slow, fast, other := synthetic.Reaching("p", "gd", 3, 40), synthetic.Reaching("p", "gd", 10, 12), synthetic.Reaching("p", "other", 5, 9)
	slow.Rate, fast.Rate = 0.1, 0.2
	if !noted(slow, fast, other) {
		t.Error("no note where a rate was chosen")
	}
	if noted(fast, other) {
		t.Error("a note on a choice where there was none")
	}
}
