package results

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
)

// Number is a float64 that is null in JSON where it is not finite.
type Number float64

// MarshalJSON writes the shortest text that reads back to the number.
func (n Number) MarshalJSON() ([]byte, error) { return appendNumber(nil, float64(n)), nil }

// UnmarshalJSON reads a number; null is NaN.
func (n *Number) UnmarshalJSON(text []byte) error {
	v, err := parseNumber(text)
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
func (s *Series) UnmarshalJSON(text []byte) error {
	if bytes.Equal(text, []byte("null")) {
		*s = nil
		return nil
	}
	text = bytes.TrimSpace(text)
	if len(text) < 2 || text[0] != '[' {
		return fmt.Errorf("found %.20s; expected a list of numbers", text)
	}
	out := make([]float64, 0, bytes.Count(text, []byte{','})+1)
	for rest := text[1 : len(text)-1]; len(bytes.TrimSpace(rest)) > 0; {
		entry, tail, _ := bytes.Cut(rest, []byte{','})
		v, err := parseNumber(bytes.TrimSpace(entry))
		if err != nil {
			return err
		}
		out, rest = append(out, v), tail
	}
	*s = out
	return nil
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

func parseNumber(text []byte) (float64, error) {
	if bytes.Equal(text, []byte("null")) {
		return math.NaN(), nil
	}
	v, err := strconv.ParseFloat(string(text), 64)
	if err != nil || !decimal(text) {
		return math.NaN(), fmt.Errorf("found %.20s; expected a number or null", text)
	}
	return v, nil
}

// decimal reports whether a text that ParseFloat takes is a number of JSON too, and not
// hexadecimal, infinite or grouped by underscores. JSON's own scanner has seen to the
// rest, leading zeros among it.
func decimal(text []byte) bool {
	for _, c := range text {
		if (c < '0' || c > '9') && c != '-' && c != '+' && c != '.' && c != 'e' && c != 'E' {
			return false
		}
	}
	return true
}
