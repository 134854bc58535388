package data

// The kernels through which every pass over rows goes. They sum in an order that depends
// on the length only, and never fuse a multiplication with an addition.

// dot is xᵀw in four interleaved partial sums, which do not wait for one another.
func dot(x, w []float64) float64 {
	w = w[:len(x)]
	var s0, s1, s2, s3 float64
	j := 0
	for ; j+4 <= len(x); j += 4 {
		a, b := x[j:j+4:j+4], w[j:j+4:j+4]
		s0 += float64(a[0] * b[0])
		s1 += float64(a[1] * b[1])
		s2 += float64(a[2] * b[2])
		s3 += float64(a[3] * b[3])
	}
	for ; j < len(x); j++ {
		s0 += float64(x[j] * w[j])
	}
	return (s0 + s1) + (s2 + s3)
}

// addOne is g += s·x.
func addOne(g []float64, s float64, x []float64) {
	g = g[:len(x)]
	for j, v := range x {
		g[j] += float64(s * v)
	}
}

// addFour is g += s₀x₀ + s₁x₁ + s₂x₂ + s₃x₃.
func addFour(g, s, x0, x1, x2, x3 []float64) {
	g, x1, x2, x3 = g[:len(x0)], x1[:len(x0)], x2[:len(x0)], x3[:len(x0)]
	s0, s1, s2, s3 := s[0], s[1], s[2], s[3]
	for j, v := range x0 {
		g[j] += (float64(s0*v) + float64(s1*x1[j])) + (float64(s2*x2[j]) + float64(s3*x3[j]))
	}
}

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
