package plots

import (
	"fmt"
	"math"
	"sort"
	"strings"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/figure"
)

// layerNorm begins the names of the diagnostics that figures of layers show; a number follows.
const layerNorm = "gradient norm of layer "

// LayerProfile shows the gradient norm over the layers, where the runs began and where
// each method ended; nil where no run has watched the layers.
//
// In a chain of D sigmoids, whose slope is at most 1/4, the first layer sees at most
// 4^−(D−1) ∏|wₖ| of what the last one sees (Hochreiter 1991; Glorot & Bengio 2010,
// proceedings.mlr.press/v9/glorot10a.html).
func LayerProfile(p *evidence.Problem) *figure.Figure {
	entries, note := p.Leaders(evidence.CurveRoom)
	f := &figure.Figure{Role: RoleLayers, Problem: p.Label, Name: FileName(string(RoleLayers), p.Label), Title: p.Label + ": gradient norm by layer",
		Caption: "The norm of the gradient of each layer, from the first to the last. Where it rises steeply to the right, the first layers hardly learn: the gradient vanishes on its way back. Dashed: at the start.",
		X:       figure.Axis{Label: "layer", Scale: figure.Linear}, Y: figure.Axis{Label: "gradient norm", Scale: figure.Log},
		Notes: []string{"One repeat of each method, the first; at its last recorded iteration."}}
	for _, entry := range entries {
		c := entry.FirstTraced()
		if c == nil || len(layers(c)) < 2 {
			continue
		}
		if len(f.Series) == 0 {
			f.Series = append(f.Series, acrossLayers(c, "start", 0, figure.Ink))
			f.Series[0].Dash = figure.Dashed
		}
		end := acrossLayers(c, entry.Label, c.Trace.Len()-1, entry.Identity.Setting)
		end.Method = entry.Label
		f.Series = append(f.Series, end)
	}
	if len(f.Series) == 0 {
		return nil
	}
	if note != "" {
		f.Notes = append(f.Notes, note)
	}
	return f
}

// LayerCourse shows the gradient norm of the layers along the first run that has watched
// them; nil where none has.
func LayerCourse(p *evidence.Problem) *figure.Figure {
	entries, _ := p.Leaders(evidence.CurveRoom)
	for _, entry := range entries {
		if c := entry.FirstTraced(); c != nil && len(layers(c)) >= 2 {
			return alongLayers(c)
		}
	}
	return nil
}

// layers are the numbers of the layers that a run has watched, sorted.
func layers(c *evidence.Cell) []int {
	var out []int
	for name, values := range c.Trace.Diagnostics {
		var k int
		if strings.HasPrefix(name, layerNorm) && len(values) == c.Trace.Len() {
			if _, err := fmt.Sscanf(name[len(layerNorm):], "%d", &k); err == nil {
				out = append(out, k)
			}
		}
	}
	sort.Ints(out)
	return out
}

func layer(c *evidence.Cell, k, point int) float64 {
	return c.Trace.Diagnostics[fmt.Sprint(layerNorm, k)][point]
}

// acrossLayers is the gradient norm of each layer at one point of the trace.
func acrossLayers(c *evidence.Cell, label string, point, color int) figure.Series {
	s := figure.Series{Label: label, Kind: figure.Both, Color: color}
	for _, k := range layers(c) {
		s.X, s.Y = append(s.X, float64(k)), append(s.Y, math.Abs(layer(c, k, point)))
	}
	return s
}

// alongLayers is the gradient norm of each layer along a run: of the first layers and the
// last where there are more than there is room for.
func alongLayers(c *evidence.Cell) *figure.Figure {
	p, layers := c.Entry.Problem, layers(c)
	f := &figure.Figure{Role: RoleLayersAlong, Problem: p.Label, Name: FileName(string(RoleLayersAlong), p.Label), Title: fmt.Sprintf("%s: gradient norm of the layers of %s", p.Label, c.Entry.Label),
		Caption: "The norm of the gradient of each layer along the run. Layers far below the others are those that do not move.",
		X:       figure.Axis{Label: "iterations", Scale: figure.Linear}, Y: figure.Axis{Label: "gradient norm", Scale: figure.Log},
		Notes: []string{"One repeat, the first."}}
	if n := len(layers); n > evidence.CurveRoom {
		layers = append(layers[:evidence.CurveRoom/2:evidence.CurveRoom/2], layers[n-evidence.CurveRoom/2:]...)
		f.Notes = append(f.Notes, fmt.Sprintf("Shown: the first and the last %d of %d layers.", evidence.CurveRoom/2, n))
	}
	for i, k := range layers {
		s := figure.Series{Label: fmt.Sprintf("layer %d", k), Kind: figure.Line, Color: i}
		for point, iteration := range c.Trace.Iteration {
			s.X, s.Y = append(s.X, float64(iteration)), append(s.Y, layer(c, k, point))
		}
		f.Series = append(f.Series, s)
	}
	stretch(f, float64(c.Trace.Iteration[c.Trace.Len()-1]))
	return f
}
