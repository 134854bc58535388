package figure

import "slices"

// Look is what a method looks like in every figure of a set of runs. Of no two looks are both hue
// and dashes the same. Looks with the same dashes differ in lightness, too, so that a grey print
// and any colour vision distinguish them, unless a style says otherwise.
type Look struct {
	Hue    Hue
	Dash   []float64 // lengths of strokes and gaps in points; none: a solid line
	Symbol Symbol
}

// Hue is a colour on white and on black, as 0xRRGGBB.
type Hue struct{ OnWhite, OnBlack uint32 }

// Hues are the colours of series. Those on white are of Okabe & Ito (2008, jfly.uni-koeln.de/color),
// made to be distinguished with any colour vision, without their yellow, which vanishes on white.
var Hues = []Hue{
	{0x0072B2, 0x3D94D9}, {0xD55E00, 0xFF8A3D}, {0x009E73, 0x2BD0A0}, {0xCC79A7, 0xE6A3C8},
	{0xE69F00, 0xF0B83A}, {0x56B4E9, 0xBFE6FF}, {0x000000, 0xFFFFFF},
}

// The dashes of lines that belong to no method, or beside the line of a method: its bound, its
// edge. No method has those of Dotted.
const (
	Own    = iota // those of the look
	Dashed        // a guide
	Dotted        // a bound or a fit
)

var patterns = [][]float64{Dashed: {5, 2.5}, Dotted: {1.5, 2}}

// symbols are the shapes of points that mean nothing else.
var symbols = []Symbol{Circle, Square, Triangle, Diamond}

// LookOf is the look of the method at a place, 0, 1, 2, …, where no method has a style.
func LookOf(place int) Look {
	round, hue := place/len(Hues), place%len(Hues)
	own := hue % len(symbols) // the pairs that share it differ in lightness
	return Look{Hue: Hues[hue], Dash: dashes(own + round*len(symbols)), Symbol: symbols[(own+round)%len(symbols)]}
}

// dashes are the k-th pattern of a line: solid, dashed, then strokes with one dot more each time,
// and short strokes among them.
func dashes(k int) []float64 {
	switch k {
	case 0:
		return nil
	case 1:
		return patterns[Dashed]
	case 4:
		return []float64{2.8, 1.4}
	case 5:
		return []float64{10, 3}
	}
	dots := k - 1
	if k > 5 {
		dots -= 2
	}
	return append([]float64{7, 2}, slices.Repeat([]float64{1.5, 2}, dots)...)
}

// Looks are those of the methods by their places. Beyond its end methods look as LookOf says.
type Looks []Look

// At is the look at a place; that of Ink is no look of its own.
func (l Looks) At(place int) Look {
	switch {
	case place < 0:
		return Look{}
	case place < len(l):
		return l[place]
	}
	return LookOf(place)
}

// Of is the look of a series.
func (l Looks) Of(s *Series) Look {
	look := l.At(s.Color)
	if s.Dash != Own {
		look.Dash = patterns[s.Dash]
	}
	if s.Symbol != Circle {
		look.Symbol = s.Symbol
	}
	return look
}
