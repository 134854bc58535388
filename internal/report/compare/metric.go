package compare

import (
	"math"

	"github.com/gdbench/gdbench/internal/counts"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/results"
)

// Metric is a number of a run of which less is better, or its success.
type Metric string

const (
	SuccessMetric Metric = "success" // the target is met; without a target: the run converged
	Iterations    Metric = "iterations"
	Gap           Metric = "gap"     // at the end, above the floor; the gradient norm where f* is unknown
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
	return append(metrics, Gap, Seconds)
}()

// DefaultMetrics are compared unless others are named. Counts that few methods have make a
// row only where a run has any.
var DefaultMetrics = []Metric{SuccessMetric, Evaluations, Of(counts.Hessians), Of(counts.HessianProducts), Gap, Seconds}

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
	t := g.find(o)
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

func orInf(v float64) float64 {
	if math.IsNaN(v) {
		return math.Inf(1)
	}
	return v
}
