package plots

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/report/evidencetest"
	"github.com/gdbench/gdbench/internal/report/figure"
	"github.com/gdbench/gdbench/internal/report/synthetic"
)

// onProblems are the figures of a run with everything on some problems, which differ in what is
// best, before they have names.
func onProblems(t *testing.T, problems ...string) []*figure.Figure {
	t.Helper()
	var drafts []synthetic.Draft
	for k, problem := range problems {
		for _, d := range synthetic.GridOfDrafts() {
			d.Problem = problem
			if k%2 == 1 && d.Rate == 1 {
				d.Gaps = synthetic.Halving(0.99, 60)
			}
			drafts = append(drafts, d)
		}
	}
	return Of(evidencetest.Gather(t, drafts...), Selection{}, t.Logf)
}

// upTo lets so many panels fit.
func upTo(most int) func(*figure.Figure) bool {
	return func(f *figure.Figure) bool { return len(f.Panels) <= most }
}

func numbers(t *testing.T, f *figure.Figure) []string {
	t.Helper()
	var b bytes.Buffer
	if err := f.WriteCSV(&b); err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(b.String()), "\n")
}

// The numbers of panels are those of the single figures, to the byte, and no figure is lost.
func TestPanelsHaveTheNumbersOfTheirFigures(t *testing.T) {
	figures := onProblems(t, "bowl dim=2", "bowl dim=3", "valley")
	drawn, said := Panels(figures, upTo(12))
	if len(said) > 0 {
		t.Errorf("said %q", said)
	}
	alone := map[string]*figure.Figure{}
	for _, f := range figures {
		alone[f.Name] = f
	}
	together := 0
	for _, f := range drawn {
		if len(f.Panels) == 0 {
			if alone[f.Name] != f {
				t.Errorf("%s is another figure", f.Name)
			}
			delete(alone, f.Name)
			continue
		}
		together++
		var want []string
		for i, panel := range f.Panels {
			single := alone[panel.Name]
			if single == nil || single.Role != f.Role || single.Problem != panel.Problem {
				t.Fatalf("%s: panel %d is %s of %s", f.Name, i, panel.Name, panel.Problem)
			}
			for _, row := range numbers(t, single)[1:] {
				want = append(want, panel.Problem+","+row)
			}
			delete(alone, panel.Name)
		}
		if got := numbers(t, f); got[0] != "problem,part,label,x,y,low,high,z" || strings.Join(got[1:], "\n") != strings.Join(want, "\n") {
			t.Errorf("%s has other numbers than its figures", f.Name)
		}
	}
	if len(alone) > 0 || together < 5 {
		t.Errorf("%d figures with panels, and %d are lost", together, len(alone))
	}
}

// Panels are titled by what distinguishes their problems; a note has the rest.
func TestTitlesOfPanels(t *testing.T) {
	drawn, _ := Panels(onProblems(t, "bowl dim=2 condition=10", "bowl dim=3 condition=10"), upTo(12))
	for _, f := range drawn {
		if f.Name != "panels-gap-iterations" {
			continue
		}
		if len(f.Panels) != 2 || f.Panels[0].Title != "bowl dim=2" || f.Panels[1].Title != "bowl dim=3" {
			t.Errorf("the panels are %q and %q", f.Panels[0].Title, f.Panels[1].Title)
		}
		if notes := strings.Join(f.Notes, " "); !strings.Contains(notes, "All problems: condition=10.") || strings.Count(notes, "Median and quartile band") != 1 {
			t.Errorf("the notes are %q", f.Notes)
		}
		if f.Title != "gap f − f* against iterations, on 2 problems" {
			t.Errorf("the title is %q", f.Title)
		}
		return
	}
	t.Error("no panels of convergence")
}

func curve(problem, method string, color int) *figure.Figure {
	return &figure.Figure{Role: RoleConvergence, Problem: problem, Name: "gap-iterations-" + problem, Stem: "gap-iterations", Title: problem + ": gap",
		Series: []figure.Series{{Label: method, Method: method, Kind: figure.Line, Color: color, X: []float64{1, 2, 3}, Y: []float64{1, 2, 3}}}}
}

// A method of which each problem shows another setting in its one look is called by what its settings
// have in common, and a note has them; the numbers keep the whole labels.
func TestPanelsOfOneMethodAtItsBest(t *testing.T) {
	a, b := curve("a", "GD lr=1 batch=8", 0), curve("b", "GD lr=0.1 batch=8", 0)
	for _, f := range []*figure.Figure{a, b} {
		f.Series = append(f.Series, figure.Series{Label: "Newton", Method: "Newton", Kind: figure.Line, Color: 1, X: []float64{1}, Y: []float64{1}})
	}
	drawn, said := Panels([]*figure.Figure{a, b}, upTo(4))
	if len(drawn) != 1 || len(said) > 0 {
		t.Fatalf("%d figures, said %q", len(drawn), said)
	}
	f := drawn[0]
	if f.Panels[0].Series[0].Label != "GD batch=8" || f.Panels[1].Series[0].Label != "GD batch=8" || f.Panels[0].Series[1].Label != "Newton" {
		t.Errorf("the curves are %q, %q and %q", f.Panels[0].Series[0].Label, f.Panels[1].Series[0].Label, f.Panels[0].Series[1].Label)
	}
	if notes := strings.Join(f.Notes, " "); notes != "a: Settings: GD batch=8 lr=1. b: Settings: GD batch=8 lr=0.1." {
		t.Errorf("the notes are %q", notes)
	}
	if got := numbers(t, f)[1]; !strings.HasPrefix(got, "a,series,GD lr=1 batch=8,") {
		t.Errorf("the numbers begin with %s", got)
	}
	if a.Series[0].Label != "GD lr=1 batch=8" || len(a.Notes) > 0 {
		t.Error("the single figure was changed")
	}
}

// Where what looks alike is something else on each problem, no legend is that of all; the figures stay
// alone, and a sentence says so. So do those of which there is one.
func TestWithoutPanels(t *testing.T) {
	for name, pair := range map[string][2]*figure.Figure{
		"methods": {curve("a", "GD", 0), curve("b", "Newton", 0)},
		"rules":   {curve("a", "GD", 0), curve("b", "GD", 0)},
	} {
		if name == "rules" {
			pair[0].Rules, pair[1].Rules = []figure.Rule{{Label: "2/L", At: 1}}, []figure.Rule{{Label: "1/L", At: 1}}
		}
		drawn, said := Panels(pair[:], upTo(4))
		if len(drawn) != 2 || drawn[0] != pair[0] || len(said) != 1 || !strings.Contains(said[0], "gap-iterations: no panels, since one legend") {
			t.Errorf("%s: %d figures, said %q", name, len(drawn), said)
		}
	}
	one := curve("a", "GD", 0)
	if drawn, said := Panels([]*figure.Figure{one}, upTo(4)); len(drawn) != 1 || drawn[0] != one || len(said) > 0 {
		t.Errorf("one problem gives %d figures, said %q", len(drawn), said)
	}
}

// More panels than fit are split evenly, and a sentence says so; as many as fit are not.
func TestPanelsAreSplit(t *testing.T) {
	for problems, want := range map[int]string{8: "8", 9: "4 5", 17: "5 6 6"} {
		var figures []*figure.Figure
		for k := range problems {
			figures = append(figures, curve(fmt.Sprintf("p%d", k), "GD", 0))
		}
		drawn, said := Panels(figures, upTo(8))
		var sizes []string
		for k, f := range drawn {
			sizes = append(sizes, fmt.Sprint(len(f.Panels)))
			if len(drawn) > 1 && (f.Name != fmt.Sprintf("panels-gap-iterations-%d", k+1) || !strings.Contains(strings.Join(f.Notes, " "), fmt.Sprintf("Part %d of %d: %d of %d problems.", k+1, len(drawn), len(f.Panels), problems))) {
				t.Errorf("part %d is %s with %q", k+1, f.Name, f.Notes)
			}
		}
		if strings.Join(sizes, " ") != want || (len(said) > 0) != (len(drawn) > 1) {
			t.Errorf("%d panels are split into %s, said %q; expected %s", problems, sizes, said, want)
		}
	}
}

// A colour means the same number in the maps of all problems.
func TestMapsShareTheirColours(t *testing.T) {
	drawn, _ := Panels(onProblems(t, "bowl", "valley"), upTo(12))
	maps := 0
	for _, f := range drawn {
		if f.Role != RoleRateByBatch {
			continue
		}
		maps++
		low, high := f.Panels[0].Grid.Tones()
		for _, panel := range f.Panels {
			own := *panel.Grid
			own.Range = nil
			ownLow, ownHigh := own.Tones()
			if l, h := panel.Grid.Tones(); l != low || h != high || ownLow < low || ownHigh > high {
				t.Errorf("colours from %g to %g of numbers from %g to %g; expected %g to %g", l, h, ownLow, ownHigh, low, high)
			}
		}
	}
	if maps != 1 {
		t.Errorf("%d maps with panels", maps)
	}
}
