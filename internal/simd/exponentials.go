package simd

import "github.com/gdbench/gdbench/internal/elementary"

// Exponentials replaces numbers ≤ 0 by their exponentials, which have the bits of elementary.Exp.
func Exponentials(x []float64) {
	if !avx2 {
		exponentialsPortable(x)
		return
	}
	from := bulk(len(x))
	exponentialsAVX2(x[:from])
	if rest := x[from:]; len(rest) > 0 {
		var last [lanes]float64
		copy(last[:], rest)
		exponentialsAVX2(last[:])
		copy(rest, last[:])
	}
}

func exponentialsPortable(x []float64) {
	for k, v := range x {
		x[k] = elementary.Exp(v)
	}
}
