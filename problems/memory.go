package problems

import (
	"sync/atomic"

	"github.com/gdbench/gdbench/internal/vec"
)

// Point is a point of n variables with what is known there. F and Grad, of length n, are
// those of the full objective, never of a batch, and are valid where HasF and HasGrad say
// so.
type Point struct {
	X, Grad []float64
	F       float64
	HasF    bool
	HasGrad bool
}

// memory is the last point that the oracle or the observer has evaluated, on the current
// batch. The slices are the oracle's own: no method can change them.
type memory struct {
	x, own  []float64
	f       float64
	known   bool // x and f are set
	hasGrad bool // and own is the gradient

	valued bool // the method has been charged for the value there
	graded bool // and for the gradient

	residuals bool // r has been given there, from which f follows
	jacobian  bool // and J, from which ∇f follows
}

// at reports whether the memory is of x.
func (m *memory) at(x []float64) bool { return m.known && vec.SameBits(m.x, x) }

// move makes the memory one of x, where nothing has been charged.
func (m *memory) move(x []float64, f float64) {
	if len(m.x) != len(x) {
		room := make([]float64, 2*len(x))
		m.x, m.own = room[:len(x):len(x)], room[len(x):]
	}
	vec.Copy(m.x, x)
	m.f, m.known, m.hasGrad, m.valued, m.graded = f, true, false, false, false
	m.residuals, m.jacobian = false, false
}

// recall is what is known at x, nil where nothing is.
func (o *Oracle) recall(x []float64) *memory {
	switch {
	case o.last.at(x):
		return &o.last
	case o.before.at(x):
		return &o.before
	}
	return nil
}

// remember makes x the last point. On batches and with noise the point before is kept as well,
// for directions that compare the gradients at two iterates.
func (o *Oracle) remember(x []float64, f float64) *memory {
	if !o.exact {
		o.last, o.before = o.before, o.last
	}
	o.last.move(x, f)
	return &o.last
}

// Watch is how the runner watches and ends a run. OracleOptions ties it to an oracle; a method
// has no way to it, so that what it shows is what the oracle gave.
type Watch struct {
	// Limits are counts that no question may take the run past; nil for none. A question that
	// would is refused.
	Limits *Counts
	// Expired and Stopped end the run at the next question once they are set; nil for never.
	Expired, Stopped *atomic.Bool

	oracle  *Oracle
	lent    *float64 // where the observer has evaluated the gradient of the iterate
	wanted  bool     // the last step began with GradientAt, and the next will
	refused bool
}

// Refused reports whether a question was refused: the oracle then unwinds with a panic, which
// is the runner's to recover from.
func (w *Watch) Refused() bool { return w.refused }

// Known is f at x, where x is the last point evaluated, and the gradient there, nil if it is
// not known. ok is false elsewhere, and for batches and noise, which do not show f.
func (w *Watch) Known(x []float64) (f float64, grad []float64, ok bool) {
	m := &w.oracle.last
	if !w.oracle.exact || !m.at(x) {
		return 0, nil, false
	}
	if m.hasGrad {
		grad = m.own
	}
	return m.f, grad, true
}

// Free is f and ∇f at the iterate where they cost nothing: the oracle has just given them, or
// the method will ask for them at the beginning of its next step. Then p, a fork of the
// oracle's problem, is evaluated now instead, into at.Grad, which has no meaning before
// GradientAt. What Free returns is valid until that step.
func (w *Watch) Free(p Problem, at *Point) (f float64, grad []float64, ok bool) {
	o := w.oracle
	m := &o.last
	switch {
	case !o.exact:
		return 0, nil, false
	case m.hasGrad && m.at(at.X):
		return m.f, m.own, true
	case !w.wanted:
		return 0, nil, false
	}
	w.wanted = false // until the next step
	if len(m.x) != len(at.X) || len(at.Grad) != len(at.X) {
		return 0, nil, false
	}
	f = p.Evaluate(at.X, at.Grad)
	if m.at(at.X) {
		m.f, m.hasGrad, m.graded = f, false, m.jacobian
	} else {
		m.move(at.X, f)
	}
	w.lent = &at.Grad[0]
	return f, at.Grad, true
}

// Provide gives the step that follows the gradient at its iterate, which the observer has evaluated
// into at.Grad, and charges it. It is for methods that begin each step with GradientAt, and runs
// without limits.
func (w *Watch) Provide(at *Point) {
	at.HasGrad = true
	w.oracle.pending++
}

// refuse unwinds to the runner if a question of this cost must not be asked.
func (w *Watch) refuse(evaluations, gradients, samples int64) {
	if l := w.Limits; l != nil {
		c := w.oracle.Counts()
		w.refused = w.refused || c.Evaluations > l.Evaluations-evaluations || c.Gradients > l.Gradients-gradients || c.Samples > l.Samples-samples
	}
	if w.refused = w.refused || w.halted(); w.refused {
		panic(refusal{})
	}
}

func (w *Watch) halted() bool {
	return w.Expired != nil && w.Expired.Load() || w.Stopped != nil && w.Stopped.Load()
}

// refusal is what the oracle unwinds with.
type refusal struct{}

func (refusal) Error() string {
	return "the oracle has refused an evaluation since the budget is spent or the run is interrupted"
}

// GradientAt makes ∇f known at the iterate of a method without batches, from which its step is
// computed: first thing in the step. It is charged one gradient, and evaluates only where the
// observer has not done so already. Where the method has asked for the gradient before, as a
// line search does, and kept it (HasGrad), it is free.
func (o *Oracle) GradientAt(at *Point) {
	if !at.HasGrad { // the rest apart, so that the compiler inlines this
		o.gradientAt(at)
	}
}

func (o *Oracle) gradientAt(at *Point) {
	at.HasGrad = true
	w := o.watch
	if w == nil {
		o.Gradient(at.X, at.Grad)
		return
	}
	w.wanted = true
	lent := w.lent == &at.Grad[0]
	if w.lent = nil; !lent || !o.last.at(at.X) {
		o.Gradient(at.X, at.Grad)
		return
	}
	if o.last.jacobian {
		return
	}
	if w.Limits != nil {
		o.admit(o.values, 1)
	}
	o.pending++
	o.last.graded = true
}
