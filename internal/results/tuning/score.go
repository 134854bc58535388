package tuning

import (
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/counts"
	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/results"
)

// Costs are what the score of a trial can be counted in.
var Costs = []string{"passes", "evaluations", "gradients", "iterations", "samples"}

// Outcome is what a score needs of a run.
type Outcome struct {
	Works  []float64 // cost of each target of the ladder; +Inf: missed, NaN: not measurable
	Budget float64   // what a missed target costs
	Spent  float64   // by the whole run
	Rest   float64   // final gap, or value where f* is unknown; +Inf where the run failed
}

// Of is the outcome of a run under the ladder and the cost of a score.
func Of(r *results.Record, targets []results.Number, cost string) Outcome {
	o := Outcome{Works: make([]float64, len(targets)), Rest: math.Inf(1)}
	spent := costOf(cost, r, r.Iterations, r.Counts)
	if r.Tuned != nil {
		o.Budget = float64(r.Tuned.Budget)
	}
	o.Spent, o.Budget = spent, math.Max(o.Budget, spent)
	for i, target := range targets {
		o.Works[i] = math.Inf(1) // of a run that did not begin, too
		for k := range r.Targets {
			t := &r.Targets[k]
			switch {
			case t.Target != target || t.Kind != results.RelativeTarget:
			case t.Hit():
				o.Works[i] = math.Min(costOf(cost, r, *t.Iteration, t.Counts), o.Budget)
			case t.Message != "" || r.Minimum == nil:
				o.Works[i] = math.NaN()
			}
		}
	}
	ended := r.Status != results.Diverged && r.Status != results.Failed && r.Status != results.Skipped
	if r.Final != nil && ended {
		o.Rest = float64(r.Final.Gap)
		if r.Minimum == nil {
			o.Rest = float64(r.Final.Value)
		}
		if math.IsNaN(o.Rest) {
			o.Rest = math.Inf(1)
		}
	}
	return o
}

// costOf is what was spent, in the cost of that name.
func costOf(cost string, r *results.Record, iterations int, c counts.Counts) float64 {
	if cost == "iterations" {
		return float64(iterations)
	}
	if count, ok := counts.Named(cost); ok {
		return float64(*c.At(count))
	}
	var spent counts.Of[float64]
	for which, total := range c.Each {
		*spent.At(which) = float64(*total)
	}
	return counts.Passes(&spent, r.Samples, float64(r.Variables))
}

// Least is the least work: logarithms and ratios stay finite where a target is met at the start.
const Least = 1e-3

// LogWork is the mean over the ladder of the logarithm of the work, in which a missed target
// costs the budget; NaN where no target can be measured.
func (o *Outcome) LogWork() float64 {
	sum, n := 0.0, 0
	for _, work := range o.Works {
		if !math.IsNaN(work) {
			sum += elementary.Log(math.Max(math.Min(work, o.Budget), Least))
			n++
		}
	}
	return sum / float64(n)
}

// Finest is the work to the finest target that can be measured; NaN where none can.
func (o *Outcome) Finest() float64 {
	for _, work := range slices.Backward(o.Works) {
		if !math.IsNaN(work) {
			return work
		}
	}
	return math.NaN()
}

// Solved reports whether the finest target that can be measured was met.
func (o *Outcome) Solved() bool { return o.Finest() < math.Inf(1) }

// Best is the trial, from 0, with the least mean log work over some problems; trials are
// outcomes by problem and trial. Where two are alike, the better mean rank of what is left of
// the gap decides, and then the earlier trial.
func Best(trials [][]Outcome) int {
	best, least := 0, score(trials, 0)
	for k := range trials[0] {
		s := score(trials, k)
		better := s < least || math.IsNaN(least) && !math.IsNaN(s)
		alike := s == least || math.IsNaN(s) && math.IsNaN(least)
		if better || alike && meanRank(trials, k) < meanRank(trials, best) {
			best, least = k, s
		}
	}
	return best
}

// score is the mean log work of a trial over some problems, NaN where it cannot be measured on
// any. A problem on which nothing can be measured does not count.
func score(trials [][]Outcome, k int) float64 {
	sum, n := 0.0, 0
	for _, outcomes := range trials {
		if work := outcomes[k].LogWork(); !math.IsNaN(work) {
			sum += work
			n++
		}
	}
	return sum / float64(n)
}

// meanRank is the mean over problems of the number of trials that are left with less than the
// k-th; ties count half. Unlike gaps, ranks of different problems can be averaged.
func meanRank(trials [][]Outcome, k int) float64 {
	sum := 0.0
	for _, outcomes := range trials {
		for j := range outcomes {
			switch {
			case outcomes[j].Rest < outcomes[k].Rest:
				sum++
			case outcomes[j].Rest == outcomes[k].Rest:
				sum += 0.5
			}
		}
	}
	return sum / float64(len(trials))
}
