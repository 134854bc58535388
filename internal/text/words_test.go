package text_test

import (
	"slices"
	"testing"

	"github.com/gdbench/gdbench/internal/text"
)

func TestWords(t *testing.T) {
	for _, c := range []struct {
		line string
		want []string
	}{
		{"python3 -m gdbench.scipy", []string{"python3", "-m", "gdbench.scipy"}},
		{`  sh -c "exit  3"	'a "b"' `, []string{"sh", "-c", "exit  3", `a "b"`}},
		{`x '' y"z"w`, []string{"x", "", "yzw"}},
	} {
		got, err := text.Words(c.line)
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%q: %q, %v; expected %q", c.line, got, err, c.want)
		}
	}
	for _, line := range []string{"", " ", `a "b`, `'`} {
		if got, err := text.Words(line); err == nil {
			t.Errorf("%q: %q; expected an error", line, got)
		}
	}
}
