package plots

import (
	"fmt"
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/figure"
	"github.com/gdbench/gdbench/internal/text"
)

// StepsByBatch shows the iterations to a target against the batch size, each batch at the learning
// rate that needs fewest of them; nil where no method reached a target with three sizes.
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
		fit := figure.Series{Label: fmt.Sprintf("fit: critical batch %s", text.Short(critical)), Kind: figure.Line, Color: s.Color, Dash: figure.Dotted, Thin: true}
		for _, b := range s.X {
			fit.X, fit.Y = append(fit.X, b), append(fit.Y, least*(1+critical/b))
		}
		f.Series = append(f.Series, fit)
		f.Rules = append(f.Rules, figure.Rule{Label: "critical batch size", Vertical: true, At: critical, Color: s.Color})
	})
}

// SamplesByBatch shows the epochs to the target of StepsByBatch, each batch at the learning rate
// that needs fewest of them; nil where that is.
func SamplesByBatch(p *evidence.Problem) *figure.Figure {
	return byBatch(p, RoleSamplesByBatch, evidence.Epochs, func(*figure.Figure, figure.Series) {})
}

// byBatch fills a figure with a cost against the batch size, one series a method, and lets
// more be added to each. Each batch size is shown at the learning rate that is cheapest for what
// is shown.
func byBatch(p *evidence.Problem, role figure.Role, cost evidence.Cost, more func(*figure.Figure, figure.Series)) *figure.Figure {
	families := batchFamilies(p)
	goal, ok := batchGoal(p, families)
	if !ok || p.Samples == 0 {
		return nil
	}
	f := batchFigure(p, role, cost, goal)
	for _, sizes := range families {
		s := batchSeries(p, sizes, goal, cost)
		f.Series = append(f.Series, s)
		more(f, s)
	}
	return f
}

func batchFigure(p *evidence.Problem, role figure.Role, cost evidence.Cost, goal evidence.Goal) *figure.Figure {
	return &figure.Figure{Role: role, Problem: p.Label, Name: FileName(string(role), p.Label), Title: fmt.Sprintf("%s: %s to %s", p.Label, cost.Name, goal.Text()),
		Caption: "Each batch size at the learning rate that needs least for this target. While iterations halve as the batch doubles, the larger batch is free; where they no longer fall, it wastes samples.",
		X:       figure.Axis{Label: "batch size (samples)", Scale: figure.Log},
		Y:       figure.Axis{Label: cost.Name + " to " + goal.Text(), Scale: figure.Log},
		Notes:   append([]string{"Median and quartiles over the repeats; sizes with which half of the runs did not reach the target are left out."}, p.Checks(goal).Notes()...)}
}

// batchFamilies are the entries of each method that tried three batch sizes: those of each size,
// by size; the full batch counts as all samples.
func batchFamilies(p *evidence.Problem) [][][]*evidence.Entry {
	bySize := map[string]map[int][]*evidence.Entry{}
	var names []string
	for _, entry := range p.Entries {
		if len(entry.Ran()) == 0 {
			continue
		}
		name := entry.Name()
		if bySize[name] == nil {
			bySize[name] = map[int][]*evidence.Entry{}
			names = append(names, name)
		}
		bySize[name][entry.Batch] = append(bySize[name][entry.Batch], entry)
	}
	var out [][][]*evidence.Entry
	for _, name := range names {
		if len(bySize[name]) < 3 {
			continue
		}
		var sizes [][]*evidence.Entry
		for _, entries := range bySize[name] {
			sizes = append(sizes, entries)
		}
		slices.SortFunc(sizes, func(a, b []*evidence.Entry) int { return batchSamples(a[0]) - batchSamples(b[0]) })
		out = append(out, sizes)
	}
	return out
}

func batchSamples(e *evidence.Entry) int {
	if e.Batch == 0 {
		return e.Problem.Samples
	}
	return e.Batch
}

// batchGoal is the hardest goal that some learning rate reached in half of its runs with each of
// three sizes.
func batchGoal(p *evidence.Problem, families [][][]*evidence.Entry) (evidence.Goal, bool) {
	for _, g := range slices.Backward(p.Goals()) {
		for _, sizes := range families {
			arrived := 0
			for _, entries := range sizes {
				if cheapest, _ := p.Cheapest(entries, g, evidence.Iterations); len(cheapest) > 0 {
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

func batchSeries(p *evidence.Problem, sizes [][]*evidence.Entry, g evidence.Goal, cost evidence.Cost) figure.Series {
	s := figure.Series{Label: sizes[0][0].Name(), Method: sizes[0][0].Name(), Kind: figure.Both, Color: sizes[0][0].Identity.Name, Band: "quartiles"}
	for _, entries := range sizes {
		cheapest, _ := p.Cheapest(entries, g, cost)
		if len(cheapest) == 0 {
			continue
		}
		entry := cheapest[0]
		q := evidence.Quartiles(entry.ToReach(g, cost))
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
