// Package methods holds the descent methods: the Method contract, the general descent
// method x⁺ = x + t·Δx with its directions and step rules, and the registries that make
// them parts of the suite language.
//
// A method is a plain struct whose tagged fields are its parameters. It sees a problem
// through an Oracle only, works synchronously, one iteration a Step, and allocates in
// Init. It knows nothing of budgets, stops, traces or clocks: those are the runner's.
//
// Sub-packages hold one family each, one method a file.
package methods

import (
	"errors"
	"fmt"

	"github.com/gdbench/gdbench/problems"
)

// Oracle and the facts behind it are the problem as a method sees it.
type Oracle = problems.Oracle

// Point is a place with what is known there. F and Grad are those of the full objective,
// never of a batch.
type Point struct {
	X, Grad []float64
	F       float64
	HasF    bool
	HasGrad bool
}

// Iterate is what a method shows of itself between steps.
type Iterate struct {
	// Point.X is what the method would return now. Extrapolated points, averages in
	// progress and snapshots stay private to the method.
	Point
	Length float64 // step length t of the last step; NaN where that is not defined
	Slope  float64 // ∇fᵀΔx of the last step; NaN where that is not defined
	Trials int     // points that the line search of the last step tried
}

// Method is a descent method.
//
// Init receives the start in at.X, with room in at.Grad. It allocates what the method
// needs, once, and a method that needs ∇f(X) for its first step evaluates it there; an
// error that is or wraps *problems.Missing means that the problem lacks something.
//
// Step does one iteration and leaves the new point in at.X, with at.F and at.Grad where
// they are known there for the full objective (HasF, HasGrad say so). It must not
// allocate, large dense algebra excepted. An unbatched method that needs ∇f(X) for its
// next step evaluates it at the end of Step: N steps cost N+1 gradients. A batched
// method calls Oracle.NextBatch once, first. The method may exchange the slices of at for
// others of the same length. An error that is or wraps ErrStalled says that no further
// step is possible.
type Method interface {
	Init(o *Oracle, at *Iterate) error
	Step(at *Iterate) error
}

// Preset is a registered struct that stands for another method, put together from parts:
// `damped-newton` for the Newton direction with backtracking.
type Preset interface {
	Method() Method
}

// Proximal is a method for composite objectives f + h; others are skipped on them.
type Proximal interface {
	Proximal() bool
}

// Direction proposes Δx at a point whose gradient is known.
type Direction interface {
	Init(o *Oracle) error
	// Direction writes Δx into d. It may be called once for each iterate, in order.
	Direction(at *Iterate, d []float64) error
}

// StepRule chooses the step length.
type StepRule interface {
	Init(o *Oracle) error
	// Step chooses t, writes x + t·d into next.X, and leaves in next what it learned
	// there: F with HasF, Grad with HasGrad. It sets at.Trials to the number of points
	// it tried. With a batched oracle all its looks are at the current batch.
	Step(at *Iterate, d []float64, next *Point) (t float64, err error)
}

// Schedule is a step rule whose length depends on the iteration number k = 0, 1, … alone. A
// Descent asks it for no more, and goes that far itself.
type Schedule interface {
	StepRule
	Length(k int) float64
}

// ErrStalled is the error of a method that can make no further progress though its run
// is not over.
var ErrStalled = errors.New("stalled")

// Stalled is an ErrStalled that says its reason, and nothing else: the status of the run
// says the rest.
func Stalled(format string, args ...any) error { return stalled(fmt.Sprintf(format, args...)) }

type stalled string

func (s stalled) Error() string { return string(s) }
func (s stalled) Unwrap() error { return ErrStalled }
