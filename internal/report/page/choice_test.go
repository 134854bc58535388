package page

import (
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/review"
	"github.com/gdbench/gdbench/internal/report/synthetic"
	"github.com/gdbench/gdbench/internal/report/tables"
	"github.com/gdbench/gdbench/results"
)

// Rate 0.4 reaches the target first, 0.2 ends lowest: wherever a setting is chosen it is
// 0.4, by the rule of evidence.Best.
func TestEveryChoiceIsTheSame(t *testing.T) {
	var drafts []synthetic.Draft
	for repeat := range 4 {
		for rate, gaps := range map[float64][]float64{0.1: synthetic.Halving(0.95, 20), 0.2: synthetic.Halving(0.7, 20), 0.4: synthetic.FallsTo(0.06, 20)} {
			drafts = append(drafts, synthetic.Draft{Problem: "p", Method: "m", Rate: rate, Repeat: repeat, Status: results.Budget, Gaps: gaps, Targets: []float64{0.1}})
		}
	}
	run := synthetic.Write(t, drafts, "")
	e, err := evidence.Gather([]*results.Run{run})
	if err != nil {
		t.Fatal(err)
	}
	chosen := map[string]float64{"all repeats": e.Problems[0].Best(e.Problems[0].Entries, evidence.EveryRun).Rate}
	leaders, _ := e.Problems[0].Leaders(1)
	chosen["leaders"] = leaders[0].Rate
	chosen["contest"] = e.NewContest().Instances[0].Cells[0].Entry.Rate
	for _, tab := range tables.Of(e) {
		if tab.Name == "learning-rates" {
			chosen["table"] = float64(tab.Rows[0][2].Parts()[0].Value.(float64))
		}
	}
	for _, m := range problemOf(e.Problems[0], e.Size()).Methods {
		if m.Best {
			chosen["page"] = float64(m.Rate)
		}
	}
	if len(chosen) != 5 {
		t.Fatalf("choices of %v", chosen)
	}
	for where, rate := range chosen {
		if rate != 0.4 {
			t.Errorf("%s: the best rate is %g; expected 0.4", where, rate)
		}
	}
	findings, err := review.Of([]*results.Run{run})
	if text := review.Text(findings); err != nil || !strings.Contains(text, "edge of the grid: m (p) at 0.4") {
		t.Errorf("%v, the review says\n%s", err, text)
	}
}
