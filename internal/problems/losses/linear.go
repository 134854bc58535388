package losses

import (
	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/internal/crew"
	"github.com/gdbench/gdbench/internal/problems/data"
	"github.com/gdbench/gdbench/internal/problems/reference"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/problems"
)

// marginLoss is what distinguishes the losses of a linear model: a scalar function
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
	// pass is the sum over dense rows, block by block, with its gradient added to grad.
	pass(x *data.Dense, w, grad []float64, p *pass, block int) float64
}

// linear is the loss of a linear model, f(w) = (1/m) Σ φ(xᵢᵀw, yᵢ) + (l2/2)‖w‖².
// A struct that embeds it is a Problem with Hessian, products and samples.
type linear struct {
	model
	regularizer
	phi    marginLoss
	binary bool // targets are ±1, predicted by the sign of the margin
	facts  *problems.Facts
	crew   *crew.Crew // nil: there is no help

	all   pass // over the training samples
	batch pass // scratch

	block                        int        // rows whose φ are added up at once
	margins, slopes, directional []float64  // scratch: rows that are passed at once, some blocks
	shared                       *sharedSum // nil: not needed yet
}

var (
	_ problems.FiniteSum      = (*linear)(nil)
	_ problems.Hessian        = (*linear)(nil)
	_ problems.HessianProduct = (*linear)(nil)
	_ problems.Forker         = (*linear)(nil)
	_ problems.Describer      = (*linear)(nil)
	_ problems.Diagnostics    = (*linear)(nil)
	_ crew.Helped             = (*linear)(nil)
	_ reference.Unattained    = (*linear)(nil)
)

// blockOf is how many rows of a dense matrix are multiplied before they are added to the gradient,
// while the next as many are multiplied: few enough to stay in the second cache until then, and a
// multiple of the four that are added at once.
func blockOf(x data.Matrix) int {
	const cached = 8 << 10 // numbers
	rows, _ := x.Dims()
	return min(max(cached*rows/max(x.Entries(), 1), 4), 32) &^ 3
}

// blocksOf is how many blocks are passed at once. Of sparse rows there are more, since weights and
// gradient take turns in the first cache, and are not read in order.
func blocksOf(x data.Matrix, block int) int {
	if _, dense := x.(*data.Dense); dense {
		return 1
	}
	const cached = 32 << 10 // entries
	return max(cached/(block*rowLength(x)), 1)
}

// rowLength is the mean number of entries of a row, at least 1.
func rowLength(x data.Matrix) int {
	m, _ := x.Dims()
	return max(x.Entries()/max(m, 1), 1)
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
	l.all.over(m.train.x, m.train.rows, m.train.y)
	l.regularizer = d.regularizer(l.Dim(), 1)
	l.scratch()
	least, greatest := phi.curvatures()
	l.facts = factsOf(m, l.Dim(), l.regularizer, least, greatest)
	l.derivatives()
	return nil
}

func (l *linear) scratch() {
	l.block = blockOf(l.train.x)
	n := l.block * blocksOf(l.train.x, l.block)
	l.margins, l.slopes, l.directional = make([]float64, n), make([]float64, n), make([]float64, n)
	l.batch, l.shared = pass{}, nil
}

// HelpedBy has idle workers help with sums over many samples.
func (l *linear) HelpedBy(c *crew.Crew) { l.crew = c }

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
func (l *linear) Evaluate(w, grad []float64) float64 { return l.mean(w, grad, &l.all) }

// EvaluateOn is the mean over the batch plus the regularizer.
func (l *linear) EvaluateOn(w, grad []float64, batch []int32) float64 {
	l.batch.over(l.train.x, batch, l.train.y)
	return l.mean(w, grad, &l.batch)
}

func (l *linear) mean(w, grad []float64, p *pass) float64 {
	clear(grad)
	m := float64(len(p.rows))
	f := l.sum(l.train.x, w, grad, p) / m
	if grad != nil {
		vec.Scale(1/m, grad)
	}
	return f + l.regularizer.value(w, grad)
}

// sum is Σ φ over a pass, with its gradient added to grad. The data stream through once:
// each block of rows gives its margins, and, while it is still in the cache, its share of
// the gradient.
func (l *linear) sum(x data.Matrix, w, grad []float64, p *pass) float64 {
	if idle := l.crew.Idle(); idle > 0 {
		if dense, ok := shareable(x, len(p.rows)); ok {
			return l.share(1+idle, dense, w, grad, p)
		}
	}
	if phi, ok := l.phi.(marginSum); ok && grad != nil {
		if dense, ok := x.(*data.Dense); ok {
			return phi.pass(dense, w, grad, p, l.block)
		}
	}
	var f float64
	var before []int32
	for at := 0; at < len(p.rows); at += len(l.margins) {
		rows, targets := p.from(at, len(l.margins))
		if grad == nil {
			x.Products(l.margins, w, rows)
		} else {
			x.Next(l.margins, w, rows, grad, l.slopes, before)
		}
		for k := 0; k < len(rows); k += l.block {
			f += l.terms(l.margins[k:], targets[k:min(k+l.block, len(rows))], l.slopes[k:])
		}
		before = rows
	}
	if grad != nil {
		x.Combine(grad, l.slopes, before)
	}
	return f
}

// terms is Σ φ over the margins of a block, with their slopes.
func (l *linear) terms(margins, targets, slopes []float64) (f float64) {
	margins, slopes = margins[:len(targets)], slopes[:len(targets)]
	if phi, ok := l.phi.(marginSum); ok {
		return phi.sum(margins, targets, slopes)
	}
	for k, z := range margins {
		var value float64
		value, slopes[k] = l.phi.at(z, targets[k])
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
	for at := 0; at < len(l.train.rows); at += len(l.margins) {
		rows, targets := l.all.from(at, len(l.margins))
		l.train.x.Products(l.margins, w, rows)
		l.train.x.Products(l.directional, v, rows)
		for k, y := range targets {
			l.slopes[k] = float64(l.phi.curvature(l.margins[k], y) * l.directional[k])
		}
		l.train.x.Combine(hv, l.slopes, rows)
	}
	vec.Scale(1/float64(l.train.count()), hv)
	l.addMultiple(v, hv)
}

// DiagnosticNames are the numbers besides the loss.
func (l *linear) DiagnosticNames() []string { return l.model.names(l.binary) }

// Diagnostics are fractions of samples classified correctly, and the mean loss of the samples held
// out, without the regularizer.
func (l *linear) Diagnostics(w, into []float64) { l.model.watch(l, l.binary, w, into) }

func (l *linear) meanLoss(s samples, w []float64) float64 {
	l.batch.over(s.x, s.rows, s.y)
	return l.sum(s.x, w, nil, &l.batch) / float64(s.count())
}

// right counts the samples whose margin has the sign of their class.
func (l *linear) right(s samples, w []float64) (count int) {
	for at := 0; at < len(s.rows); at += len(l.margins) {
		rows := s.rows[at:min(at+len(l.margins), len(s.rows))]
		s.x.Products(l.margins, w, rows)
		for k, i := range rows {
			if l.margins[k]*s.y[i] > 0 {
				count++
			}
		}
	}
	return count
}
