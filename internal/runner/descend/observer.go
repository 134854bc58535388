package descend

import (
	"fmt"
	"math"

	"github.com/gdbench/gdbench/internal/problems/critical"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/internal/theorem"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
	"github.com/gdbench/gdbench/results"
)

// observer watches one run. What it evaluates is never charged to the method: it has its
// own fork of the problem, and takes value and gradient from the oracle where it has
// evaluated the same point. It believes nothing that the method says of its iterate but where
// that is.
type observer struct {
	problem   problems.Problem
	composite problems.Composite // nil where the objective is smooth
	facts     *problems.Facts
	oracle    *problems.Oracle
	asked     *problems.Watch   // what the oracle has answered
	grad      []float64         // at the last look, where hasGrad: valid until the next step
	scratch   []float64         // a gradient that no step begins with
	mapping   *critical.Mapping // of a composite objective
	seen      methods.Iterate   // the iterate, as completed returns it

	origin    critical.Start
	minimum   float64 // f*, NaN where unknown
	startGap  float64
	limit     float64 // diverged above
	gapStop   float64 // converged at or below, as a value of the gap
	gradStop  float64 // converged at or below, as a gradient norm
	duality   duality
	needValue bool // a stop or an open target needs f at every look
	needGrad  bool

	goals
	quietValue float64 // above these two nothing can happen: the fast path of a look
	quietGrad  float64 // squared
	quietEvent float64 // of quietGrad, what stops and targets ask for

	each        bool // each iteration is a look of the course
	keepsValues bool // evaluates f at every look of a run in batches, for the course

	// prompt: each step begins with ∇f at the iterate and asks for nothing else there. A look may
	// then evaluate it for the step, which is ready for it until it begins.
	prompt, ready bool

	offer offer

	// At the last look:
	iteration int
	since     int     // the look before
	value     float64 // where hasValue
	gradNorm  float64 // where hasGrad
	squared   float64 // of a quiet look: the norm's square, until root takes the norm
	hasValue  bool
	hasGrad   bool
	spoiled   bool // a step that has failed may have written over grad
	bestValue float64
	bestAt    int

	course theorem.Course // the last field, since it is large: what lies near is found faster
}

// ending is how a run ends, as a look finds it; with an empty status the run continues.
type ending struct {
	status  results.Status
	message string
}

// begin evaluates the start and sets the limits that depend on it.
func (o *observer) begin(at *methods.Iterate, s *suite.Suite) results.Start {
	o.iteration, o.offer.iteration = 0, -1
	o.prompt, o.ready, o.spoiled = false, false, false
	o.mapping = critical.NewMapping(o.problem, o.facts, at.X)
	o.measure(at)
	o.minimum, o.startGap = math.NaN(), math.NaN()
	if m := o.facts.Minimum; m != nil {
		o.minimum = m.Value
		o.startGap = o.value - m.Value
	}
	o.origin = critical.Start{X: append(o.origin.X[:0], at.X...), Value: o.value, GradientNorm: o.gradNorm, Floor: o.floor()}
	o.setLimits(s.Stop)
	o.duality.begin(o.problem, at.X, o.grad, s.Stop)
	o.course.Reset(o.floor(), o.gap(), o.gradNorm*o.gradNorm)
	o.setTargets(s)
	o.keepsValues = o.needValue && o.facts.Minimum != nil && o.oracle.Batched()
	o.bestValue, o.bestAt = o.value, 0
	o.iteration, o.since = 0, 0
	return results.Start{
		Value: results.Number(o.value), Gap: results.Number(o.gap()),
		GradientNorm: results.Number(o.gradNorm), Distance: results.Number(o.facts.Distance(at.X)),
		DualityGap: o.dualityGap(at),
	}
}

func (o *observer) gap() float64 { return o.value - o.minimum }

// floor is the gap below which rounding and the accuracy of f* decide; 0 where f* is unknown.
func (o *observer) floor() float64 {
	if m := recordMinimum(o.facts.Minimum); m != nil {
		return m.Floor()
	}
	return 0
}

// recordMinimum is the record's form of f*, nil where it is unknown.
func recordMinimum(m *problems.Minimum) *results.Minimum {
	if m == nil {
		return nil
	}
	return &results.Minimum{Value: results.Number(m.Value), Source: string(m.Source), Accuracy: results.Number(m.Accuracy)}
}

// setNeeds finds what the open targets and the stops need at a look.
func (o *observer) setNeeds() {
	o.needValue = o.nextGap >= 0 || o.gapStop >= 0 || o.nextValue > math.Inf(-1)
	o.needGrad = o.nextGrad >= 0 || o.gradStop >= 0 || o.duality.stop >= 0
	// Both limits lie a little high, so that rounding cannot hide an event; the slow path
	// then decides exactly.
	const above = 1 + 1e-12
	o.quietValue, o.quietGrad = -math.MaxFloat64, vec.SmallestSquare
	if gap := max(o.nextGap, o.gapStop); gap >= 0 {
		o.quietValue = o.minimum + float64(gap*above) + float64(math.Abs(o.minimum)*(above-1))
	}
	if o.nextValue > math.Inf(-1) {
		o.quietValue = max(o.quietValue, o.nextValue+float64(math.Abs(o.nextValue)*(above-1)))
	}
	if o.watching { // a look at a diagnostic is never quiet
		o.quietValue = math.Inf(1)
	}
	if norm := max(o.nextGrad, o.gradStop); norm >= 0 {
		o.quietGrad = max(o.quietGrad, norm*norm*above)
	}
	if o.composite != nil { // its gradient norm is not the gradient's
		o.quietGrad = math.Inf(1)
	}
	o.quietEvent = o.quietGrad
	o.quietGrad = max(o.quietEvent, o.course.Least())
}

// follow adds the last look to the course of the run. Looks that only the trace asks for are
// no part of it.
func (o *observer) follow(look int64) {
	gap, square := math.NaN(), o.squared
	if o.hasValue {
		gap = o.gap()
	}
	if square == 0 {
		square = o.gradNorm * o.gradNorm
	}
	o.course.Add(look, int64(o.iteration), gap, square)
	o.quietGrad = max(o.quietEvent, o.course.Least())
}

// best is the least value that was observed.
func (o *observer) best() results.Best {
	return results.Best{Value: results.Number(o.bestValue), Gap: results.Number(o.bestValue - o.minimum), Iteration: o.bestAt}
}

// look observes the iterate after iteration k, as far as stops and targets need it.
func (o *observer) look(k int, at *methods.Iterate) ending {
	o.since, o.iteration = o.iteration, k
	o.read(at)
	o.noteBest()
	if v := o.divergence(); v.status != "" {
		return v
	}
	if o.due() {
		o.hit(at.X)
	}
	if o.gradNorm <= o.gradStop {
		return ending{results.Converged, below("gradient norm", o.gradNorm, o.gradStop)}
	}
	if o.gap() <= o.gapStop {
		return ending{results.Converged, below("gap", o.gap(), o.gapStop)}
	}
	if o.duality.stop >= 0 {
		if gap := o.duality.gap(at.X, o.grad); gap <= o.duality.stop {
			return ending{results.Converged, below("duality gap", gap, o.duality.stop)}
		}
	}
	return ending{}
}

// below says that a quantity is not above its stop, with digits enough to see it.
func below(quantity string, is, stop float64) string {
	digits := text.Apart(is, stop, 2)
	return fmt.Sprintf("%s %.*g ≤ %.*g", quantity, digits, is, digits, stop)
}

// quiet is the whole look at an iterate at which nothing happens, as fast as can be: value
// and gradient are there for nothing, and far from every limit. Most looks are; where it
// is false, nothing has been noted and look must follow.
//
// The gradient that a step begins with is evaluated here, before that step: it costs nothing
// more, and value and gradient are the oracle's own.
func (o *observer) quiet(k int, at *methods.Iterate) bool {
	if o.unprepared(at) {
		return o.quietAt(k, o.prepare(at), at.Grad)
	}
	f, g, ok := o.asked.Free(o.problem, &at.Point)
	if ok {
		o.grad = g
	}
	return ok && o.quietAt(k, f, g)
}

// quietAt is the quiet look at an iterate with that value and gradient.
func (o *observer) quietAt(k int, f float64, g []float64) bool {
	squared := vec.Square(g)
	if o.ordinary(k, f, squared) {
		o.note(k, f, squared)
		return true
	}
	return o.remark(k, f, g, squared)
}

// unprepared reports whether the next step begins with ∇f at the iterate, which is not known.
func (o *observer) unprepared(at *methods.Iterate) bool { return o.prompt && !at.HasGrad }

// prepare evaluates value and gradient for the next step, into at.Grad.
func (o *observer) prepare(at *methods.Iterate) float64 {
	o.ready = true
	return o.problem.Evaluate(at.X, at.Grad)
}

// ordinary reports whether neither stops and targets nor the course of the run ask for a look at
// that value and squared gradient norm. NaN fails every comparison.
func (o *observer) ordinary(k int, f, squared float64) bool {
	return squared > o.quietGrad && squared < vec.LargestSquare && f > o.quietValue && f <= o.limit && int64(k) < o.course.Next()
}

// note takes down a quiet look.
func (o *observer) note(k int, f, squared float64) {
	o.iteration = k
	o.value, o.squared, o.hasValue, o.hasGrad = f, squared, true, true
	o.noteBest()
}

// remark is a look that is not ordinary. It is still quiet where only the course of the run asks
// for it, which needs no more than what is known; otherwise that is offered to the look that
// follows.
func (o *observer) remark(k int, f float64, g []float64, squared float64) bool {
	if !(squared > o.quietEvent && squared < vec.LargestSquare && f > o.quietValue && f <= o.limit) {
		o.offer = offer{k, f, g, squared}
		return false
	}
	o.note(k, f, squared)
	if squared <= o.quietGrad {
		o.grad = g
		o.root()
	}
	if o.each {
		o.follow(int64(k))
	}
	return true
}

// offer is what was free at an iteration whose look is not quiet.
type offer struct {
	iteration int
	value     float64
	grad      []float64
	squared   float64 // ‖grad‖², where the objective is smooth
}

// found is what is known at the last look.
func (o *observer) found(f float64, grad []float64) offer {
	is := offer{iteration: o.iteration, value: f, grad: grad}
	if o.composite == nil {
		is.squared = vec.Square(grad)
	}
	return is
}

// offered reports whether iteration k is such a one.
func (o *observer) offered(k int) bool { return o.offer.iteration == k }

// free is the value and the gradient at the last look where they cost nothing, else nil. They are
// evaluated once: where that was in a look which is not quiet, the one that follows has them.
func (o *observer) free(at *methods.Iterate) *offer {
	switch {
	case o.offered(o.iteration):
	case o.unprepared(at):
		o.offer = o.found(o.prepare(at), at.Grad)
	default:
		f, grad, ok := o.asked.Free(o.problem, &at.Point)
		if !ok {
			return nil
		}
		o.offer = o.found(f, grad)
	}
	return &o.offer
}

func (o *observer) noteBest() {
	if o.hasValue && o.value < o.bestValue {
		o.bestValue, o.bestAt = o.value, o.iteration
	}
}

// divergence is the ending at values that are not finite or beyond the limit.
func (o *observer) divergence() ending {
	switch {
	case o.hasValue && !finite(o.value):
		return ending{results.Diverged, fmt.Sprintf("value not finite at iteration %d", o.iteration)}
	case o.hasGrad && !finite(o.gradNorm):
		return ending{results.Diverged, fmt.Sprintf("gradient not finite at iteration %d", o.iteration)}
	case o.hasValue && o.value > o.limit:
		return ending{results.Diverged, fmt.Sprintf("value %.3g at iteration %d exceeds the divergence limit %.3g", o.value, o.iteration, o.limit)}
	}
	return ending{}
}

func finite(v float64) bool { return v-v == 0 }

// read takes value and gradient norm where they are free, and evaluates what is needed
// beyond that.
func (o *observer) read(at *methods.Iterate) {
	if o.composite != nil {
		o.measure(at)
		return
	}
	o.value, o.gradNorm, o.squared, o.hasValue, o.hasGrad = math.NaN(), math.NaN(), 0, false, false
	if is := o.free(at); is != nil {
		o.value, o.grad, o.gradNorm, o.hasValue, o.hasGrad = is.value, is.grad, vec.NormOf(is.squared, is.grad), true, true
		return
	}
	switch {
	case o.needGrad:
		o.measure(at)
	case o.needValue || o.keepsValues:
		var ok bool
		if o.value, _, ok = o.asked.Known(at.X); !ok {
			o.value = o.problem.Evaluate(at.X, nil)
		}
		o.hasValue = true
	}
}

// complete evaluates what the last look left out, for a trace point or the end.
func (o *observer) complete(at *methods.Iterate) {
	if o.squared > 0 {
		o.root()
		if o.ready {
			o.grad = at.Grad
		}
	}
	if !o.hasGrad || !o.hasValue {
		o.measure(at)
		o.noteBest()
	}
}

// root takes the norm of a quiet look from its square.
func (o *observer) root() { o.gradNorm, o.squared = math.Sqrt(o.squared), 0 }

// completed is the iterate with value and gradient, as complete has left them.
func (o *observer) completed(at *methods.Iterate) *methods.Iterate {
	if o.spoiled {
		o.problem.Evaluate(at.X, o.scratch)
		o.grad, o.spoiled = o.scratch, false
	}
	o.seen = *at
	o.seen.F, o.seen.HasF, o.seen.Grad, o.seen.HasGrad = o.value, true, o.grad, true
	return &o.seen
}

// measure evaluates value and gradient norm; for a composite objective f + h the norm is
// that of the prox-gradient mapping.
func (o *observer) measure(at *methods.Iterate) {
	is := o.free(at)
	if is == nil {
		here := o.found(o.problem.Evaluate(at.X, o.scratch), o.scratch)
		is = &here
	}
	o.value, o.grad, o.hasValue, o.hasGrad, o.squared = is.value, is.grad, true, true, 0
	if o.composite == nil {
		o.gradNorm = vec.NormOf(is.squared, is.grad)
		return
	}
	o.value += o.composite.Rest(at.X)
	o.gradNorm = o.mapping.Norm(at.X, o.grad)
}
