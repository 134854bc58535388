package separable_test

import (
	"fmt"
	"math"
	"testing"

	_ "github.com/gdbench/gdbench/internal/problems/classics"
	_ "github.com/gdbench/gdbench/internal/problems/functions"
	_ "github.com/gdbench/gdbench/internal/problems/mgh"
	"github.com/gdbench/gdbench/internal/problems/separable/separabletest"
	"github.com/gdbench/gdbench/problems"
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
			p := separabletest.New(t, name, c.N)
			c.Meets(t, p)
			checkMinimum(t, &c, problems.FactsOf(p).Minimum)
		})
	}
}

// short are the problems for which the table's descent stopped short of the minimum.
var short = map[string]bool{"kowalik-osborne": true, "watson": true}

// checkMinimum holds a minimum to what the table's descent reached: nothing lies below it,
// and where it is no closed form, it was reached.
func checkMinimum(t *testing.T, c *separabletest.Case, m *problems.Minimum) {
	if m == nil {
		return
	}
	slack := m.Accuracy + 1e-9*math.Abs(m.Value)
	missed := m.Source != problems.Analytic && c.Reached > m.Value+slack && !short[c.Name]
	if c.Reached < m.Value-slack || missed {
		t.Errorf("the table's descent reached %v, stated %v ± %v", c.Reached, m.Value, m.Accuracy)
	}
}
