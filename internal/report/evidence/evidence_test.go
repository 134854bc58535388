package evidence

import (
	"slices"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/report/synthetic"
	"github.com/gdbench/gdbench/results"
)

func TestBandKeepsToWhatIsKnown(t *testing.T) {
	e := gather(t,
		synthetic.Draft{Problem: "p", Method: "m", Repeat: 0, Status: results.Converged, Gaps: []float64{8, 4, 2}},
		synthetic.Draft{Problem: "p", Method: "m", Repeat: 1, Status: results.Diverged, Gaps: []float64{8, 80}},
		synthetic.Draft{Problem: "p", Method: "m", Repeat: 2, Status: results.Budget, Gaps: []float64{8, 6, 5, 3}})
	b := e.Problems[0].Entries[0].Band(Iterations, Gap, 10)
	if want := []float64{0, 1, 2, 3}; !slices.Equal(b.X, want) {
		t.Fatalf("x = %v; expected %v: the band stops at the budget", b.X, want)
	}
	// At 1: 4, 80, 6. At 2: 2, ∞, 5. At 3: 2 carried, ∞, 3.
	if want := []float64{8, 6, 5, 3}; !slices.Equal(b.Median, want) {
		t.Errorf("median %v; expected %v", b.Median, want)
	}
	if want := []float64{8, 5, 3.5, 2.5}; !slices.Equal(b.Low, want) {
		t.Errorf("lower quartile %v; expected %v", b.Low, want)
	}
	if want := []float64{8, 43, synthetic.Inf, synthetic.Inf}; !slices.Equal(b.High, want) {
		t.Errorf("upper quartile %v; expected %v", b.High, want)
	}
}

func TestLeadersTakeTheBestRate(t *testing.T) {
	e := gather(t, synthetic.GridOfDrafts()...)
	entries, note := e.Problems[0].Leaders(4)
	var labels []string
	for _, entry := range entries {
		labels = append(labels, entry.Label)
	}
	if got := strings.Join(labels, "; "); got != "sgd lr=1 batch=1; sgd lr=1 batch=32; newton" {
		t.Errorf("chosen: %s", got)
	}
	if !strings.Contains(note, "3 of 9") {
		t.Errorf("note: %s", note)
	}
	if best := e.Problems[0].Ranked()[0]; best.Label != "newton" {
		t.Errorf("the best of all is newton, not %s", best.Label)
	}
	if entries, _ := e.Problems[0].Leaders(1); len(entries) != 1 || entries[0].Label != "sgd lr=1 batch=1" {
		t.Errorf("the reference is never left out; found %v", entries)
	}
}
