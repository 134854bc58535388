package figure

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/gdbench/gdbench/results"
)

// visions are ways to see linear RGB: full colour vision, the three dichromacies as Machado,
// Oliveira & Fernandes (2009, doi:10.1109/TVCG.2009.113) simulate them, and a grey print.
var visions = map[string][3][3]float64{
	"all colours":  {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	"protanopia":   {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
	"deuteranopia": {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
	"tritanopia":   {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}},
	"grey":         {{0.2126, 0.7152, 0.0722}, {0.2126, 0.7152, 0.0722}, {0.2126, 0.7152, 0.0722}},
}

// lab is a colour as it is seen, in CIE L*a*b* for the white of sRGB (IEC 61966-2-1).
func lab(hex uint32, vision [3][3]float64) [3]float64 {
	var linear, seen [3]float64
	for k := range linear {
		v := float64(hex>>(16-8*k)&0xFF) / 255
		if v <= 0.04045 {
			linear[k] = v / 12.92
		} else {
			linear[k] = math.Pow((v+0.055)/1.055, 2.4)
		}
	}
	for k, row := range vision {
		seen[k] = math.Min(math.Max(row[0]*linear[0]+row[1]*linear[1]+row[2]*linear[2], 0), 1)
	}
	root := func(t float64) float64 {
		if t > 216.0/24389 {
			return math.Cbrt(t)
		}
		return (24389.0/27*t + 16) / 116
	}
	r, g, b := seen[0], seen[1], seen[2]
	x := root((0.4124564*r + 0.3575761*g + 0.1804375*b) / 0.95047)
	y := root(0.2126729*r + 0.7151522*g + 0.0721750*b)
	z := root((0.0193339*r + 0.1191920*g + 0.9503041*b) / 1.08883)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

func difference(a, b uint32, vision [3][3]float64) float64 {
	p, q := lab(a, vision), lab(b, vision)
	return math.Hypot(math.Hypot(p[0]-q[0], p[1]-q[1]), p[2]-q[2])
}

func TestLabOfKnownColours(t *testing.T) {
	// Of the CSS colours red and grey: Bruce Lindbloom's calculator, brucelindbloom.com.
	for hex, want := range map[uint32][3]float64{0xFF0000: {53.24, 80.09, 67.20}, 0x808080: {53.59, 0, 0}} {
		got := lab(hex, visions["all colours"])
		for k := range got {
			if math.Abs(got[k]-want[k]) > 0.05 {
				t.Errorf("%06X is %.2f; expected %.2f", hex, got, want)
			}
		}
	}
}

// clear is a difference of colours that is seen at a glance, also between thin lines: about six
// times what is just noticed (2.3, Mahy et al. 1994).
const clear = 15

// Two lines differ in their dashes or, whoever looks and in a grey print, clearly in their colour;
// so do the points of a figure with as many methods as there are hues.
func TestLooksDifferForEverybody(t *testing.T) {
	for i := range 60 {
		for j := range i {
			a, b := LookOf(i), LookOf(j)
			if a.Hue == b.Hue && slices.Equal(a.Dash, b.Dash) {
				t.Errorf("methods %d and %d share both colour and dashes", j, i)
			}
			if i < len(symbols)*len(Hues) && a.Hue == b.Hue && a.Symbol == b.Symbol {
				t.Errorf("the points of methods %d and %d share both colour and symbol", j, i)
			}
			for name, vision := range visions {
				d := difference(a.Hue.OnWhite, b.Hue.OnWhite, vision)
				onBlack := difference(a.Hue.OnBlack, b.Hue.OnBlack, vision)
				if slices.Equal(a.Dash, b.Dash) && min(d, onBlack) < clear {
					t.Errorf("%s: lines %d and %d have the same dashes and colours %.1f apart on white, %.1f on black", name, j, i, d, onBlack)
				}
				if i < len(Hues) && a.Symbol == b.Symbol && d < clear {
					t.Errorf("%s: points %d and %d have the same symbol and colours %.1f apart", name, j, i, d)
				}
			}
		}
	}
}

// Dots are those of bounds, and what is set for a series is so.
func TestLookOfASeries(t *testing.T) {
	for place := range 60 {
		if slices.Equal(LookOf(place).Dash, patterns[Dotted]) {
			t.Errorf("method %d looks like a bound", place)
		}
	}
	looks := Looks{LookOf(3)}
	star := looks.Of(&Series{Color: 9, Symbol: Star, Dash: Dotted})
	if star.Hue != Hues[2] || !slices.Equal(star.Dash, patterns[Dotted]) || star.Symbol != Star {
		t.Errorf("a star beside a dotted line became %v", star)
	}
	if got := looks.At(0); got.Hue != Hues[3] {
		t.Errorf("place 0 has the hue %v; expected that of its style", got.Hue)
	}
	if got := looks.Of(&Series{Color: Ink}); got.Dash != nil || got.Symbol != Circle {
		t.Errorf("ink has the look %v", got)
	}
}

// What a style says is so; what it leaves open, and methods without one, keep out of its way.
func TestStylesChooseFirst(t *testing.T) {
	all := make([]*results.Style, 40)
	all[1] = &results.Style{Colour: "blue", Dash: "solid", Marker: "diamond"} // the look of method 0
	all[5] = &results.Style{Colour: "#123456"}
	all[6] = &results.Style{Colour: "blue", Dash: "solid"}
	all[7] = &results.Style{Dash: "dash-dot"}
	all[9] = &results.Style{Colour: "black", Marker: "circle"}
	looks := LooksFor(all)
	for i, a := range looks {
		for j := range i {
			if b := looks[j]; a.Hue == b.Hue && slices.Equal(a.Dash, b.Dash) {
				t.Errorf("methods %d and %d share both colour and dashes", j, i)
			}
		}
		if slices.Equal(a.Dash, patterns[Dotted]) {
			t.Errorf("method %d looks like a bound", i)
		}
	}
	if got := looks[1]; got.Hue != Hues[0] || got.Dash != nil || got.Symbol != Diamond {
		t.Errorf("method 1 has the look %v; expected blue, solid, diamonds", got)
	}
	if got := looks[5].Hue; got.OnWhite != 0x123456 || difference(got.OnBlack, 0x15181c, visions["grey"]) < clear {
		t.Errorf("method 5 has the colours %06X; expected 123456 and one that is seen on black", got)
	}
	if looks[6].Hue != Hues[0] || slices.Equal(looks[7].Dash, LookOf(7).Dash) || looks[9].Hue != Hues[6] || looks[9].Symbol != Circle {
		t.Errorf("methods 6, 7 and 9 have the looks %v", looks[6:10])
	}
	if got := looks[2]; fmt.Sprint(got) != fmt.Sprint(LookOf(2)) {
		t.Errorf("method 2 has the look %v though no style is in its way", got)
	}
}

// Every word of a style has its look, and the names of colours are those of what is seen.
func TestEveryWordOfAStyleHasALook(t *testing.T) {
	if len(results.Colours()) != len(Hues) || len(results.Markers()) != len(symbols) {
		t.Fatalf("%d names of %d colours, %d of %d symbols", len(results.Colours()), len(Hues), len(results.Markers()), len(symbols))
	}
	for k, name := range results.Markers() {
		if want := cmp.Or(symbols[k], "circle"); string(want) != name {
			t.Errorf("marker %s is %s", name, want)
		}
	}
	for name, hex := range map[string]uint32{"blue": 0x0072B2, "vermilion": 0xD55E00, "green": 0x009E73, "purple": 0xCC79A7, "orange": 0xE69F00, "sky": 0x56B4E9, "black": 0} {
		if got := styled(Look{}, &results.Style{Colour: name}).Hue.OnWhite; got != hex {
			t.Errorf("%s is %06X; expected %06X", name, got, hex)
		}
	}
	for name, want := range map[string]string{"solid": "[]", "dashed": "[5 2.5]", "dash-dot": "[7 2 1.5 2]", "dash-dot-dot": "[7 2 1.5 2 1.5 2]", "short-dashed": "[2.8 1.4]", "long-dashed": "[10 3]"} {
		if got := fmt.Sprint(styled(Look{}, &results.Style{Dash: name}).Dash); got != want {
			t.Errorf("%s is %s; expected %s", name, got, want)
		}
	}
}
