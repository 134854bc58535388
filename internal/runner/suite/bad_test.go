package suite_test

import (
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/runner/suite"
	_ "github.com/gdbench/gdbench/methods/catalogue"
	_ "github.com/gdbench/gdbench/problems/catalogue"
)

// grid is a suite with the given problems and methods sections, on lines 2 and 3.
func grid(problems, methods string) string {
	return "suite: t\nproblems: [" + problems + "]\nmethods: [" + methods + "]\n"
}

func TestBadInput(t *testing.T) {
	ok := "quadratic"
	for _, c := range []struct{ name, text, want string }{
		{"newer YAML", "%YAML 1.3\n---\n" + grid(ok, "newton"), "s.yaml:1:1: not valid YAML: found incompatible YAML document"},
		{"empty", "", "s.yaml:1:1: the file is empty"},
		{"not yaml", "suite: [", "s.yaml:1:1: not valid YAML"},
		{"not a map", "- a\n- b\n", "s.yaml:1:1: found a list; expected a map"},
		{"unknown key", "suite: t\nprobems: []\n", `s.yaml:2:1: unknown key "probems"`},
		{"duplicate key", "suite: t\nseed: 1\nseed: 2\n", `s.yaml:3:1: duplicate key "seed" (first defined on line 2)`},
		{"second document", grid(ok, "newton") + "---\nsuite: u\n", "s.yaml:4:1: a second YAML document"},
		{"merge key", "a: &a {x: 1}\nsuite: t\nbudget: {<<: *a}\n", "s.yaml:3:10: merge keys"},
		{"no name", "problems: [quadratic]\nmethods: [newton]\n", `s.yaml:1:1: missing key "suite"`},
		{"name is a path", "suite: ../x\nproblems: [quadratic]\nmethods: [newton]\n", `s.yaml:1:8: suite: "../x" is not a valid name for a folder`},
		{"no problems", "suite: t\nmethods: [newton]\n", `s.yaml:1:1: missing key "problems": the list of what to run`},
		{"empty list", "suite: t\nproblems: []\nmethods: [newton]\n", "s.yaml:2:11: problems: expected a list of at least one problem"},
		{"unknown problem", grid("quadratc", "newton"), `s.yaml:2:12: unknown problem "quadratc"; did you mean "quadratic"?`},
		{"unknown method", grid(ok, "{name: newto}"), `s.yaml:3:18: unknown method "newto"; did you mean "newton"?`},
		{"unknown parameter", grid("{name: quadratic, dmi: 3}", "newton"), `s.yaml:2:30: problem quadratic has no parameter "dmi"; did you mean "dim"?`},
		{"unknown direction", grid(ok, "{name: descent, direction: newtn}"), `s.yaml:3:38: unknown direction "newtn"; did you mean "newton"?`},
		{"component without name", grid(ok, "{lr: 1}"), "s.yaml:3:11: this method has no name"},
		{"empty axis", grid("{name: quadratic, dim: []}", "newton"), "s.yaml:2:35: dim: the list of values is empty"},
		{"empty component axis", grid(ok, "{name: descent, direction: []}"), "s.yaml:3:38: direction: the list of values is empty"},
		{"half a sample", grid(ok, "{name: sgd, batch: [0.5]}"), `s.yaml:3:31: batch: found "0.5"; expected a whole number of samples`},
		{"octal batch", grid(ok, "{name: sgd, batch: [010]}"), `s.yaml:3:31: batch: found "010"`},
		{"batch of zero", grid(ok, "{name: sgd, batch: 0}"), `s.yaml:3:30: batch: found "0"`},
		{"fractional dim", grid("{name: quadratic, dim: 32.7}", "newton"), `s.yaml:2:35: dim: found "32.7"; expected a whole number`},
		{"null in a list", grid(ok, "{name: fixed-step, lr: [1e-3, ~]}"), "s.yaml:3:41: lr has no value"},
		{"nan", grid(ok, "{name: fixed-step, lr: .nan}"), `s.yaml:3:34: lr: ".nan" is neither a number nor arithmetic`},
		{"inf", grid("{name: quadratic, condition: .inf}", "newton"), `s.yaml:2:41: condition: found ".inf"; expected a number`},
		{"negative rate", grid(ok, "{name: fixed-step, lr: -1}"), "s.yaml:3:34: lr: -1 is out of range; expected a number > 0"},
		{"further starts from one", grid(ok, "{name: bfgs, multistart: true}"), "s.yaml:3:11: multistart: every descent of bfgs multistart=true on quadratic would begin at the same start; give the problem a random one"},
		{"further starts with times", grid("{name: quadratic, start: {name: normal}}", "{name: bfgs, multistart: true}") + "timing: exclusive\n", "s.yaml:3:11: multistart: runs with restarts cannot be timed"},
		{"mistyped constant", grid(ok, "{name: fixed-step, lr: 1/l}"), `s.yaml:3:34: lr: the expression 1/l has a constant "l", which no problem has; did you mean "L"?`},
		{"a word", grid(ok, "{name: fixed-step, lr: fast}"), `s.yaml:3:34: lr: the expression fast has a constant "fast", which no problem has; known are L, L_i,`},
		{"constant in a step", grid(ok, "newton, {name: descent, step: {name: fixed, t: [0.1, foo]}}"), `s.yaml:3:64: t: the expression foo has a constant "foo", which no problem has`},
		{"never in range", grid(ok, "{name: fixed-step, lr: 0/L}"), `s.yaml:3:34: lr: the expression 0/L is never a number > 0, whatever its constants are`},
		{"negative expression", grid(ok, "{name: fixed-step, lr: -1/L}"), `s.yaml:3:34: lr: the expression -1/L is never a number > 0`},
		{"never a number", grid(ok, "{name: fixed-step, lr: 1/(mu-mu)}"), `s.yaml:3:34: lr: the expression 1/(mu-mu) is never a number > 0`},
		{"overflow", grid("{name: quadratic, condition: 1e999}", "newton"), `s.yaml:2:41: condition: found "1e999"`},
		{"number as text", grid(`{name: quadratic, condition: "10"}`, "newton"), `s.yaml:2:41: condition: found the text "10"`},
		{"unknown word", grid("{name: quadratic, spectrum: lgo}", "newton"), `s.yaml:2:40: spectrum: unknown value "lgo"; did you mean "log"?`},
		{"generator of two", grid("{name: quadratic, condition: {log: [1, 10]}}", "newton"), "s.yaml:2:47: condition: log takes three numbers"},
		{"generator of negative", grid("{name: quadratic, condition: {log: [-1, 10, 3]}}", "newton"), "condition: log needs two positive ends"},
		{"generator of half", grid("{name: quadratic, condition: {lin: [1, 10, 2.5]}}", "newton"), "condition: the third number is the number of entries"},
		{"range the wrong way", grid("{name: quadratic, dim: {range: [10, 1, 2]}}", "newton"), "dim: the step of range must lead"},
		{"range without end", grid("{name: quadratic, dim: {range: [1, 10, 1e-9]}}", "newton"), "dim: range gives too many entries"},
		{"explosion", grid("{name: quadratic, dim: {range: [1, 2000, 1]}, condition: {lin: [1, 100, 1000]}}", "newton"), "expands to more than 1000000 combinations"},
		{"joint tuple too short", grid(ok, `{name: sgd, "lr, batch": [[0.1, 1], [0.2]]}`), "s.yaml:3:47: found a list; expected a list of 2 values"},
		{"joint key twice", grid(ok, `{name: sgd, lr: 1, "lr, batch": [[0.1, 1]]}`), `s.yaml:3:30: duplicate parameter "lr"`},
		{"duplicate cell", grid(ok, "newton, newton"), "s.yaml:3:19: duplicate cell newton on quadratic (first defined at s.yaml:3:11)"},
		{"duplicate by default", grid(ok, "{name: descent}, {name: descent, step: backtracking}"), "duplicate cell descent step=backtracking on quadratic (first defined at s.yaml:3:11)"},
		{"one label for two", grid(ok, "{name: newton, label: A}, {name: sgd, label: A}"), `the label "A" is used for two methods`},
		{"on an absent problem", grid(ok, "{name: newton, on: [rosenbrok]}"), `on: the suite has no problem "rosenbrok"`},
		{"exclude unknown key", grid(ok, "newton") + "exclude: [{learning: 1}]\n", `s.yaml:4:12: no problem or method in this suite has a parameter "learning"`},
		{"exclude unknown method", grid(ok, "newton") + "exclude: [{method: sgd}]\n", `s.yaml:4:20: the suite has no method "sgd"`},
		{"everything excluded", grid(ok, "newton") + "exclude: [{method: newton}]\n", "no cells to run"},
		{"target beyond one", grid(ok, "newton") + "targets: [2]\n", "s.yaml:4:11: relative: 2 is out of range"},
		{"budget unknown key", grid(ok, "newton") + "budget: {iteration: 3}\n", `s.yaml:4:10: unknown key "iteration"; did you mean "iterations"?`},
		{"a rate below zero, with a blank", grid(ok, `{name: descent, step: {name: fixed, t: "- 5"}}`), "t: - 5 is out of range"},
		{"too many cells", grid("{name: quadratic, dim: 2, start: {name: normal}}", "{name: fixed-step, lr: {lin: [0.1, 1, 1000]}}") + "repeats: 1000000\n",
			"s.yaml:1:1: the grid has too many cells (1000000000): the limit on cells of a suite is 10000000; to raise it, set GDBENCH_LIMITS=cells=NUMBER in the environment"},
		{"too many pairs", grid("{name: quadratic, condition: {log: [1, 10, 10000]}}", "{name: fixed-step, lr: {lin: [0.1, 1, 10000]}}"), "10000 problems × 10000 methods are too many"},
		{"too many settings", grid("{name: quadratic, condition: {log: [1, 10, 10000]}, dim: {range: [1, 1000, 1]}}", "newton"), "expands to more than 1000000 combinations"},
		{"too long a generator", grid("{name: quadratic, condition: {log: [1, 10, 1000001]}}", "newton"), "too many entries: the limit on settings that one entry or generator of a suite expands to is 1000000; to raise it, set GDBENCH_LIMITS=axis=NUMBER"},
		{"too many targets", grid(ok, "newton") + "targets: {log: [1e-1, 1e-8, 10001]}\n", "targets: 10001 are too many: the limit on targets of a suite is 10000; to raise it, set GDBENCH_LIMITS=targets=NUMBER"},
		{"too long a trace", grid(ok, "newton") + "budget: {iterations: 100000000000}\ntrace: {every: 1}\n", "trace: 100000000000 points of 15 numbers each are too many; record fewer (`points`, or a larger `every`): the limit on numbers of a trace is 10000000; to raise it, set GDBENCH_LIMITS=trace=NUMBER"},
		{"too deep", grid(ok, strings.Repeat("[", 40)+strings.Repeat("]", 40)), "nested too deeply: the limit on nesting of a suite file is 32; to raise it, set GDBENCH_LIMITS=depth=NUMBER"},
		{"too large", "# " + strings.Repeat("-", 4<<20) + "\n" + grid(ok, "newton"), "the file is too large: the limit on bytes of a suite file is 4194304; to raise it, set GDBENCH_LIMITS=bytes=NUMBER"},
		{"reference that nobody is", grid(ok, "newton, {name: fixed-step, lr: 1, label: GD}") + "reference: newtn\n", `s.yaml:4:12: reference: the suite has no method "newtn"; did you mean "newton"?`},
		{"look at nothing", grid(ok, "newton") + "look: [{text: see, expect: fast}]\n", `s.yaml:4:28: expect: no claim of the suite has the name "fast"`},
		{"look at a misspelt claim", grid(ok, "newton") + "expect: [{name: fast, method: newton, status: converged}]\nlook: [{text: see, expect: [fast, fsat]}]\n", `s.yaml:5:35: expect: no claim of the suite has the name "fsat"; did you mean "fast"?`},
		{"look without a claim", grid(ok, "newton") + "look: [{text: see}]\n", "s.yaml:4:8: missing"},
		{"look at an empty list", grid(ok, "newton") + "look: [{text: see, expect: []}]\n", "s.yaml:4:28: expect: the list is empty"},
		{"look is a text", grid(ok, "newton") + "look: see\n", "s.yaml:4:7: look: expected a list"},
		{"accept a misspelt finding", grid(ok, "newton") + "accept: [{finding: rank-by-traget, because: so it is}]\n", `s.yaml:4:20: finding: the review has no finding "rank-by-traget" that a suite may accept; did you mean "rank-by-target"?`},
		{"accept without a reason", grid(ok, "newton") + "accept: [{finding: one-start, because: ' '}]\n", "s.yaml:4:40: because: the reason is empty"},
		{"accept twice", grid(ok, "newton") + "accept: [{finding: one-start, because: a}, {finding: one-start, because: b}]\n", `s.yaml:4:54: finding: "one-start" is accepted twice`},
		{"accept is a text", grid(ok, "newton") + "accept: one-start\n", "s.yaml:4:9: accept: expected a list"},
		{"look unknown key", grid(ok, "newton") + "look: [{txet: see, expect: fast}]\n", `s.yaml:4:9: unknown key "txet"; did you mean "text"?`},
		{"two claims of a name", grid(ok, "newton") + "expect: [{name: a, method: newton, status: converged}, {name: a, method: newton, status: stalled}]\n", `s.yaml:4:63: duplicate claim "a" (first defined at s.yaml:4:10)`},
		{"gap of nobody", grid(ok, "newton") + "expect: [{method: newton, status: stalled, in: gap}]\n", "s.yaml:4:10: `in: gap` goes with beats and without at"},
		{"gap at a target", grid(ok, "newton, descent") + "expect: [{method: newton, beats: descent, at: 1e-2, in: gap}]\n", "s.yaml:4:10: `in: gap` goes with beats and without at"},
		{"beats itself", grid(ok, "newton, descent") + "targets: [0.1]\nexpect: [{method: newton, beats: newton, at: 0.1}]\n", "s.yaml:5:10: no cell of the suite matches beats and beats-where, apart from those that the claim is about; name another method"},
		{"beats settings that there are not", grid(ok, "newton, {name: fixed-step, lr: [0.1, 0.2]}") + "targets: [0.1]\nexpect: [{method: newton, beats: fixed-step, beats-where: {lr: 0.3}, at: 0.1}]\n", "s.yaml:5:10: no cell of the suite matches beats and beats-where"},
		{"beats without at", grid(ok, "newton, descent") + "expect: [{method: newton, beats: descent}]\n", "s.yaml:4:10: beats and at must be given together"},
		{"settings of no rival", grid(ok, "newton") + "expect: [{method: newton, status: stalled, beats-where: {lr: 1}}]\n", "s.yaml:4:10: beats-where without beats"},
		{"settings of a rival", grid(ok, "newton, {name: fixed-step, lr: 1}") + "expect: [{method: newton, beats: fixed-step, at: 1e-2, beats-where: {rl: 1}}]\n", `s.yaml:4:70: no problem or method in this suite has a parameter "rl"`},
		{"none of a share", grid(ok, "newton") + "expect: [{method: newton, status: stalled, none: true, share: 0.5}]\n", "s.yaml:4:10: none goes neither with beats nor with share"},
		{"measure without a bound", grid(ok, "newton") + "diagnostics: [sharpness]\nexpect: [{method: newton, measure: sharpness}]\n", "s.yaml:5:10: measure must be given with at-least or at-most"},
		{"measure what is not recorded", grid(ok, "newton") + "expect: [{method: newton, measure: sharpness, at-most: 2}]\n", "s.yaml:4:10: \"sharpness\" is not one of the suite's diagnostics; add it"},
		{"a section in the singular", "suite: t\nproblem: [quadratic]\nmethods: [newton]\n", `s.yaml:2:1: unknown key "problem"; did you mean "problems"?`},
		{"a map of values", grid(ok, "{name: fixed-step, lr: {values: [0.1, 1]}}"), "s.yaml:3:34: lr: found a map; expected a number such as 0.1, or an expression such as 1/L or 2/(L+mu), with a value > 0; several values are written lr: [0.1, 1], and grids {log: [FIRST, LAST, COUNT]} or {lin:"},
		{"a map of numbers", grid("{name: quadratic, condition: {logspace: [1, 3]}}", "newton"), "condition: found a map; expected a number ≥ 1; several values are written condition: [1, 3], and grids"},
		{"a map that is none of values", grid(ok, "{name: fixed-step, lr: {min: 1}}"), "several values are written lr: [A, B], and grids"},
		{"several seeds", grid(ok, "newton") + "seed: [1, 2]\n", "s.yaml:4:7: seed: found a list; expected a whole number; a suite has one seed, and repeats: 3 runs each random cell with 3 streams of it"},
		{"several budgets", grid(ok, "newton") + "budget: {epochs: [1, 5]}\n", "epochs: found a list; expected a number > 0 and ≤ 1e+09; a suite has one budget: the trace and the targets show what a smaller one gives, and --set budget.epochs=NUMBER runs the suite with another"},
		{"a constant where there is none", grid("{name: quadratic, condition: 10*L}", "newton"), `condition: found "10*L"; expected a number ≥ 1, or arithmetic over numbers; it knows no constants of the problem`},
		{"division by zero", grid("{name: quadratic, condition: 1/0}", "newton"), `condition: found "1/0"; expected a number ≥ 1`},
		{"arithmetic out of range", grid("{name: quadratic, condition: 1/2}", "newton"), "condition: 1/2 is out of range; expected a number ≥ 1"},
		{"a parameter that one of the names lacks", grid(ok, "{name: [sgd, newton], lr: 1}"), `method newton has no parameter "lr"`},
		{"an unknown one of several names", grid(ok, "{name: [sgd, newtn]}"), `s.yaml:3:24: unknown method "newtn"; did you mean "newton"?`},
		{"no names", grid(ok, "{name: []}"), "found an empty list; expected the name of a method"},
		{"grids of two entries that overlap", grid(ok, "{name: sgd, lr: {log: [1e-3, 1, 4]}}, {name: sgd, lr: {log: [0.1, 10, 3]}}"), "duplicate cell sgd lr=0.1 on quadratic (first defined at s.yaml:3:11); generators in one list may overlap, such as lr: [{log:"},
		{"a schedule for a learning rate", grid(ok, "{name: heavy-ball, lr: {name: cosine}}"), "lr: found a map; expected a number such as 0.1, or an expression such as 1/L or 2/(L+mu), with a value > 0; a learning rate that changes from step to step is the key schedule of the entry, such as schedule: cosine (see `gdbench list schedules`)"},
		{"a value that is written twice", grid(ok, "{name: sgd, lr: [0.1, 0.1]}"), "duplicate cell sgd lr=0.1 on quadratic"},
		{"wrong start", grid("{name: quadratic, start: {name: normal, scale: -1}}", "newton"), "scale: -1 is out of range"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := suite.Read("s.yaml", ".", strings.NewReader(c.text), nil)
			if err == nil {
				t.Fatalf("no error for\n%s", c.text)
			}
			if !strings.Contains(err.Error(), c.want) {
				t.Errorf("got  %v\nwant %s", err, c.want)
			}
		})
	}
}

// An alias bomb of a few lines would be 10⁹ values if it were written out.
func TestAliasBomb(t *testing.T) {
	var b strings.Builder
	b.WriteString("suite: t\na0: &a0 [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]\n")
	for i, names := 1, "0123456789"; i < 10; i++ {
		last := "*a" + string(names[i-1])
		b.WriteString("a" + string(names[i]) + ": &a" + string(names[i]) + " [" + strings.Repeat(last+", ", 9) + last + "]\n")
	}
	_, err := suite.Read("s.yaml", ".", strings.NewReader(b.String()), nil)
	if err == nil || !strings.Contains(err.Error(), "more than 200000 values after aliases are expanded") {
		t.Errorf("got %v", err)
	}
	_, err = suite.Read("s.yaml", ".", strings.NewReader("suite: t\nabout: &a [*a]\n"), nil)
	if err == nil {
		t.Error("an alias inside itself was accepted")
	}
}
