package plots

import (
	"math"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/figure"
	"github.com/gdbench/gdbench/internal/report/statistics"
)

// Tuning shows what k trials of tuning can be expected to reach: the expected least
// median gap of k settings drawn from the grid of each method, so that a method which
// needs a finer grid pays for it. It is nil where no method tried three settings.
//
// Dodge et al. 2019, doi:10.18653/v1/D19-1224.
func Tuning(p *evidence.Problem) *figure.Figure {
	axis := p.Axis(evidence.Gap)
	f := &figure.Figure{Role: RoleTuning, Problem: p.Label, Name: FileName(string(RoleTuning), p.Label), Title: p.Label + ": what tuning is worth",
		Caption: "The expected best gap of a method after a number of random trials from its grid of settings. A method whose curve is low from the start is easy to tune.",
		X:       figure.Axis{Label: "settings tried", Scale: figure.Linear},
		Y:       figure.Axis{Label: "expected best " + axis.Label, Scale: figure.Log, Floor: axis.Floor},
		Notes:   []string{"Unbiased estimate of the mean (in logarithms) over all choices of k settings from the grid; a setting that diverged counts with the gap of the start."}}
	samples, of := map[string][]float64{}, map[string][]*evidence.Entry{}
	var names []string
	for _, entry := range p.Entries {
		if len(entry.Ran()) == 0 {
			continue
		}
		name := entry.Name()
		if of[name] == nil {
			names = append(names, name)
		}
		of[name] = append(of[name], entry)
		start := evidence.Median(entry.Each(func(c *evidence.Cell) float64 { return c.Start.Value - p.Reference }))
		gap := math.Min(evidence.Median(entry.FinalGaps()), start)
		if !math.IsNaN(gap) {
			samples[name] = append(samples[name], math.Log10(math.Max(gap, axis.Floor)))
		}
	}
	several := false
	kept, left := evidence.Room(evidence.CurveRoom, names, func(i int) bool { return evidence.AnyWanted(of[names[i]]) })
	if left != "" {
		f.Notes = append(f.Notes, left)
	}
	for _, name := range evidence.Pick(names, kept) {
		sample := samples[name]
		s := figure.Series{Label: name, Method: name, Kind: figure.Both, Color: of[name][0].Identity.Name}
		for k := 1; k <= len(sample); k++ {
			s.X = append(s.X, float64(k))
			s.Y = append(s.Y, math.Pow(10, statistics.ExpectedBest(sample, k)))
		}
		several = several || len(sample) > 2
		f.Series = append(f.Series, s)
	}
	if !several {
		return nil
	}
	return f
}
