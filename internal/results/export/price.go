package export

import (
	"github.com/gdbench/gdbench/internal/counts"
	"github.com/gdbench/gdbench/results"
)

// Price is what a gradient costs in evaluations of f.
type Price int

const (
	// OneEvaluation prices a gradient, with the value beside it, as one evaluation.
	OneEvaluation Price = iota
	// Dimension prices it as the D evaluations that differences would take beyond the value at
	// the point itself. It makes costs comparable with those of methods without gradients, as
	// Hansen proposes in COCO's discussion of derivatives.
	Dimension
)

// String is the price as options have it.
func (p Price) String() string { return [...]string{"1", "D"}[p] }

// words say what a gradient costs.
func (p Price) words() string {
	return [...]string{"a gradient counts as 1 evaluation", "a gradient counts as D evaluations"}[p]
}

// suffix distinguishes the outputs with that price.
func (p Price) suffix() string { return [...]string{"", "_gradient_D"}[p] }

// of is the cost in evaluations of what was counted. A Hessian product is worth two gradients, a
// Hessian D. Gradients that were made of values have been counted as these.
func (p Price) of(r *results.Record, count func(counts.Count) int64) int64 {
	d := int64(r.Variables)
	if p == OneEvaluation {
		return count(counts.Evaluations) + 2*count(counts.HessianProducts) + d*count(counts.Hessians)
	}
	gradients := 2*count(counts.HessianProducts) + d*count(counts.Hessians)
	if r.Benchmark == nil || !r.Benchmark.Differences {
		gradients += count(counts.Gradients)
	}
	return count(counts.Values) + d*gradients
}
