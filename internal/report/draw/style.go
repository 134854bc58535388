package draw

import (
	"image/color"

	"github.com/gdbench/gdbench/internal/report/figure"
	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/plot/vg"
)

// ramp is viridis (van der Walt & Smith 2015) at ten equidistant places.
var ramp = []color.NRGBA{
	rgb(0x440154), rgb(0x482878), rgb(0x3E4989), rgb(0x31688E), rgb(0x26828E),
	rgb(0x1F9E89), rgb(0x35B779), rgb(0x6ECE58), rgb(0xB5DE2B), rgb(0xFDE725),
}

var (
	ink   = rgb(0x222222)
	faint = rgb(0x777777)
	hair  = rgb(0xE4E4E4)
	paper = rgb(0xFFFFFF)
)

const (
	lineWidth  = vg.Length(1.3)
	thinWidth  = vg.Length(0.8)
	hairWidth  = vg.Length(0.5)
	titleSize  = vg.Length(10.5)
	labelSize  = vg.Length(9)
	tickSize   = vg.Length(8)
	noteSize   = vg.Length(7)
	plotWidth  = vg.Length(330)
	plotHeight = vg.Length(235)
	margin     = vg.Length(8)
)

func rgb(hex uint32) color.NRGBA {
	return color.NRGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 255}
}

// hue is the colour of the method at a place; figure.Ink and everything negative is ink.
func hue(looks figure.Looks, place int) color.NRGBA {
	if place < 0 {
		return ink
	}
	return rgb(looks.At(place).Hue.OnWhite)
}

// strokes are the dashes of a look as lengths.
func strokes(l figure.Look) []vg.Length {
	var out []vg.Length
	for _, length := range l.Dash {
		out = append(out, vg.Length(length))
	}
	return out
}

// translucent is a colour that lets what lies below shine through.
func translucent(c color.NRGBA, alpha uint8) color.NRGBA {
	c.A = alpha
	return c
}

// shade is the colour of the ramp at t in [0, 1].
func shade(t float64) color.NRGBA {
	places := floats.Span(make([]float64, len(ramp)), 0, 1)
	i := floats.Within(places, t)
	if i < 0 {
		if t >= 1 {
			return ramp[len(ramp)-1]
		}
		return ramp[0]
	}
	return mix(ramp[i], ramp[i+1], (t-places[i])/(places[i+1]-places[i]))
}

func mix(a, b color.NRGBA, t float64) color.NRGBA {
	between := func(x, y uint8) uint8 { return uint8(float64(x) + t*(float64(y)-float64(x)) + 0.5) }
	return color.NRGBA{between(a.R, b.R), between(a.G, b.G), between(a.B, b.B), 255}
}
