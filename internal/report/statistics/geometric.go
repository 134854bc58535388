package statistics

import "github.com/gdbench/gdbench/internal/elementary"

// GeometricMean is exp(mean log xᵢ) of positive values. It is 0 where one is 0 and the
// others are finite, and NaN where one is negative.
func GeometricMean(sample []float64) float64 { return ShiftedGeometricMean(sample, 0) }

// ShiftedGeometricMean is exp(mean log(xᵢ + s)) − s: the shift s ≥ 0, in the unit of the
// sample, keeps the smallest costs from deciding the mean. Values below −s give NaN.
//
// Achterberg 2007, Constraint Integer Programming, appendix A, doi:10.14279/depositonce-1634.
func ShiftedGeometricMean(sample []float64, shift float64) float64 {
	logs := make([]float64, len(sample))
	for i, v := range sample {
		logs[i] = elementary.Log(v + shift)
	}
	return elementary.Exp(Mean(logs)) - shift
}
