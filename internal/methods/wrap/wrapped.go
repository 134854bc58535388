package wrap

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/methods/traits"
	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

// Around puts a schedule (nil: none) and wrappers around a method, a component as a suite
// builds it. Its parameters stay those of the component. Without any, it is the component.
func Around(component any, schedule Schedule, wrappers []Wrapper) any {
	if schedule == nil && len(wrappers) == 0 {
		return component
	}
	return &around{component, schedule, wrappers}
}

// around is a preset: short for a wrapped method.
type around struct {
	component any
	schedule  Schedule
	wrappers  []Wrapper
}

// Component is what parameters are read from.
func (a *around) Component() any { return a.component }

// Method is the wrapped method; nil where the component is none.
func (a *around) Method() methods.Method {
	inner := methods.Unwrap(a.component)
	if inner == nil {
		return nil
	}
	w := &wrapped{inner: inner, schedule: a.schedule, wrappers: a.wrappers}
	if p, ok := inner.(methods.Proximal); ok && p.Proximal() {
		return &proximal{w}
	}
	return w
}

// ExtraGradients are those that wrappers ask for in each step.
func ExtraGradients(wrappers []Wrapper) int {
	sum := 0
	for _, w := range wrappers {
		if c, ok := w.(Costly); ok {
			sum += c.ExtraGradients()
		}
	}
	return sum
}

// wrapped is a method with what goes around it.
type wrapped struct {
	inner    methods.Method
	schedule Schedule
	wrappers []Wrapper

	rates      []rate // of the method and of a companion inside it
	k          int
	run        Run
	shift      []float64
	apart      *methods.Iterate // of the method, where the iterate shows something else
	adjustable methods.Adjustable
}

// proximal is a wrapped method for composite objectives.
type proximal struct{ *wrapped }

// Proximal is true.
func (proximal) Proximal() bool { return true }

// Feasible reports whether the iterates satisfy a constraint: those of the method do, and no
// wrapper moves them. An average of points of a convex set is one.
func (w *wrapped) Feasible() bool {
	f, ok := w.inner.(methods.Feasible)
	return ok && f.Feasible() && !slices.ContainsFunc(w.wrappers, func(part Wrapper) bool { _, moves := part.(Mover); return moves })
}

// Component is what is asked for facts and random numbers.
func (w *wrapped) Component() any { return w.inner }

// Requires the horizon, where a schedule or an average depends on it. What the method requires
// it says itself.
func (w *wrapped) Requires(*methods.Oracle) []string {
	if w.spans() {
		return []string{methods.HorizonFact}
	}
	return nil
}

func (w *wrapped) spans() bool {
	if w.schedule != nil && w.schedule.Spans() {
		return true
	}
	for _, part := range w.wrappers {
		if s, ok := part.(Spanning); ok && s.Spans() {
			return true
		}
	}
	return false
}

// Close ends what the method holds.
func (w *wrapped) Close() error {
	traits.Release(w.inner)
	return nil
}

// Init begins the method and the wrappers.
func (w *wrapped) Init(o *methods.Oracle, at *methods.Iterate) error {
	if w.spans() && o.Horizon() == 0 {
		return &problems.Missing{What: "a budget of iterations, gradients, evaluations or epochs, over which a schedule or an average spans"}
	}
	n := len(at.X)
	w.k, w.shift, w.apart = 0, make([]float64, n), nil
	w.run = Run{Oracle: o, Horizon: o.Horizon(), Rate: w.learningRate, Before: make([]float64, n), Grad: make([]float64, n)}
	if slices.ContainsFunc(w.wrappers, func(part Wrapper) bool { return adjusts(part) }) {
		w.adjustable, _ = w.inner.(methods.Adjustable)
		if w.adjustable == nil {
			return &problems.Missing{What: "a method that wrappers can go around"}
		}
		if err := w.adjustable.Through(w.filter); err != nil {
			return err
		}
	}
	for _, part := range w.wrappers {
		if err := part.Begin(&w.run, at.X); err != nil {
			return err
		}
		if _, shows := part.(Shower); shows && w.apart == nil {
			w.apart = &methods.Iterate{Point: methods.Point{X: append([]float64(nil), at.X...), Grad: make([]float64, n)}}
		}
	}
	start := at
	if w.apart != nil {
		start = w.apart
	}
	if err := w.inner.Init(o, start); err != nil {
		return err
	}
	w.rates = ratesOf(w.inner, nil)
	return nil
}

// rate is a learning rate that a schedule changes, and its value in the suite.
type rate struct {
	length *methods.Length
	base   float64
}

// ratesOf are the learning rates of a method and of methods inside it.
func ratesOf(m methods.Method, rates []rate) []rate {
	if path, _, ok := traits.LearningRate(m); ok {
		if length := param.LengthAt(m, path); length != nil {
			rates = append(rates, rate{length, length.Value})
		}
	}
	param.Parts(m, func(_ string, part any) {
		if inner, ok := part.(methods.Method); ok {
			rates = ratesOf(inner, rates)
		}
	})
	return rates
}

func (w *wrapped) learningRate() float64 {
	if len(w.rates) == 0 {
		return 0
	}
	return w.rates[0].length.Value
}

// filter is what every gradient of the method passes.
func (w *wrapped) filter(x, g []float64) {
	for _, part := range w.wrappers {
		if f, ok := part.(Filterer); ok {
			f.Filter(x, g)
		}
	}
	copy(w.run.Grad, g)
}

// Step is one step of the method with all that goes around it.
func (w *wrapped) Step(at *methods.Iterate) error {
	if w.schedule != nil {
		factor := w.schedule.Factor(w.k, w.run.Horizon)
		for _, r := range w.rates {
			r.length.Value = float64(r.base * factor)
		}
	}
	w.k++
	inner := at
	if w.apart != nil {
		inner = w.apart
	}
	copy(w.run.Before, inner.X)
	if err := w.inner.Step(inner); err != nil {
		return err
	}
	w.move(inner)
	if w.apart == nil {
		return nil
	}
	for _, part := range w.wrappers {
		if s, ok := part.(Shower); ok {
			s.Show(at.X, inner.X)
		}
	}
	at.HasF, at.HasGrad = false, false
	at.Length, at.Slope, at.Trials = inner.Length, math.NaN(), inner.Trials
	return nil
}

// move lets the wrappers move the new iterate, and the method what it keeps with it.
func (w *wrapped) move(at *methods.Iterate) {
	if w.adjustable == nil {
		return
	}
	copy(w.shift, at.X)
	moved := false
	for _, part := range w.wrappers {
		if m, ok := part.(Mover); ok && m.Move(at.X) {
			moved = true
		}
	}
	if !moved {
		return
	}
	for i, x := range at.X {
		w.shift[i] = x - w.shift[i]
	}
	w.adjustable.Carry(w.shift)
	at.HasF, at.HasGrad = false, false
	at.Length, at.Slope = math.NaN(), math.NaN()
}

// adjusts reports whether a schedule or a wrapper changes the gradients or the steps of its method.
func adjusts(part any) bool {
	switch part.(type) {
	case Filterer, Mover:
		return true
	}
	return false
}

// Suits says why a schedule or a wrapper does not suit a method, as it is built for a suite
// before its expressions have numbers; nil where it does. The part is a Schedule or a Wrapper.
func Suits(part any, component any) error {
	m := methods.Unwrap(component)
	if adjusts(part) {
		a, ok := m.(methods.Adjustable)
		if !ok {
			return errors.New("the method cannot be wrapped: its gradients and steps are its own; expected a first-order method such as sgd, heavy-ball or adam")
		}
		if err := a.Through(nil); err != nil {
			return fmt.Errorf("the method cannot be wrapped: %w", err)
		}
	}
	_, scheduled := part.(Schedule)
	_, paced := part.(Paced)
	if !scheduled && !paced {
		return nil
	}
	if s, ok := m.(methods.Settled); ok && s.Settled() {
		return errors.New("the method uses its learning rate only at the start; expected one whose learning rate scales all steps")
	}
	if path, ok := traits.RatePath(m); !ok || param.LengthAt(m, path) == nil {
		return errors.New("the method has no learning rate; expected a method with lr, or a descent with a fixed step")
	}
	return nil
}
