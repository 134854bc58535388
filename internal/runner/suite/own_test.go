package suite

import (
	"fmt"
	"strings"
	"testing"
)

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
