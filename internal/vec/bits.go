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
	if len(x) > 0 && math.Float64bits(x[0]) != math.Float64bits(y[0]) { // most other points differ there
		return false
	}
	y = y[:len(x)]
	var differ uint64
	for i, v := range x {
		differ |= math.Float64bits(v) ^ math.Float64bits(y[i])
	}
	return differ == 0
}

// Copy writes x into dst, of the same length.
func Copy(dst, x []float64) {
	if len(x) > few {
		copy(dst, x)
		return
	}
	dst = dst[:len(x)]
	i := 0 // two at a time cost less
	for ; i < len(x)-1; i += 2 {
		dst[i], dst[i+1] = x[i], x[i+1]
	}
	if i < len(x) {
		dst[i] = x[i]
	}
}

// bytesOf is the memory of x, whose comparison the runtime does in large words.
func bytesOf(x []float64) string {
	return unsafe.String((*byte)(unsafe.Pointer(unsafe.SliceData(x))), 8*len(x))
}
