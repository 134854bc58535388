package vec

import (
	"math"
	"unsafe"
)

// few is the length up to which a loop is faster than a call of the runtime: its wide loads of
// numbers that were stored one by one a moment ago have to wait for them.
const few = 16

// SameBits reports whether x and y have the same length and the same bits: NaN equals itself,
// and −0 is not 0.
func SameBits(x, y []float64) bool {
	if len(x) != len(y) {
		return false
	}
	if len(x) > few {
		return bytesOf(x) == bytesOf(y)
	}
	y = y[:len(x)]
	for i, v := range x {
		if math.Float64bits(v) != math.Float64bits(y[i]) {
			return false
		}
	}
	return true
}

// Copy writes x into dst, of the same length.
func Copy(dst, x []float64) {
	if len(x) > few {
		copy(dst, x)
		return
	}
	dst = dst[:len(x)]
	//lint:ignore S1001 a call costs more than a few numbers
	for i, v := range x {
		dst[i] = v
	}
}

// bytesOf is the memory of x, whose comparison the runtime does in large words.
func bytesOf(x []float64) string {
	return unsafe.String((*byte)(unsafe.Pointer(unsafe.SliceData(x))), 8*len(x))
}
