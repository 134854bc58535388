package plots

import (
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/evidencetest"
	"github.com/gdbench/gdbench/internal/report/synthetic"
)

// Curves against seconds say what the way to another program takes, and all curves which iterates
// are questions.
func TestConvergenceOfPrograms(t *testing.T) {
	p := evidencetest.Gather(t, synthetic.Reaching("p", "m", 2, 4)).Problems[0]
	notes := func(cost evidence.Cost) string { return strings.Join(Convergence(p, cost, evidence.Gap).Notes, "\n") }
	const trip, asked = "between the programs: m 20 µs", "since no iterates are announced: m"
	if got := notes(evidence.Seconds); strings.Contains(got, "between the programs") || strings.Contains(got, "announced") {
		t.Errorf("notes of a method of ours: %q", got)
	}
	p.Entries[0].RoundTrip, p.Entries[0].Asked = 20e-6, true
	if got := notes(evidence.Seconds); !strings.Contains(got, trip) || !strings.Contains(got, asked) {
		t.Errorf("notes against seconds: %q", got)
	}
	if got := notes(evidence.Iterations); strings.Contains(got, "between the programs") || !strings.Contains(got, asked) {
		t.Errorf("notes against iterations: %q", got)
	}
}
