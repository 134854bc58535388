package catalogue_test

import (
	"os"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/problems"
	_ "github.com/gdbench/gdbench/problems/catalogue"
)

// Every name by which a paper or a table calls a problem leads to one that can be made:
// those of the two reference tables, and those that the catalogue promises besides.
func TestNames(t *testing.T) {
	for file, want := range map[string]int{"problems.txt": 77, "classics.txt": 80, "catalogue.txt": 98} {
		text, err := os.ReadFile("testdata/" + file)
		if err != nil {
			t.Fatal(err)
		}
		names := strings.Fields(string(text))
		if len(names) != want {
			t.Errorf("%s has %d names, expected %d", file, len(names), want)
		}
		for _, name := range names {
			entry, err := param.Of[problems.Problem]().Lookup(name)
			if err != nil {
				t.Errorf("%s: %v", file, err)
				continue
			}
			if entry.Summary == "" || entry.Formula == "" || entry.Source == "" {
				t.Errorf("%s: %s lacks a summary, a formula or a source", file, name)
			}
		}
	}
}
