package evidence

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/gdbench/gdbench/internal/theorem"
	"github.com/gdbench/gdbench/results"
)

// noisyRuns are five runs of 128 looks whose gaps follow f up to noise whose neighbours have the
// correlation r.
func noisyRuns(rng *rand.Rand, r float64, f func(share float64) float64) *Entry {
	e := new(Entry)
	for range 5 {
		var p theorem.Points
		noise := rng.NormFloat64()
		for k := range 128 {
			noise = r*noise + math.Sqrt(1-r*r)*rng.NormFloat64()
			p.Iteration, p.Value = append(p.Iteration, int64(k)), append(p.Value, f(float64(k+1)/128)*math.Exp(0.5*noise))
		}
		c := &Cell{Ending: &Ending{Status: results.Budget}, Details: &Details{}}
		if tail, ok := theorem.FitTail(p); ok {
			c.Tail = &results.Tail{Gap: results.Number(tail.Level), Change: results.Number(tail.Change), Error: results.Number(tail.Error)}
		}
		e.Cells = append(e.Cells, c)
	}
	return e
}

// Of noise at rest most is said to rest; of gaps that fall like 1/√k or 1/k, or approach their
// floor slowly, next to none.
func TestResting(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 12))
	const rounds = 400
	for _, test := range []struct {
		name        string
		f           func(share float64) float64
		least, most float64
	}{
		{"rest", func(float64) float64 { return 0.01 }, 0.85, 1},
		{"rest after a fall", func(s float64) float64 { return 0.01 + math.Exp(-40*s) }, 0.85, 1},
		{"1/√k", func(s float64) float64 { return 1 / math.Sqrt(s) }, 0, 0.02},
		{"1/k", func(s float64) float64 { return 1 / s }, 0, 0},
		{"a slow approach", func(s float64) float64 { return 0.01 + math.Exp(-3*s) }, 0, 0.01},
		{"rising", func(s float64) float64 { return s }, 0, 0.01},
	} {
		for _, r := range []float64{0, 0.7} {
			rests := 0
			for range rounds {
				if _, ok := noisyRuns(rng, r, test.f).Resting(); ok {
					rests++
				}
			}
			if share := float64(rests) / rounds; share < test.least || share > test.most {
				t.Errorf("%s, correlation %g: %.3f of the entries rest; expected %g to %g", test.name, r, share, test.least, test.most)
			}
		}
	}
	e := noisyRuns(rng, 0, func(float64) float64 { return 0.01 })
	if gaps, ok := e.Resting(); !ok || len(gaps) != 5 || math.Abs(gaps[0]-0.01) > 0.004 {
		t.Errorf("the gaps are %v", gaps)
	}
	e.Cells[3].Status = results.Diverged
	if _, ok := e.Resting(); ok {
		t.Error("an entry with a diverged run counts as resting")
	}
	e.Cells[3].Status, e.Cells[3].Tail = results.Budget, nil
	if _, ok := e.Resting(); ok {
		t.Error("an entry with an unmeasured run counts as resting")
	}
	if _, ok := new(Entry).Resting(); ok {
		t.Error("no runs rest")
	}
}

// A law is that of an entry where at least half of its runs follow it, and says what it is of.
func TestFittedByHalf(t *testing.T) {
	law := &results.Law{Name: results.LinearLaw, Quantity: "gradient_norm", Number: 0.5, Low: 0.4, High: 0.6, From: 3, To: 9}
	of := func(laws ...*results.Law) *Entry {
		e := new(Entry)
		for _, l := range laws {
			e.Cells = append(e.Cells, &Cell{Ending: &Ending{Status: results.Budget}, Details: &Details{Law: l}})
		}
		return e
	}
	if got, n := of(law, nil).Fitted(); n != 1 || got.Read() != "‖∇f‖ ×0.5" || got.Number.High != 0.6 || got.To != 9 {
		t.Errorf("found %+v of %d runs", got, n)
	}
	if got, n := of(law, nil, nil).Fitted(); n != 0 || got.Read() != "–" {
		t.Errorf("found %+v of %d runs", got, n)
	}
	diverged := of(law)
	diverged.Cells[0].Status = results.Diverged
	if got, n := diverged.Fitted(); n != 0 {
		t.Errorf("found %+v of a run that diverged", got)
	}
	order := &results.Law{Name: results.SuperlinearLaw, Quantity: "gap", Number: 2}
	if got, _ := of(order).Fitted(); got.Read() != "order 2" {
		t.Errorf("found %s", got.Read())
	}
}
