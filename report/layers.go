package report

import (
	"fmt"
	"math"
	"sort"
	"strings"

	"github.com/gdbench/gdbench/internal/report/figure"
)

// layerNorm begins the names of the diagnostics that Layers shows; a number follows.
const layerNorm = "gradient norm of layer "

// Layers shows the gradient norm by layer: over the layers, where the runs began and
// where each method ended, and along the first method's iterations. There is none where
// no run has watched the layers.
//
// In a chain of D sigmoids, whose slope is at most 1/4, the first layer sees at most
// 4^−(D−1) ∏|wₖ| of what the last one sees (Hochreiter 1991; Glorot & Bengio 2010,
// proceedings.mlr.press/v9/glorot10a.html).
func (p *Problem) Layers() []*figure.Figure {
	entries, note := p.Leaders(curveRoom)
	profile := &figure.Figure{Name: fileName("layers", p.Label), Title: p.Label + ": gradient norm by layer",
		Caption: "The norm of the gradient of each layer, from the first to the last. Where it rises steeply to the right, the first layers hardly learn: the gradient vanishes on its way back. Dashed: at the start.",
		X:       figure.Axis{Label: "layer", Scale: figure.Linear}, Y: figure.Axis{Label: "gradient norm", Scale: figure.Log},
		Notes: []string{"One repeat of each method, the first; at its last recorded iteration."}}
	var course *figure.Figure
	for i, entry := range entries {
		c := entry.first()
		if c == nil || len(c.layers()) < 2 {
			continue
		}
		if course == nil {
			profile.Series = append(profile.Series, c.acrossLayers("start", 0, figure.Ink))
			course = c.alongLayers()
		}
		profile.Series = append(profile.Series, c.acrossLayers(entry.Label, c.Trace.Len()-1, i))
	}
	if course == nil {
		return nil
	}
	profile.Series[0].Dash = 1
	if note != "" {
		profile.Notes = append(profile.Notes, note)
	}
	return []*figure.Figure{profile, course}
}

// layers are the numbers of the layers that a run has watched, sorted.
func (c *Cell) layers() []int {
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

func (c *Cell) layer(k, point int) float64 {
	return c.Trace.Diagnostics[fmt.Sprint(layerNorm, k)][point]
}

// acrossLayers is the gradient norm of each layer at one point of the trace.
func (c *Cell) acrossLayers(label string, point, color int) figure.Series {
	s := figure.Series{Label: label, Kind: figure.Both, Color: color}
	for _, k := range c.layers() {
		s.X, s.Y = append(s.X, float64(k)), append(s.Y, math.Abs(c.layer(k, point)))
	}
	return s
}

// alongLayers is the gradient norm of each layer along a run: of the first layers and the
// last where there are more than there is room for.
func (c *Cell) alongLayers() *figure.Figure {
	p, layers := c.Entry.Problem, c.layers()
	f := &figure.Figure{Name: fileName("layers-along", p.Label), Title: fmt.Sprintf("%s: gradient norm of the layers of %s", p.Label, c.Entry.Label),
		Caption: "The norm of the gradient of each layer along the run. Layers far below the others are those that do not move.",
		X:       figure.Axis{Label: "iterations", Scale: figure.Linear}, Y: figure.Axis{Label: "gradient norm", Scale: figure.Log},
		Notes: []string{"One repeat, the first."}}
	if n := len(layers); n > curveRoom {
		layers = append(layers[:curveRoom/2:curveRoom/2], layers[n-curveRoom/2:]...)
		f.Notes = append(f.Notes, fmt.Sprintf("Shown: the first and the last %d of %d layers.", curveRoom/2, n))
	}
	for i, k := range layers {
		s := figure.Series{Label: fmt.Sprintf("layer %d", k), Kind: figure.Line, Color: i, Dash: i % 2}
		for point, iteration := range c.Trace.Iteration {
			s.X, s.Y = append(s.X, float64(iteration)), append(s.Y, c.layer(k, point))
		}
		f.Series = append(f.Series, s)
	}
	stretch(f, float64(c.Trace.Iteration[c.Trace.Len()-1]))
	return f
}
