package text

import (
	"strconv"
	"strings"
)

// Count is a number with its noun: "1 problem", "3 problems", "2 families". A noun whose
// plural is irregular is given with it: Count(n, "axis", "axes").
func Count(n int, noun string, plural ...string) string {
	return strconv.Itoa(n) + " " + Noun(n, noun, plural...)
}

// Noun is a noun in the number that goes with n, without n.
func Noun(n int, noun string, plural ...string) string {
	switch {
	case n == 1:
		return noun
	case len(plural) > 0:
		return plural[0]
	case strings.HasSuffix(noun, "y") && !strings.HasSuffix(noun, "ay") && !strings.HasSuffix(noun, "ey"):
		return strings.TrimSuffix(noun, "y") + "ies"
	case strings.HasSuffix(noun, "s"), strings.HasSuffix(noun, "x"), strings.HasSuffix(noun, "ch"):
		return noun + "es"
	}
	return noun + "s"
}

// Verb is a verb in the number that goes with n: Verb(n, "is", "are").
func Verb(n int, one, several string) string {
	if n == 1 {
		return one
	}
	return several
}

// Some joins a few of many places and says how many more there are.
func Some(places []string) string {
	const most = 3
	if len(places) <= most {
		return strings.Join(places, "; ")
	}
	return strings.Join(places[:most], "; ") + "; and " + strconv.Itoa(len(places)-most) + " more"
}
