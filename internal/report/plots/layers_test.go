package plots

import (
	"slices"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/report/evidencetest"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/figure"
	"github.com/gdbench/gdbench/internal/report/synthetic"
	"github.com/gdbench/gdbench/results"
)

// watched is a run of three points that watched some diagnostics.
func watched(t *testing.T, method string, rate float64, diagnostics map[string]results.Series) *evidence.Problem {
	t.Helper()
	e := evidencetest.Gather(t, synthetic.Draft{Problem: "p", Method: method, Rate: rate, Status: results.Budget, Gaps: []float64{4, 2, 1}})
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
		t.Error("figures of layers that were not recorded")
	}
}

// The edge is what the record says of stability, whatever the method is called. Batches
// have none, for their noise lowers it, and neither have records of schema 1.
func TestSharpness(t *testing.T) {
	rising := map[string]results.Series{"sharpness": {1, 5, 30}}
	for _, c := range []struct {
		method string
		says   *results.Stability
		batch  int
		edge   float64 // 0: none
	}{{"mine", &results.Stability{Curvature: 20}, 0, 20}, {"mine", &results.Stability{Curvature: 20}, 8, 0}, {"adam", nil, 0, 0}, {"fixed-step", nil, 0, 0}} {
		p := evidencetest.Gather(t, synthetic.Draft{Problem: "p", Method: c.method, Rate: 0.1, Status: results.Budget, Gaps: []float64{4, 2, 1}, Mend: func(r *results.Record) {
			r.Trace.Diagnostics = rising
			r.Families, r.Stability = &results.Families{}, c.says
			if c.batch > 0 {
				r.Method.Parameters = append(r.Method.Parameters, results.Parameter{Name: "batch", Value: int64(c.batch)})
			}
		}}).Problems[0]
		f := Sharpness(p)
		if f == nil || !slices.Equal(f.Series[0].Y, []float64{1, 5, 30}) {
			t.Fatalf("%s: the sharpness is not drawn", c.method)
		}
		edges := slices.DeleteFunc(slices.Clone(f.Series), func(s figure.Series) bool { return s.Dash == 0 })
		if said := strings.Contains(strings.Join(f.Notes, "\n"), "Dotted, in the same colour: the edge"); said != (c.edge > 0) {
			t.Errorf("%s: that dotted is the edge is said: %t; expected %t", c.method, said, c.edge > 0)
		}
		switch {
		case c.edge == 0 && len(edges) > 0:
			t.Errorf("%s: an edge, %v, that is not known", c.method, edges)
		case c.edge > 0 && (len(edges) != 1 || !slices.Equal(edges[0].Y, []float64{c.edge, c.edge})):
			t.Errorf("%s: edges %v; expected %g", c.method, edges, c.edge)
		}
	}
}
