package text

import (
	"fmt"
	"unicode/utf8"
)

// WithoutMiddle is a line of at most about n bytes: what is longer keeps its beginning and its end,
// where messages say what happened and what to do.
func WithoutMiddle(line string, n int) string {
	if len(line) <= n {
		return line
	}
	from, to := n/2, len(line)-n/2
	for !utf8.RuneStart(line[from]) {
		from--
	}
	for !utf8.RuneStart(line[to]) {
		to++
	}
	return fmt.Sprintf("%s … (%d characters) … %s", line[:from], utf8.RuneCountInString(line[from:to]), line[to:])
}
