package problems

import (
	"fmt"
	"math/rand/v2"

	"github.com/gdbench/gdbench/internal/counts"
	"github.com/gdbench/gdbench/internal/random"
	"github.com/gdbench/gdbench/internal/vec"
)

// Counts is what a method has asked for.
type Counts = counts.Counts

// OracleOptions are the properties of an oracle that are not the problem's.
type OracleOptions struct {
	Batch       int    // samples a batch; 0: all, unbatched
	Replacement bool   // draw batches with replacement instead of by shuffling
	Horizon     int    // iteration budget, 0 unknown
	Seed        Seed   // of batches and of randomized methods
	Trial       bool   // refuse room for a matrix, so as to learn that a method wants it
	Watch       *Watch // of the runner; nil: none
}

// Seed names the random streams of one run: suite seed, problem and repeat. The method
// is left out on purpose.
type Seed struct {
	Suite   uint64
	Problem string
	Repeat  int
}

// Rand is the stream for one purpose.
func (s Seed) Rand(purpose string) *rand.Rand {
	return rand.New(random.NewSource(s.Suite, s.Problem, s.Repeat, purpose))
}

// Oracle is the only access that a method has to a problem, and counts what the method
// asks for. It belongs to one run.
type Oracle struct {
	dense float64 // numbers of the matrix that NeedDense was asked for

	problem Problem
	door    Problem // the problem, or what batches and noise make of it
	exact   bool    // the door is the problem: not Batched, at one look
	facts   *Facts
	sum     FiniteSum    // set when the problem is one
	set     Set          // of a constraint; nil: none
	batches *batches     // nil when unbatched
	noise   *disturbance // nil when exact
	batch   []int32
	counts  Counts
	curved  []float64 // where the last Hessian was asked for; nil: nowhere
	pending int64     // gradients that counts does not know of yet
	options OracleOptions
	rng     *rand.Rand
	samples int64 // cost of one look at the current batch, or at everything

	values  int64 // evaluations that a gradient takes: 1, or those of its differences
	differs bool  // a gradient is made of differences of values
	beside  bool  // and f at its point is not among them

	last   memory
	before memory // on batches and with noise: the point before the last
	watch  *Watch
}

// NewOracle makes the oracle of a run on p. The error is a *Missing where the batch is
// larger than the data, or p is not a sum over samples.
func NewOracle(p Problem, facts *Facts, options OracleOptions) (*Oracle, error) {
	o := &Oracle{problem: p, door: p, exact: true, facts: facts, options: options, watch: options.Watch}
	o.values, o.differs, o.beside = gradientCost(p)
	sum, isSum := As[FiniteSum](p)
	if isSum {
		o.sum = sum
		o.samples = int64(sum.Samples())
	}
	if c, ok := As[Constrained](p); ok {
		o.set = c.Constraint()
	}
	switch {
	case options.Batch == 0:
	case !isSum:
		return nil, &Missing{What: "a problem that is a sum over samples, for a batch"}
	case options.Batch > sum.Samples():
		return nil, &Missing{What: fmt.Sprintf("a batch of %d samples; the data has %d", options.Batch, sum.Samples())}
	case options.Batch == sum.Samples() && !options.Replacement: // every batch is the whole
	default:
		o.batches = newBatches(sum.Samples(), options)
	}
	if noise := NoiseOf(p); noise.Some() {
		o.noise = newDisturbance(noise, p.Dim(), options.Seed)
	}
	if o.Batched() {
		o.door, o.exact = shown{o}, false
	}
	if w := o.watch; w != nil {
		w.oracle, w.wanted, w.refused = o, false, false
	}
	return o, nil
}

// Dim is the number n of variables.
func (o *Oracle) Dim() int { return o.problem.Dim() }

// Facts are what is known about the problem. A method that uses f*, L or μ says so in
// its documentation.
func (o *Oracle) Facts() *Facts { return o.facts }

// Horizon is the iteration budget, 0 if there is none.
func (o *Oracle) Horizon() int { return o.options.Horizon }

// Counts is what has been asked for until now.
func (o *Oracle) Counts() *Counts {
	if o.pending > 0 {
		o.counts.Gradients += o.pending
		o.counts.Evaluations += o.pending * o.values
		o.counts.Samples += o.pending * o.values * o.samples
		if o.differs {
			o.counts.Values += o.pending * o.values
		}
		o.pending = 0
	}
	return &o.counts
}

// admit refuses a question about the current batch that must not be asked.
func (o *Oracle) admit(evaluations, gradients int64) {
	if o.watch != nil {
		o.watch.refuse(evaluations, gradients, evaluations*o.samples)
	}
}

// Batched reports whether values and gradients are those of mini-batches, or noisy: a
// batched method calls NextBatch once a step, and never claims to know the full
// objective.
func (o *Oracle) Batched() bool { return o.batches != nil || o.noise != nil }

// Samples is the number of terms of the sum; 0 where the problem is none.
func (o *Oracle) Samples() int {
	if o.sum == nil {
		return 0
	}
	return o.sum.Samples()
}

// Rand is the stream for randomized methods: alike for all methods.
func (o *Oracle) Rand() *rand.Rand {
	if o.rng == nil {
		o.rng = o.options.Seed.Rand("method")
	}
	return o.rng
}

// NextBatch moves on to the next batch and returns it; nil when unbatched. The k-th call
// gives the k-th batch, the same for every method. Values and gradients are those of the
// current batch until the next call. A batched oracle needs a first call.
func (o *Oracle) NextBatch() []int32 {
	if o.noise != nil {
		o.noise.next()
		o.last.known, o.before.known = false, false
	}
	if o.batches == nil {
		return nil
	}
	o.Counts() // those pending are of the batch before
	o.last.known, o.before.known = false, false
	o.batch = o.batches.next()
	o.samples = int64(len(o.batch))
	return o.batch
}

// Value is f(x), or its mean over the current batch: a line search's trial. Beside a gradient
// at the same point it is no further evaluation.
func (o *Oracle) Value(x []float64) float64 {
	m := o.recall(x)
	here := m != nil && !m.valued
	switch {
	case m != nil && m.residuals:
		return m.f
	case here && m.graded:
		o.chargeBeside()
		m.valued = true
		return m.f
	}
	o.chargeValue()
	if !here { // else the observer has been here
		m = o.remember(x, o.door.Evaluate(x, nil))
	}
	m.valued = true
	return m.f
}

// chargeBeside charges the value at a point whose gradient has been charged.
func (o *Oracle) chargeBeside() {
	switch {
	case !o.differs:
		o.counts.Values++
	case o.beside:
		o.chargeValue()
	}
}

// chargeValue charges a value that nothing else at its point has paid for.
func (o *Oracle) chargeValue() {
	o.admit(1, 0)
	o.counts.Values++
	o.counts.Evaluations++
	o.counts.Samples += o.samples
}

// Gradient writes ∇f(x) into g. It is charged as one gradient, though the value comes
// free to the observer. A gradient that is made of differences is charged the values that it
// takes as well. Where J has just been given, ∇f = Jᵀr is free. On a batch, one that has just been asked for is not charged again: two parts of
// a method may both want that at the last iterate.
func (o *Oracle) Gradient(x, g []float64) {
	if !o.exact {
		if m := o.recall(x); m != nil && m.hasGrad {
			copy(g, m.own)
			return
		}
	}
	m := &o.last
	if m.jacobian && m.at(x) { // paid for
		o.door.Evaluate(x, g)
	} else {
		o.admit(o.values, 1)
		o.pending++
		m = o.remember(x, o.door.Evaluate(x, g))
		m.graded = true
	}
	if o.watch != nil || !o.exact {
		vec.Copy(m.own, g)
		m.hasGrad = true
	}
}

// Evaluate returns f(x) and writes ∇f(x) into g: one evaluation.
func (o *Oracle) Evaluate(x, g []float64) float64 {
	o.Gradient(x, g)
	if m := &o.last; o.exact && m.graded && !m.valued && !m.residuals { // it is of x
		o.chargeBeside()
		m.valued = true
		return m.f
	}
	return o.Value(x)
}

// shown is the problem as batches and noise show it.
type shown struct{ o *Oracle }

func (d shown) Dim() int { return d.o.Dim() }

func (d shown) Evaluate(x, g []float64) float64 {
	o := d.o
	var f float64
	if o.batches != nil {
		f = o.sum.EvaluateOn(x, g, o.batch)
	} else {
		f = o.problem.Evaluate(x, g)
	}
	if o.noise != nil {
		f = o.noise.apply(f, g)
	}
	return f
}

// Composite reports whether the objective has a part with a proximal operator.
func (o *Oracle) Composite() bool {
	_, ok := As[Composite](o.problem)
	return ok
}

// Constraint is the set that the variables are confined to, nil where there is none. What it is
// is known; its projections and linear minimizations are asked for below, where they count.
func (o *Oracle) Constraint() Set { return o.set }

// Project writes the point nearest to x that satisfies the constraint into dst, which may be x;
// without a constraint that is x, and free.
func (o *Oracle) Project(dst, x []float64) {
	if o.set == nil {
		copy(dst, x)
		return
	}
	o.counts.Projections++
	o.set.Project(dst, x)
}

// LinearMinimizer writes a point s that satisfies the constraint with the least gᵀs into dst. The
// error is a *Missing where there is none.
func (o *Oracle) LinearMinimizer(dst, g []float64) error {
	if o.set != nil {
		o.counts.LinearMinimizations++
		if o.set.LinearMinimizer(dst, g) {
			return nil
		}
	}
	return o.lacks(NeedsBoundedConstraint)
}

// Prox writes the proximal operator of the problem's non-smooth part into dst; where
// there is none it is the identity, and free. Of a constraint it is the projection.
func (o *Oracle) Prox(dst, x []float64, t float64) {
	if o.set != nil {
		o.Project(dst, x)
		return
	}
	p, ok := As[Composite](o.problem)
	if !ok {
		copy(dst, x)
		return
	}
	o.counts.Prox++
	p.Prox(dst, x, t)
}

// Rest is the non-smooth part at x, 0 where there is none; one value is charged, unless it only
// says whether x satisfies a constraint.
func (o *Oracle) Rest(x []float64) float64 {
	p, ok := As[Composite](o.problem)
	if !ok {
		return 0
	}
	if o.set == nil {
		o.counts.Values++
	}
	return p.Rest(x)
}
