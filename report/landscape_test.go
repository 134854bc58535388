package report

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/report/figure"
	"github.com/gdbench/gdbench/results"
)

// bowl is ½‖x‖² in n variables.
func bowl(n int) *Landscape {
	return &Landscape{Dim: n, Evaluate: func(x, gradient []float64) float64 {
		var f float64
		for i, v := range x {
			f += 0.5 * v * v
			if gradient != nil {
				gradient[i] = v
			}
		}
		return f
	}}
}

// knownBowl has the facts of a bowl, and a saddle that is none.
func knownBowl() *Landscape {
	l := bowl(2)
	l.L, l.Minimizers = 4, [][]float64{{0, 0}}
	l.Critical = []CriticalPoint{{Kind: GlobalMinimum, X: []float64{0, 0}}, {Kind: Saddle, X: []float64{1, 1}}}
	return l
}

func TestPathsShowCriticalPointsByKind(t *testing.T) {
	e := gather(t, draft{problem: "bowl", method: "m", status: results.Budget, gaps: []float64{2, 1, 0.5}, path: true})
	f := e.Problems[0].Paths(knownBowl())
	if err := f.Check(); err != nil {
		t.Fatal(err)
	}
	found := map[string]figure.Series{}
	for _, s := range f.Series {
		found[s.Label] = s
	}
	if got := found["m"]; !slices.Equal(got.X, []float64{2, 1, 0.5}) || !slices.Equal(got.Y, []float64{-2, -1, -0.5}) {
		t.Errorf("the path is %v, %v", got.X, got.Y)
	}
	if got := found["global minimum"]; len(got.X) != 1 || got.Symbol != figure.Star {
		t.Errorf("%d global minima; the minimizer is known twice and is one", len(got.X))
	}
	if got := found["saddle"]; !slices.Equal(got.X, []float64{1}) || got.Symbol != figure.Cross {
		t.Errorf("the saddle is %v", got)
	}
	g := f.Grid
	if g.X[0] > 0 || g.X[len(g.X)-1] < 2 || g.Y[0] > -2 {
		t.Errorf("the window [%g, %g] × [%g, …] leaves out path or minimum", g.X[0], g.X[len(g.X)-1], g.Y[0])
	}
	if got, want := g.Z[3][5], 0.5*(g.X[5]*g.X[5]+g.Y[3]*g.Y[3]); math.Abs(got-want) > 1e-15 {
		t.Errorf("the landscape is %g at node (5, 3); expected %g", got, want)
	}
	if e.Problems[0].OnTheCurve(bowl(2)) != nil {
		t.Error("a curve in two variables")
	}
}

func TestLevelsAreEquallySpacedInRatio(t *testing.T) {
	var values []float64
	for k := range 1001 {
		values = append(values, 3+float64(k)/1000)
	}
	levels := levels(values)
	ratio := (levels[1] - 3) / (levels[0] - 3)
	for k := 2; k < len(levels); k++ {
		if got := (levels[k] - 3) / (levels[k-1] - 3); math.Abs(got-ratio) > 1e-9 {
			t.Errorf("ratio %g at level %d; expected %g", got, k, ratio)
		}
	}
	if got := []float64{levels[0], levels[len(levels)-1]}; math.Abs(got[0]-3.01) > 1e-12 || math.Abs(got[1]-3.97) > 1e-12 {
		t.Errorf("levels from %g to %g; expected the 1%% and the 97%% quantile", got[0], got[1])
	}
	for _, flat := range [][]float64{nil, {1, 1, 1}} {
		if got := plain(flat); got != 1 {
			t.Errorf("%d levels on a plain", got)
		}
	}
}

func plain(values []float64) int { return len(levels(values)) }

func TestBasinsGroupByEnd(t *testing.T) {
	var drafts []draft
	for repeat := range 6 {
		drafts = append(drafts, draft{problem: "p", method: "m", repeat: repeat, status: results.Converged, gaps: []float64{1 + float64(repeat), 0.1}, path: true})
	}
	run := gather(t, drafts...)
	p := run.Problems[0]
	for i, c := range p.Entries[0].Cells {
		c.Final.X = &results.Series{float64(i % 2), 1e-9}
	}
	f := p.Basins(bowl(2))
	if len(f.Series) != 2 || len(f.Series[0].X) != 3 || !strings.HasPrefix(f.Series[1].Label, "to (1, 0)") {
		t.Errorf("%d basins, the first with %d starts", len(f.Series), len(f.Series[0].X))
	}
}

func TestStability(t *testing.T) {
	p := gather(t, draft{problem: "p", method: "m", rate: 0.1, status: results.Budget, gaps: []float64{1, 0.5}}).Problems[0]
	if got := p.stability(knownBowl()); got != 0.5 {
		t.Errorf("2/L is %g with L = 4", got)
	}
	if got := p.stability(nil); !math.IsNaN(got) {
		t.Errorf("2/L is %g though L is unknown", got)
	}
	p.Entries[0].Written = "1/L"
	if got := p.stability(nil); got != 0.2 {
		t.Errorf("2/L is %g where 1/L is 0.1", got)
	}
}

func TestRebuildThatFailsIsAWarning(t *testing.T) {
	run := write(t, []draft{{problem: "p", method: "m", status: results.Budget, gaps: []float64{1, 0.5}, path: true}}, "")
	r, err := Write([]*results.Run{run}, t.TempDir(), Options{Rebuild: func(*results.Record) (*Landscape, error) {
		return nil, errors.New("the data has moved")
	}})
	if err != nil || !slices.ContainsFunc(r.Warnings, func(w Warning) bool { return strings.Contains(string(w), "the data has moved") }) {
		t.Errorf("%v, warnings %v", err, r.Warnings)
	}
}

func TestHeadline(t *testing.T) {
	c := race(t, 20, []int{4, 8}, []int{4, 4}, []int{0, 5})
	e := &Evidence{Cells: 6}
	for _, i := range c.Instances {
		e.Problems = append(e.Problems, i.Problem)
	}
	text := strings.Join(e.Headline(), "\n")
	for _, want := range []string{
		"m1 is ahead", "p0: m0 reached relative gap ≤ 0.5 first, with 0.4 epochs; next m1 with 0.8, 2 times as many.",
		"p1: m0 and m1 reached", "p2: m1 reached relative gap ≤ 0.5 first, with 0.5 epochs; nobody else did.",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in\n%s", want, text)
		}
	}
	// m0 loses on p2 only: a miss there counts as ten times 2 epochs, (21/1.5)^(1/3) = 2.41.
	for _, p := range e.Problems {
		p.Entries[1].Uses = []string{"f*"}
	}
	if text := e.Headline()[0]; !strings.Contains(text, "m1 is ahead") || !strings.HasSuffix(text, "being told f*. Of the methods that are told nothing m0 is ahead, at 2.41 times.") {
		t.Errorf("like is not compared with like in %q", text)
	}
}

// A page of a large run stays small: 10,000 cells of 60 points in less than 15 MB.
func TestPageOfLargeRunIsSmall(t *testing.T) {
	var drafts []draft
	for i := range 1000 {
		for repeat := range 2 {
			drafts = append(drafts, draft{problem: "p" + string(rune('a'+i%10)), method: "m" + string(rune('a'+i/10%10)), rate: float64(1 + i/100),
				repeat: repeat, status: results.Budget, gaps: halving(0.9, 60), targets: []float64{0.1}})
		}
	}
	e := gather(t, drafts...)
	d := e.Page(nil, e.Tables(), nil)
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
