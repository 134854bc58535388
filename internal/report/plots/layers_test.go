package plots

import (
	"slices"
	"testing"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/figure"
	"github.com/gdbench/gdbench/internal/report/synthetic"
	"github.com/gdbench/gdbench/results"
)

// watched is a run of three points that watched some diagnostics.
func watched(t *testing.T, method string, rate float64, diagnostics map[string]results.Series) *evidence.Problem {
	t.Helper()
	e := gather(t, synthetic.Draft{Problem: "p", Method: method, Rate: rate, Status: results.Budget, Gaps: []float64{4, 2, 1}})
	e.Problems[0].Entries[0].Cells[0].Trace.Diagnostics = diagnostics
	return e.Problems[0]
}

// Ten layers are in the order of their numbers, not of their names: 2 before 10.
func TestLayers(t *testing.T) {
	p := watched(t, "m", 0.1, map[string]results.Series{
		layerNorm + "10": {7, 8, 9}, layerNorm + "2": {4, 5, 6}, layerNorm + "1": {1, 2, 3}, "sharpness": {1, 1, 1}})
	figures := []*figure.Figure{LayerProfile(p), LayerCourse(p)}
	start, end := figures[0].Series[0], figures[0].Series[1]
	if !slices.Equal(start.X, []float64{1, 2, 10}) || !slices.Equal(start.Y, []float64{1, 4, 7}) || !slices.Equal(end.Y, []float64{3, 6, 9}) {
		t.Errorf("over the layers: start %v %v, end %v", start.X, start.Y, end.Y)
	}
	if second := figures[1].Series[1]; second.Label != "layer 2" || !slices.Equal(second.Y, []float64{4, 5, 6}) {
		t.Errorf("along the run: %v", second)
	}
	if unwatched := watched(t, "m", 0.1, nil); LayerProfile(unwatched) != nil || LayerCourse(unwatched) != nil {
		t.Error("figures of layers that nobody has watched")
	}
}

// The edge of f = λx²/2: one step of gradient descent multiplies x by 1 − lr·λ, which
// leaves [−1, 1] at λ = 2/lr; heavy ball with β = 0.5 has its edge at 3/lr.
func TestSharpness(t *testing.T) {
	rising := map[string]results.Series{"sharpness": {1, 5, 30}}
	for _, c := range []struct {
		method   string
		momentum float64
		edge     float64 // 0: none
	}{{"fixed-step", 0, 20}, {"heavy-ball", 0.5, 30}, {"adam", 0, 0}} {
		p := gather(t, synthetic.Draft{Problem: "p", Method: c.method, Rate: 0.1, Status: results.Budget, Gaps: []float64{4, 2, 1}, Mend: func(r *results.Record) {
			r.Trace.Diagnostics = rising
			r.Method.Parameters = append(r.Method.Parameters, results.Parameter{Name: "momentum", Value: c.momentum})
		}}).Problems[0]
		f := Sharpness(p)
		if f == nil || !slices.Equal(f.Series[0].Y, []float64{1, 5, 30}) {
			t.Fatalf("%s: the sharpness is not drawn", c.method)
		}
		edges := slices.DeleteFunc(slices.Clone(f.Series), func(s figure.Series) bool { return s.Dash == 0 })
		switch {
		case c.edge == 0 && len(edges) > 0:
			t.Errorf("%s: an edge, %v, that is not known", c.method, edges)
		case c.edge > 0 && (len(edges) != 1 || !slices.Equal(edges[0].Y, []float64{c.edge, c.edge})):
			t.Errorf("%s: edges %v; expected %g", c.method, edges, c.edge)
		}
	}
}
