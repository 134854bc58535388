package compare

import (
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/counts"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/results"
)

// Metric is a number of a run of which less is better, or its success.
type Metric string

const (
	SuccessMetric Metric = "success" // the target is met; without a target: the run converged
	Iterations    Metric = "iterations"
	Seconds       Metric = "seconds" // of the whole run
	WholeCell     Metric = "cell"    // of rows that are about a cell as such
)

// Of is the metric of a count: as many as the run needed until the target.
func Of(c counts.Count) Metric { return Metric(c.String()) }

// Evaluations are calls of the oracle until the target.
var Evaluations = Of(counts.Evaluations)

// Metrics are those that may be asked for, in the order of tables: success before cost.
var Metrics = func() []Metric {
	metrics := []Metric{SuccessMetric, Evaluations, Iterations}
	for _, c := range counts.All {
		if c != counts.Evaluations {
			metrics = append(metrics, Of(c))
		}
	}
	return append(metrics, Seconds)
}()

// DefaultMetrics are compared unless others are named: success, seconds and every count. A count
// beside the evaluations makes a row only where it changes in another proportion than they do.
var DefaultMetrics = slices.DeleteFunc(slices.Clone(Metrics), func(m Metric) bool { return m == Iterations })

// counted reports whether a metric is a cost that is counted.
func (m Metric) counted() bool { return m != SuccessMetric && m != Seconds && m != WholeCell }

// goal is what a cost leads to: a target of the suite, or the end of the run.
type goal struct {
	kind    string
	target  float64
	atLeast bool // met at or above
	stop    bool // no target: convergence
}

func (g goal) String() string {
	if g.stop {
		return "stop"
	}
	name := g.kind
	if g.kind == results.RelativeTarget {
		name = "gap"
	}
	return name + " " + text.Exact(g.target)
}

// finer reports whether a goal is harder to reach than another of its kind.
func (g goal) finer(than goal) bool {
	if g.atLeast {
		return g.target > than.target
	}
	return g.target < than.target
}

// goalOf is the goal that a target is.
func goalOf(t *results.Target) goal {
	return goal{kind: t.Kind, target: float64(t.Target), atLeast: t.AtLeast}
}

// find is the outcome's target, nil where it has none or where it was refused.
func (g goal) find(o *results.Summary) *results.Target {
	for k := range o.Targets {
		t := &o.Targets[k]
		if t.Kind == g.kind && float64(t.Target) == g.target && t.Message == "" {
			return t
		}
	}
	return nil
}

// succeeded reports whether the run got there.
func (g goal) succeeded(o *results.Summary) bool {
	if g.stop {
		return o.Status == results.Converged
	}
	t := g.find(o)
	return t != nil && t.Hit()
}

// cost is what the run had spent when it got there, +Inf where it never did.
func (g goal) cost(m Metric, o *results.Summary) float64 {
	if !g.succeeded(o) {
		return math.Inf(1)
	}
	if g.stop {
		return total(m, o)
	}
	return hitCost(m, g.find(o))
}

// hitCost is what had been spent when a target was met.
func hitCost(m Metric, t *results.Target) float64 {
	if m == Iterations {
		return float64(*t.Iteration)
	}
	return float64(count(m, &t.Counts))
}

// total is what the whole run spent.
func total(m Metric, o *results.Summary) float64 {
	if m == Iterations {
		return float64(o.Iterations)
	}
	return float64(count(m, &o.Counts))
}

func count(m Metric, c *results.Counts) int64 {
	named, ok := counts.Named(string(m))
	if !ok {
		panic("compare: " + string(m) + " is not a count")
	}
	return *c.At(named)
}

// finalGap is the gap at the end, but no less than its floor; without f* the gradient
// norm. A run that left the numbers ends infinitely far away.
func finalGap(o *results.Summary) float64 {
	if math.IsNaN(o.Floor) {
		return orInf(o.GradientNorm)
	}
	return math.Max(o.Floor, orInf(o.Gap))
}

// startGap is the gap at the start, or the gradient norm where finalGap is one.
func startGap(o *results.Summary) float64 {
	if math.IsNaN(o.Floor) {
		return o.StartGradient
	}
	return o.StartGap
}

// gapOf is the gap, or the gradient norm where finalGap is one, that a target stands for.
func gapOf(t *results.Target, o *results.Summary) (gap float64, known bool) {
	switch byGradient := math.IsNaN(o.Floor); {
	case !byGradient && t.Kind == results.RelativeTarget, byGradient && t.Kind == results.GradientTarget:
		return float64(t.Target) * startGap(o), true
	case !byGradient && t.Kind == results.AbsoluteTarget, byGradient && t.Kind == results.AbsoluteGradientTarget:
		return float64(t.Target), true
	}
	return 0, false
}

func orInf(v float64) float64 {
	if math.IsNaN(v) {
		return math.Inf(1)
	}
	return v
}
