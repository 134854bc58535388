// Package english makes words agree with numbers. Every text for people takes its plurals
// from here.
package english

import (
	"fmt"
	"strings"
)

// Count is a number with its noun, given in the singular: "1 cell", "2 cells", "0 entries".
func Count[N int | int64](n N, noun string) string {
	return fmt.Sprintf("%d %s", n, Noun(n, noun))
}

// Noun is the form of a noun, given in the singular, that goes with n.
func Noun[N int | int64](n N, noun string) string {
	if n == 1 {
		return noun
	}
	for _, ending := range []string{"s", "x", "ch", "sh"} {
		if strings.HasSuffix(noun, ending) {
			return noun + "es"
		}
	}
	if stem, found := strings.CutSuffix(noun, "y"); found && stem != "" && !strings.ContainsRune("aeiou", rune(stem[len(stem)-1])) {
		return stem + "ies"
	}
	return noun + "s"
}

// Verb is the form of a verb that goes with n, such as is or are, holds or hold.
func Verb[N int | int64](n N, one, several string) string {
	if n == 1 {
		return one
	}
	return several
}
