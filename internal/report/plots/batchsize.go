package plots

import (
	"fmt"
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/figure"
	"github.com/gdbench/gdbench/internal/text"
)

// StepsByBatch shows the iterations to a target against the batch size, each batch at its
// best learning rate; nil where no method reached a target with three sizes.
//
// Where the batch size trades off, S(B) = S∞·(1 + B*/B) is fitted: below the critical batch
// size B* a larger batch saves iterations almost for free, above it samples are wasted
// (McCandlish et al. 2018, arXiv:1812.06162; Shallue et al. 2019,
// jmlr.org/papers/v20/18-789.html).
func StepsByBatch(p *evidence.Problem) *figure.Figure {
	return byBatch(p, RoleStepsByBatch, evidence.Iterations, func(f *figure.Figure, s figure.Series) {
		least, critical, ok := fitBatch(s.X, s.Y)
		if !ok {
			return
		}
		fit := figure.Series{Label: fmt.Sprintf("fit: critical batch %s", text.Short(critical)), Kind: figure.Line, Color: s.Color, Dash: 1}
		for _, b := range s.X {
			fit.X, fit.Y = append(fit.X, b), append(fit.Y, least*(1+critical/b))
		}
		f.Series = append(f.Series, fit)
		f.Rules = append(f.Rules, figure.Rule{Label: "critical batch size", Vertical: true, At: critical, Color: s.Color})
	})
}

// SamplesByBatch shows the epochs to the target of StepsByBatch; nil where that is.
func SamplesByBatch(p *evidence.Problem) *figure.Figure {
	return byBatch(p, RoleSamplesByBatch, evidence.Epochs, func(*figure.Figure, figure.Series) {})
}

// byBatch fills a figure with a cost against the batch size, one series a method, and lets
// more be added to each.
func byBatch(p *evidence.Problem, role figure.Role, cost evidence.Cost, more func(*figure.Figure, figure.Series)) *figure.Figure {
	families := batchFamilies(p)
	goal, ok := batchGoal(p, families)
	if !ok || p.Samples == 0 {
		return nil
	}
	f := batchFigure(p, role, cost, goal)
	for color, entries := range families {
		s := batchSeries(p, entries, goal, cost, color)
		f.Series = append(f.Series, s)
		more(f, s)
	}
	return f
}

func batchFigure(p *evidence.Problem, role figure.Role, cost evidence.Cost, goal evidence.Goal) *figure.Figure {
	return &figure.Figure{Role: role, Problem: p.Label, Name: FileName(string(role), p.Label), Title: fmt.Sprintf("%s: %s to %s", p.Label, cost.Name, goal.Text()),
		Caption: "Each batch size at its best learning rate. While iterations halve as the batch doubles, the larger batch is free; where they no longer fall, it wastes samples.",
		X:       figure.Axis{Label: "batch size (samples)", Scale: figure.Log},
		Y:       figure.Axis{Label: cost.Name + " to " + goal.Text(), Scale: figure.Log},
		Notes:   []string{"Median and quartiles over the repeats; sizes with which half of the runs did not reach the target are left out."}}
}

// batchFamilies are the entries of each method that tried three batch sizes, one a size:
// the one with the best learning rate, by size; the full batch counts as all samples.
func batchFamilies(p *evidence.Problem) [][]*evidence.Entry {
	best := map[string]map[int]*evidence.Entry{}
	var names []string
	for _, entry := range p.Ranked() {
		name := evidence.WithoutBatch(entry.Group)
		if best[name] == nil {
			best[name] = map[int]*evidence.Entry{}
			names = append(names, name)
		}
		if best[name][entry.Batch] == nil {
			best[name][entry.Batch] = entry
		}
	}
	var out [][]*evidence.Entry
	for _, name := range names {
		if len(best[name]) < 3 {
			continue
		}
		var entries []*evidence.Entry
		for _, entry := range best[name] {
			entries = append(entries, entry)
		}
		slices.SortFunc(entries, func(a, b *evidence.Entry) int { return batchSamples(a) - batchSamples(b) })
		out = append(out, entries)
	}
	return out
}

func batchSamples(e *evidence.Entry) int {
	if e.Batch == 0 {
		return e.Problem.Samples
	}
	return e.Batch
}

// batchGoal is the finest goal that half of the runs reached with three sizes.
func batchGoal(p *evidence.Problem, families [][]*evidence.Entry) (evidence.Goal, bool) {
	for _, g := range slices.Backward(p.Goals()) {
		for _, entries := range families {
			arrived := 0
			for _, entry := range entries {
				if evidence.Finite(evidence.Median(entry.ToReach(g, evidence.Iterations))) {
					arrived++
				}
			}
			if arrived >= 3 {
				return g, true
			}
		}
	}
	return evidence.Goal{}, false
}

func batchSeries(p *evidence.Problem, entries []*evidence.Entry, g evidence.Goal, cost evidence.Cost, color int) figure.Series {
	s := figure.Series{Label: evidence.WithoutBatch(entries[0].Group), Kind: figure.Both, Color: color, Band: "quartiles"}
	for _, entry := range entries {
		q := evidence.Quartiles(entry.ToReach(g, cost))
		if !evidence.Finite(q.Median) {
			continue
		}
		s.X, s.Y = append(s.X, float64(batchSamples(entry))), append(s.Y, math.Max(q.Median, 1e-3))
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
		uu, uv, vv, u1, v1 = uu+float64(u*u), uv+float64(u*v), vv+float64(v*v), u1+u, v1+v
	}
	det := float64(uu*vv) - float64(uv*uv)
	a, b := (float64(u1*vv)-float64(v1*uv))/det, (float64(uu*v1)-float64(uv*u1))/det
	if !(a > 0 && b > 0) || math.IsInf(b/a, 0) {
		return 0, 0, false
	}
	return a, b / a, true
}
