package plots

import (
	"fmt"
	"math"
	"sort"
	"strconv"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/figure"
	"github.com/gdbench/gdbench/internal/text"
)

// RateByBatch is the heat map of final gaps over learning rate and batch size of the
// method that tried most pairs; nil where none tried two of each.
func RateByBatch(p *evidence.Problem) *figure.Figure {
	entries := batchGrid(p)
	if entries == nil {
		return nil
	}
	return heatMap(entries, &figure.Figure{
		Role: RoleRateByBatch, Problem: p.Label, Name: FileName(string(RoleRateByBatch), p.Label),
		Title:   fmt.Sprintf("%s: final gap of %s", p.Label, entries[0].Method.Name),
		Caption: "The median final gap for each pair of learning rate and batch size; the lighter the better. The median run diverged in the crossed cells; the line around them is the boundary of stability.",
		Notes:   []string{"Median over the repeats. Crossed: the median run diverged. White: not tried."},
		Grid:    &figure.Grid{Label: "final gap", Scale: figure.Log, Floor: p.Axis(evidence.Gap).Floor},
	}, "diverged", 1, func(e *evidence.Entry) float64 { return evidence.Median(e.FinalGaps()) })
}

// EpochsByBatch is the heat map of the epochs to the target that at least half of the runs
// of some method reached, as RateByBatch; nil where there is no target either.
func EpochsByBatch(p *evidence.Problem) *figure.Figure {
	entries := batchGrid(p)
	goal, known := p.FinestGoal()
	if entries == nil || !known {
		return nil
	}
	return heatMap(entries, &figure.Figure{
		Role: RoleEpochsByBatch, Problem: p.Label, Name: FileName(string(RoleEpochsByBatch), p.Label),
		Title:   fmt.Sprintf("%s: epochs of %s to %s", p.Label, entries[0].Method.Name, goal.Text()),
		Caption: "The median number of epochs to the target for each pair of learning rate and batch size; the lighter the better. In the crossed cells at least half of the runs did not reach the target.",
		Notes:   append([]string{"Median over the repeats. Crossed: the median run did not reach the target. White: not tried."}, p.Checks(goal).Notes()...),
		Grid:    &figure.Grid{Label: "epochs", Scale: figure.Log},
	}, "never", -1, func(e *evidence.Entry) float64 { return evidence.Median(e.ToReach(goal, evidence.Epochs)) })
}

// heatMap fills a figure with a number of each entry over learning rate and batch size,
// written with so many digits, −1 for as many as tables have; infinity is a word.
func heatMap(entries []*evidence.Entry, f *figure.Figure, infinite string, digits int, of func(*evidence.Entry) float64) *figure.Figure {
	rates, batches := map[float64]bool{}, map[int]bool{}
	for _, entry := range entries {
		rates[entry.Rate], batches[entry.Batch] = true, true
	}
	xs, sizes := sortedKeys(rates), sortedBatches(batches)
	f.X, f.Y = figure.Axis{Label: "learning rate", Scale: figure.Log}, figure.Axis{Label: "batch size", Scale: figure.Linear}
	f.Grid.X = xs
	for j, size := range sizes {
		row, written, behind := make([]float64, len(xs)), make([]string, len(xs)), make([]string, len(xs))
		for i, rate := range xs {
			row[i] = math.NaN()
			for _, entry := range entries {
				if entry.Rate == rate && entry.Batch == size {
					row[i], written[i], behind[i] = of(entry), infinite, entry.Label
					switch {
					case math.IsInf(row[i], 1):
					case digits < 0:
						written[i] = text.Short(row[i])
					default:
						written[i] = strconv.FormatFloat(row[i], 'g', digits, 64)
					}
				}
			}
		}
		f.Grid.Y, f.Grid.Z, f.Grid.Text = append(f.Grid.Y, float64(j)), append(f.Grid.Z, row), append(f.Grid.Text, written)
		f.Open = append(f.Open, behind)
		name := "full"
		if size != 0 {
			name = strconv.Itoa(size)
		}
		f.Y.Categories = append(f.Y.Categories, name)
	}
	return f
}

// batchGrid are the entries of the method name with the most pairs of rate and batch.
func batchGrid(p *evidence.Problem) []*evidence.Entry {
	byName := map[string][]*evidence.Entry{}
	var names []string
	for _, entry := range p.Entries {
		if math.IsNaN(entry.Rate) || entry.Rate <= 0 || len(entry.Ran()) == 0 {
			continue
		}
		name := entry.Name()
		if byName[name] == nil {
			names = append(names, name)
		}
		byName[name] = append(byName[name], entry)
	}
	var best []*evidence.Entry
	for _, name := range names {
		rates, batches := map[float64]bool{}, map[int]bool{}
		for _, entry := range byName[name] {
			rates[entry.Rate], batches[entry.Batch] = true, true
		}
		if len(rates) > 1 && len(batches) > 1 && len(byName[name]) > len(best) {
			best = byName[name]
		}
	}
	return best
}

// sortedBatches puts the full batch, 0, last.
func sortedBatches(set map[int]bool) []int {
	var out []int
	for v := range set {
		out = append(out, v)
	}
	sort.Slice(out, func(i, j int) bool { return out[i] != 0 && (out[j] == 0 || out[i] < out[j]) })
	return out
}
