package page

import (
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/report/evidencetest"

	"github.com/gdbench/gdbench/internal/report/synthetic"
	"github.com/gdbench/gdbench/internal/report/tables"
	"github.com/gdbench/gdbench/results"
)

// A page of a large run stays small: 10,000 cells of 60 points in less than 15 MB.
func TestPageOfLargeRunIsSmall(t *testing.T) {
	var drafts []synthetic.Draft
	for i := range 1000 {
		for repeat := range 2 {
			drafts = append(drafts, synthetic.Draft{Problem: "p" + string(rune('a'+i%10)), Method: "m" + string(rune('a'+i/10%10)), Rate: float64(1 + i/100),
				Repeat: repeat, Status: results.Budget, Gaps: synthetic.Halving(0.9, 60), Targets: []float64{0.1}})
		}
	}
	e := evidencetest.Gather(t, drafts...)
	d := Of(e, nil, tables.Of(e))
	if len(d.Notes) == 0 || !strings.Contains(d.Notes[0], "large run") {
		t.Errorf("the page does not say that it was thinned: %v", d.Notes)
	}
	size := 0
	for _, p := range d.Problems {
		for _, m := range p.Methods {
			for _, c := range m.Curves {
				size += len(c.X) + len(c.Median) + len(c.Low) + len(c.High)
			}
		}
	}
	if perEntry := size / 1000; perEntry > 2*4*singlePoint {
		t.Errorf("%d numbers an entry; 1000 entries would pass 15 MB", perEntry)
	}
}

// What makes a run again is true whoever ran it: the suite is on the page, not in gdbench.
func TestMakeAgain(t *testing.T) {
	for _, c := range []struct {
		manifest     results.Manifest
		how, command string
	}{
		{results.Manifest{Suite: "paper"}, "To make it again, save the suite below as paper.yaml beside the data that it names, and run this command:", "gdbench run paper.yaml"},
		{results.Manifest{Suite: "my suite", Own: []string{"mine lr=1"}, Overrides: []string{"budget={iterations: 10}"}, Processes: []results.Process{{}}},
			"To make it again, save the suite below as my-suite.yaml beside the data that it names, and run this command with the program that has the methods mine lr=1:",
			"gdbench run my-suite.yaml --set 'budget={iterations: 10}' --allow-processes"},
	} {
		if how, command := makeAgain(&c.manifest); how != c.how || command != c.command {
			t.Errorf("%q, %q; expected %q, %q", how, command, c.how, c.command)
		}
	}
}
