package prepare_test

import (
	"context"
	"strings"
	"testing"

	_ "github.com/gdbench/gdbench/internal/problems/functions"
	"github.com/gdbench/gdbench/internal/runner/prepare"
	"github.com/gdbench/gdbench/internal/runner/suite"
	_ "github.com/gdbench/gdbench/methods/catalogue"
)

// A start outside of the constraint has a note with its place; one inside, and one that is drawn,
// have none. Bounds of another dimension are refused with theirs.
func TestStartsAndConstraints(t *testing.T) {
	read := func(problem string) ([]string, error) {
		s, err := suite.Read("it.yaml", ".", strings.NewReader("suite: it\nproblems:\n  - "+problem+"\nmethods: [{name: fista, lr: 1e-3}]\n"), nil)
		if err != nil {
			return nil, err
		}
		built, err := prepare.All(context.Background(), s, 1)
		if err != nil {
			return nil, err
		}
		return prepare.Notes(s, built), nil
	}
	for problem, want := range map[string]string{
		"{name: booth, start: [3, 4], constraint: {ball: {radius: 1}}}":            "it.yaml:3:26: booth start=point(x=[3, 4]) constraint=ball(radius=1): the start does not satisfy the constraint; descents begin at its projection, at a distance of 4",
		"{name: booth, start: [0.3, 0.4], constraint: {ball: {radius: 1}}}":        "",
		"{name: booth, start: {name: normal, scale: 9}, constraint: {ball: 0.01}}": "",
		"{name: booth, start: [3, 4]}":                                             "",
		"{name: himmelblau, start: [3, 4], constraint: {box: {lower: [4, 4]}}}":    "it.yaml:3:31: himmelblau start=point(x=[3, 4]) constraint=box(lower=[4, 4]): the start does not satisfy the constraint; descents begin at its projection, at a distance of 1",
	} {
		notes, err := read(problem)
		if err != nil {
			t.Errorf("%s: %v", problem, err)
			continue
		}
		found := ""
		for _, note := range notes {
			if strings.Contains(note, "does not satisfy") {
				found = note
			}
		}
		if found != want {
			t.Errorf("%s: the note is %q; expected %q", problem, found, want)
		}
	}
	for problem, want := range map[string]string{
		"{name: booth, constraint: {box: {lower: [0, 0, 0]}}}":            "it.yaml:3:5: problem booth constraint=box(lower=[0, 0, 0]): constraint: lower has 3 numbers for a problem in 2 variables",
		"{name: booth, constraint: {box: {lower: 3, upper: 1}}}":          "it.yaml:3:31: constraint box: no point satisfies it: the lower bound 3",
		"{name: booth, constraint: {simplex: {radius: 0}}}":               "it.yaml:3:50: radius: 0 is out of range",
		"{name: booth, constraint: 3}":                                    `it.yaml:3:31: unknown constraint "3"`,
		"{name: shift, of: {name: booth, constraint: nonnegative}}":       `it.yaml:3:37: problem booth has no parameter "constraint"`,
		"{name: booth, constraint: {box: {lower: 0}, ball: {radius: 1}}}": "it.yaml:3:49: ball is a constraint of its own, beside box in one map; expected one of them",
		"{name: booth, constraint: {lower: 0, upper: 1}}":                 "it.yaml:3:31: this constraint has no name",
	} {
		if _, err := read(problem); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v; expected %s", problem, err, want)
		}
	}
}

// A method that cannot leave the boundary says what it does there, with its place; where it begins inside,
// does not run or is skipped, and where the start is drawn, nothing is said.
func TestStartsOnTheBoundary(t *testing.T) {
	const says = "it.yaml:3:11: mirror-descent on booth start=point(x=[0, 1]) constraint=simplex: the start is on the boundary of the constraint, which its steps do not leave; the first one begins from (1 − mix)·x + mix·c with mix = 0.01, c the centre of the set"
	for _, c := range []struct{ problem, methods, want string }{
		{"{name: booth, start: [0, 1], constraint: simplex}", "mirror-descent, fista", says},
		{"{name: booth, start: [0.5, 0.5], constraint: simplex}", "mirror-descent", ""},
		{"{name: booth, start: [0, 1], constraint: simplex}", "fista", ""},
		{"{name: booth, start: [0, 1], constraint: simplex}, himmelblau", "fista, {name: mirror-descent, on: [himmelblau]}", ""},
		{"{name: booth, start: [0, 1], constraint: simplex}", "{name: mirror-descent, mix: 0}", ""},
		{"{name: booth, start: [0, 1], constraint: nonnegative}", "mirror-descent", ""}, // which is skipped
		{"{name: booth, start: [0, 1], constraint: simplex}", "{name: mirror-descent, batch: 2}", ""},
		{"{name: booth, start: {name: normal, scale: 9}, constraint: simplex}", "mirror-descent", ""},
	} {
		s, err := suite.Read("it.yaml", ".", strings.NewReader("suite: it\nproblems: ["+c.problem+"]\nmethods: ["+c.methods+"]\n"), nil)
		if err != nil {
			t.Fatal(err)
		}
		built, err := prepare.All(context.Background(), s, 1)
		if err != nil {
			t.Fatal(err)
		}
		note := ""
		for _, n := range prepare.Notes(s, built) {
			if strings.Contains(n, "boundary") {
				note = n
			}
		}
		if note != c.want {
			t.Errorf("%s with %s: the note is %q; expected %q", c.problem, c.methods, note, c.want)
		}
	}
}

// Of a problem on which nothing runs nothing is said: not of its start, its data or its budget.
func TestNoNotesOfWhatDoesNotRun(t *testing.T) {
	const outside = "{name: booth, start: [3, 3], constraint: simplex}"
	for _, c := range []struct {
		methods string
		want    int
	}{
		{"fista, gradient-noise", 2}, // the start, and that there are no epochs
		{"gradient-noise", 0},        // is skipped
		{"{name: fista, on: [himmelblau]}", 0},
	} {
		s, err := suite.Read("it.yaml", ".", strings.NewReader("suite: it\nbudget: {epochs: 3}\nproblems: ["+outside+", {name: himmelblau}]\nmethods: ["+c.methods+"]\n"), nil)
		if err != nil {
			t.Fatal(err)
		}
		built, err := prepare.All(context.Background(), s, 1)
		if err != nil {
			t.Fatal(err)
		}
		about := 0
		for _, n := range prepare.Notes(s, built) {
			about += strings.Count(n, "booth")
		}
		if about != c.want {
			t.Errorf("with %s: %d notes of the problem; expected %d: %q", c.methods, about, c.want, prepare.Notes(s, built))
		}
	}
}

// A stop at a duality gap is refused where it is written if no problem has a bounded constraint, and has
// a note where some have none.
func TestStopsAtTheDualityGap(t *testing.T) {
	for _, c := range []struct{ stop, problems, refused, note string }{
		{"{duality-gap: 1e-6}", "booth", "it.yaml:2:21: stop: duality-gap: booth has no constraint", ""},
		{"{duality-gap-absolute: 1e-6}", "booth", "it.yaml:2:30: stop: duality-gap-absolute: booth has no constraint", ""},
		{"{duality-gap: 1e-6}", "booth, matyas", "it.yaml:2:21: stop: duality-gap: no problem of the suite has a constraint", ""},
		{"{duality-gap: 1e-6}", "booth, {name: booth, constraint: nonnegative}", "it.yaml:2:21: stop: duality-gap: a linear function may fall for ever over the unbounded constraint of booth constraint=nonnegative", ""},
		{"{duality-gap: 1e-6}", "{name: booth, constraint: {box: {lower: 0}}}", "unbounded constraint", ""},
		{"{duality-gap: 1e-6}", "{name: booth, constraint: {box: {lower: 0, upper: [1, none]}}}", "unbounded constraint", ""},
		{"{duality-gap: -1}", "{name: booth, constraint: {ball: 1}}", "it.yaml:2:21: duality-gap: -1 is out of range", ""},
		{"{duality-gap: [1, 2]}", "{name: booth, constraint: {ball: 1}}", "it.yaml:2:21: duality-gap", ""},
		{"{duality: 1}", "{name: booth, constraint: {ball: 1}}", `it.yaml:2:8: unknown key "duality"`, ""},
		{"{duality-gap: 0}", "booth", "", ""},
		{"{duality-gap: 1e-6}", "{name: booth, constraint: {ball: 1}}", "", ""},
		{"{duality-gap: 1e-6}", "{name: booth, constraint: {ball: 1}}, himmelblau, {name: booth, constraint: nonnegative}", "", "himmelblau; booth constraint=nonnegative: no bounded constraint, so the stop at a duality gap does not apply"},
	} {
		s, err := suite.Read("it.yaml", ".", strings.NewReader("suite: it\nstop: "+c.stop+"\nproblems: ["+c.problems+"]\nmethods: [{name: fista, lr: 1e-3}]\n"), nil)
		if c.refused != "" {
			if err == nil || !strings.Contains(err.Error(), c.refused) {
				t.Errorf("%s with %s: %v; expected %s", c.stop, c.problems, err, c.refused)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s with %s: %v", c.stop, c.problems, err)
			continue
		}
		built, err := prepare.All(context.Background(), s, 1)
		if err != nil {
			t.Fatal(err)
		}
		note := ""
		for _, n := range prepare.Notes(s, built) {
			if strings.Contains(n, "duality gap does not apply") {
				note = n
			}
		}
		if note != c.note {
			t.Errorf("%s with %s: the note is %q; expected %q", c.stop, c.problems, note, c.note)
		}
	}
}
