package evidence_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/evidencetest"
)

// race has the methods a (two rates) and b on p, and b, c on q.
func race(t *testing.T) *evidence.Evidence {
	return evidencetest.Gather(t, drafted("p", "a", 1), drafted("p", "a", 0.1), drafted("p", "b", 0),
		drafted("q", "b", 0), drafted("q", "c", 0))
}

func labels(e *evidence.Evidence) string {
	var out []string
	for _, p := range e.Problems {
		for _, entry := range p.Entries {
			out = append(out, fmt.Sprintf("%s: %s (%d)", p.Label, entry.Label, entry.Identity.Setting))
		}
	}
	return strings.Join(out, ", ")
}

// What is chosen keeps its look, the baseline is never left out, and what was left out is said.
func TestChoose(t *testing.T) {
	for name, c := range map[string]struct {
		choice evidence.Choice
		want   string
		said   string
	}{
		"everything":       {evidence.Choice{}, "p: a lr=1 (0), p: a lr=0.1 (1), p: b (2), q: b (2), q: c (3)", ""},
		"a method":         {evidence.Choice{Methods: []string{"b"}}, "p: b (2), q: b (2)", "This report is about chosen methods. Left out: a; c."},
		"a setting":        {evidence.Choice{Methods: []string{"*0.1", "b"}, Problems: []string{"p"}}, "p: a lr=0.1 (1), p: b (2)", "This report is about 1 of 2 problems, as chosen."},
		"with a baseline":  {evidence.Choice{Methods: []string{"c"}, Baseline: "b"}, "p: b (2), q: b (2), q: c (3)", "This report is about chosen methods. Left out: a."},
		"without problems": {evidence.Choice{Methods: []string{"c"}}, "q: c (3)", "This report is about chosen methods. Left out: a; b. This report is about 1 of 2 problems, as chosen."},
	} {
		e := race(t)
		said, err := e.Choose(c.choice)
		if got := labels(e); err != nil || got != c.want || strings.Join(said, " ") != c.said {
			t.Errorf("%s: %s, %v, %v; expected %s and %q", name, got, said, err, c.want, c.said)
		}
	}
	for name, c := range map[string]struct {
		choice evidence.Choice
		want   string
	}{
		"a method":   {evidence.Choice{Methods: []string{"b", "d"}}, `unknown method "d"`},
		"a problem":  {evidence.Choice{Problems: []string{"r"}}, `unknown problem "r"`},
		"a baseline": {evidence.Choice{Baseline: "d"}, `unknown baseline "d"`},
		"baselines":  {evidence.Choice{Baseline: "*"}, `the baseline "*" is several methods: a; b; c`},
	} {
		if _, err := race(t).Choose(c.choice); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v; expected %s", name, err, c.want)
		}
	}
}

// The baseline takes the place of the reference of the suite.
func TestBaselineIsTheReference(t *testing.T) {
	e := race(t)
	if _, err := e.Choose(evidence.Choice{Baseline: "b"}); err != nil {
		t.Fatal(err)
	}
	for _, p := range e.Problems {
		for _, entry := range p.Entries {
			if entry.IsReference != (entry.Label == "b") {
				t.Errorf("%s is the reference: %v", entry.Label, entry.IsReference)
			}
		}
	}
	if e.Reference != "b" {
		t.Errorf("the reference is %s", e.Reference)
	}
}

func TestPickNames(t *testing.T) {
	groups := [][]string{{"gap-iterations-p", "convergence"}, {"ranks-passes", "ranks"}, {"order-p", "order"}}
	for pattern, want := range map[string][]int{"gap*": {0}, "ranks": {1}, "*-p": {0, 2}, "*": {0, 1, 2}, "*r*n*": {0, 1}} {
		if got, err := evidence.PickNames("figure", []string{pattern}, groups); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s chooses %v, %v; expected %v", pattern, got, err, want)
		}
	}
}
