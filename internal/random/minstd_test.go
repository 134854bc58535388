package random

import (
	"math"
	"testing"
)

// The generator against Schrage's way to compute it without long products, and against
// the 10000th state from seed 1 that ISO C++ requires of std::minstd_rand [rand.predef].
func TestSequence(t *testing.T) {
	s := MinStd(1)
	s.Normal()
	state := int64(1)
	for range 12 {
		state = 48271*(state%44488) - 3399*(state/44488)
		if state < 0 {
			state += modulus
		}
	}
	if int64(s) != state {
		t.Errorf("12th state %d, by Schrage's method %d", s, state)
	}
	for range 9988 / 12 {
		s.Normal()
	}
	for range 4 {
		s = s * 48271 % modulus
	}
	if s != 399268537 {
		t.Errorf("10000th state %d, want 399268537", s)
	}
}

func TestNormal(t *testing.T) {
	s := MinStd(7)
	const n = 20_000
	var sum, squares float64
	for _, z := range s.Normals(n) {
		sum += z
		squares += z * z
	}
	if mean, variance := sum/n, squares/n; math.Abs(mean) > 0.03 || math.Abs(variance-1) > 0.03 {
		t.Errorf("mean %v, variance %v; want 0 and 1", mean, variance)
	}
}
