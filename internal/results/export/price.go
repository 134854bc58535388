package export

import (
	"github.com/gdbench/gdbench/internal/counts"
	"github.com/gdbench/gdbench/results"
)

// suffix distinguishes the outputs with a price of gradients.
func suffix(p counts.Price) string { return [...]string{"", "_gradient_D"}[p] }

// priced is the cost in evaluations of what a run had asked for.
func priced(r *results.Record, p counts.Price, count func(counts.Count) int64) int64 {
	differences := r.Benchmark != nil && r.Benchmark.Differences
	return int64(p.Evaluations(r.Variables, differences, func(c counts.Count) float64 { return float64(count(c)) }))
}
