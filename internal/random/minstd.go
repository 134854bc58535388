package random

// MinStd is the minimal standard generator, ten lines in any language. It is the state s
// of the generator of Park and Miller with the multiplier of 1993:
// s ← 48271·s mod (2³¹ − 1). S. K. Park and K. W. Miller 1988, doi:10.1145/63039.63042;
// S. K. Park, K. W. Miller and P. K. Stockmeyer 1993, doi:10.1145/159544.376068.
type MinStd uint64

const modulus = 1<<31 - 1

// Normal is the sum of twelve uniform numbers s/(2³¹ − 1) less 6: nearly normal, and
// without logarithms exactly the same everywhere.
func (s *MinStd) Normal() float64 {
	var sum float64
	for range 12 {
		*s = *s * 48271 % modulus
		sum += float64(*s) / modulus
	}
	return sum - 6
}

// Normals are the next n of them.
func (s *MinStd) Normals(n int) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = s.Normal()
	}
	return out
}
