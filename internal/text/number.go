package text

import (
	"math"
	"strconv"
	"strings"
)

// Short rounds a number for people: three significant digits, whole numbers below a million
// in full. NaN is a dash, infinity is ∞.
func Short(v float64) string { return Digits(v, 3) }

// Digits is Short with so many significant digits.
func Digits(v float64, digits int) string {
	switch {
	case math.IsNaN(v):
		return "–"
	case math.IsInf(v, 1):
		return "∞"
	case math.IsInf(v, -1):
		return "−∞"
	case v == math.Trunc(v) && math.Abs(v) < 1e6:
		return strconv.FormatFloat(v+0, 'f', -1, 64)
	case math.Abs(v) >= 1e-3 && math.Abs(v) < 1e6:
		return strconv.FormatFloat(Rounded(v, digits), 'f', -1, 64)
	}
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(v, 'e', digits-1, 64), "e")
	if strings.Contains(mantissa, ".") {
		mantissa = strings.TrimRight(strings.TrimRight(mantissa, "0"), ".")
	}
	n, _ := strconv.Atoi(exponent)
	return mantissa + "e" + strconv.Itoa(n)
}

// Rounded is the number with so many significant digits: without the last, in which the order of
// operations may decide, or those that would only lengthen a text.
func Rounded(v float64, digits int) float64 {
	out, _ := strconv.ParseFloat(strconv.FormatFloat(v, 'g', digits, 64), 64)
	return out
}

// Apart is the number of significant digits, at least so many, with which two numbers that differ are
// written differently: a comparison of two texts that are alike says nothing.
func Apart(a, b float64, least int) int {
	const most = 17
	for n := least; n <= most && a != b; n++ {
		if Rounded(a, n) != Rounded(b, n) {
			return n
		}
	}
	return least
}

// Exact is the shortest text that reads back as the same number.
func Exact(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

// ExactAs is Exact for a number that was read from a text: most texts are the shortest already, and are kept.
func ExactAs(v float64, written string) string {
	var room [32]byte
	exact := strconv.AppendFloat(room[:0], v, 'g', -1, 64)
	if string(exact) == written {
		return written
	}
	return string(exact)
}
