//go:build !playground

package data

import (
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// inUTF8 is a text as it is, or read as Windows-1252, of which Latin-1 is a part, where it is no
// UTF-8.
func inUTF8(text string) (out string, changed bool) {
	if utf8.ValidString(text) {
		return text, false
	}
	out, _ = charmap.Windows1252.NewDecoder().String(text) // each byte has a meaning, or U+FFFD
	return out, true
}
