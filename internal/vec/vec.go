// Package vec holds the few vector kernels that methods and problems share. They sum in
// a fixed order and never fuse a multiplication with an addition, so that every
// processor gives the same bits.
package vec

import "math"

// Room is memory for several vectors, which takes one allocation instead of one for each.
type Room []float64

// Take cuts a vector of length n from the room.
func (r *Room) Take(n int) []float64 {
	v := (*r)[:n:n]
	*r = (*r)[n:]
	return v
}

// Dot is xᵀy, added up from the first product to the last. It takes two at a time, which costs
// less, but adds one after the other.
func Dot(x, y []float64) float64 {
	y = y[:len(x)]
	var sum float64
	i := 0
	for ; i < len(x)-1; i += 2 {
		sum = (sum + float64(x[i]*y[i])) + float64(x[i+1]*y[i+1])
	}
	if i < len(x) {
		sum += float64(x[i] * y[i])
	}
	return sum
}

// Square is ‖x‖², Dot(x, x) to the bit.
func Square(x []float64) float64 {
	var sum float64
	i := 0
	for ; i < len(x)-1; i += 2 {
		a, b := x[i], x[i+1]
		sum = (sum + float64(a*a)) + float64(b*b)
	}
	if i < len(x) {
		sum += float64(x[i] * x[i])
	}
	return sum
}

// AddScaled writes x + t·d into dst, which may be x or d.
func AddScaled(dst, x []float64, t float64, d []float64) {
	x, d = x[:len(dst)], d[:len(dst)]
	for i := range dst {
		dst[i] = x[i] + float64(t*d[i])
	}
}

// Scale multiplies x by t in place.
func Scale(t float64, x []float64) {
	for i := range x {
		x[i] *= t
	}
}

// Between these two a sum of squares has lost nothing to overflow or underflow.
const (
	SmallestSquare = 1e-280
	LargestSquare  = 1e280
)

// Norm is the Euclidean norm of x, safe against overflow and underflow of the squares.
func Norm(x []float64) float64 { return NormOf(Square(x), x) }

// NormOf is Norm of x whose Square is known.
func NormOf(sum float64, x []float64) float64 {
	if sum > SmallestSquare && sum < LargestSquare || sum == 0 && IsZero(x) {
		return math.Sqrt(sum)
	}
	return scaledNorm(x)
}

// IsZero reports whether all of x is 0.
func IsZero(x []float64) bool {
	for _, v := range x {
		if v != 0 {
			return false
		}
	}
	return true
}

// scaledNorm divides by the largest entry first. NaN and Inf pass through.
func scaledNorm(x []float64) float64 {
	largest := MaxAbs(x)
	if largest == 0 || math.IsInf(largest, 0) || math.IsNaN(largest) {
		return largest
	}
	var sum float64
	for _, v := range x {
		r := v / largest
		sum += float64(r * r)
	}
	return largest * math.Sqrt(sum)
}

// MaxAbs is max |xᵢ|, NaN if any entry is.
func MaxAbs(x []float64) float64 {
	var largest float64
	for _, v := range x {
		a := math.Abs(v)
		if a > largest || math.IsNaN(a) {
			largest = a
			if math.IsNaN(a) {
				return a
			}
		}
	}
	return largest
}
