package peers

import (
	"errors"
	"fmt"
	"math"

	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize"
)

// maxTrials bounds a line search: where f is NaN gonum's bisection would
// not end.
const maxTrials = 1000

// peer drives one of gonum's line search methods. It is embedded in each of them.
type peer struct {
	oracle *methods.Oracle
	search optimize.LinesearchMethod
	at     optimize.Location
	before []float64
	begun  bool
}

// begin evaluates what gonum's methods start from: f, ∇f and, if they use it, ∇²f.
func (p *peer) begin(o *methods.Oracle, at *methods.Iterate, direction optimize.NextDirectioner, search optimize.Linesearcher, hessian bool) error {
	if o.Batched() {
		return &problems.Missing{What: "exact values and gradients: gonum's methods do not know batches"}
	}
	n := len(at.X)
	*p = peer{oracle: o, search: optimize.LinesearchMethod{NextDirectioner: direction, Linesearcher: search}}
	p.at = optimize.Location{X: append([]float64(nil), at.X...), Gradient: make([]float64, n)}
	p.before = make([]float64, n)
	what := optimize.FuncEvaluation | optimize.GradEvaluation
	if hessian {
		if err := o.NeedHessian(); err != nil {
			return err
		}
		p.at.Hessian = mat.NewSymDense(n, nil)
		what |= optimize.HessEvaluation
	}
	if err := p.evaluate(what); err != nil {
		return err
	}
	p.show(at)
	return nil
}

// Inexact says that gonum chooses its kernels by processor.
func (*peer) Inexact() string { return "gonum adds up in another order on each kind of processor" }

// Step is one major iteration: a direction and a line search along it.
func (p *peer) Step(at *methods.Iterate) error {
	if !finite(p.at.F, p.at.Gradient) {
		return methods.Stalled("f or ∇f is not finite, which gonum's line searches do not survive")
	}
	copy(p.before, at.X)
	at.Trials = 0
	for {
		what, err := p.ask()
		if err != nil {
			return stalled(err)
		}
		if what == optimize.MajorIteration {
			break
		}
		if what&optimize.FuncEvaluation != 0 {
			at.Trials++
		}
		if at.Trials > maxTrials {
			return methods.Stalled("gonum's line search found no end in %d trials; f there is %g", maxTrials, p.at.F)
		}
		if err := p.evaluate(what); err != nil {
			return err
		}
	}
	at.Length, at.Slope = math.NaN(), 0
	for i, g := range at.Grad {
		at.Slope += float64(g * (p.at.X[i] - p.before[i]))
	}
	p.show(at)
	return nil
}

// ask is what gonum wants to know next.
func (p *peer) ask() (optimize.Operation, error) {
	if p.begun {
		return p.search.Iterate(&p.at)
	}
	p.begun = true
	return p.search.Init(&p.at)
}

// evaluate does what gonum asks for at its location.
func (p *peer) evaluate(what optimize.Operation) error {
	const both = optimize.FuncEvaluation | optimize.GradEvaluation
	switch what & both {
	case both:
		p.at.F = p.oracle.Evaluate(p.at.X, p.at.Gradient)
	case optimize.FuncEvaluation:
		p.at.F = p.oracle.Value(p.at.X)
	case optimize.GradEvaluation:
		p.oracle.Gradient(p.at.X, p.at.Gradient)
	}
	if what&optimize.HessEvaluation != 0 {
		return p.oracle.Hessian(p.at.X, p.at.Hessian)
	}
	return nil
}

// show copies gonum's location, all of which is known after a major iteration.
func (p *peer) show(at *methods.Iterate) {
	copy(at.X, p.at.X)
	copy(at.Grad, p.at.Gradient)
	at.F, at.HasF, at.HasGrad = p.at.F, true, true
}

// stalled says that gonum's method has given up, as its errors say.
func stalled(err error) error {
	for _, end := range []error{
		optimize.ErrLinesearcherFailure, optimize.ErrNonDescentDirection,
		optimize.ErrNoProgress, optimize.ErrLinesearcherBound,
	} {
		if errors.Is(err, end) {
			return methods.Stalled("gonum: %v", err)
		}
	}
	return fmt.Errorf("gonum: %w", err)
}

func finite(f float64, g []float64) bool {
	return !math.IsNaN(f) && !math.IsInf(f, 0) && !math.IsInf(floats.Norm(g, 1), 0) && !floats.HasNaN(g)
}
