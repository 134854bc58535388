package runner

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"

	"github.com/gdbench/gdbench/internal/problems/guard"
	"github.com/gdbench/gdbench/internal/runner/descend"
	"github.com/gdbench/gdbench/internal/runner/prepare"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
	"github.com/gdbench/gdbench/results"
)

// Descent says how Descend runs. The zero value is a descent from the problem's standard
// start with a budget of 1000 iterations.
type Descent struct {
	// Start is x0, with one entry for each of the n variables. Nil is the problem's standard
	// start, or the origin where the problem has none.
	Start []float64

	Budget Budget
	Stop   Stop

	// Targets are the accuracies whose cost is recorded, as relative gaps (f−f*)/(f0−f*)
	// between 0 and 1. Nil is 1e-2, 1e-4, 1e-6 and 1e-8.
	Targets []float64

	// Trace is the number of iterations to record, spread evenly on a logarithmic scale; 0:
	// none. In one and two variables the trace holds the points too.
	Trace int

	// Batch is the number of samples that a step looks at, for problems that are a sum over
	// samples; 0: all. Batches are drawn by shuffling the samples once an epoch.
	Batch int

	// Seed is the seed of batches and of randomized methods.
	Seed uint64
}

// Budget limits what a descent may cost. Zero is no limit; where nothing is limited, 1000
// iterations are. A budget may be exceeded by one iteration.
type Budget struct {
	Iterations  int     // steps of the method
	Evaluations int     // calls of the oracle at a point, for the value, the gradient or both
	Gradients   int     // gradients
	Epochs      float64 // passes over the samples
	Seconds     float64 // wall time
}

// Stop says when a descent is over before its budget. Zero is the default, a negative number
// is never.
type Stop struct {
	Gradient         float64 // converged when ‖∇f(x)‖ ≤ Gradient·‖∇f(x0)‖; default 1e-8
	GradientAbsolute float64 // converged when ‖∇f(x)‖ ≤ GradientAbsolute; default never
	Gap              float64 // converged when (f−f*)/(f0−f*) ≤ Gap; default never

	// DualityGap and DualityGapAbsolute are for problems with a bounded constraint: converged when the
	// gap of Frank and Wolfe, max ∇f(x)ᵀ(x − s) over the constraint, is ≤ DualityGap times that at x0,
	// or ≤ DualityGapAbsolute; default never.
	DualityGap, DualityGapAbsolute float64

	Divergence float64 // diverged when f−f* > Divergence·(f0−f*), a factor above 1; default 1e6
}

// Descend runs one descent of a method on a problem, and returns its record: how it ended
// (Status, Message), what it cost (Counts, Iterations), what it reached (Final, Best, Targets)
// and its trace with the theorems that apply. Final.X has all n entries. A record of a descent
// in code has no id, no labels and no description of problem and method.
//
// The problem must be built and the method must have its settings, as New of their packages
// makes them; expressions such as 1/L in the settings get their numbers from the facts of the
// problem. Method and problem belong to this descent until it returns.
//
// Divergence, a spent budget and a method that stalls are results. It is an error where there
// is no result: the method or the problem is nil or has a setting out of range, the start has
// another length than the problem has variables, the value at the start is not finite, the
// method needs what the problem lacks (*problems.Missing), a step fails or panics, no step
// moves, or ctx ends, which is checked between iterations.
func Descend(ctx context.Context, problem problems.Problem, method methods.Method, d Descent) (*results.Record, error) {
	header, err := d.header()
	if err != nil {
		return nil, fmt.Errorf("descend: %w", err)
	}
	built, err := check(problem, method, d)
	if err != nil {
		return nil, fmt.Errorf("descend: %w", err)
	}
	record, err := descend.Single(ctx, header, built, method, d.Start, suite.MethodKeys{Batch: suite.Batch{Size: d.Batch}})
	if err != nil {
		return nil, fmt.Errorf("descend: %w", err)
	}
	return record, nil
}

// check refuses what cannot descend at all.
func check(problem problems.Problem, method methods.Method, d Descent) (built *prepare.Built, err error) {
	switch {
	case problem == nil:
		return nil, errors.New("the problem is nil")
	case method == nil:
		return nil, errors.New("the method is nil")
	case d.Batch < 0:
		return nil, fmt.Errorf("the field Batch is %d; expected a number of samples ≥ 1, or 0 for all", d.Batch)
	}
	err = guard.Run("while the problem was asked for its facts", func() error {
		n := problem.Dim()
		if n < 1 {
			return fmt.Errorf("the problem has %d variables; is it built?", n)
		}
		if d.Start != nil && len(d.Start) != n {
			return fmt.Errorf("the field Start has length %d; expected %d, the number of variables of the problem", len(d.Start), n)
		}
		if (d.Stop.DualityGap > 0 || d.Stop.DualityGapAbsolute > 0) && prepare.BoundedSet(problem) == nil {
			return errors.New("the field Stop has a duality gap, and the problem no bounded constraint; expected another stop")
		}
		built, err = prepare.Check(problem)
		return err
	})
	return built, err
}

// header is what a suite would say of the descent.
func (d *Descent) header() (suite.Header, error) {
	h, err := suite.Default("descent")
	if err != nil {
		return h, err
	}
	h.Seed = d.Seed
	if b := d.Budget; b != (Budget{}) {
		h.Budget = suite.Budget{Iterations: b.Iterations, Evaluations: int64(b.Evaluations), Gradients: int64(b.Gradients), Epochs: b.Epochs, Seconds: b.Seconds}
	}
	h.Stop.Gradient = max(0, cmp.Or(d.Stop.Gradient, h.Stop.Gradient))
	h.Stop.GradientAbsolute = max(0, d.Stop.GradientAbsolute)
	h.Stop.Gap = max(0, cmp.Or(d.Stop.Gap, h.Stop.Gap))
	h.Stop.DualityGap, h.Stop.DualityGapAbsolute = max(0, d.Stop.DualityGap), max(0, d.Stop.DualityGapAbsolute)
	if d.Stop.Divergence > 0 {
		h.Stop.Divergence = d.Stop.Divergence
	}
	if d.Targets != nil {
		h.Targets.Relative = d.Targets
	}
	h.Trace = suite.Trace{Points: d.Trace}
	err = h.Check()
	if d.Stop.Divergence < 0 { // never, which no suite can say
		h.Stop.Divergence = math.Inf(1)
	}
	return h, err
}
