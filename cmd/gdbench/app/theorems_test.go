package app

import (
	"testing"

	"github.com/gdbench/gdbench/internal/methods/theory"
)

// Every theorem applies to a cell of a shipped suite, and says what is checked before it is
// claimed and where it is from.
func TestEveryTheoremApplies(t *testing.T) {
	cells, err := cellsOfTheorems()
	if err != nil {
		t.Fatal(err)
	}
	for _, theorem := range theory.All() {
		if cells[theorem.Name] == "" {
			t.Errorf("%s applies to no cell of the suite %s", theorem.Name, theorySuite)
		}
		if theorem.Hypotheses == "" || theorem.Source == "" || theorem.Statement == "" {
			t.Errorf("%s lacks its statement, hypotheses or source: %+v", theorem.Name, theorem)
		}
	}
}
