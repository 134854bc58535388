package suite_test

import (
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/runner/suite"
)

// Schedules and wrappers that mean nothing are refused where they are written.
func TestBadSchedulesAndWrappers(t *testing.T) {
	for _, c := range []struct{ method, want string }{
		{"{name: adam, schedule: cosin}", `s.yaml:3:34: unknown schedule "cosin"; did you mean "cosine"?`},
		{"{name: adam, schedule: {name: cosine, warmup: 2}}", "s.yaml:3:57: warmup: 2 is out of range"},
		{"{name: adam, schedule: {name: wsd, warmup: 0.5, decay: 0.6}}", "s.yaml:3:34: schedule wsd: warmup and decay take 1.1 of the iterations together"},
		{"{name: bfgs, schedule: cosine}", "s.yaml:3:34: schedule cosine around bfgs: the method has no learning rate"},
		{"{name: rprop, schedule: cosine}", "s.yaml:3:35: schedule cosine around rprop: the method uses its learning rate only at the start"},
		{"{name: nesterov, schedule: cosin}", `s.yaml:3:38: unknown momentum schedule "cosin"`},
		{"{name: adam, wrap: [clipp: 1]}", `s.yaml:3:31: unknown wrapper "clipp"; did you mean "clip"?`},
		{"{name: adam, wrap: [clip: -1]}", "s.yaml:3:37: norm: -1 is out of range"},
		{"{name: adam, wrap: [clip: {norm: 1, nrm: 2}]}", `s.yaml:3:47: wrapper clip has no parameter "nrm"`},
		{"{name: adam, wrap: [clip: [1, 2]]}", "s.yaml:3:31: wrap: a list of alternatives is not allowed here"},
		{"{name: adam, wrap: [{clip: 1, average: 0.9}]}", "s.yaml:3:41: average is a wrapper of its own, beside clip in one map; expected one of them"},
		{"{name: adam, wrap: clipp}", `s.yaml:3:30: unknown wrapper "clipp"`},
		{"{name: svrg, wrap: [clip: 1]}", "s.yaml:3:31: wrapper clip around svrg: the method cannot be wrapped"},
		{"{name: bfgs, wrap: [average, cautious]}", "s.yaml:3:40: wrapper cautious around bfgs: the method cannot be wrapped"},
	} {
		_, err := suite.Read("s.yaml", ".", strings.NewReader(grid("sphere", c.method)), nil)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v; expected %q", c.method, err, c.want)
		}
	}
}

// A schedule that spans the run needs a budget that says how long it is; one that does not, and
// every other budget, are accepted.
func TestSchedulesNeedAHorizon(t *testing.T) {
	for _, c := range []struct {
		budget, method string
		refused        bool
	}{
		{"{seconds: 1}", "{name: adam, schedule: cosine}", true},
		{"{seconds: 1}", "{name: adam, wrap: [average: {kind: tail}]}", true},
		{"{seconds: 1}", "{name: adam, schedule: step-decay, wrap: [average]}", false},
		{"{seconds: 1, iterations: 10}", "{name: adam, schedule: cosine}", false},
		{"{gradients: 10}", "{name: adam, schedule: cosine}", false},
		{"{evaluations: 10}", "{name: adam, schedule: cosine}", false},
		{"{epochs: 10}", "{name: adam, schedule: cosine}", false},
	} {
		_, err := suite.Read("s.yaml", ".", strings.NewReader(grid("sphere", c.method)+"budget: "+c.budget+"\n"), nil)
		if refused := err != nil && strings.Contains(err.Error(), "s.yaml:3:") && strings.Contains(err.Error(), "spans the whole run"); refused != c.refused || !c.refused && err != nil {
			t.Errorf("%s within %s: %v", c.method, c.budget, err)
		}
	}
}

// The key schedule is that of the momentum or that of the learning rate, by the name that it has.
func TestTwoKindsOfSchedule(t *testing.T) {
	s, err := suite.Read("s.yaml", ".", strings.NewReader(grid("sphere", "{name: nesterov, schedule: weights}, {name: nesterov, schedule: linear, wrap: [[clip: 1], [clip: 2]]}")), nil)
	if err != nil {
		t.Fatal(err)
	}
	var labels []string
	for _, m := range s.Methods {
		labels = append(labels, m.Label)
	}
	const want = "nesterov schedule=weights; nesterov schedule=linear wrap=[clip(norm=1)]; nesterov schedule=linear wrap=[clip(norm=2)]"
	if got := strings.Join(labels, "; "); got != want {
		t.Errorf("the methods are %q; expected %q", got, want)
	}
	if s.Methods[0].Keys.Schedule != nil || s.Methods[1].Keys.Schedule == nil {
		t.Error("the schedule of the momentum is taken for that of the learning rate, or the other way")
	}
}

// The horizon is what the tightest part of a budget allows.
func TestHorizon(t *testing.T) {
	for _, c := range []struct {
		budget                    suite.Budget
		samples, batch, gradients int
		want                      int
	}{
		{suite.Budget{Iterations: 30}, 0, 0, 1, 30},
		{suite.Budget{Iterations: 30, Gradients: 20}, 0, 0, 1, 20},
		{suite.Budget{Gradients: 20}, 0, 0, 2, 10},
		{suite.Budget{Evaluations: 21}, 0, 0, 2, 10},
		{suite.Budget{Epochs: 3}, 100, 0, 1, 3},
		{suite.Budget{Epochs: 3}, 100, 32, 1, 12}, // 32, 32, 32, 4 in each
		{suite.Budget{Epochs: 2.5}, 100, 25, 1, 10},
		{suite.Budget{Epochs: 3}, 100, 32, 2, 5},
		{suite.Budget{Epochs: 3}, 0, 0, 1, 1000}, // no sum: the default
		{suite.Budget{Seconds: 3}, 100, 32, 1, 0},
	} {
		if got := c.budget.Horizon(c.samples, c.batch, c.gradients); got != c.want {
			t.Errorf("%+v on %d samples in batches of %d with %d gradients a step: %d iterations; expected %d", c.budget, c.samples, c.batch, c.gradients, got, c.want)
		}
	}
}
