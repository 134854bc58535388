package results

import (
	"bytes"
	"math"
	"strconv"
)

// Number is a float64 that is null in JSON where it is not finite.
type Number float64

// MarshalJSON writes the shortest text that reads back to the number.
func (n Number) MarshalJSON() ([]byte, error) { return appendNumber(nil, float64(n)), nil }

// UnmarshalJSON reads a number; null is NaN.
func (n *Number) UnmarshalJSON(text []byte) error {
	v, err := (&scanner{text: text}).number()
	*n = Number(v)
	return err
}

// Series is a column of numbers.
type Series []float64

// MarshalJSON writes numbers that are not finite as null.
func (s Series) MarshalJSON() ([]byte, error) {
	return appendSeries(make([]byte, 0, 20*len(s)+2), s), nil
}

func appendSeries(out []byte, s Series) []byte {
	out = append(out, '[')
	for i, v := range s {
		if i > 0 {
			out = append(out, ',')
		}
		out = appendNumber(out, v)
	}
	return append(out, ']')
}

// UnmarshalJSON reads numbers; null is NaN.
func (s *Series) UnmarshalJSON(text []byte) (err error) {
	*s, err = (&scanner{text: text, room: bytes.Count(text, []byte{','}) + 1}).numbers()
	return err
}

func appendNumber(out []byte, v float64) []byte {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return append(out, "null"...)
	}
	format := byte('f')
	if a := math.Abs(v); a != 0 && (a < 1e-4 || a >= 1e15) {
		format = 'e'
	}
	return strconv.AppendFloat(out, v, format, -1, 64)
}
