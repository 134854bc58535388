package plots

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/report/evidencetest"

	"github.com/gdbench/gdbench/internal/report/figure"
	"github.com/gdbench/gdbench/internal/report/synthetic"
	"github.com/gdbench/gdbench/results"
)

func TestPathsShowCriticalPointsByKind(t *testing.T) {
	e := evidencetest.Gather(t, synthetic.Draft{Problem: "bowl", Method: "m", Status: results.Budget, Gaps: []float64{2, 1, 0.5}, Path: true})
	f := Paths(e.Problems[0], knownBowl())
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
	if OnTheCurve(e.Problems[0], evidencetest.Bowl(2)) != nil {
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
	var drafts []synthetic.Draft
	for repeat := range 6 {
		drafts = append(drafts, synthetic.Draft{Problem: "p", Method: "m", Repeat: repeat, Status: results.Converged, Gaps: []float64{1 + float64(repeat), 0.1}, Path: true})
	}
	run := evidencetest.Gather(t, drafts...)
	p := run.Problems[0]
	for i, c := range p.Entries[0].Cells {
		c.End = &results.Series{float64(i % 2), 1e-9}
	}
	f := Basins(p, evidencetest.Bowl(2))
	if len(f.Series) != 2 || len(f.Series[0].X) != 3 || !strings.HasPrefix(f.Series[1].Label, "to (1, 0)") {
		t.Errorf("%d basins, the first with %d starts", len(f.Series), len(f.Series[0].X))
	}
	if !strings.Contains(strings.Join(f.Notes, "\n"), "Points: the starts") {
		t.Errorf("what the points are is not said: %q", f.Notes)
	}
}
