package text

import (
	"strings"
	"testing"
)

// A long line keeps both ends, cut between letters; a short one stays.
func TestWithoutMiddle(t *testing.T) {
	for line, want := range map[string]string{
		"ten bytes!": "ten bytes!",
		"abcde" + strings.Repeat("ä", 7) + "vwxyz":  "abcde … (7 characters) … vwxyz",
		"abcdää" + strings.Repeat("-", 9) + "vwxyz": "abcd … (11 characters) … vwxyz",
	} {
		if got := WithoutMiddle(line, 10); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
