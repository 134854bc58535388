package theory_test

import (
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/methods/theory"
	_ "github.com/gdbench/gdbench/methods/catalogue"
)

// TestSuite runs the built-in suite: every theorem holds, every tight one is attained.
func TestSuite(t *testing.T) {
	report, err := theory.Check(theory.Options{Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	if err := report.Write(&text); err != nil {
		t.Fatal(err)
	}
	t.Log("\n" + text.String())
	for _, s := range report.Statements() {
		if s.Tight && s.Attained == 0 {
			t.Errorf("%s is tight, and no case attains it", s.Theorem)
		}
	}
	for _, f := range append(report.Failures(), report.Unrun()...) {
		t.Error(f)
	}
}
