package figure

import (
	"slices"

	"github.com/gdbench/gdbench/results"
)

// LooksFor are the looks of methods of which some have a style: wanted[k] is that of the method at
// place k, nil where it has none. Methods with a style choose first. No two share both colour and
// dashes: of two whose styles have the same, the later one gets other dashes.
func LooksFor(wanted []*results.Style) Looks {
	looks, taken := make(Looks, len(wanted)), Looks{}
	for _, styled := range []bool{true, false} {
		for place, style := range wanted {
			if (style != nil) == styled {
				looks[place] = free(place, style, taken)
				taken = append(taken, looks[place])
			}
		}
	}
	return looks
}

// free is the first look from a place on that has the style and that no method has taken.
func free(place int, style *results.Style, taken Looks) Look {
	wanted := results.Style{}
	if style != nil {
		wanted = *style
	}
	for k := place; ; k++ {
		look := styled(LookOf(k), &wanted)
		if !slices.ContainsFunc(taken, func(t Look) bool { return t.Hue == look.Hue && slices.Equal(t.Dash, look.Dash) }) {
			return look
		}
		if wanted.Colour != "" {
			wanted.Dash = ""
		}
	}
}

// styled is a look with what a style says instead.
func styled(look Look, s *results.Style) Look {
	if rgb, own := s.RGB(); own {
		look.Hue = Hue{OnWhite: rgb, OnBlack: onBlack(rgb)}
	} else if k := slices.Index(results.Colours(), s.Colour); k >= 0 {
		look.Hue = Hues[k]
	}
	if k := slices.Index(results.Dashes(), s.Dash); k >= 0 {
		look.Dash = dashes(k)
	}
	if k := slices.Index(results.Markers(), s.Marker); k >= 0 {
		look.Symbol = symbols[k]
	}
	return look
}

// onBlack is a colour halfway to white where it would be hard to see on black.
func onBlack(rgb uint32) uint32 {
	out := uint32(0)
	for shift := uint32(0); shift <= 16; shift += 8 {
		v := rgb >> shift & 0xFF
		out |= (v + (0xFF-v)/2) << shift
	}
	return out
}
