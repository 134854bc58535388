package figure

import (
	"fmt"
	"math"
	"slices"
	"testing"
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
				d := difference(Hues[a.Hue].OnWhite, Hues[b.Hue].OnWhite, vision)
				onBlack := difference(Hues[a.Hue].OnBlack, Hues[b.Hue].OnBlack, vision)
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
	if got := fmt.Sprint((&Series{Color: 9, Symbol: Star, Dash: Dotted}).Look()); got != "{2 [1.5 2] star}" {
		t.Errorf("a star beside a dotted line became %s", got)
	}
	if got := (&Series{Color: Ink}).Look(); got.Dash != nil || got.Symbol != Circle {
		t.Errorf("ink has the look %v", got)
	}
}
