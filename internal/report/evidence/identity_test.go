package evidence_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/evidencetest"
	"github.com/gdbench/gdbench/internal/report/figure"
	"github.com/gdbench/gdbench/internal/report/synthetic"
	"github.com/gdbench/gdbench/results"
)

// drafted is a run of a method with a learning rate.
func drafted(problem, method string, rate float64) synthetic.Draft {
	return synthetic.Draft{Problem: problem, Method: method, Rate: rate, Status: results.Budget, Gaps: []float64{4, 2, rate}}
}

// identities are those of the settings on each problem, in the order of its entries.
func identities(e *evidence.Evidence) (out [][]int) {
	for _, p := range e.Problems {
		var its []int
		for _, entry := range p.Entries {
			its = append(its, entry.Identity.Setting)
		}
		out = append(out, its)
	}
	return out
}

// A setting looks alike on every problem, in whatever order methods ran there.
func TestIdentityIsKeptAcrossProblems(t *testing.T) {
	e := evidencetest.Gather(t, drafted("p", "a", 1), drafted("p", "a", 0.1), drafted("p", "b", 0),
		drafted("q", "c", 0), drafted("q", "b", 0), drafted("q", "a", 0.1))
	if got := fmt.Sprint(identities(e)); got != "[[0 1 2] [3 2 1]]" {
		t.Errorf("identities %s; expected [[0 1 2] [3 2 1]]", got)
	}
	for _, p := range e.Problems {
		for _, entry := range p.Entries {
			if want := map[string]int{"a": 0, "b": 2, "c": 3}[entry.Group]; entry.Identity.Group != want {
				t.Errorf("the method %s has the identity %d; expected %d", entry.Group, entry.Identity.Group, want)
			}
		}
	}
}

// Of a large grid figures show one setting of each method: all of them look like it, and what is
// shown has the first numbers.
func TestIdentityOfALargeGrid(t *testing.T) {
	var drafts []synthetic.Draft
	for k := range 12 {
		for _, method := range []string{"a", "b"} {
			drafts = append(drafts, drafted("p", method, float64(k+1)))
		}
	}
	e := evidencetest.Gather(t, drafts...)
	for _, entry := range e.Problems[0].Entries {
		if want := map[string]int{"a": 0, "b": 1}[entry.Group]; entry.Identity != (evidence.Identity{Group: want, Name: want, Setting: want}) {
			t.Errorf("%s has %+v; expected %d", entry.Label, entry.Identity, want)
		}
	}
}

// A style of the suite is that of its method in every figure; of several settings beside each other
// only the colour. A style of the report goes before it.
func TestStylesAreKept(t *testing.T) {
	run := synthetic.Write(t, []synthetic.Draft{drafted("p", "a", 1), drafted("p", "a", 0.1), drafted("p", "b", 0)}, "")
	run.Manifest.Styles = []results.Style{{Methods: []string{"a lr=1", "a lr=0.1"}, Colour: "green", Dash: "dashed", Marker: "square"}, {Methods: []string{"b"}, Colour: "green"}}
	gather := func(runs ...*results.Run) *evidence.Evidence {
		e, err := evidence.Gather(runs)
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	e := gather(run)
	green := figure.Hues[2]
	for place := range 3 {
		if e.Looks[place].Hue != green {
			t.Errorf("place %d is not green", place)
		}
	}
	if got := fmt.Sprintf("%v %s", e.Looks[0].Dash, e.Looks[0].Symbol); got != "[5 2.5] square" {
		t.Errorf("the method looks like %s", got)
	}
	if got := fmt.Sprintf("%v %s", e.Looks[1].Dash, e.Looks[1].Symbol); got == "[5 2.5] square" {
		t.Errorf("two settings look alike: %s", got)
	}
	if err := e.Restyle([]results.Style{{Methods: []string{"b*"}, Colour: "#010203", Dash: "solid"}}); err != nil {
		t.Fatal(err)
	}
	if got := e.Looks[2]; got.Hue.OnWhite != 0x010203 || got.Dash != nil || e.Looks[0].Hue != green {
		t.Errorf("restyled it is %v", got)
	}
	for want, styles := range map[string][]results.Style{
		`unknown method "c"`:              {{Methods: []string{"c"}, Colour: "blue"}},
		"have the same colour and dashes": {{Methods: []string{"a"}, Colour: "blue", Dash: "solid"}, {Methods: []string{"b"}, Colour: "blue", Dash: "solid"}},
		`"red" is not one of`:             {{Methods: []string{"a"}, Colour: "red"}},
	} {
		if err := e.Restyle(styles); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v; expected %s", err, want)
		}
	}
	twice := gather(run, synthetic.Write(t, []synthetic.Draft{drafted("p", "a", 1)}, ""))
	if twice.Looks[0].Hue != green || twice.Looks[3].Hue == green {
		t.Errorf("of two runs the looks are %v", twice.Looks)
	}
}
