package suite_test

import (
	"fmt"
	"math"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/runner/suite"
)

// tuned is a suite with a section tune on line 4.
func tuned(problems, methods, tune string) string {
	return grid(problems, methods) + "tune: " + tune + "\n"
}

func TestBadTuning(t *testing.T) {
	sgd := "{name: sgd, batch: full}"
	for _, c := range []struct{ name, text, want string }{
		{"a word", tuned("quadratic", "adam", "best"), "s.yaml:4:7: tune: found \"best\"; expected `default`, or a map"},
		{"no space", tuned("quadratic", "adam", "{trials: 3}"), `s.yaml:4:7: tune: missing key "space"`},
		{"unknown key", tuned("quadratic", "adam", "{trails: 3, space: default}"), `s.yaml:4:8: unknown key "trails"; did you mean "trials"?`},
		{"unknown method", tuned("quadratic", "adam", "{space: {adm: {lr: {uniform: [0.1, 1]}}}}"), `s.yaml:4:16: space: the suite has no method or family of methods "adm"; did you mean "adam"?`},
		{"unknown parameter", tuned("quadratic", "adam", "{space: {adam: {rl: {uniform: [0.1, 1]}}}}"), `s.yaml:4:23: method adam has no parameter "rl"; known are`},
		{"unknown form", tuned("quadratic", "adam", "{space: {adam: {lr: {logunifrm: [0.1, 1]}}}}"), `s.yaml:4:28: lr: unknown form "logunifrm"; did you mean "loguniform"?`},
		{"no form", tuned("quadratic", "adam", "{space: {adam: {lr: 0.1}}}"), "s.yaml:4:27: lr: expected where its values are drawn from"},
		{"two forms", tuned("quadratic", "adam", "{space: {adam: {lr: {uniform: [0.1, 1], choice: [1, 2]}}}}"), "s.yaml:4:47: lr: found uniform and choice; expected one form"},
		{"one number", tuned("quadratic", "adam", "{space: {adam: {lr: {uniform: [0.1]}}}}"), "s.yaml:4:37: lr: uniform takes two numbers"},
		{"no width", tuned("quadratic", "adam", "{space: {adam: {lr: {loguniform: [0.1, 0.1]}}}}"), "s.yaml:4:40: lr: the space has no width"},
		{"upside down", tuned("quadratic", "adam", "{space: {adam: {lr: {uniform: [1, 0.1]}}}}"), "s.yaml:4:37: lr: the space has no width"},
		{"one choice", tuned("quadratic", "adam", "{space: {adam: {lr: {choice: [1]}}}}"), "s.yaml:4:36: lr: the space has no width"},
		{"a choice twice", tuned("quadratic", "adam", "{space: {adam: {lr: {choice: [1, 1]}}}}"), "s.yaml:4:36: lr: the space has no width"},
		{"logarithm of zero", tuned("quadratic", "adam", "{space: {adam: {lr: {loguniform: [0, 1]}}}}"), "s.yaml:4:41: lr: loguniform needs numbers > 0"},
		{"half an integer", tuned("quadratic", "{name: lbfgs}", "{space: {lbfgs: {memory: {integer: [1.5, 4]}}}}"), "s.yaml:4:42: memory: integer needs two whole numbers"},
		{"units that differ", tuned("quadratic", "adam", "{space: {adam: {lr: {loguniform: [1e-3/L, 1/mu]}}}}"), "s.yaml:4:40: lr: the two ends must be multiples of one expression"},
		{"beyond one", tuned("quadratic", "adam", "{space: {adam: {betas.0: {oneminus-log: [0.1, 2]}}}}"), "s.yaml:4:53: betas.0: oneminus-log draws 1 − v"},
		{"no such entry", tuned("quadratic", "adam", "{space: {adam: {betas.2: {uniform: [0.1, 0.2]}}}}"), `s.yaml:4:23: betas.2: "2" is not a position in this list`},
		{"out of range", tuned("quadratic", "adam", "{space: {adam: {lr: {uniform: [-1, -0.5]}}}}"), "s.yaml:4:27: lr: -0."},
		{"condition on nothing", tuned("quadratic", sgd, "{space: {sgd: {lr: {uniform: [0.1, 1], when: {nesterov: true}}}}}"), `s.yaml:4:53: lr: when: "nesterov" is no choice of this space that comes before`},
		{"impossible condition", tuned("quadratic", sgd, "{space: {sgd: {nesterov: {choice: [true, false]}, lr: {uniform: [0.1, 1], when: {nesterov: maybe}}}}}"), "s.yaml:4:98: lr: when: nesterov is never maybe: it is one of true, false"},
		{"after too many", tuned("quadratic", "adam", "{trials: 3, after: [5], space: default}"), "s.yaml:4:26: after: settings cannot be chosen from 5 trials of 3"},
		{"an axis", tuned("quadratic", "{name: adam, lr: [0.1, 1]}", "{space: {adam: {lr: {uniform: [0.1, 1]}}}}"), "s.yaml:4:23: lr: adam has a list of values for it"},
		{"too many", tuned("quadratic", "adam", "{trials: 10000, studies: 1000, space: {adam: {lr: {uniform: [0.1, 1]}}}}") + "repeats: 10\n", "make 10005001 cells; try fewer settings"},
		{"nothing to tune", tuned("quadratic", "newton", "default"), "s.yaml:4:7: space: no method of the suite has a default space"},
		{"held out, not tuned", grid("{name: quadratic, held-out: true}", "adam"), "s.yaml:2:12: held-out: nothing is tuned in this suite"},
		{"held out of problem", tuned("{name: quadratic, held-out: true}, rosenbrock", "adam", "default"), "s.yaml:2:12: held-out: with `scope: problem` each problem has settings of its own"},
		{"all held out", tuned("{name: quadratic, held-out: true}", "adam", "{scope: suite, space: default}"), "s.yaml:4:7: tune: every problem is held out"},
		{"held out and tuned", tuned("{name: quadratic, start: {name: normal}}, {name: quadratic, label: q, held-out: true}", "adam", "{scope: suite, space: default}"), "is the problem quadratic start=normal, which methods are tuned on (s.yaml:2:12); hold out"},
		{"a mode, not tuned", grid("quadratic, {name: quadratic, dim: 3, mode: dimension, dose: 1, base: quadratic}", "adam"), "s.yaml:2:23: mode, dose, base: methods are compared across problems after tuning"},
		{"a mode without a base", tuned("quadratic, {name: quadratic, dim: 3, mode: dimension}", "adam", "default"), "s.yaml:2:23: mode, dose and base belong together"},
		{"an unknown base", tuned("{name: quadratic, label: bowl}, {name: quadratic, dim: 3, mode: dimension, dose: 1, base: bwol}", "adam", "default"), `base: the suite has no problem with the label "bwol" and without a mode; did you mean "bowl"?`},
		{"a tuned claim, not tuned", grid("quadratic", "adam") + "expect: [{method: adam, descends: true, tuned: true}]\n", "tuned: nothing is tuned in this suite"},
		{"spaces by problem", tuned("quadratic, rosenbrock", "{name: adam, label: a, on: [quadratic]}, {name: adam, label: b, on: [rosenbrock]}",
			"{space: {a: {lr: {uniform: [0.1, 1]}}, b: {lr: {uniform: [0.1, 2]}}}}"), "a and b are one method on different problems, with different spaces"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := suite.Read("s.yaml", ".", strings.NewReader(c.text), nil)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v\nwant %s", err, c.want)
			}
		})
	}
}

func readTuned(t *testing.T, text string) *suite.Suite {
	t.Helper()
	s, err := suite.Read("s.yaml", ".", strings.NewReader(text), nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// What is drawn lies in the space, on both ends of the scale that the form has, and a parameter
// whose condition is not met is not drawn.
func TestDraws(t *testing.T) {
	s := readTuned(t, tuned("quadratic", "{name: sgd, batch: 4}", `{trials: 200, studies: 1, space: {sgd: {
  lr: {loguniform: [1e-4, 1]}, nesterov: {choice: [true, false]}, momentum: {oneminus-log: [1e-3, 0.1], when: {nesterov: true}}, batch: {integer: [2, 5]}}}}`))
	low, batches, nesterov := 0, map[string]int{}, 0
	for c := range s.Cells() {
		if !c.IsTrial() {
			continue
		}
		values := map[string]string{}
		for _, a := range append(slices.Clone(c.Method.Spec.Args), c.Method.Spec.Extra...) {
			values[a.Field.Name] = a.Text
		}
		var lr, momentum float64
		fmt.Sscan(values["lr"], &lr)
		if lr < 1e-4 || lr > 1 {
			t.Errorf("lr %v", lr)
		}
		if lr < 1e-2 {
			low++
		}
		batches[values["batch"]]++
		if n, _ := fmt.Sscan(values["momentum"], &momentum); (n == 1) != (values["nesterov"] == "true") || n == 1 && (momentum < 0.9 || momentum > 0.999) {
			t.Errorf("nesterov %s, momentum %s", values["nesterov"], values["momentum"])
		}
		if values["nesterov"] == "true" {
			nesterov++
		}
	}
	if math.Abs(float64(low)-100) > 3 || math.Abs(float64(nesterov)-100) > 3 || len(batches) != 4 || batches["5"] < 45 || batches["2"] < 45 {
		t.Errorf("of 200 trials %d below the middle of the scale, %d with nesterov; batches %v", low, nesterov, batches)
	}
}

// What an entry has around its method, trials and the runs that they choose for have too: all that
// decides a run, and that is not drawn, is as written.
func TestTrialsKeepTheKeysOfTheEntry(t *testing.T) {
	s := readTuned(t, tuned("{name: quadratic, start: {name: normal, scale: 1}}",
		"{name: adam, schedule: {name: cosine, warmup: 0.1}, wrap: [clip: 2, average: {kind: tail}], multistart: true, label: mine}", "{trials: 3, studies: 2, space: default}"))
	written := s.Methods[0]
	trials := 0
	for c := range s.Cells() {
		if c.IsFinal() {
			c = s.WithSettings(c, 3)
		}
		keys := c.Method.Keys
		if keys.Schedule == nil || !reflect.DeepEqual(keys.Schedule, written.Keys.Schedule) || len(keys.Wrap) != 2 || !reflect.DeepEqual(keys.Wrap, written.Keys.Wrap) || !keys.Multistart {
			t.Errorf("%s has %+v, want those of %+v", c.ID(), keys, written.Keys)
		}
		if built, err := c.Method.Spec.New(); err != nil {
			t.Error(err)
		} else if around, err := c.Method.Around(built); err != nil || around == built {
			t.Errorf("nothing is around %s: %v", c.ID(), err)
		}
		if c.IsTrial() {
			trials++
		}
	}
	if trials != 6 {
		t.Errorf("%d trials, want 6", trials)
	}
}

// A label is closer to a method than its name, and that than its family; `default` is the space
// of the tags.
func TestSpacesByName(t *testing.T) {
	s := readTuned(t, tuned("quadratic", "adam, {name: adam, label: mine, eps: 1e-6}, nadam, lbfgs", `{trials: 1, space: {nadam: default, adam: {lr: {uniform: [2, 3]}}, mine: {lr: {uniform: [1, 2]}}}}`))
	got := map[string]string{}
	for _, m := range s.Tuning().Methods {
		got[m.Method] = fmt.Sprint(m.Space[0].Low, " ", m.Source)
	}
	if len(got) != 3 || !strings.HasPrefix(got["adam"], "2 ") || !strings.HasPrefix(got["mine eps=1e-06"]+got["mine"], "1 ") || !strings.Contains(got["nadam"], "default space") {
		t.Errorf("spaces %q", got)
	}
}

// A suite that tunes nothing has the cells that it had: no cell has a place in a tuning.
func TestUntunedSuitesHaveNoTrials(t *testing.T) {
	s := readTuned(t, grid("quadratic", "adam, lbfgs"))
	if n := s.Count(); n != 2 || s.Tuning() != nil {
		t.Errorf("%d cells, tuning %v", n, s.Tuning())
	}
}

// The number of cells is that of the cells.
func TestTunedCount(t *testing.T) {
	for _, scope := range []string{"problem", "suite", "leave-one-out"} {
		held := ""
		if scope != "problem" {
			held = ", {name: quadratic, dim: 4, held-out: true}"
		}
		s := readTuned(t, tuned("{name: quadratic, instances: 2}, rosenbrock"+held, "adam, {name: sgd, on: [rosenbrock]}, lbfgs", "{trials: 6, studies: 3, scope: "+scope+", space: {adam: {lr: {uniform: [0.1, 1]}}, sgd: {lr: {uniform: [0.1, 1]}}}}"))
		n := 0
		for c := range s.Cells() {
			if c.Index != n {
				t.Fatalf("%s: cell %d has index %d", scope, n, c.Index)
			}
			n++
		}
		if n != s.Count() {
			t.Errorf("%s: %d cells, counted as %d", scope, n, s.Count())
		}
	}
}

// Each study tries settings on a division of the data of its own, which no final run has; also within instances and
// wrappers, and not where nothing is held out.
func TestTrialsHaveOtherDivisions(t *testing.T) {
	for _, c := range []struct {
		problem string
		divided bool
	}{
		{"{name: logistic, data: iris, positive: 0, l2: 0.1, split: 0.2, division: [0, 4]}", true},
		{"{name: logistic, data: iris, positive: 0, l2: 0.1, split: 0.2, instances: 2}", true},
		{"{name: rotate, of: {name: logistic, data: iris, positive: 0, l2: 0.1, split: 0.2}, start: {name: normal}, label: turned}", true},
		{"{name: mlp, data: iris, widths: [3], split: 0.2}", true},
		{"{name: logistic, data: iris, positive: 0, l2: 0.1}", false},
	} {
		text := "suite: s\nbudget: {iterations: 5}\ntargets: [0.1]\ntune: {trials: 2, studies: 3, space: default}\nproblems: [" + c.problem + "]\nmethods: [adam]\n"
		s, err := suite.Read("s.yaml", ".", strings.NewReader(text), nil)
		if err != nil {
			t.Fatal(err)
		}
		finals, trials := map[string]bool{}, map[string]int{}
		for cell := range s.Cells() {
			if !cell.IsTrial() {
				finals[division(cell.Problem)] = true
			} else {
				trials[division(cell.Problem)]++
			}
		}
		if !c.divided {
			if len(trials) != 1 || trials["0"] == 0 {
				t.Errorf("%s: divisions of trials %v", c.problem, trials)
			}
			continue
		}
		if len(trials) != 3 {
			t.Errorf("%s: trials are on the divisions %v, want 3", c.problem, trials)
		}
		for division := range trials {
			if finals[division] {
				t.Errorf("%s: division %s is of trials and of final runs", c.problem, division)
			}
		}
		for _, p := range s.Tuning().Problems {
			if !p.OtherSplit || p.InSample || p.SameData {
				t.Errorf("%s: %+v", c.problem, p)
			}
		}
	}
}

// Trials on another division or instance of a problem are confined to the set that its final runs are confined to,
// and begin where they begin.
func TestTrialsKeepTheConstraint(t *testing.T) {
	const data = "data: iris, positive: 0, l2: 0.1, split: 0.2, start: {name: normal}, constraint: {box: {lower: -0.5, upper: 0.5}}"
	for _, problem := range []string{
		"{name: logistic, " + data + "}",
		"{name: logistic, " + data + ", instances: 2, label: turned}",
		"{name: quadratic, start: {name: normal}, constraint: {box: {lower: -0.5, upper: 0.5}}, instances: 2}",
	} {
		text := "suite: s\nbudget: {iterations: 5}\ntargets: [0.1]\ntune: {trials: 2, studies: 3, space: default}\nproblems: [" + problem + "]\nmethods: [lbfgsb]\n"
		s, err := suite.Read("s.yaml", ".", strings.NewReader(text), nil)
		if err != nil {
			t.Fatal(err)
		}
		trials := 0
		for cell := range s.Cells() {
			p := cell.Problem
			if p.Keys.Constraint == nil || !strings.HasSuffix(p.Text, "start: {name: normal}, constraint: {name: box, lower: [-0.5], upper: [0.5]}}") {
				t.Errorf("trial %v runs on %s", cell.IsTrial(), p.Text)
			}
			if cell.IsTrial() {
				trials++
			}
		}
		if trials == 0 {
			t.Errorf("%s: no trials", problem)
		}
	}
}

// division is that of a problem's data, as written.
func division(p *suite.Problem) string {
	if found := regexp.MustCompile(`division: (\d+)`).FindStringSubmatch(p.Text); found != nil {
		return found[1]
	}
	return "0"
}
