//go:build unix

package hostile

import (
	"fmt"
	"strings"
)

// choices are files in which a user chooses what a report shows.
var choices = []string{`runs: [run]
out: report
format: [svg, pdf]
width: column
panels: true
serif: true
x: evaluations
y: gradient-norm
figures:
  - ranks
  - {figure: gap-iterations-*, xlim: [1, 100], yscale: log, title: Few variables}
style:
  newton: {colour: blue, dash: dashed, marker: square}
  fixed-step: {colour: black, dash: solid}
`, `runs: [run, whole]
methods: [fixed-step*]
problems: [rosenbrock]
baseline: newton · run
untitled: true
`}

// confined are suites with constraints, tuned methods and problems that are made harder.
var confined = []string{`suite: confined
budget: {iterations: 30}
problems:
  - {name: quadratic, dim: 3, constraint: {box: {lower: -0.5, upper: [0.5, 1, 2]}}}
  - {name: rosenbrock, constraint: {ball: {radius: 1, norm: l1}}, start: [3, 4]}
  - {name: quadratic, dim: 4, constraint: simplex}
  - {name: logistic, data: iris, positive: 0, l2: 0.1, constraint: nonnegative}
methods: [lbfgsb, projected-gradient, frank-wolfe, mirror-descent, {name: fixed-step, lr: 0.1}]
`, `suite: tuned
budget: {iterations: 20}
targets: [1e-1]
tune: {trials: 3, studies: 2, scope: suite, space: {sgd: {lr: {loguniform: [1e-3, 1]}, nesterov: {choice: [true, false]}, momentum: {oneminus-log: [1e-2, 1], when: {nesterov: true}}}}}
problems:
  - {name: logistic, data: iris, positive: 0, l2: 0.1, split: 0.2, constraint: {box: {lower: -1, upper: 1}}}
  - {name: quadratic, instances: 2, held-out: true}
methods: [{name: sgd, lr: 0.1, momentum: 0.5}]
`, `suite: harder
budget: {iterations: 20}
problems: [{name: bend, of: quadratic, curvature: 2}, {name: fold, of: quadratic}, {name: noise, of: quadratic, tail: 1.5, sparsity: 0.5}, {name: plateau, of: rosenbrock}, {name: kinks, of: quadratic}, {name: recede, of: quadratic}]
methods: [{name: adam, lr: 0.1, schedule: {name: cosine, warmup: 0.1}, wrap: [{clip: 1}, {average: 0.9}]}, sign-momentum]
`}

// choiceAttack breaks a lesson, the choices for a report, or a suite of what is newest.
func choiceAttack(w *words) attack {
	a := attack{long: true, files: map[string]string{}}
	broken := func(text string) string {
		if w.IntN(4) > 0 {
			text = w.breakTree(text)
		}
		if w.IntN(3) == 0 {
			text = w.breakText(text)
		}
		return text
	}
	switch w.IntN(3) {
	case 0:
		a.files["lesson.yaml"] = broken(of(w, corpus.lessons...))
		a.args = []string{"learn", "lesson.yaml", "--answer", fmt.Sprint(w.IntN(4))}
	case 1:
		for path, text := range corpus.run {
			a.files["run/"+path], a.files["whole/"+path] = text, text
		}
		a.files["paper.yaml"] = broken(of(w, choices...))
		a.args = []string{"report", "--paper", "paper.yaml"}
		if w.IntN(3) == 0 {
			a.args = append(a.args, "--"+of(w, strings.Fields("panels bare all width=3in x=seconds y=gap figure=ranks format=png out=elsewhere")...))
		}
	default:
		a.suite = true
		a.files["suite.yaml"] = broken(of(w, confined...))
		a.args = of(w, []string{"run", "suite.yaml", "--out", "out"}, []string{"run", "suite.yaml", "--out", "out", "--no-report", "--compress"}, []string{"show", "suite.yaml"})
	}
	return a
}
