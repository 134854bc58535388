package separable_test

import (
	"fmt"
	"testing"

	_ "github.com/gdbench/gdbench/problems/classics"
	_ "github.com/gdbench/gdbench/problems/functions"
	_ "github.com/gdbench/gdbench/problems/mgh"
	"github.com/gdbench/gdbench/problems/separable/separabletest"
)

// names are those that the catalogue gives to a problem of the table where they differ:
// the table's trigonometric function is CUTEst's TRIGON1, not problem 26 of Moré, Garbow &
// Hillstrom.
var names = map[string]string{"trigonometric": "trigon1"}

// TestTable meets the value and the gradient at the standard start of every line.
func TestTable(t *testing.T) {
	var table []separabletest.Case
	separabletest.Load(t, "testdata/classics.json", &table)
	if len(table) != 106 {
		t.Fatalf("%d lines, expected 106", len(table))
	}
	for _, c := range table {
		t.Run(fmt.Sprintf("%s/%d", c.Name, c.N), func(t *testing.T) {
			name := c.Name
			if other, ok := names[name]; ok {
				name = other
			}
			c.Meets(t, separabletest.New(t, name, c.N))
		})
	}
}
