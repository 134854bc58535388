package expression

import (
	"strings"
	"testing"
)

// A formula that leaves out a variable may mean another number of variables: it is refused, with
// both readings, unless dim says how many there are.
func TestGaps(t *testing.T) {
	for _, c := range []struct {
		of   string
		dim  int
		n    int
		want string
	}{
		{"x[1]^2 + x[2]^2", 0, 0, "column 12: x[0] does not occur, and variables count from 0 (x, y, z are x[0], x[1], x[2]); write x[0], x[1] for a function of 2 variables, or dim: 3 for one of 3 variables"},
		{"x[1]^2 + x[2]^2", 3, 3, ""},
		{"y^2", 0, 0, "column 1: x[0] does not occur, and variables count from 0 (x, y, z are x[0], x[1], x[2]); write x[0] for a function of 1 variable, or dim: 2"},
		{"x + z^2", 0, 0, "column 5: x[1] does not occur"},
		{"x[0] + x[7]", 0, 0, "x[1], x[2], x[3], x[4], … do not occur"},
		{"x[0]*x[1]", 0, 2, ""},
		{"z*y*x", 0, 3, ""},
		{"x[1] + x[0]", 0, 2, ""},
	} {
		tape, err := compile(c.of, c.dim)
		switch {
		case c.want == "" && err != nil:
			t.Errorf("%s: %v", c.of, err)
		case c.want == "" && len(tape.variables) != c.n:
			t.Errorf("%s: %d variables; expected %d", c.of, len(tape.variables), c.n)
		case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%s: got %v\nexpected %s", c.of, err, c.want)
		}
	}
}
