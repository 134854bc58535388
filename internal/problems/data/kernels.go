package data

// The kernels for sparse rows. They sum in an order that depends on the length only, and
// never fuse a multiplication with an addition.

// gather is xᵀw for a sparse x, in four interleaved partial sums, which do not wait for one
// another.
func gather(columns []int32, values, w []float64) float64 {
	columns = columns[:len(values)]
	var s0, s1, s2, s3 float64
	k := 0
	for ; k < len(values)-3; k += 4 {
		s0 += float64(values[k] * w[columns[k]])
		s1 += float64(values[k+1] * w[columns[k+1]])
		s2 += float64(values[k+2] * w[columns[k+2]])
		s3 += float64(values[k+3] * w[columns[k+3]])
	}
	for ; k < len(values); k++ {
		s0 += float64(values[k] * w[columns[k]])
	}
	return (s0 + s1) + (s2 + s3)
}

// scatter is g += s·x for a sparse x.
func scatter(g []float64, s float64, columns []int32, values []float64) {
	columns = columns[:len(values)]
	for k, v := range values {
		g[columns[k]] += float64(s * v)
	}
}
