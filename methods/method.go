// Package methods defines what a descent method is: the Method contract, the general descent
// method x⁺ = x + t·Δx with its Direction and StepRule, and registration, which makes a
// method available to suites.
//
// A method is a plain struct whose tagged fields are its parameters. It sees a problem only
// through an Oracle, works synchronously, one iteration per Step, and allocates in Init. It
// knows nothing of budgets, stopping rules, traces or clocks; these belong to the runner.
//
// Importing methods/catalogue registers the methods that come with gdbench.
package methods

import (
	"errors"
	"fmt"

	"github.com/gdbench/gdbench/problems"
)

// Oracle is the only access that a method has to a problem; it counts every evaluation.
type Oracle = problems.Oracle

// Point is a point of n variables with what is known there.
type Point = problems.Point

// Iterate is what a method shows of itself between steps.
type Iterate struct {
	// Point.X is what the method would return if it stopped now. Extrapolated points,
	// unfinished averages and snapshots stay private to the method.
	Point
	Length float64 // step length t of the last step; NaN where that is not defined
	Slope  float64 // ∇fᵀΔx of the last step; NaN where that is not defined
	Trials int     // points that the line search of the last step tried
}

// Method is a descent method.
//
// Init receives the start in at.X; at.Grad has the same length. It allocates what the
// method needs, once. What the first step needs to know is asked for in that step. An error that is or wraps *problems.Missing means that the problem lacks something that the
// method needs; the run is then skipped.
//
// Step does one iteration and leaves the new point in at.X. A method without batches that
// steps along ∇f(X) begins with Oracle.GradientAt, so that N steps cost N gradients. It sets
// at.F and at.Grad, with HasF and HasGrad, only to values of the full objective at X that it
// has asked for; they are for itself and its parts. The observer believes the oracle only. A
// Step must not allocate, with the exception of large dense algebra. A method on batches first
// calls Oracle.NextBatch, once. The method may replace the slices of at by others of the same
// length. An error that is or wraps ErrStalled means that no further step is possible.
//
// Where a budget is spent in the middle of a step, or the run is interrupted, the oracle does
// not return: it unwinds to the runner with a panic, which a method must not recover from.
// The record then has the iterate before that step.
//
// A method that holds something beyond memory, such as a process, implements io.Closer; it is
// closed when its run has ended in whatever way.
type Method interface {
	Init(o *Oracle, at *Iterate) error
	Step(at *Iterate) error
}

// Preset is a registered struct that is short for another method: damped-newton for the
// Descent along the Newton direction with backtracking. Method may be called before the
// expressions among the parameters are resolved, and more than once.
type Preset interface {
	Method() Method
}

// Proximal is a method for composite objectives f + h; others are skipped on them.
type Proximal interface {
	Proximal() bool
}

// Feasible is a method whose iterates satisfy the constraint of a problem, if it has one; others
// are skipped on constrained problems, but for those that are Proximal.
type Feasible interface {
	Feasible() bool
}

// Interior is a method that cannot leave the boundary of a constraint by its own steps. FromBoundary
// says what it does where a descent begins there, for a note of the run; "" where it is skipped.
type Interior interface {
	FromBoundary() string
}

// Direction proposes Δx at a point whose gradient is known.
type Direction interface {
	Init(o *Oracle) error
	// Direction writes Δx into d, of length n. It is called at most once per iterate, in
	// order.
	Direction(at *Iterate, d []float64) error
}

// StepRule chooses the step length.
type StepRule interface {
	Init(o *Oracle) error
	// Step chooses t, writes x + t·d into next.X, and leaves in next what it evaluated
	// there: F with HasF, Grad with HasGrad. It sets at.Trials to the number of points
	// that it tried. On batches all evaluations are on the current batch.
	Step(at *Iterate, d []float64, next *Point) (t float64, err error)
}

// Schedule is a step rule whose length depends only on the iteration number k = 0, 1, ….
// A Descent calls Length instead of Step.
type Schedule interface {
	StepRule
	Length(k int) float64
}

// ErrStalled is the error of a method that can make no further progress before its run is
// over.
var ErrStalled = errors.New("stalled")

// Stalled returns an error that wraps ErrStalled. Its text is the reason only, since the
// status of the run says that it stalled.
func Stalled(format string, args ...any) error { return stalled(fmt.Sprintf(format, args...)) }

type stalled string

func (s stalled) Error() string { return string(s) }
func (s stalled) Unwrap() error { return ErrStalled }
