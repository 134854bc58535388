package results

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Style is what a suite, or who writes a report, says of the look of a method in figures. What is
// empty is chosen by the report, such that no two methods look alike.
type Style struct {
	// Methods are labels or names of the methods that it is for, in which * is any characters.
	Methods []string `json:"methods"`
	Colour  string   `json:"colour,omitempty" param:"colour" default:"none" doc:"colour of its lines and points: a name, or #rrggbb"`
	Dash    string   `json:"dash,omitempty" param:"dash" default:"none" doc:"dashes of its lines; dotted lines are bounds of theorems"`
	Marker  string   `json:"marker,omitempty" param:"marker" default:"none" doc:"shape of its points; other shapes have a meaning in figures"`
}

// Colours, Dashes and Markers are the words of a style. Reports give methods these by themselves,
// too: colours that any colour vision and a grey print distinguish, and only dashes and shapes that
// mean nothing else.
func Colours() []string {
	return []string{"blue", "vermilion", "green", "purple", "orange", "sky", "black"}
}

// Dashes are the words for the dashes of lines.
func Dashes() []string {
	return []string{"solid", "dashed", "dash-dot", "dash-dot-dot", "short-dashed", "long-dashed"}
}

// Markers are the words for the shapes of points.
func Markers() []string { return []string{"circle", "square", "triangle", "diamond"} }

// RGB is a colour that was written as #rrggbb; ok is false for a name.
func (s *Style) RGB() (rgb uint32, ok bool) {
	digits, is := strings.CutPrefix(s.Colour, "#")
	v, err := strconv.ParseUint(digits, 16, 32)
	return uint32(v), is && err == nil && len(digits) == 6
}

// Check refuses words that no style has. The key is that which the message is about.
func (s *Style) Check() (key string, err error) {
	for _, c := range []struct {
		key, value, more string
		words            []string
	}{{"colour", s.Colour, ", or #rrggbb", Colours()}, {"dash", s.Dash, "", Dashes()}, {"marker", s.Marker, "", Markers()}} {
		if rgb, is := s.RGB(); c.key == "colour" && is {
			if pale(rgb) {
				return c.key, fmt.Errorf("colour: %s cannot be seen on white paper; expected a darker one", s.Colour)
			}
			continue
		}
		if c.value != "" && !slices.Contains(c.words, c.value) {
			return c.key, fmt.Errorf("%s: %q is not one of %s%s", c.key, c.value, strings.Join(c.words, ", "), c.more)
		}
	}
	if s.Colour == "" && s.Dash == "" && s.Marker == "" {
		return "", fmt.Errorf("expected colour, dash or marker, such as {colour: blue, dash: dashed}")
	}
	return "", nil
}

// pale reports a colour with less than 1.25 times the contrast of white on white, by the relative
// luminance of WCAG 2.1 (w3.org/TR/WCAG21).
func pale(rgb uint32) bool {
	luminance := 0.0
	for k, weight := range []float64{0.2126, 0.7152, 0.0722} {
		v := float64(rgb>>(16-8*k)&0xFF) / 255
		luminance += float64(weight * v * v) // close to the exponent 2.2 of the screen
	}
	return 1.05/(luminance+0.05) < 1.25
}

// AlikeStyle is the first of the styles whose lines would look like those of one before it, and
// that one; ok is false where there is none.
func AlikeStyle(styles []Style) (first, second int, ok bool) {
	for j, b := range styles {
		for i, a := range styles[:j] {
			if a.Colour != "" && a.Dash != "" && strings.EqualFold(a.Colour, b.Colour) && a.Dash == b.Dash {
				return i, j, true
			}
		}
	}
	return 0, 0, false
}
