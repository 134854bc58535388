package figure

import (
	"encoding/json"
	"math"
	"strconv"
)

// Columns of a figure may hold NaN (an interruption) and infinity (beyond the ceiling),
// which JSON cannot say: NaN becomes null, infinity the text "inf".

type column []float64

func (c column) MarshalJSON() ([]byte, error) {
	if c == nil {
		return []byte("null"), nil
	}
	out := []byte{'['}
	for i, v := range c {
		if i > 0 {
			out = append(out, ',')
		}
		switch {
		case math.IsNaN(v):
			out = append(out, "null"...)
		case math.IsInf(v, 1):
			out = append(out, `"inf"`...)
		case math.IsInf(v, -1):
			out = append(out, `"-inf"`...)
		default:
			out = strconv.AppendFloat(out, v, 'g', 6, 64) // more than a screen can show
		}
	}
	return append(out, ']'), nil
}

// MarshalJSON is for the page: six significant digits, NaN as null, infinity as "inf".
func (s Series) MarshalJSON() ([]byte, error) {
	type plain Series
	return json.Marshal(struct {
		plain
		X    column `json:"x"`
		Y    column `json:"y"`
		Low  column `json:"low,omitempty"`
		High column `json:"high,omitempty"`
	}{plain(s), s.X, s.Y, s.Low, s.High})
}

// MarshalJSON is for the page, as that of Series.
func (g Grid) MarshalJSON() ([]byte, error) {
	type plain Grid
	rows := make([]column, len(g.Z))
	for j, row := range g.Z {
		rows[j] = row
	}
	return json.Marshal(struct {
		plain
		X column   `json:"x"`
		Y column   `json:"y"`
		Z []column `json:"z"`
	}{plain(g), g.X, g.Y, rows})
}
