package compare

import (
	"math"
	"testing"

	"github.com/gdbench/gdbench/results"
)

// Of two runs that miss their target, one that ends by itself far above the other has lost: it would
// never have come lower, so that its early end is no gain. One that ends beside the other has not.
func TestGivingUp(t *testing.T) {
	type end struct {
		status      results.Status
		gap         float64
		evaluations int64
	}
	spentAll := end{results.Budget, 1e-3, budget}
	for _, c := range []struct {
		name      string
		base, new end
		want      Decision
	}{
		{"stalls far above", spentAll, end{results.Stalled, 0.5, 10}, Fail},
		{"stalls where it began", spentAll, end{results.Stalled, 1, 1}, Fail},
		{"meets the stop at a saddle", spentAll, end{results.Converged, 0.5, 10}, Fail},
		{"both meet the stop, NEW at a saddle", end{results.Converged, 1e-3, 5000}, end{results.Converged, 0.5, 10}, Fail},
		{"both stall, NEW far above", end{results.Stalled, 1e-3, 5000}, end{results.Stalled, 0.5, 10}, Fail},
		{"both stall at one minimum", end{results.Stalled, 0.3, 5000}, end{results.Stalled, 0.3 + 1e-12, 5000}, Pass},
		{"both stall within rounding", end{results.Stalled, 2e-5, 5000}, end{results.Stalled, 3e-5, 4900}, Pass},
		{"stalls sooner, and lower", end{results.Stalled, 1e-3, 5000}, end{results.Stalled, 1e-5, 4000}, Pass},
		{"no longer stalls far above", end{results.Stalled, 0.5, 10}, spentAll, Pass},
		{"spends its budget at a little more", spentAll, end{results.Budget, 1.05e-3, budget}, Pass},
	} {
		for _, repeats := range []int{0, 10} {
			side := func(e end) *results.Baseline {
				w := world{problems: []string{"p"}, methods: []string{"gd"}, repeats: repeats, evaluations: constant(math.Inf(1))}
				w.change = func(o *results.Summary) { o.Status, o.Gap, o.Counts.Evaluations = e.status, e.gap, e.evaluations }
				return w.run()
			}
			r := mustCompare(t, side(c.base), side(c.new), Options{})
			if got := (Gate{}).Judge(r); got != c.want {
				t.Errorf("%s, %d repeats: the gate says %s; expected %s: %s", c.name, max(1, repeats), got, c.want, r.Headline)
			}
		}
	}
}

// Where there is no target the stop is the goal, and a run that meets it at a saddle has not done
// what the other did. Near the minimum the gaps at a stop may differ by any factor.
func TestStopsElsewhere(t *testing.T) {
	side := func(gap float64, evaluations int64) *results.Baseline {
		w := world{problems: []string{"p"}, methods: []string{"gd"}, evaluations: constant(100)}
		w.change = func(o *results.Summary) {
			o.Targets, o.Gap, o.Counts.Evaluations = nil, gap, evaluations
		}
		b := w.run()
		b.Targets = nil
		return b
	}
	for _, c := range []struct {
		base, new float64 // gaps at the stop
		cost      int64
		want      Verdict
	}{
		{1e-9, 0.5, 10, Regressed}, {0.5, 1e-9, 100, Improved}, {1e-13, 1e-9, 100, Same}, {1e-13, 1e-9, 80, Improved}, {0.5, 0.5, 100, Same},
	} {
		if row := rowOf(t, mustCompare(t, side(c.base, 100), side(c.new, c.cost), Options{}), Evaluations); row.Verdict != c.want {
			t.Errorf("the stop is met at a gap of %v, then at %v after %d of 100 evaluations: %s, %v; expected %s", c.base, c.new, c.cost, row.Verdict, row.Effect, c.want)
		}
	}
}

// A gap and a gradient norm are not compared with one another.
func TestGapOnOneSideOnly(t *testing.T) {
	side := func(floor, gap float64) *results.Baseline {
		w := world{problems: []string{"p"}, methods: []string{"gd"}, evaluations: constant(math.Inf(1))}
		w.change = func(o *results.Summary) { o.Targets, o.Floor, o.Gap, o.StartGap = nil, floor, gap, gap*1000 }
		b := w.run()
		b.Targets = nil
		return b
	}
	nan := math.NaN()
	for _, sides := range [][2]*results.Baseline{{side(1e-14, 1e-3), side(nan, nan)}, {side(nan, nan), side(1e-14, 1e-3)}} {
		for _, row := range mustCompare(t, sides[0], sides[1], Options{}).Rows {
			if row.Metric == Evaluations {
				t.Errorf("%s: %s, %v", row.Goal, row.Verdict, row.Effect)
			}
		}
	}
}
