package losses

import (
	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/problems"
	"github.com/gdbench/gdbench/problems/data"
)

// marginLoss is what tells one loss of a linear model from another: a scalar function
// φ(z, y) of the margin z = xᵀw and the target y.
type marginLoss interface {
	at(z, y float64) (value, slope float64) // φ and ∂φ/∂z
	curvature(z, y float64) float64         // ∂²φ/∂z²; one-sided where φ′ has a kink
	curvatures() (least, greatest float64)  // bounds of ∂²φ/∂z² over all z and y
}

// marginSum is a marginLoss that is quicker for many samples at once: Σ φ(zₖ, yₖ), with the slopes
// ∂φ/∂z.
type marginSum interface {
	sum(z, y, slopes []float64) float64
}

// linear is the loss of a linear model, f(w) = (1/m) Σ φ(xᵢᵀw, yᵢ) + (l2/2)‖w‖².
// A struct that embeds it is a Problem with Hessian, products and samples.
type linear struct {
	model
	regularizer
	phi    marginLoss
	binary bool // targets are ±1, told by the sign of the margin
	facts  *problems.Facts

	margins, targets, slopes, directional []float64  // scratch: a block of rows
	block                                 [2][]int32 // numbers of the rows, and those of the block before
}

var (
	_ problems.FiniteSum      = (*linear)(nil)
	_ problems.Hessian        = (*linear)(nil)
	_ problems.HessianProduct = (*linear)(nil)
	_ problems.Forker         = (*linear)(nil)
	_ problems.Describer      = (*linear)(nil)
	_ problems.Diagnostics    = (*linear)(nil)
	_ problems.Unattained     = (*linear)(nil)
)

// blockOf is how many rows are multiplied before they are added to the gradient, while the
// next as many are multiplied: few enough to stay in the second cache until then, and a
// multiple of the four that are added at once.
func blockOf(x data.Matrix) int {
	const cached = 8 << 10 // numbers
	rows, _ := x.Dims()
	return min(max(cached*rows/max(x.Entries(), 1), 4), 32) &^ 3
}

// build lays out the data for φ, states the facts and, where the loss is convex, solves
// for its minimum.
func (l *linear) build(env problems.Env, d *Design, set data.Set, phi marginLoss, targets func(*data.Samples) ([]float64, error)) error {
	if err := l.layOut(env, d, set, phi, targets); err != nil {
		return err
	}
	if l.facts.Convexity != problems.Nonconvex {
		solve(l, l.facts)
	}
	return nil
}

// layOut is build without the minimum.
func (l *linear) layOut(env problems.Env, d *Design, set data.Set, phi marginLoss, targets func(*data.Samples) ([]float64, error)) error {
	m, err := d.prepare(env, set, targets)
	if err != nil {
		return err
	}
	l.model, l.phi = *m, phi
	l.regularizer = d.regularizer(l.Dim(), 1)
	l.scratch()
	least, greatest := phi.curvatures()
	l.facts = factsOf(m, l.Dim(), l.regularizer, least, greatest)
	return nil
}

func (l *linear) scratch() {
	n := blockOf(l.train.x)
	l.margins, l.targets = make([]float64, n), make([]float64, n)
	l.slopes, l.directional = make([]float64, n), make([]float64, n)
	l.block = [2][]int32{make([]int32, n), make([]int32, n)}
}

// next writes the rows of a pass over a list into block, from the from-th on, a multiple
// of four. Four rows after one another come from the four quarters of the list: where it
// is that of all rows, the memory answers in four streams, which is faster than one.
func next(block, rows []int32, from int) []int32 {
	block = block[:min(len(block), len(rows)-from)]
	quarter := len(rows) / 4
	k := 0
	for ; k+4 <= len(block); k += 4 {
		at := (from + k) / 4
		block[k], block[k+1] = rows[at], rows[quarter+at]
		block[k+2], block[k+3] = rows[2*quarter+at], rows[3*quarter+at]
	}
	copy(block[k:], rows[from+k:])
	return block
}

// Fork is the same loss with its own scratch.
func (l *linear) Fork() problems.Problem {
	fork := *l
	fork.scratch()
	return &fork
}

// UnattainedBelow is ln 2/m for the logistic loss without a regularizer: see separating.
func (l *linear) UnattainedBelow() float64 {
	if _, ok := l.phi.(logistic); ok {
		return separating(l.Samples(), l.weight)
	}
	return 0
}

// Dim is the number of weights: features, and one for the intercept.
func (l *linear) Dim() int { return columns(l.train.x) }

// Samples is the number m of training samples.
func (l *linear) Samples() int { return l.train.count() }

// Facts are computed from the data when the problem is built.
func (l *linear) Facts() *problems.Facts { return l.facts }

// Evaluate is the loss over all samples.
func (l *linear) Evaluate(w, grad []float64) float64 { return l.EvaluateOn(w, grad, l.train.rows) }

// EvaluateOn is the mean over the batch plus the regularizer. The data stream through
// once: each block of rows gives its margins, and, while it is still in the cache, its share
// of the gradient.
func (l *linear) EvaluateOn(w, grad []float64, batch []int32) float64 {
	clear(grad)
	f := l.sum(l.train, w, grad, batch) / float64(len(batch))
	if grad != nil {
		vec.Scale(1/float64(len(batch)), grad)
	}
	return f + l.regularizer.value(w, grad)
}

// sum is Σ φ over the rows, with its gradient added to grad.
func (l *linear) sum(s samples, w, grad []float64, rows []int32) float64 {
	var f float64
	var before []int32
	for from := 0; from < len(rows); from += len(before) {
		part := next(l.block[0], rows, from)
		for k, i := range part {
			l.targets[k] = s.y[i]
		}
		if grad == nil {
			s.x.Products(l.margins, w, part)
		} else {
			s.x.Next(l.margins, w, part, grad, l.slopes, before)
		}
		before = part
		l.block[0], l.block[1] = l.block[1], l.block[0]
		f += l.terms(len(part))
	}
	if grad != nil {
		s.x.Combine(grad, l.slopes, before)
	}
	return f
}

// terms is Σ φ over the first n margins and targets, with their slopes.
func (l *linear) terms(n int) (f float64) {
	if phi, ok := l.phi.(marginSum); ok {
		return phi.sum(l.margins[:n], l.targets[:n], l.slopes[:n])
	}
	for k, z := range l.margins[:n] {
		var value float64
		value, l.slopes[k] = l.phi.at(z, l.targets[k])
		f += value
	}
	return f
}

// Hessian is (1/m) Σ φ″(xᵢᵀw, yᵢ) xᵢxᵢᵀ + l2·I.
func (l *linear) Hessian(w []float64, h *mat.SymDense) {
	h.Zero()
	m := float64(l.train.count())
	for i, y := range l.train.y {
		l.train.x.Products(l.margins, w, l.train.rows[i:i+1])
		if c := l.phi.curvature(l.margins[0], y); c != 0 {
			addOuter(h, c/m, l.train.x, i)
		}
	}
	l.addIdentity(h)
}

// HessianProduct is (1/m) Σ φ″(xᵢᵀw, yᵢ) (xᵢᵀv) xᵢ + l2·v.
func (l *linear) HessianProduct(w, v, hv []float64) {
	clear(hv)
	for from := 0; from < len(l.train.rows); from += len(l.margins) {
		part := next(l.block[0], l.train.rows, from)
		l.train.x.Products(l.margins, w, part)
		l.train.x.Products(l.directional, v, part)
		for k, i := range part {
			l.slopes[k] = float64(l.phi.curvature(l.margins[k], l.train.y[i]) * l.directional[k])
		}
		l.train.x.Combine(hv, l.slopes, part)
	}
	vec.Scale(1/float64(l.train.count()), hv)
	l.addMultiple(v, hv)
}

// DiagnosticNames are the numbers besides the loss.
func (l *linear) DiagnosticNames() []string { return l.model.names(l.binary) }

// Diagnostics are shares of samples told right, and the mean loss of the samples held
// out, without the regularizer.
func (l *linear) Diagnostics(w, into []float64) { l.model.watch(l, l.binary, w, into) }

func (l *linear) meanLoss(s samples, w []float64) float64 {
	return l.sum(s, w, nil, s.rows) / float64(s.count())
}

// right reports whether the margin of sample i has the sign of its class.
func (l *linear) right(s samples, w []float64, i int) bool {
	s.x.Products(l.margins, w, s.rows[i:i+1])
	return l.margins[0]*s.y[i] > 0
}
