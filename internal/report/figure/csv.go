package figure

import (
	"encoding/csv"
	"io"
	"math"
	"slices"
	"strconv"

	"github.com/gdbench/gdbench/internal/text"
)

// WriteCSV writes the numbers behind a figure, one point a line, unclamped: part (series, strip,
// rule or grid), label, x, y, low, high, z. What is undefined is empty, infinity is "inf". Those of
// panels have the problem before them.
func (f *Figure) WriteCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	header := []string{"part", "label", "x", "y", "low", "high", "z"}
	if len(f.Panels) > 0 {
		header = append([]string{"problem"}, header...)
	}
	out.Write(header)
	f.writeRows(out)
	for _, panel := range f.Panels {
		panel.writeRows(out, text.CSV(panel.Problem))
	}
	out.Flush()
	return out.Error()
}

// writeRows writes the numbers of a figure, in each row after the same words.
func (f *Figure) writeRows(out *csv.Writer, before ...string) {
	nan := math.NaN()
	row := func(part, label string, numbers ...float64) {
		record := append(slices.Clone(before), part, text.CSV(label))
		for _, v := range numbers {
			record = append(record, number(v))
		}
		out.Write(record) // errors are sticky: Flush reports them
	}
	series := func(part string, s *Series) {
		for i := range s.X {
			low, high := nan, nan
			if s.Low != nil {
				low, high = s.Low[i], s.High[i]
			}
			row(part, s.Name(), s.X[i], s.Y[i], low, high, nan)
		}
	}
	for i := range f.Series {
		series("series", &f.Series[i])
	}
	if f.Strip != nil {
		for i := range f.Strip.Series {
			series("strip", &f.Strip.Series[i])
		}
	}
	for _, r := range f.Rules {
		if r.Vertical {
			row("rule", r.Label, r.At, nan, nan, nan, nan)
		} else {
			row("rule", r.Label, nan, r.At, nan, nan, nan)
		}
	}
	if g := f.Grid; g != nil {
		for j, y := range g.Y {
			for i, x := range g.X {
				row("grid", g.Label, x, y, nan, nan, g.Z[j][i])
			}
		}
	}
}

func number(v float64) string {
	switch {
	case math.IsNaN(v):
		return ""
	case math.IsInf(v, 1):
		return "inf"
	case math.IsInf(v, -1):
		return "-inf"
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}
