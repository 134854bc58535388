package compare

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/gdbench/gdbench/results"
)

const simulations = 2000

// nullWorld is 3 problems × 2 methods × 12 repeats of log-normal costs, the spread differing
// from cell to cell. One method misses its target in 30% of its runs, one ends with a gap
// that varies.
func nullWorld(rng *rand.Rand, factor float64) world {
	w := world{problems: names("p", 3), methods: names("m", 2), repeats: 12}
	w.evaluations = func(problem, method string, _ int) float64 {
		if method == "m01" && rng.Float64() < 0.3 {
			return math.Inf(1)
		}
		spread := 0.05 + 0.1*float64(problem[2]-'0')
		return math.Round(1e6 * factor * math.Exp(spread*rng.NormFloat64()))
	}
	w.change = func(o *results.Summary) {
		if o.Status == results.Budget {
			o.Gap = 1e-3 * factor * math.Exp(0.5*rng.NormFloat64())
		}
	}
	return w
}

// The probability that a run turns red though no cell is worse by more than δ is at most
// α, at no change at all and where every cell sits exactly at what is tolerated. Both sides
// have fresh seeds: copies would prove nothing.
func TestFamilyWiseError(t *testing.T) {
	if testing.Short() {
		t.Skip("2,000 simulations; run without -short")
	}
	for _, factor := range []float64{1, 1.05} {
		t.Run(fmt.Sprintf("ratio %v", factor), func(t *testing.T) {
			t.Parallel()
			rng := rand.New(rand.NewPCG(6, uint64(100*factor)))
			red, known := 0, powers{}
			for range simulations {
				base, new := nullWorld(rng, 1).run(), nullWorld(rng, factor).run()
				r, err := compare(base, new, Options{}, known)
				if err != nil {
					t.Fatal(err)
				}
				if (Gate{}).Judge(r) != Pass {
					red++
				}
			}
			share := float64(red) / simulations
			t.Logf("%.2f%% of the runs are red", 100*share)
			if share > 0.065 {
				t.Errorf("%.2f%% of the runs are red; at most 6.5%% may be", 100*share)
			}
			if factor > 1 && share < 0.01 {
				t.Errorf("%.2f%% of the runs are red: a gate that never fires has no error rate to test", 100*share)
			}
		})
	}
}

// The printed power is the true one: a method is made worse by the loss that its table
// said would be found with 80%, and is found about so often. The spread is estimated
// anew in each simulation, as it is in life.
func TestPowerAsPrinted(t *testing.T) {
	if testing.Short() {
		t.Skip("simulations; run without -short")
	}
	const spread = 0.1
	for _, c := range []struct{ cells, repeats int }{{1, 10}, {4, 10}, {1, 20}, {10, 30}} {
		t.Run(fmt.Sprintf("%d cells, %d repeats", c.cells, c.repeats), func(t *testing.T) {
			t.Parallel()
			rng := rand.New(rand.NewPCG(6, uint64(1000*c.cells+c.repeats)))
			w := world{problems: names("p", c.cells), methods: []string{"sgd"}, repeats: c.repeats}
			options := Options{Metrics: []Metric{Evaluations}}
			draw := func(factor float64) *results.Baseline {
				w.evaluations = func(problem, _ string, _ int) float64 {
					f := 1.0
					if problem == "p00" {
						f = factor
					}
					return math.Round(1e7 * f * math.Exp(spread*rng.NormFloat64()))
				}
				return w.run()
			}
			known := powers{}
			compared := func(factor float64) *Row {
				r, err := compare(draw(1), draw(factor), options, known)
				if err != nil {
					t.Fatal(err)
				}
				return first(r)
			}
			found, trials := 0, 600
			for range trials {
				loss := float64(compared(1).Power.Detectable)
				if compared(loss).Verdict == Regressed {
					found++
				}
			}
			share := float64(found) / float64(trials)
			t.Logf("found in %.1f%%", 100*share)
			if math.Abs(share-probability) > 0.05 {
				t.Errorf("the loss is found in %.1f%%; the table printed 80%%", 100*share)
			}
		})
	}
}

// first is the row of the cell that is made worse.
func first(r *Report) *Row {
	for i := range r.Rows {
		if r.Rows[i].Problem == "p00" {
			return &r.Rows[i]
		}
	}
	return nil
}
