package linalg

import (
	"math"
	"math/bits"
)

// Rank finds the rank of a matrix of floating-point numbers as they are, with no tolerance:
// singular values cannot tell a zero from a number below their rounding. Numbers m·2^e are
// dyadic fractions, so elimination is done modulo the prime 2⁶¹ − 1, where 2^e is a
// rotation. The rank modulo a prime is never larger than the rank, and smaller only where
// the prime divides all minors of its size, which numbers that were not made for it do
// with a probability of about 1e-18.
type Rank struct {
	rows   [][]uint64 // reduced, each with 1 at its pivot
	pivots []int
	row    []uint64
}

const mersenne = 1<<61 - 1

// Add takes a row in and returns the rank so far. ok is false where a number is not finite.
func (r *Rank) Add(row []float64) (rank int, ok bool) {
	r.row = r.row[:0]
	for _, v := range row {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return len(r.rows), false
		}
		r.row = append(r.row, residue(v))
	}
	for i, p := range r.pivots {
		if c := r.row[p]; c != 0 {
			subtract(r.row[p:], c, r.rows[i][p:])
		}
	}
	for p, v := range r.row {
		if v == 0 {
			continue
		}
		unit := inverse(v)
		for j := p; j < len(r.row); j++ {
			r.row[j] = times(r.row[j], unit)
		}
		r.rows, r.pivots = append(r.rows, append([]uint64(nil), r.row...)), append(r.pivots, p)
		break
	}
	return len(r.rows), true
}

// residue is v modulo the prime.
func residue(v float64) uint64 {
	fraction, exponent := math.Frexp(math.Abs(v))
	m := uint64(fraction * (1 << 53))
	turn := ((exponent-53)%61 + 61) % 61 // 2⁶¹ is 1
	m = times(m, 1<<turn)
	if v < 0 && m != 0 {
		m = mersenne - m
	}
	return m
}

// times is a·b modulo the prime, for factors below 2⁶¹.
func times(a, b uint64) uint64 {
	high, low := bits.Mul64(a, b)
	sum := (high<<3 | low>>61) + low&mersenne
	if sum >= mersenne {
		sum -= mersenne
	}
	return sum
}

// subtract takes c times the other row from a row. Every pivot row is zero before its
// pivot and is subtracted in the order in which the pivots were found.
func subtract(row []uint64, c uint64, other []uint64) {
	for j, v := range other {
		d := row[j] + mersenne - times(c, v)
		if d >= mersenne {
			d -= mersenne
		}
		row[j] = d
	}
}

// inverse is 1/a, which is a to the power of the prime less 2 (Fermat).
func inverse(a uint64) uint64 {
	out := uint64(1)
	for e := uint64(mersenne - 2); e > 0; e >>= 1 {
		if e&1 == 1 {
			out = times(out, a)
		}
		a = times(a, a)
	}
	return out
}

// Certain is a lower bound of a positive number that is known up to an error: the number
// itself where the error is below 1e-10 of it, less the error where that is up to half of
// it, and otherwise nothing.
func Certain(value, err float64) (bound float64, ok bool) {
	switch {
	case !(value > 0) || !(err <= value/2):
		return 0, false
	case err <= 1e-10*value:
		return value, true
	}
	return value - err, true
}
