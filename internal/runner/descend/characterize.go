package descend

import (
	"math"

	"github.com/gdbench/gdbench/internal/methods/traits"
	"github.com/gdbench/gdbench/internal/runner/prepare"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
	"github.com/gdbench/gdbench/results"
)

// characterize writes down what readers of the record need to know about the method and
// cannot look up: its learning rate, how far it is from instability, and which facts it uses.
func (p *pairing) characterize(s *suite.Suite, method any, b *prepare.Built) {
	r := &p.record
	if path, value, ok := traits.LearningRate(method); ok {
		r.LearningRate = &results.LearningRate{Parameter: path, Value: results.Number(value)}
	}
	// Its error is that of preparing the method, which there was none of.
	behind, _ := traits.Behind(method, b.Facts)
	if i, ok := behind.(methods.Inexact); ok {
		r.Inexact = i.Inexact()
	}
	if a, ok := behind.(interface{ Asked() bool }); ok && a.Asked() {
		r.Observed = "questions"
	}
	if curvature, formula, ok := traits.Stability(behind); ok {
		limit := math.NaN()
		if l, err := b.Facts.Global(problems.SmoothnessL); err == nil && r.LearningRate != nil {
			limit = curvature / l * float64(r.LearningRate.Value)
		}
		r.Stability = &results.Stability{Curvature: results.Number(curvature), Limit: results.Number(limit), Formula: formula}
	}
	// The seed decides nothing that is asked here.
	o, err := problems.NewOracle(b.Problem, b.Facts, problems.OracleOptions{Batch: p.method.Keys.Batch.Size, Horizon: s.Horizon(p.method, b.Samples())})
	if err == nil { // otherwise the cell is skipped
		r.Uses = traits.Requires(method, o)
	}
}
