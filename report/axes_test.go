package report

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/report/draw"
	"github.com/gdbench/gdbench/results"
)

// timed is a run of three iterations that took 1, 2 and 4 seconds and used two gradients
// in each.
func timed(t *testing.T) *Problem {
	return gather(t, draft{problem: "p", method: "m", status: results.Budget, gaps: []float64{4, 2, 1}, mend: func(r *results.Record) {
		r.Trace.Seconds, r.Trace.Gradients = results.Series{1, 2, 4}, []int64{2, 4, 6}
		r.Trace.Distance, r.Counts.Gradients, r.Seconds, r.Samples = results.Series{3, 2, 1}, 6, 5, 0
	}}).Problems[0]
}

func TestAxesOfConvergence(t *testing.T) {
	p := timed(t)
	for _, c := range []struct {
		x    Cost
		y    Quantity
		wanX []float64
		wanY []float64
	}{
		{Seconds, Value, []float64{1, 2, 4}, []float64{9, 7, 6}},
		{Gradients, Distance, []float64{2, 4, 6}, []float64{3, 2, 1}},
		{Iterations, Gap, []float64{0, 1, 2}, []float64{4, 2, 1}},
	} {
		f := p.Convergence(c.x, c.y)
		if s := f.Series[0]; !slices.Equal(s.X, c.wanX) || !slices.Equal(s.Y, c.wanY) {
			t.Errorf("%s against %s: %v, %v; expected %v, %v", c.y.Name, c.x.Name, s.X, s.Y, c.wanX, c.wanY)
		}
	}
	if notes := p.Convergence(Seconds, Gap).Notes; len(notes) == 0 || !strings.Contains(notes[0], "timing: exclusive") {
		t.Errorf("a figure of seconds says %v", notes)
	}
	if axis := p.quantityAxis(Value); axis.Ceiling != 9+0.2*(9-6) {
		t.Errorf("the axis of values ends at %g", axis.Ceiling)
	}
	var names []string
	for _, cost := range p.curveCosts() {
		names = append(names, cost.Name)
	}
	if got := strings.Join(names, " "); got != "iterations evaluations gradients seconds" {
		t.Errorf("costs on the page: %s", got)
	}
}

// Of a large run values are told by gap and f*.
func TestValueOfALeanTrace(t *testing.T) {
	p := timed(t)
	c := p.Entries[0].Cells[0]
	c.Trace = slim(c.Trace, true)
	if got := c.Curve(p, Iterations, Value).Y; !slices.Equal(got, []float64{9, 7, 6}) || c.Trace.Value != nil {
		t.Errorf("values %v, of the column %v", got, c.Trace.Value)
	}
}

func TestAxesThatAreAskedForAreDrawn(t *testing.T) {
	run := write(t, []draft{{problem: "p", method: "m", status: results.Budget, gaps: halving(0.5, 5)}}, "")
	for name, axes := range map[string]*Axes{"value-gradients-p": {Gradients, Value}, "gap-iterations-p": {Iterations, Gap}} {
		folder := t.TempDir()
		if _, err := Write([]*results.Run{run}, folder, Options{Show: axes, Formats: []draw.Format{draw.SVG}}); err != nil {
			t.Fatal(err)
		}
		if found, _ := filepath.Glob(filepath.Join(folder, "figures", name+"*.csv")); len(found) != 1 {
			files, _ := os.ReadDir(filepath.Join(folder, "figures"))
			t.Errorf("%s is drawn %d times among %v", name, len(found), files)
		}
	}
	if got := (&Axes{Seconds, GradientNorm}).columns(); !slices.Equal(got, []string{"seconds", "gradient_norm"}) {
		t.Errorf("columns %v", got)
	}
}

// A long run keeps its points at equal ratios, in whatever unit its cost is counted.
func TestGridOfSeconds(t *testing.T) {
	for _, unit := range []float64{1, 1e-6} {
		c := Curve{}
		for k := range 1001 {
			c.X = append(c.X, unit*float64(k))
		}
		g := grid([]Curve{c}, 0)
		if len(g) < 100 || len(g) > gridPoints || g[0] != 0 || g[1] != unit || g[len(g)-1] != unit*1000 {
			t.Errorf("unit %g: %d points from %g, %g to %g", unit, len(g), g[0], g[1], g[len(g)-1])
		}
		if all := slices.IndexFunc(g, func(x float64) bool { return x > 100*unit }); all < len(g)/2 {
			t.Errorf("unit %g: %d of %d points in the first tenth; expected most", unit, all, len(g))
		}
	}
}
