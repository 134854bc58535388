package evidence

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/report/statistics"
	"github.com/gdbench/gdbench/internal/report/table"
)

func sortedKeys[K cmp.Ordered, V any](set map[K]V) []K { return slices.Sorted(maps.Keys(set)) }

// Quartiles of a sample in which infinity means failure; undefined entries (a run
// that ended before) are left out.
func Quartiles(values []float64) table.Quartiles {
	q1, median, q3 := statistics.Quartiles(defined(values))
	return table.Quartiles{Median: median, Q1: q1, Q3: q3}
}

func Median(values []float64) float64 { return statistics.Median(defined(values)) }

func defined(values []float64) []float64 {
	return slices.DeleteFunc(slices.Clone(values), math.IsNaN)
}
