package functions

// minstd is the minimal standard generator of Park and Miller, with the multiplier
// 48271: s ← 48271·s mod (2³¹ − 1), u = s/(2³¹ − 1). Data drawn from it can be drawn
// again by anyone in any language. Park, Miller and Stockmeyer 1993,
// doi:10.1145/159544.376068.
type minstd uint64

// normal is the sum of twelve uniform numbers less six: nearly standard normal.
func (s *minstd) normal() float64 {
	sum := -6.0
	for range 12 {
		*s = 48271 * *s % (1<<31 - 1)
		sum += float64(*s) / (1<<31 - 1)
	}
	return sum
}

func (s *minstd) normals(n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = s.normal()
	}
	return x
}
