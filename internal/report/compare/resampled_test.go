package compare

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	_ "github.com/gdbench/gdbench/methods/catalogue"
	_ "github.com/gdbench/gdbench/problems/catalogue"
	"github.com/gdbench/gdbench/results"
	"github.com/gdbench/gdbench/runner"
)

// history has many repeats of every cell of a shipped suite, from which pairs of runs are drawn:
// their noise, its correlation within blocks, misses and divergence are real.
type history struct {
	header  results.BaselineHeader
	cells   [][]results.Summary // by repeat
	repeats int
}

func historyOf(t *testing.T, suite string, repeats int) *history {
	t.Helper()
	s, err := runner.LoadSuite(filepath.Join("../../../suites", suite+".yaml"), fmt.Sprintf("repeats=%d", repeats))
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(t.TempDir(), "run")
	if _, err := runner.Run(t.Context(), s, runner.Options{Folder: folder}); err != nil {
		t.Fatal(err)
	}
	b, err := results.ReadBaseline(folder)
	if err != nil {
		t.Fatal(err)
	}
	h := &history{header: b.BaselineHeader, repeats: repeats}
	for _, cell := range group(b) {
		var runs []results.Summary
		for _, o := range cell {
			runs = append(runs, *o)
		}
		h.cells = append(h.cells, runs)
	}
	return h
}

// draw is a run that has some of the repeats, at a cost that is a factor higher.
func (h *history) draw(chosen []int, factor float64) *results.Baseline {
	b := &results.Baseline{BaselineHeader: h.header}
	for _, runs := range h.cells {
		for i, k := range chosen {
			if len(runs) == 1 { // deterministic
				if i == 0 {
					b.Summaries = append(b.Summaries, runs[0])
				}
				continue
			}
			o := runs[k]
			o.Repeat, o.ID, o.Conditions, o.StartGap, o.StartGradient = i, runs[i].ID, runs[i].Conditions, runs[i].StartGap, runs[i].StartGradient
			o.Targets = dearer(&o, factor)
			b.Summaries = append(b.Summaries, o)
		}
	}
	b.Cells, b.Grid = len(b.Summaries), len(b.Summaries)
	return b
}

// dearer is the targets of a run at a cost that is a factor higher: one that the budget does not
// cover any more is missed.
func dearer(o *results.Summary, factor float64) []results.Target {
	var out []results.Target
	for _, t := range o.Targets {
		if t.Hit() && factor != 1 {
			n := int64(math.Round(factor * float64(t.Evaluations)))
			t.Samples = int64(math.Round(factor * float64(t.Samples)))
			t.Gradients = int64(math.Round(factor * float64(t.Gradients)))
			t.Evaluations = n
			if n > o.Counts.Evaluations {
				t = results.Target{Kind: t.Kind, Target: t.Target, AtLeast: t.AtLeast}
			}
		}
		out = append(out, t)
	}
	return out
}

// With the noise of shipped suites, too, at most α of the pairs of runs turn red without a loss or
// at the loss that is tolerated, and a loss of the whole suite by a factor of two is found.
func TestSoakResampled(t *testing.T) {
	if os.Getenv("GDBENCH_SOAK") == "" {
		t.Skip("takes minutes; GDBENCH_SOAK=1 runs it")
	}
	const pairs, repeats = 2000, 60
	for _, suite := range []string{"adaptive", "batch-size"} {
		h := historyOf(t, suite, repeats)
		for _, loss := range []float64{1, 1.03, 1.05, 2} {
			t.Run(fmt.Sprintf("%s, %d cells, ratio %v", suite, len(h.cells), loss), func(t *testing.T) {
				t.Parallel()
				rng := rand.New(rand.NewPCG(11, math.Float64bits(loss)))
				n := 0
				for range pairs {
					drawn := rng.Perm(repeats)
					r, err := Compare(h.draw(drawn[:10], 1), h.draw(drawn[10:20], loss), Options{lossesOnly: true})
					if err != nil {
						t.Fatal(err)
					}
					if red(r) {
						n++
					}
				}
				rate := float64(n) / float64(pairs)
				t.Logf("%.2f%% red, at most %.2f%%", 100*rate, 100*upper(rate, pairs))
				if loss == 2 && rate < 0.99 || loss < 2 && upper(rate, pairs) > 0.065 {
					t.Errorf("%.2f%% are red", 100*rate)
				}
			})
		}
	}
}
