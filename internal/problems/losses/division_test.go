package losses_test

import (
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/problems"
)

// Another division holds out other samples, of the same number, and without a held-out part there is but one. A
// problem of the first division has the definition that it had before there were others.
func TestDivisions(t *testing.T) {
	const start = "{name: logistic, data: iris, positive: 0, l2: 0.1"
	value := func(keys string) float64 {
		p := build(t, start+keys+"}")
		x := make([]float64, p.Dim())
		for i := range x {
			x[i] = float64(i + 1)
		}
		return p.Evaluate(x, nil)
	}
	first, second, again := value(", split: 0.2"), value(", split: 0.2, division: 1"), value(", split: 0.2, division: 1")
	if first != value(", split: 0.2, division: 0") || first == second || second != again || value("") != value(", division: 3") {
		t.Errorf("values %g, %g, %g", first, second, again)
	}
	for keys, want := range map[string]string{", split: 0.2, division: 2": "division", "": ""} {
		if by, number := build(t, start+keys+"}").(problems.Divided).DividedBy(); by != want || want != "" && number != 2 {
			t.Errorf("%s: divided by %q, %d", keys, by, number)
		}
	}
	for keys, want := range map[string]bool{"": false, ", division: 0": false, ", division: 1": true} {
		node, err := param.Load("test", strings.NewReader(start+keys+"}"))
		if err != nil {
			t.Fatal(err)
		}
		spec, err := param.Of[problems.Problem]().Only("test", node, nil)
		if err != nil {
			t.Fatal(err)
		}
		if full := spec.FullText(); strings.Contains(full, "division") != want || !strings.Contains(full, "split: 0") {
			t.Errorf("%s", full)
		}
	}
}
