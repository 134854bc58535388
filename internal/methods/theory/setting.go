package theory

import (
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/internal/linalg"
	"github.com/gdbench/gdbench/internal/methods/direction"
	"github.com/gdbench/gdbench/internal/methods/step"
	"github.com/gdbench/gdbench/internal/methods/traits"
	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

// known is what theorems ask about a setting.
type known struct {
	Setting
	direction methods.Direction // of a descent; nil for other methods
	rule      methods.StepRule

	l, mu     float64 // global; NaN where unknown, mu 0 where f is convex at least
	convex    bool
	quadratic bool
	composite bool
	sum       problems.FiniteSum // nil where the problem is none
	noise     problems.Noise
	exact     bool // neither batches nor noise
}

// approximate reports gradients that are not those of the function, at any depth of
// wrappers.
func approximate(p problems.Problem) bool {
	if a, ok := p.(problems.Approximate); ok && a.Approximate() {
		return true
	}
	w, wraps := p.(problems.Wrapper)
	return wraps && approximate(w.Inner())
}

func study(s Setting) *known {
	k := &known{Setting: s}
	k.descent()
	k.l, k.mu = k.global(problems.SmoothnessL), k.global(problems.ConvexityMu)
	k.convex = s.Facts.Convexity == problems.Convex || s.Facts.Convexity == problems.StronglyConvex
	if math.IsNaN(k.mu) && k.convex {
		k.mu = 0
	}
	if q, ok := problems.As[problems.Quadratic](s.Problem); ok {
		k.quadratic = q.Quadratic()
	}
	_, k.composite = problems.As[problems.Composite](s.Problem)
	k.sum, _ = problems.As[problems.FiniteSum](s.Problem)
	k.noise = problems.NoiseOf(s.Problem)
	k.exact = s.Batch == 0 && k.noise == problems.Noise{}
	return k
}

// global is a constant of global scope, NaN where it is unknown or zero.
func (k *known) global(name string) float64 {
	v, err := k.Facts.Global(name)
	if err != nil {
		return math.NaN()
	}
	return v
}

// matrix is that of a quadratic, nil in more than 50 variables, where its eigenvalues
// cost more than a check is worth.
func (k *known) matrix() *mat.SymDense {
	const most = 50
	n := k.Problem.Dim()
	p, ok := problems.As[problems.HessianProduct](k.Problem)
	if !ok || !k.quadratic || n > most {
		return nil
	}
	a := mat.NewSymDense(n, nil)
	origin, e, column := make([]float64, n), make([]float64, n), make([]float64, n)
	for j := range n {
		e[j] = 1
		p.HessianProduct(origin, e, column)
		e[j] = 0
		for i := range j + 1 {
			a.SetSym(i, j, column[i])
		}
	}
	return a
}

// spectrum is the eigenvalues of the matrix, nil where there is none.
func (k *known) spectrum() []float64 {
	a := k.matrix()
	if a == nil {
		return nil
	}
	var eigen linalg.Eigen
	if !eigen.Factorize(a, false) {
		return nil
	}
	return eigen.Values()
}

// strong reports strong convexity with known constants.
func (k *known) strong() bool { return k.convex && k.mu > 0 && k.l >= k.mu }

func (k *known) kappa() float64 { return k.l / k.mu }

// smooth reports an objective without a non-smooth part, exact gradients, and a known L.
func (k *known) smooth() bool { return k.exact && !k.composite && k.l > 0 }

// descent looks for direction and step rule of a method of the form x + t·Δx, whichever
// way it is written; they stay nil for others.
func (k *known) descent() {
	if d, ok := k.Method.(*methods.Descent); ok {
		k.direction, k.rule = d.Direction, d.Rule
		return
	}
	if γ, β, ok := traits.Recurrence(k.Method); ok && β == 0 {
		k.direction, k.rule = new(direction.Gradient), &step.Fixed{T: param.NewLength(γ)}
	}
}

// alongGradient reports a descent whose direction is −∇f, by any of its names.
func (k *known) alongGradient() bool { return k.direction != nil && traits.AlongGradient(k.direction) }

// fixedStep is the constant length of a descent's steps, NaN for other rules.
func (k *known) fixedStep() float64 {
	if fixed, ok := k.rule.(*step.Fixed); ok {
		return fixed.T.Value
	}
	return math.NaN()
}

// gradientStep is the constant γ of x − γ∇f(x), NaN for any other method.
func (k *known) gradientStep() float64 {
	if k.alongGradient() {
		return k.fixedStep()
	}
	return math.NaN()
}
