package data

// The kernels for sparse rows. They sum in an order that depends on the length only, and
// never fuse a multiplication with an addition.

// gather is xᵀw for a sparse x.
func gather(columns []int32, values, w []float64) float64 {
	columns = columns[:len(values)]
	var sum float64
	for k, v := range values {
		sum += float64(v * w[columns[k]])
	}
	return sum
}

// scatter is g += s·x for a sparse x.
func scatter(g []float64, s float64, columns []int32, values []float64) {
	columns = columns[:len(values)]
	for k, v := range values {
		g[columns[k]] += float64(s * v)
	}
}
