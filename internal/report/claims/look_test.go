package claims

import (
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/report/verdict"
	"github.com/gdbench/gdbench/results"
)

// A sentence is true where all of its claims hold, false where one is refuted, and otherwise
// not tested.
func TestShown(t *testing.T) {
	found := []verdict.Claim{
		{Name: "yes", Text: "it falls", Verdict: verdict.Holds, Evidence: "true for 2 of 2 runs"},
		{Name: "also", Text: "it rises", Denied: true, Verdict: verdict.Holds},
		{Name: "no", Text: "it flies", Verdict: verdict.Refuted},
		{Name: "open", Text: "it swims", Verdict: verdict.Untested},
		{Text: "nameless", Verdict: verdict.Refuted},
	}
	for _, c := range []struct {
		expect  string
		word    string
		because string
	}{
		{"yes", True, "TRUE, as claimed: it falls (true for 2 of 2 runs)"},
		{"yes also", True, "FALSE, as claimed: it rises"},
		{"yes no", False, "FALSE, though claimed TRUE: it flies"},
		{"yes open", NotTested, "UNTESTED: it swims"},
		{"open no", False, ""},
		{"no open", False, ""},
		{"gone yes", NotTested, "gone: its cells are not part of the run"},
		{"gone no", False, ""},
	} {
		word, because := Shown(results.Look{Text: "see", Expect: strings.Fields(c.expect)}, found)
		if word != c.word || !strings.Contains(because, c.because) {
			t.Errorf("%s: %s because %q; want %s, %q", c.expect, word, because, c.word, c.because)
		}
	}
}
