package evidencetest

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/gdbench/gdbench/internal/report/recompute"
)

// NoticesChanges requires a complaint of recompute where any digit, or the first letter of any
// word, of what was shown of a run is another, but for the path of the run.
func NoticesChanges(t *testing.T, folder, shown string) {
	t.Helper()
	path := strings.Index(shown, "`gdbench review")
	end := path + strings.LastIndex(shown[path:], "`")
	word := false
	for i, c := range shown {
		begins := unicode.IsLetter(c) && !word
		word = unicode.IsLetter(c)
		other := "Z"
		if unicode.IsDigit(c) {
			other = string('0' + (c-'0'+1)%10)
		}
		if !begins && !unicode.IsDigit(c) || i > path && i < end {
			continue
		}
		changed := shown[:i] + other + shown[i+utf8.RuneLen(c):]
		if len(recompute.Check(folder, changed)) == 0 {
			t.Errorf("no complaint where %q is %q: %q", c, other, changed[max(0, i-20):min(len(changed), i+20)])
		}
	}
}
