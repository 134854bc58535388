package separable

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/gdbench/gdbench/problems"
)

// Attained is a minimum known in closed form, with the minimizers that are known.
func Attained(value float64, points ...[]float64) *problems.Minimum {
	return &problems.Minimum{Value: value, Source: problems.Analytic, Points: points}
}

// Published is a minimum as printed in a source. It is exact to one unit of the last digit
// of the text, for sources cut numbers off as often as they round them (Moré, Garbow &
// Hillstrom print 8.21487… for 8.214877…e-3). Text that is no decimal number is a
// programmer's mistake and panics.
func Published(text, citation string, points ...[]float64) *problems.Minimum {
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		panic(fmt.Sprintf("separable: published minimum %q: %v", text, err))
	}
	return &problems.Minimum{
		Value: v, Source: problems.Published, Accuracy: unit(text),
		Points: points, Citation: citation,
	}
}

// unit is that of the last digit of a decimal number.
func unit(text string) float64 {
	mantissa, exponent, _ := strings.Cut(strings.ToLower(text), "e")
	power, _ := strconv.Atoi(exponent) // no exponent: 0
	_, decimals, _ := strings.Cut(mantissa, ".")
	return math.Pow10(power - len(decimals))
}

// around is a window that shows the starts, the minimizers and the critical points, with a
// margin of half its size and at least of one unit.
func around(f *problems.Facts) *problems.Window {
	points := make([][]float64, 0, 4)
	for _, s := range f.Starts {
		points = append(points, s.X)
	}
	if f.Minimum != nil {
		points = append(points, f.Minimum.Points...)
	}
	for _, c := range f.Critical {
		points = append(points, c.X)
	}
	side := func(i int) [2]float64 {
		low, high := math.Inf(1), math.Inf(-1)
		for _, x := range points {
			low, high = min(low, x[i]), max(high, x[i])
		}
		margin := max(1, (high-low)/2)
		return [2]float64{low - margin, high + margin}
	}
	return &problems.Window{X: side(0), Y: side(1)}
}

// Constant is the point (v, …, v) in n variables.
func Constant(n int, v float64) []float64 {
	x := make([]float64, n)
	Fill(x, v)
	return x
}

// Fill sets every entry of x to v.
func Fill(x []float64, v float64) {
	for i := range x {
		x[i] = v
	}
}

// At is a start with the given coordinates.
func At(point ...float64) func(x []float64) {
	return func(x []float64) { copy(x, point) }
}

// All is a start with equal coordinates.
func All(v float64) func(x []float64) {
	return func(x []float64) { Fill(x, v) }
}

// Blocks is a start that repeats a block.
func Blocks(block ...float64) func(x []float64) {
	return func(x []float64) { Repeat(x, block...) }
}

// Repeat fills x with copies of the block.
func Repeat(x []float64, block ...float64) {
	for i := range x {
		x[i] = block[i%len(block)]
	}
}
