package suite

import (
	"fmt"
	"strings"
	"testing"
)

// Equal texts have one number, in the order in which they come.
func TestDistinct(t *testing.T) {
	const n = 10_000
	text := func(i int) string { return fmt.Sprint(i * i % n) }
	table, known := newDistinct(n, text), map[string]int{}
	for i := range 2 * n {
		if _, ok := known[text(i)]; !ok {
			known[text(i)] = len(known)
		}
		if got := table.add(i); got != known[text(i)] {
			t.Fatalf("%s is number %d; want %d", text(i), got, known[text(i)])
		}
	}
	one := newDistinct(1, func(int) string { return "a" })
	for i := range 2 {
		if got := one.add(i); got != 0 {
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
