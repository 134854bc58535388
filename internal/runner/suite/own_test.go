package suite

import (
	"fmt"
	"strings"
	"testing"
)

// Equal texts have one number, in the order in which they come.
func TestTexts(t *testing.T) {
	const n = 10_000
	table, known := newTexts(n), map[string]int{}
	for i := range 2 * n {
		text := fmt.Sprint(i * i % n)
		if _, ok := known[text]; !ok {
			known[text] = len(known)
		}
		if got := table.add(text); got != known[text] {
			t.Fatalf("%s is number %d; want %d", text, got, known[text])
		}
	}
	one := newTexts(1)
	for range 2 {
		if got := one.add("a"); got != 0 {
			t.Errorf("the only text is number %d", got)
		}
	}
}

// Types of other modules are the user's, also in a field of a component that comes with gdbench.
func TestIsOwn(t *testing.T) {
	type ours struct{ Step fmt.Stringer }
	for _, c := range []struct {
		component any
		want      bool
	}{
		{&ours{}, false}, {&strings.Builder{}, true}, {&ours{&strings.Builder{}}, true}, {nil, false}, {3, false},
	} {
		if got := isOwn(c.component); got != c.want {
			t.Errorf("%T: %v", c.component, got)
		}
	}
}
