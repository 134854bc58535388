package compare

import (
	"testing"

	"github.com/gdbench/gdbench/results"
)

// A run without randomness that stays about some gap meets finer targets for a moment and ends where
// it ends: that is no gain of BASE and no loss of NEW, as long as both stay about the same gap. The
// first two cases are Lion on Beale's function and on a ridge, at a rate and at 0.999 of it.
func TestWandering(t *testing.T) {
	type run struct {
		end float64
		met map[float64]int64 // evaluations at which targets were met
	}
	for _, c := range []struct {
		name      string
		base, new run
		want      Decision
	}{
		{"met for a moment", run{7e-6, map[float64]int64{1e-4: 553, 1e-5: 567, 1e-6: 572}}, run{1.5e-5, map[float64]int64{1e-4: 553, 1e-5: 566}}, Pass},
		{"the last is an accident", run{1.1e-4, map[float64]int64{1e-3: 190, 1e-4: 194}}, run{3.9e-4, map[float64]int64{1e-3: 191}}, Pass},
		{"later everywhere", run{7e-6, map[float64]int64{1e-4: 553, 1e-5: 567}}, run{7e-6, map[float64]int64{1e-4: 953, 1e-5: 967}}, Fail},
		{"met, and kept", run{9e-7, map[float64]int64{1e-4: 553, 1e-5: 567, 1e-6: 572}}, run{5e-6, map[float64]int64{1e-4: 553, 1e-5: 566}}, Fail},
		{"never near it", run{2e-2, map[float64]int64{1e-2: 500, 1e-4: 553, 1e-6: 572}}, run{2e-2, map[float64]int64{1e-2: 500}}, Fail},
		{"ends far above", run{2e-4, map[float64]int64{1e-2: 500, 1e-3: 550}}, run{8e-2, map[float64]int64{1e-2: 480}}, Fail},
	} {
		side := func(of run) *results.Baseline {
			w := world{problems: []string{"p"}, methods: []string{"lion"}, evaluations: constant(budget)}
			w.change = func(o *results.Summary) {
				o.Status, o.Gap, o.Targets = results.Budget, of.end, nil
				for _, target := range []float64{1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-8} {
					k := results.Target{Target: results.Number(target)}
					if n, met := of.met[target]; met {
						at := int(n)
						k.Iteration, k.Evaluations = &at, n
					}
					o.Targets = append(o.Targets, k)
				}
			}
			b := w.run()
			b.Targets = nil
			return b
		}
		r := mustCompare(t, side(c.base), side(c.new), Options{})
		if got := (Gate{}).Judge(r); got != c.want {
			t.Errorf("%s: the gate says %s; expected %s: %s", c.name, got, c.want, r.Headline)
		}
		if r := mustCompare(t, side(c.new), side(c.base), Options{}); (Gate{}).Judge(r) != Pass {
			t.Errorf("%s, the other way round: %s", c.name, r.Headline)
		}
	}
}
