package page

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/report/evidencetest"

	"github.com/gdbench/gdbench/internal/report/synthetic"
	"github.com/gdbench/gdbench/internal/report/table"
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

// Failed and skipped runs are listed with their messages, alike ones of a method once.
func TestFailures(t *testing.T) {
	var messages []string
	draft := func(method string, repeat int, status results.Status, message string) synthetic.Draft {
		messages = append(messages, message)
		return synthetic.Draft{Problem: "p", Method: method, Repeat: repeat, Status: status, Gaps: synthetic.Halving(0.9, 3)}
	}
	e := evidencetest.Gather(t, draft("a", 0, results.Budget, "fine"), draft("b", 0, results.Failed, "panic: x"), draft("b", 1, results.Failed, "panic: x"), draft("b", 2, results.Failed, "panic: y"), draft("c", 0, results.Skipped, "no L"))
	for _, entry := range e.Problems[0].Entries {
		for _, c := range entry.Cells {
			own := *c.Ending
			own.Message, messages = messages[0], messages[1:]
			c.Ending = &own
		}
	}
	want := []Failure{{"p", "b", "failed", "panic: x", 2}, {"p", "b", "failed", "panic: y", 1}, {"p", "c", "skipped", "no L", 1}}
	if got := Of(e, nil, nil).Failed; !slices.Equal(got, want) {
		t.Errorf("%v; expected %v", got, want)
	}
}

// Two methods are compared as in the table paired, whichever is the baseline.
func TestVersus(t *testing.T) {
	var drafts []synthetic.Draft
	for _, p := range []string{"p", "q"} {
		for repeat := range 12 {
			for method, gaps := range map[string][]float64{"slow": synthetic.Halving(0.9, 40+repeat), "fast": synthetic.Halving(0.5, 40+repeat)} {
				drafts = append(drafts, synthetic.Draft{Problem: p, Method: method, Repeat: repeat, Status: results.Budget, Gaps: gaps, Targets: []float64{0.1}})
			}
		}
	}
	slices.SortStableFunc(drafts, func(a, b synthetic.Draft) int { return strings.Compare(b.Method, a.Method) })
	e := evidencetest.Gather(t, drafts...)
	v := versusOf(e)
	if v == nil || len(v.Pairs) != 2 {
		t.Fatalf("%+v", v)
	}
	var paired *table.Table
	for _, one := range tables.Of(e) {
		if one.Name == "paired" {
			paired = one
		}
	}
	for _, pair := range v.Pairs {
		for k, row := range pair.Rows {
			first := v.Methods[pair.First]
			if want := map[string]string{"slow": "dearer", "fast": "cheaper"}[first]; row.Verdict != want || (row.Ratio < 1) != (first == "fast") || row.Pairs != 12 {
				t.Errorf("%s on %s: %+v", first, row.Problem, row)
			}
			if cell := paired.Rows[k]; cell[0].Read() == first && (cell[3].(table.Interval).Estimate != float64(row.Ratio) || cell[6].Read() != row.Verdict) {
				t.Errorf("the table says %v, the page %+v", cell, row)
			}
		}
	}
	if a, b := v.Pairs[0].Rows[0], v.Pairs[1].Rows[0]; math.Abs(float64(a.Ratio*b.Ratio)-1) > 1e-12 || math.Abs(float64(a.Low*b.High)-1) > 1e-12 {
		t.Errorf("%+v is not the inverse of %+v", a, b)
	}
	if alone := versusOf(evidencetest.Gather(t, drafts[:24]...)); alone != nil {
		t.Errorf("one method is compared: %+v", alone)
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
		{results.Manifest{Suite: "part", Only: []string{"lr=[0.1, 1]"}, Shard: &results.Shard{Index: 2, Of: 8}}, "To make it again, save the suite below as part.yaml beside the data that it names, and run this command:",
			"gdbench run part.yaml --only 'lr=[0.1, 1]' --shard 2/8"},
	} {
		if how, command := makeAgain(&c.manifest); how != c.how || command != c.command {
			t.Errorf("%q, %q; expected %q, %q", how, command, c.how, c.command)
		}
	}
}
