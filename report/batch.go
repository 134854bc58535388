package report

import (
	"fmt"
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/report/figure"
	"github.com/gdbench/gdbench/internal/report/table"
)

// BatchSizes shows the iterations and the epochs to a target against the batch size, each
// batch at its best learning rate: two figures, none where nobody reached a target with
// three sizes.
//
// Where both trade off, S(B) = S∞·(1 + B*/B) is fitted: below the critical batch size B*
// a larger batch saves iterations almost for free, above it samples are wasted (McCandlish
// et al. 2018, arXiv:1812.06162; Shallue et al. 2019, jmlr.org/papers/v20/18-789.html).
func (p *Problem) BatchSizes() []*figure.Figure {
	families := p.batchFamilies()
	goal, ok := p.batchGoal(families)
	if !ok || p.Samples == 0 {
		return nil
	}
	steps := p.batchFigure("steps-by-batch", Iterations, goal)
	samples := p.batchFigure("samples-by-batch", Epochs, goal)
	for color, entries := range families {
		s, e := p.batchSeries(entries, goal, Iterations, color), p.batchSeries(entries, goal, Epochs, color)
		steps.Series, samples.Series = append(steps.Series, s), append(samples.Series, e)
		least, critical, ok := fitBatch(s.X, s.Y)
		if !ok {
			continue
		}
		fit := figure.Series{Label: fmt.Sprintf("fit: critical batch %s", table.Short(critical)), Kind: figure.Line, Color: color, Dash: 1}
		for _, b := range s.X {
			fit.X, fit.Y = append(fit.X, b), append(fit.Y, least*(1+critical/b))
		}
		steps.Series = append(steps.Series, fit)
		steps.Rules = append(steps.Rules, figure.Rule{Label: "critical batch size", Vertical: true, At: critical, Color: color})
	}
	return []*figure.Figure{steps, samples}
}

func (p *Problem) batchFigure(name string, cost Cost, goal Goal) *figure.Figure {
	return &figure.Figure{Name: fileName(name, p.Label), Title: fmt.Sprintf("%s: %s to %s", p.Label, cost.Name, goal.Text()),
		Caption: "Each batch size at its best learning rate. While iterations halve as the batch doubles, the larger batch is free; where they no longer fall, it wastes samples.",
		X:       figure.Axis{Label: "batch size (samples)", Scale: figure.Log},
		Y:       figure.Axis{Label: cost.Name + " to " + goal.Text(), Scale: figure.Log},
		Notes:   []string{"Median and quartiles over the repeats; sizes with which half of the runs did not arrive are left out."}}
}

// batchFamilies are the entries of each method that tried three batch sizes, one a size:
// the one with the best learning rate, by size; the full batch counts as all samples.
func (p *Problem) batchFamilies() [][]*Entry {
	best := map[string]map[int]*Entry{}
	var names []string
	for _, entry := range p.Ranked() {
		name := withoutBatch(entry.Group)
		if best[name] == nil {
			best[name] = map[int]*Entry{}
			names = append(names, name)
		}
		if best[name][entry.Batch] == nil {
			best[name][entry.Batch] = entry
		}
	}
	var out [][]*Entry
	for _, name := range names {
		if len(best[name]) < 3 {
			continue
		}
		var entries []*Entry
		for _, entry := range best[name] {
			entries = append(entries, entry)
		}
		slices.SortFunc(entries, func(a, b *Entry) int { return a.batchSamples() - b.batchSamples() })
		out = append(out, entries)
	}
	return out
}

func (e *Entry) batchSamples() int {
	if e.Batch == 0 {
		return e.Problem.Samples
	}
	return e.Batch
}

// batchGoal is the finest goal that half of the runs reached with three sizes.
func (p *Problem) batchGoal(families [][]*Entry) (Goal, bool) {
	for _, g := range slices.Backward(p.Goals()) {
		for _, entries := range families {
			arrived := 0
			for _, entry := range entries {
				if finite(median(entry.ToReach(g, Iterations))) {
					arrived++
				}
			}
			if arrived >= 3 {
				return g, true
			}
		}
	}
	return Goal{}, false
}

func (p *Problem) batchSeries(entries []*Entry, g Goal, cost Cost, color int) figure.Series {
	s := figure.Series{Label: withoutBatch(entries[0].Group), Kind: figure.Both, Color: color, Band: "quartiles"}
	for _, entry := range entries {
		q := quartiles(entry.ToReach(g, cost))
		if !finite(q.Median) {
			continue
		}
		s.X, s.Y = append(s.X, float64(entry.batchSamples())), append(s.Y, math.Max(q.Median, 1e-3))
		s.Low, s.High = append(s.Low, math.Max(q.Q1, 1e-3)), append(s.High, q.Q3)
		s.Detail = append(s.Detail, entry.Label)
	}
	return s
}

// fitBatch fits S = a + b/B by least squares of the relative errors, and gives a and the
// critical size b/a. It is not ok where the fit has no positive a and b, or fewer than
// three points.
func fitBatch(sizes, steps []float64) (least, critical float64, ok bool) {
	if len(sizes) < 3 {
		return 0, 0, false
	}
	// minimize Σ (a/Sᵢ + b/(BᵢSᵢ) − 1)²: normal equations of two unknowns
	var uu, uv, vv, u1, v1 float64
	for i := range sizes {
		u, v := 1/steps[i], 1/(sizes[i]*steps[i])
		uu, uv, vv, u1, v1 = uu+u*u, uv+u*v, vv+v*v, u1+u, v1+v
	}
	det := uu*vv - uv*uv
	a, b := (u1*vv-v1*uv)/det, (uu*v1-uv*u1)/det
	if !(a > 0 && b > 0) || math.IsInf(b/a, 0) {
		return 0, 0, false
	}
	return a, b / a, true
}
