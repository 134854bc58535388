package simd

// Secant is what a step has changed: s = x − last and y = g − before, with the products sᵀs, sᵀy and
// yᵀy, each in the order of Dot. It leaves x in last and g in next, for the step after.
func Secant(s, y, last, next, x, before, g []float64) (ss, sy, yy float64) {
	n := len(s)
	y, last, next, x, before, g = y[:n], last[:n], next[:n], x[:n], before[:n], g[:n]
	if avx2 && n > 0 {
		return secantAVX2(&s[0], &y[0], &last[0], &next[0], &x[0], &before[0], &g[0], n)
	}
	for i := range s {
		s[i], last[i] = x[i]-last[i], x[i]
		y[i], next[i] = g[i]-before[i], g[i]
	}
	return Dot(s, s), Dot(s, y), Dot(y, y)
}
