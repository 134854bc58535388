package text_test

import (
	"testing"

	"github.com/gdbench/gdbench/internal/text"
)

func TestFew(t *testing.T) {
	for n, want := range map[int]string{0: "", 1: "a", 3: "a, b, c", 4: "a, b, c and 1 more"} {
		if got := text.Few([]string{"a", "b", "c", "d"}[:n], 3); got != want {
			t.Errorf("%d names: %q; expected %q", n, got, want)
		}
	}
}
