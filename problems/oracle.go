package problems

import (
	"fmt"
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/internal/counts"
	"github.com/gdbench/gdbench/internal/limit"
	"github.com/gdbench/gdbench/internal/random"
)

// Counts is what a method has asked for.
type Counts = counts.Counts

// OracleOptions are the properties of an oracle that are not the problem's.
type OracleOptions struct {
	Batch       int  // samples a batch; 0: all, unbatched
	Replacement bool // draw batches with replacement instead of by shuffling
	Horizon     int  // iteration budget, 0 unknown
	Seed        Seed // of batches and of randomized methods
	Trial       bool // refuse room for a matrix, so as to learn that a method wants it
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
	batches *batches     // nil when unbatched
	noise   *disturbance // nil when exact
	batch   []int32
	counts  Counts
	pending int64 // gradients that counts does not know of yet
	options OracleOptions
	rng     *rand.Rand
	samples int64 // cost of one look at the current batch, or at everything

	// The value that came free with the last gradient, and the buffer that gradient was
	// written into: for the observer, who reads f beside a gradient without a further
	// evaluation.
	freeValue float64
	freeGrad  *float64
}

// NewOracle makes the oracle of a run on p. The error is a *Missing where the batch is
// larger than the data, or p is not a sum over samples.
func NewOracle(p Problem, facts *Facts, options OracleOptions) (*Oracle, error) {
	o := &Oracle{problem: p, door: p, exact: true, facts: facts, options: options}
	sum, isSum := As[FiniteSum](p)
	if isSum {
		o.sum = sum
		o.samples = int64(sum.Samples())
	}
	switch {
	case options.Batch == 0:
	case !isSum:
		return nil, &Missing{What: "a problem that is a sum over samples, for a batch"}
	case options.Batch > sum.Samples():
		return nil, &Missing{What: fmt.Sprintf("a batch of %d samples; the data has %d", options.Batch, sum.Samples())}
	default:
		o.batches = newBatches(sum.Samples(), options)
	}
	if noise := NoiseOf(p); noise.Some() {
		o.noise = newDisturbance(noise, p.Dim(), options.Seed)
	}
	if o.Batched() {
		o.door, o.exact = shown{o}, false
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
	o.counts.Gradients += o.pending
	o.counts.Evaluations += o.pending
	o.counts.Samples += o.pending * o.samples
	o.pending = 0
	return &o.counts
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
	}
	if o.batches == nil {
		return nil
	}
	o.Counts() // those pending are of the batch before
	o.batch = o.batches.next()
	o.samples = int64(len(o.batch))
	return o.batch
}

// Value is f(x), or its mean over the current batch: a line search's trial.
func (o *Oracle) Value(x []float64) float64 {
	o.counts.Values++
	o.counts.Evaluations++
	o.counts.Samples += o.samples
	return o.door.Evaluate(x, nil)
}

// Gradient writes ∇f(x) into g. It is charged as one gradient, though the value comes
// free to the observer. It is the hot path of every descent, and short enough to be
// inlined: one counter instead of three, and nothing to decide.
func (o *Oracle) Gradient(x, g []float64) {
	o.pending++
	o.freeValue = o.door.Evaluate(x, g)
	o.freeGrad = &g[0]
}

// Evaluate returns f(x) and writes ∇f(x) into g: one evaluation.
func (o *Oracle) Evaluate(x, g []float64) float64 {
	o.counts.Values++
	o.Gradient(x, g)
	return o.freeValue
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

// EvaluateOn is the mean over the given samples (all of them for nil) with its gradient
// into g, unless that is nil: the door for methods that choose samples themselves, such
// as SVRG and SAGA. It is not affected by NextBatch.
func (o *Oracle) EvaluateOn(x, g []float64, batch []int32) (float64, error) {
	if err := o.NeedSamples(); err != nil {
		return math.NaN(), err
	}
	o.counts.Evaluations++
	o.counts.Values++
	if g != nil {
		o.counts.Gradients++
		if o.freeGrad == &g[0] { // it holds another gradient now
			o.freeGrad = nil
		}
	}
	if batch == nil {
		o.counts.Samples += int64(o.sum.Samples())
		return o.problem.Evaluate(x, g), nil
	}
	o.counts.Samples += int64(len(batch))
	return o.sum.EvaluateOn(x, g, batch), nil
}

// NeedSamples is the error of a method that calls EvaluateOn, nil where there are exact
// samples to choose from.
func (o *Oracle) NeedSamples() error {
	switch {
	case o.sum == nil:
		return &Missing{What: "a problem that is a sum over samples"}
	case o.noise != nil:
		return &Missing{What: "samples without noise"}
	}
	return nil
}

// NeedHessian is the error of a method that calls Hessian, nil where there is one and room
// for it.
func (o *Oracle) NeedHessian() error {
	if _, ok := As[Hessian](o.problem); !ok || o.Batched() {
		return o.lacks("a Hessian")
	}
	return o.NeedDense(o.Dim())
}

// NeedDense is the error of a method that keeps dense matrices of so many rows and n
// columns, nil where such a one has room. A method asks before it makes any.
func (o *Oracle) NeedDense(rows int) error {
	entries := float64(rows) * float64(o.Dim())
	if entries > float64(limit.Dense.Max()) {
		return &Missing{What: fmt.Sprintf("memory for a matrix of %d×%d numbers; %s", rows, o.Dim(), limit.Dense.Exceeded())}
	}
	o.dense = entries
	if o.options.Trial {
		return &Missing{What: "memory for a matrix, which a trial run does not have"}
	}
	return nil
}

// Dense is the number of entries of the matrix that a method asked room for and may have.
func (o *Oracle) Dense() float64 { return o.dense }

// NeedHessianProduct is the error of a method that calls HessianProduct, nil where there
// is one.
func (o *Oracle) NeedHessianProduct() error {
	if _, ok := As[HessianProduct](o.problem); !ok || o.Batched() {
		return o.lacks("Hessian products")
	}
	return nil
}

// Hessian writes ∇²f(x) into h.
func (o *Oracle) Hessian(x []float64, h *mat.SymDense) error {
	p, ok := As[Hessian](o.problem)
	if !ok || o.Batched() {
		return o.lacks("a Hessian")
	}
	o.counts.Hessians++
	o.counts.Samples += o.samples
	p.Hessian(x, h)
	return nil
}

// HessianProduct writes ∇²f(x)·v into hv.
func (o *Oracle) HessianProduct(x, v, hv []float64) error {
	p, ok := As[HessianProduct](o.problem)
	if !ok || o.Batched() {
		return o.lacks("Hessian products")
	}
	o.counts.HessianProducts++
	o.counts.Samples += o.samples
	p.HessianProduct(x, v, hv)
	return nil
}

// Quadratic reports whether f is known to be a quadratic with exact Hessian products.
func (o *Oracle) Quadratic() bool {
	p, ok := As[Quadratic](o.problem)
	return ok && !o.Batched() && p.Quadratic()
}

// ResidualCount is the number m of residuals, an error where f is not ½‖r‖².
func (o *Oracle) ResidualCount() (int, error) {
	p, ok := As[Residuals](o.problem)
	if !ok || o.Batched() {
		return 0, o.lacks("residuals")
	}
	return p.ResidualCount(), nil
}

// Residuals writes r(x) into r, and the m×n Jacobian into jac unless that is nil; it is
// charged one value, and one gradient for the Jacobian.
func (o *Oracle) Residuals(x, r []float64, jac *mat.Dense) error {
	p, ok := As[Residuals](o.problem)
	if !ok || o.Batched() {
		return o.lacks("residuals")
	}
	o.counts.Values++
	o.counts.Evaluations++
	o.counts.Samples += o.samples
	p.Residuals(x, r)
	if jac != nil {
		o.counts.Gradients++
		p.Jacobian(x, jac)
	}
	return nil
}

// Prox writes the proximal operator of the problem's non-smooth part into dst; where
// there is none it is the identity, and free.
func (o *Oracle) Prox(dst, x []float64, t float64) {
	p, ok := As[Composite](o.problem)
	if !ok {
		copy(dst, x)
		return
	}
	o.counts.Prox++
	p.Prox(dst, x, t)
}

// Rest is the non-smooth part at x, 0 where there is none; one value is charged.
func (o *Oracle) Rest(x []float64) float64 {
	p, ok := As[Composite](o.problem)
	if !ok {
		return 0
	}
	o.counts.Values++
	return p.Rest(x)
}

// FreeValue is f at the point whose gradient was last written into g, known without a
// further evaluation; ok is false where g was not the last buffer written, or what it holds
// is of a batch or noisy. It is for the observer; a method that reads it would look without
// paying.
func (o *Oracle) FreeValue(g []float64) (f float64, ok bool) {
	return o.freeValue, o.exact && o.freeGrad == &g[0]
}

func (o *Oracle) lacks(what string) error {
	switch {
	case o.batches != nil:
		what += " on mini-batches"
	case o.noise != nil:
		what += " without noise"
	}
	return &Missing{What: what}
}
