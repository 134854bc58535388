package evidence

import (
	"fmt"
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/counts"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/results"
)

// Cost is a way to count what a run has cost.
type Cost struct {
	Name  string // of columns: "evaluations"
	Label string // of axes
	Of    func(s spent, p *Problem) float64
	one   string // Name in the singular, of what sentences count in
}

// unit is the cost as what so much of it is counted in: "1 pass", "2 passes".
func (cost Cost) unit(n float64) string {
	if text.Short(n) == "1" {
		return cost.one
	}
	return cost.Name
}

// spent is what a run had spent at some moment: at the end, at a target, at a point of
// its trace.
type spent struct {
	iterations, seconds float64
	counts.Of[float64]
}

// spending is the costs with one of the counts each, as at reads it.
func spending(iterations, seconds float64, at func(counts.Count) float64) spent {
	s := spent{iterations: iterations, seconds: seconds}
	for c, total := range s.Each {
		*total = at(c)
	}
	return s
}

// Costs that every run file has.
var (
	Iterations  = Cost{Name: "iterations", Label: "iterations", Of: func(s spent, _ *Problem) float64 { return s.iterations }}
	Evaluations = Cost{Name: "evaluations", Label: "evaluations (value, gradient or both)", Of: func(s spent, _ *Problem) float64 { return s.Evaluations }}
	Gradients   = Cost{Name: "gradients", Label: "gradients", Of: func(s spent, _ *Problem) float64 { return s.Gradients }}
	Samples     = Cost{Name: "samples", Label: "samples", Of: func(s spent, _ *Problem) float64 { return s.Samples }}
	// Epochs are as many samples as the data set has; on a problem that is no sum, one
	// evaluation.
	Epochs = Cost{Name: "epochs", one: "epoch", Label: "epochs", Of: func(s spent, p *Problem) float64 {
		if p.Samples == 0 {
			return s.Evaluations
		}
		return s.Samples / float64(p.Samples)
	}}
	// Passes are the unit in which methods are compared: an evaluation weighs 1 (on a sum: as
	// many samples as there are), a Hessian product 2 and a Hessian n. The samples of a sum
	// hold each Hessian and product once already.
	Passes = Cost{Name: "passes", one: "pass", Label: "passes (evaluation 1, Hessian product 2, Hessian n)",
		Of: func(s spent, p *Problem) float64 { return p.passes(s, float64(p.Dim)) }}
	// CheapHessians are passes at the least price of a Hessian, one pass: on a sum it reads the
	// data once, as a gradient does.
	CheapHessians = Cost{Name: "passes, a Hessian at 1", Label: "passes (evaluation 1, Hessian product 2, Hessian 1)", Of: func(s spent, p *Problem) float64 { return p.passes(s, 1) }}
	// Seconds are indicative unless the suite says exclusive; no target knows them.
	Seconds = Cost{Name: "seconds", Label: "seconds", Of: func(s spent, _ *Problem) float64 { return s.seconds }}
)

// passes are those of what was spent, where a Hessian costs so many.
func (p *Problem) passes(s spent, hessian float64) float64 {
	return counts.Passes(&s.Of, p.Samples, hessian)
}

// Reweighed are other prices for the same work, by which a ranking had better not change:
// for a value alone (a value of a sum is as dear as its gradient), for a Hessian product,
// and for the factorization that goes with a Hessian, n³/3 operations where a gradient
// takes about n, or n times the samples.
var Reweighed = []Cost{
	weighed("values free", 0, 2, false), weighed("values at half a gradient", 0.5, 2, false),
	weighed("Hessian products at 1", 1, 1, false), weighed("Hessian products at 4", 1, 4, false),
	weighed("factorizations counted", 1, 2, true),
}

func weighed(name string, value, product float64, factorize bool) Cost {
	return Cost{Name: "passes, " + name, Label: name, Of: func(s spent, p *Problem) float64 {
		n, samples := float64(p.Dim), math.Max(1, float64(p.Samples))
		work := s.Gradients + float64(value*(s.Evaluations-s.Gradients)) + float64(product*s.HessianProducts) + float64(n*s.Hessians)
		if p.Samples > 0 { // each product and Hessian is among the samples once
			work = s.Samples/samples + float64((product-1)*s.HessianProducts) + float64((n-1)*s.Hessians)
		}
		if factorize {
			work += float64(n * n / (3 * samples) * s.Hessians)
		}
		return work
	}}
}

// PerVariable is the cost of COCO's figures: evaluations over the number D of variables, in which a
// gradient has a price.
func PerVariable(price counts.Price) Cost {
	return Cost{Name: "evaluations per variable, a gradient at " + price.String(), Label: "evaluations over D, the number of variables: " + price.Words(),
		Of: func(s spent, p *Problem) float64 {
			b := p.Example.Benchmark
			return price.Evaluations(p.Dim, b != nil && b.Differences, func(c counts.Count) float64 { return *s.At(c) }) / float64(p.Dim)
		}}
}

// CurveCosts are the costs that a curve can be drawn against.
var CurveCosts = []Cost{Iterations, Evaluations, Gradients, Passes, Epochs, Seconds}

// Total is the cost of a whole run.
func (cost Cost) Total(c *Cell, p *Problem) float64 {
	return cost.Of(spending(float64(c.Iterations), c.Seconds, func(n counts.Count) float64 { return float64(*c.Counts.At(n)) }), p)
}

// spentAt is what had been spent when a target was hit.
func spentAt(t *results.Target) spent {
	return spending(float64(*t.Iteration), math.NaN(), func(n counts.Count) float64 { return float64(*t.At(n)) })
}

// earlier is the share of its iterations by which a target may have been met before a check has seen it.
func earlier(t *results.Target) float64 {
	return 1 - t.Least(1)
}

// Checks are those of the goals that a table or a figure shows.
type Checks struct {
	share float64 // the largest of iterations by which a run may have met one before a check saw it
}

// Add adds goals of a problem to what is shown.
func (c *Checks) Add(p *Problem, goals ...Goal) {
	for i, g := range p.goals {
		if slices.Contains(goals, g) {
			c.share = max(c.share, p.earlier[i])
		}
	}
}

// Checks are those of goals of the problem.
func (p *Problem) Checks(goals ...Goal) *Checks {
	c := &Checks{}
	c.Add(p, goals...)
	return c
}

// AddTarget adds a target of the problem that a run gave a label.
func (c *Checks) AddTarget(e *Evidence, label, kind string, target float64) {
	for _, p := range e.Problems {
		if slices.Contains(p.labels(), label) {
			c.Add(p, Goal{target, kind, false}, Goal{target, kind, true})
		}
	}
}

// Notes says how exact the costs are; none: all goals were checked after each step.
func (c *Checks) Notes() []string {
	if c.share <= 0 {
		return nil
	}
	return []string{fmt.Sprintf("Targets were not checked after each step: a run may have met one earlier, in up to %.0f%% fewer iterations.", math.Ceil(100*c.share))}
}

// To is the cost of getting to a target that was hit.
func (cost Cost) To(t *results.Target, p *Problem) float64 { return cost.Of(spentAt(t), p) }

// At is the cost of getting to the k-th point of a trace.
func (cost Cost) At(t *results.Trace, k int, p *Problem) float64 {
	return cost.Of(spending(float64(t.Iteration[k]), Column(t.Seconds, k), func(n counts.Count) float64 { return whole(*t.At(n), k) }), p)
}

// whole is an entry of a column that a trace may lack.
func whole(column []int64, k int) float64 {
	if k >= len(column) {
		return 0
	}
	return float64(column[k])
}

// Work is the cost by which methods are compared when nothing else is said: passes, in which
// second derivatives have their price. Where that is unknown, with the number of variables of
// a file of schema 1, it is epochs.
func (p *Problem) Work() Cost {
	if p.Dim == 0 && p.some(func(c *Cell) bool { return c.Counts.Hessians > 0 }) {
		return Epochs
	}
	return Passes
}

// CurveCosts are the costs that distinguish methods on the problem, as far as they were
// recorded.
func (p *Problem) CurveCosts() []Cost {
	costs := []Cost{Iterations, Evaluations}
	if p.some(func(c *Cell) bool { return c.Counts.Gradients != c.Counts.Evaluations }) {
		costs = append(costs, Gradients)
	}
	if p.Samples > 0 {
		costs = append(costs, Epochs)
	}
	if p.SecondOrder() {
		costs = append(costs, Passes)
	}
	if p.some(func(c *Cell) bool { return c.Trace != nil && hasFinite(c.Trace.Seconds) }) {
		costs = append(costs, Seconds)
	}
	return costs
}
