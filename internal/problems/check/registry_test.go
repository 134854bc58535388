package check

import (
	"strings"
	"testing"

	_ "github.com/gdbench/gdbench/problems/catalogue"
)

// TestRegistry checks every registered problem, with its variants.
func TestRegistry(t *testing.T) {
	report, err := Run(nil, Options{Seed: 1, Points: 2})
	if err != nil {
		t.Fatal(err)
	}
	for _, failure := range report.Failures() {
		t.Error(failure)
	}
	var table strings.Builder
	if err := report.Write(&table, testing.Verbose()); err != nil {
		t.Fatal(err)
	}
	t.Log("\n" + table.String())
	for _, one := range report.Results {
		if one.Check == "build" && one.Conclusion == NotApplicable {
			t.Logf("not checked: %s", one)
		}
	}
	for _, total := range report.Totals() {
		if total.Check == "gradient" && total.Compared < 100 {
			t.Errorf("only %d gradients were compared", total.Compared)
		}
	}
}
