package suite_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/runner/suite"
)

func read(t *testing.T, text string, overrides ...string) *suite.Suite {
	t.Helper()
	s, err := suite.Read("s.yaml", ".", strings.NewReader(text), overrides)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// labels lists "method | problem" of each cell, with the repeat where there are several.
func labels(s *suite.Suite) []string {
	var out []string
	for c := range s.Cells() {
		text := c.Method.Label + " | " + c.Problem.Label
		if !c.Deterministic {
			text += fmt.Sprintf(" #%d", c.Repeat)
		}
		out = append(out, text)
	}
	return out
}

func TestGrid(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"axes multiply, the first written slowest",
			grid("{name: quadratic, dim: [2, 3], condition: [10, 100]}", "newton"),
			[]string{"newton | quadratic dim=2 condition=10", "newton | quadratic dim=2 condition=100",
				"newton | quadratic dim=3 condition=10", "newton | quadratic dim=3 condition=100"}},
		{"generators among numbers, rounded to 12 digits",
			grid("quadratic", "{name: fixed-step, lr: [1/L, {log: [1e-3, 1, 4]}, {range: [2, 2.4, 0.2]}]}"),
			[]string{"fixed-step lr=1/L | quadratic", "fixed-step lr=0.001 | quadratic", "fixed-step lr=0.01 | quadratic",
				"fixed-step lr=0.1 | quadratic", "fixed-step lr=1 | quadratic", "fixed-step lr=2 | quadratic",
				"fixed-step lr=2.2 | quadratic", "fixed-step lr=2.4 | quadratic"}},
		{"components nest and vary",
			grid("quadratic", "{name: descent, direction: [gradient, newton], step: [1/L, {name: backtracking, alpha: [0.1, 0.3]}]}"),
			[]string{"descent direction=gradient step=fixed(t=1/L) | quadratic",
				"descent direction=gradient step=backtracking(alpha=0.1) | quadratic",
				"descent direction=gradient step=backtracking(alpha=0.3) | quadratic",
				"descent direction=newton step=fixed(t=1/L) | quadratic",
				"descent direction=newton step=backtracking(alpha=0.1) | quadratic",
				"descent direction=newton step=backtracking(alpha=0.3) | quadratic"}},
		{"a vector is one value, a list of vectors an axis",
			grid("{name: rosenbrock, start: [[1, 2], [3, 4]]}", "newton"),
			[]string{"newton | rosenbrock start=point(x=[1, 2])", "newton | rosenbrock start=point(x=[3, 4])"}},
		{"joint axes move together; a label keeps its axes; batches are random",
			"repeats: 2\n" + grid("{name: logistic, data: iris, positive: 0}", `{name: sgd, "lr, batch": [[0.1, 1], [0.2, full]], momentum: 0.9, label: SGD}`),
			[]string{"SGD lr=0.1 batch=1 | logistic data=iris positive=0 #0", "SGD lr=0.1 batch=1 | logistic data=iris positive=0 #1",
				"SGD lr=0.2 batch=full | logistic data=iris positive=0"}},
		{"a label keeps what varies inside a component",
			grid("quadratic", "{name: descent, direction: {name: newton, indefinite: [none, modified]}, label: N}, {name: descent, direction: [gradient, newton], step: exact, label: D}"),
			[]string{"N indefinite=none | quadratic", "N indefinite=modified | quadratic", "D direction=gradient | quadratic", "D direction=newton | quadratic"}},
		{"a name is an axis",
			grid("{name: [quadratic, sphere], dim: [2, 3]}", "{name: [fixed-step, sgd], lr: [0.1, 4/9]}"),
			[]string{"fixed-step lr=0.1 | quadratic dim=2", "fixed-step lr=4/9 | quadratic dim=2", "sgd lr=0.1 | quadratic dim=2", "sgd lr=4/9 | quadratic dim=2",
				"fixed-step lr=0.1 | quadratic dim=3", "fixed-step lr=4/9 | quadratic dim=3", "sgd lr=0.1 | quadratic dim=3", "sgd lr=4/9 | quadratic dim=3",
				"fixed-step lr=0.1 | sphere dim=2", "fixed-step lr=4/9 | sphere dim=2", "sgd lr=0.1 | sphere dim=2", "sgd lr=4/9 | sphere dim=2",
				"fixed-step lr=0.1 | sphere dim=3", "fixed-step lr=4/9 | sphere dim=3", "sgd lr=0.1 | sphere dim=3", "sgd lr=4/9 | sphere dim=3"}},
		{"grids that overlap are merged",
			grid("quadratic", "{name: sgd, lr: [{log: [1e-3, 1, 4]}, {log: [0.1, 10, 3]}, 0.01]}"),
			[]string{"sgd lr=0.001 | quadratic", "sgd lr=0.01 | quadratic", "sgd lr=0.1 | quadratic", "sgd lr=1 | quadratic", "sgd lr=10 | quadratic"}},
		{"every real parameter takes arithmetic",
			grid("{name: quadratic, condition: [1e3/4, 2*(3+1)]}", "{name: heavy-ball, momentum: 1/4}"),
			[]string{"heavy-ball momentum=0.25 | quadratic condition=250", "heavy-ball momentum=0.25 | quadratic condition=8"}},
		{"a text alone is a list of it",
			grid("quadratic, sphere", "{name: newton, on: sphere}"),
			[]string{"newton | sphere"}},
		{"exclude and on",
			grid("quadratic, {name: rosenbrock, label: valley}", "newton, {name: sgd, lr: [1, 2], on: [valley]}") + "exclude: [{method: newton, problem: [valley]}, {lr: 2}]\n",
			[]string{"newton | quadratic", "sgd lr=1 | valley"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := read(t, c.text)
			if got := labels(s); !slices.Equal(got, c.want) {
				t.Errorf("got\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(c.want, "\n  "))
			}
			if s.Count() != len(c.want) {
				t.Errorf("Count is %d, want %d", s.Count(), len(c.want))
			}
		})
	}
}

// first is the first cell of a suite with its definition.
func first(t *testing.T, text string, overrides ...string) (suite.Cell, string) {
	s := read(t, text, overrides...)
	for c := range s.Cells() {
		definition, _ := s.Definition(&c)
		return c, definition
	}
	panic("no cell")
}

// An id is what was written, a definition what it means.
func TestIdentity(t *testing.T) {
	plain := grid("quadratic", "{name: descent, direction: newton}")
	c, definition := first(t, plain)
	same := func(what, text string, sameID, sameDefinition bool, overrides ...string) {
		t.Helper()
		other, otherDefinition := first(t, text, overrides...)
		if (other.ID() == c.ID()) != sameID {
			t.Errorf("%s: same id is %t", what, !sameID)
		}
		if (otherDefinition == definition) != sameDefinition {
			t.Errorf("%s: same definition is %t", what, !sameDefinition)
		}
	}
	same("a default written out", grid("{name: quadratic, condition: 100}", "{name: descent, direction: newton, step: backtracking}"), true, true)
	same("order of keys", grid("{condition: 100, name: quadratic}", "{direction: {name: newton}, name: descent}"), true, true)
	same("a label", grid("{name: quadratic, label: Q}", "{name: descent, direction: newton, label: N}"), true, true)
	same("another number", grid("{name: quadratic, dim: 11}", "{name: descent, direction: newton}"), false, false)
	same("a nested parameter", grid("quadratic", "{name: descent, direction: newton, step: {name: backtracking, alpha: 0.2}}"), false, false)
	same("a start", grid("{name: quadratic, start: {name: normal}}", "{name: descent, direction: newton}"), false, false)
	same("the seed", plain, true, false, "seed=2")
	same("the budget", plain, true, false, "budget.iterations=7")
	same("the stop", plain, true, false, "stop.gradient=1e-3")
	same("the trace", plain, true, false, "trace.points=3")
	same("the targets", plain, true, false, "targets=[0.5]")
	same("the repeats", plain, true, true, "repeats=7")
	// An id is kept in files and baselines: it must not change by accident.
	if c.ID() != "d9811d2a39eb7c79" {
		t.Errorf("the id of a cell has changed to %s: baselines no longer match", c.ID())
	}
}

func TestOverrides(t *testing.T) {
	s := read(t, grid("quadratic", "newton, sgd"), "budget.iterations=7", "problems.0.dim=[2, 3]", "methods.1.lr=1/L", "targets={log: [1e-1, 1e-3, 3]}")
	want := []string{"newton | quadratic dim=2", "sgd lr=1/L | quadratic dim=2", "newton | quadratic dim=3", "sgd lr=1/L | quadratic dim=3"}
	if got := labels(s); !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	if s.Budget.Iterations != 7 || !slices.Equal(s.Targets.Relative, []float64{0.1, 0.01, 0.001}) {
		t.Errorf("got %+v %+v", s.Budget, s.Targets)
	}
	for _, c := range [][2]string{
		{"lr", "--set lr: expected KEY=VALUE"},
		{"budget.iterations=", "the value after the equals sign is missing"},
		{"problems.5.dim=2", `"5" is not a position in this list; expected a number from 0 to 0`},
		{"budget.iteration=2", `unknown key "iteration"`},
		{"seed.x=1", `unknown key "seed"`},
	} {
		_, err := suite.Read("s.yaml", ".", strings.NewReader(grid("quadratic", "newton")), []string{c[0]})
		if err == nil || !strings.Contains(err.Error(), c[1]) && c[0] != "seed.x=1" {
			t.Errorf("%s: got %v, want %s", c[0], err, c[1])
		}
	}
}

func TestOnly(t *testing.T) {
	s := read(t, grid("{name: quadratic, dim: [2, 3]}, rosenbrock", "newton, {name: sgd, lr: [0.1, 1]}"))
	if err := s.Only([]string{"method=sgd", "lr=[0.1, 7]", "problem=quadratic", "dim=2"}); err != nil {
		t.Fatal(err)
	}
	if got := labels(s); !slices.Equal(got, []string{"sgd lr=0.1 | quadratic dim=2"}) {
		t.Errorf("got %q", got)
	}
	for _, c := range [][2]string{
		{"method", "expected KEY=VALUE"}, {"method=adam", `the suite has no method "adam"`},
		{"lrr=1", `parameter "lrr"; did you mean "lr"?`}, {"lr=5", "no cell of the suite matches"},
	} {
		if err := s.Only([]string{c[0]}); err == nil || !strings.Contains(err.Error(), c[1]) {
			t.Errorf("%s: got %v, want %s", c[0], err, c[1])
		}
	}
}

// A filtered run keeps the claims that its cells can test: no claim that a method beats
// another one of which nothing is left.
func TestClaimsUnderOnly(t *testing.T) {
	text := "targets: [1e-2]\n" + grid("{name: quadratic, label: a}, {name: sphere, label: b}", "newton, {name: fixed-step, label: gd}") +
		"expect: [{method: newton, beats: gd, on: b, at: 1e-2}, {method: newton, reaches: 1e-2}]\n"
	for only, claims := range map[string]int{"method=newton": 1, "method=gd": 0, "problem=a": 1, "problem=b": 2, "method=[newton, gd]": 2} {
		s := read(t, text)
		if err := s.Only([]string{only}); err != nil || len(s.Expect) != claims {
			t.Errorf("%s keeps %d claims, %v; expected %d", only, len(s.Expect), err, claims)
		}
	}
}

// Instances are the i-th random shift of the i-th random rotation, each a problem of its
// own with facts carried along.
func TestInstances(t *testing.T) {
	s := read(t, grid("{name: quadratic, dim: 3, condition: 10, instances: 2, label: Q, start: [1, 2, 3]}", "newton"))
	want := []string{"newton | Q instance=0 start=point(x=[1, 2, 3])", "newton | Q instance=1 start=point(x=[1, 2, 3])"}
	if got := labels(s); len(got) != 2 || !strings.HasPrefix(got[0], "newton | Q instance=0") || got[0] == got[1] {
		t.Errorf("got %q, want %q", got, want)
	}
	plain := read(t, grid("{name: quadratic, dim: 3, instances: 1}", "newton"))
	if got := labels(plain); len(got) != 1 || !strings.Contains(got[0], "shift instance=0 of=rotate(instance=0, of=quadratic(dim=3))") && !strings.Contains(got[0], "of=rotate(of=quadratic(dim=3)") {
		t.Errorf("got %q", got)
	}
}

func TestManyExclusions(t *testing.T) {
	var exclude strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&exclude, "  - {method: fixed-step, lr: %d}\n", 2*i+1)
	}
	s := read(t, "suite: a\nproblems: [sphere, rosenbrock]\nmethods: [{name: gradient-descent, lr: {lin: [1, 20000, 20000]}}]\nexclude:\n"+exclude.String()+"  - {problem: sphere, lr: [2, 4]}\n")
	if got, want := s.Count(), 2*(20_000-1000)-2; got != want {
		t.Errorf("%d cells, want %d", got, want)
	}
}

func TestYAMLDirective(t *testing.T) {
	if n := read(t, "%YAML 1.2\n---\n"+grid("quadratic", "newton")).Count(); n != 1 {
		t.Errorf("%d cells", n)
	}
}

// A share of an epoch is whole samples, whatever rounding makes of the product.
func TestSamplesOfEpochs(t *testing.T) {
	for _, c := range []struct {
		epochs        float64
		samples, want int64
	}{{0.29, 100, 29}, {2, 150, 300}, {0.5, 3, 1}, {0, 100, 0}} {
		if got := (suite.Budget{Epochs: c.epochs}).Samples(c.samples); got != c.want {
			t.Errorf("%g epochs of %d samples are %d; expected %d", c.epochs, c.samples, got, c.want)
		}
	}
}

// Methods of one entry have the keys of their own cell, and parameters in declared order, in whatever order the axes
// are written.
func TestAxesOfOneEntry(t *testing.T) {
	s := read(t, "suite: s\nproblems: [{name: logistic, data: breast-cancer}]\n"+
		"methods:\n  - {name: sgd, batch: [1, 32], 'momentum, lr': [[0, 0.1], [0.5, 0.2]]}\n  - {name: sgd, lr: [0.3, 0.4], batch: 8}\n")
	var got []string
	for _, m := range s.Methods {
		got = append(got, fmt.Sprint(m.Keys.Batch.Size, " ", m.Text, " ", m.Label))
	}
	want := []string{
		"1 {name: sgd, lr: 0.1, batch: 1} sgd lr=0.1 momentum=0 batch=1",
		"1 {name: sgd, lr: 0.2, momentum: 0.5, batch: 1} sgd lr=0.2 momentum=0.5 batch=1",
		"32 {name: sgd, lr: 0.1, batch: 32} sgd lr=0.1 momentum=0 batch=32",
		"32 {name: sgd, lr: 0.2, momentum: 0.5, batch: 32} sgd lr=0.2 momentum=0.5 batch=32",
		"8 {name: sgd, lr: 0.3, batch: 8} sgd lr=0.3 batch=8",
		"8 {name: sgd, lr: 0.4, batch: 8} sgd lr=0.4 batch=8",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// A value of an axis takes few allocations, since there may be millions: 9, and 19 when each was a node, had copies of
// its texts, and read the keys of its entry anew.
func TestValuesAllocateLittle(t *testing.T) {
	reading := func(values int) float64 {
		text := fmt.Sprintf("suite: s\nproblems: [sphere]\nmethods: [{name: fixed-step, lr: {lin: [0.001, 0.1, %d]}}]\n", values)
		return testing.AllocsPerRun(3, func() { read(t, text) })
	}
	if each := (reading(2_000) - reading(1_000)) / 1_000; each > 12 {
		t.Errorf("a value takes %g allocations", each)
	}
}
