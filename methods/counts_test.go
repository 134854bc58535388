package methods_test

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/methods/methodtest"
	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/problems/functions"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
	"gonum.org/v1/gonum/mat"
)

// ledger writes down every question that reaches a problem.
type ledger struct {
	now, last     map[string]bool // questions of this step and the one before, with their points
	repeated      []string
	values, grads int64 // calls with and without a gradient
	evaluations   int64
	samples       int64
	hessians      int64
	products      int64
	rests, proxes int64
}

// next begins a step. Where x has not moved, the same may be asked again.
func (l *ledger) next(moved bool) {
	if l.last = l.now; !moved {
		l.last = nil
	}
	l.now = map[string]bool{}
}

// ask notes a question. With a gradient the value is answered too, so that asking for the value
// later asks twice.
func (l *ledger) ask(gradient bool, x []float64, batch string, samples int) {
	key := func(kind string) string { return fmt.Sprintf("%s at %b on %s", kind, x, batch) }
	l.evaluations++
	l.samples += int64(samples)
	kinds := []string{"value"}
	if gradient {
		l.grads++
		kinds = []string{"gradient", "value"}
	} else {
		l.values++
	}
	if k := key(kinds[0]); l.now[k] || l.last[k] {
		l.repeated = append(l.repeated, k)
	}
	for _, kind := range kinds {
		l.now[key(kind)] = true
	}
}

// derive notes that residuals, or their Jacobian, are asked for. The value ½‖r‖² and the gradient
// Jᵀr follow from them, so that only what is not known at x yet is a question.
func (l *ledger) derive(gradient bool, x []float64) {
	kind := "value"
	if gradient {
		kind = "gradient"
	}
	if k := fmt.Sprintf("%s at %b on all", kind, x); !l.now[k] && !l.last[k] {
		l.ask(gradient, x, "all", 0)
	}
}

// curve notes a question for second derivatives: the Hessian, or its product with v, which is no
// question where the Hessian is known.
func (l *ledger) curve(x, v []float64, samples int) {
	hessian := fmt.Sprintf("Hessian at %b", x)
	k, count := hessian, &l.hessians
	if v != nil {
		if l.now[hessian] {
			return
		}
		k, count = fmt.Sprintf("%s times %b", hessian, v), &l.products
	}
	l.beside(k, count)
	l.samples += int64(samples)
}

// beside notes a question for the part that is not smooth.
func (l *ledger) beside(k string, count *int64) {
	if l.now[k] || l.last[k] {
		l.repeated = append(l.repeated, k)
	}
	l.now[k] = true
	*count++
}

// recordedSum is a sum of squares whose questions are written down.
type recordedSum struct {
	*methodtest.LeastSquares
	*ledger
	facts problems.Facts
}

var _ problems.FiniteSum = (*recordedSum)(nil)

func newRecordedSum() *recordedSum {
	p := &recordedSum{LeastSquares: methodtest.NewLeastSquares(24, 3), ledger: &ledger{}}
	p.facts = *p.LeastSquares.Facts()
	p.facts.Minimum = &problems.Minimum{Value: 0, Source: problems.Analytic}
	return p
}

func (p *recordedSum) Facts() *problems.Facts { return &p.facts }
func (p *recordedSum) Evaluate(x, g []float64) float64 {
	p.ask(g != nil, x, "all", p.Samples())
	return p.LeastSquares.Evaluate(x, g)
}
func (p *recordedSum) EvaluateOn(x, g []float64, batch []int32) float64 {
	p.ask(g != nil, x, fmt.Sprint(batch), len(batch))
	return p.LeastSquares.EvaluateOn(x, g, batch)
}
func (p *recordedSum) Hessian(x []float64, h *mat.SymDense) {
	p.curve(x, nil, p.Samples())
	p.LeastSquares.Hessian(x, h)
}
func (p *recordedSum) HessianProduct(x, v, hv []float64) {
	p.curve(x, v, p.Samples())
	p.LeastSquares.HessianProduct(x, v, hv)
}

// recordedLasso is the same sum with λ‖x‖₁ beside it, which is asked for like the rest.
type recordedLasso struct{ *recordedSum }

var _ problems.Composite = recordedLasso{}

func (p recordedLasso) Rest(x []float64) float64 {
	p.beside(fmt.Sprintf("rest at %b", x), &p.rests)
	var sum float64
	for _, v := range x {
		sum += math.Abs(v)
	}
	return 0.1 * sum
}
func (p recordedLasso) Prox(dst, x []float64, t float64) {
	p.beside(fmt.Sprintf("prox with %b at %b", t, x), &p.proxes)
	for i, v := range x {
		dst[i] = math.Copysign(math.Max(math.Abs(v)-0.1*t, 0), v)
	}
}

// recordedValley is Rosenbrock's function whose questions are written down.
type recordedValley struct {
	*functions.Rosenbrock
	*ledger
}

var _ problems.Residuals = recordedValley{}

func (p recordedValley) Evaluate(x, g []float64) float64 {
	p.ask(g != nil, x, "all", 0)
	return p.Rosenbrock.Evaluate(x, g)
}
func (p recordedValley) Residuals(x, r []float64) {
	p.derive(false, x)
	p.Rosenbrock.Residuals(x, r)
}
func (p recordedValley) Jacobian(x []float64, jac *mat.Dense) {
	p.derive(true, x)
	p.Rosenbrock.Jacobian(x, jac)
}
func (p recordedValley) Hessian(x []float64, h *mat.SymDense) {
	p.curve(x, nil, 0)
	p.Rosenbrock.Hessian(x, h)
}
func (p recordedValley) HessianProduct(x, v, hv []float64) {
	p.curve(x, v, 0)
	p.Rosenbrock.HessianProduct(x, v, hv)
}

// everything is every method with its defaults, and every direction with every step rule.
func everything() []string {
	all := slices.Clone(shipped(param.Of[methods.Method]()))
	pairs(func(_, method string) { all = append(all, method) })
	return append(all, "{name: nesterov, restart: function}", "{name: nesterov, restart: gradient}", "{name: svrg, inner: 5}",
		"{name: svrg, inner: 5, snapshot: random}", "{name: trust-region, subproblem: dogleg}")
}

// No method asks twice for the same at one point, for one batch, within a step and the next, and
// what it is charged is what reaches the problem.
func TestNothingIsAskedTwice(t *testing.T) {
	ran, besides := 0, int64(0)
	for _, text := range everything() {
		text = strings.ReplaceAll(text, "{name: exact}", "{name: exact, tolerance: 1e-6}") // else trials come as near as rounding
		if strings.HasPrefix(text, "gonum-") {
			continue // its line searches are not ours
		}
		for _, batch := range []int{0, 1, 8, 24} {
			p := newRecordedSum()
			ran += askedOnce(t, text, p, p.ledger, []float64{1, -2, 3}, batch)
			lasso := recordedLasso{newRecordedSum()}
			ran += askedOnce(t, text, lasso, lasso.ledger, []float64{1, -2, 3}, batch)
			besides += min(lasso.rests, lasso.proxes)
		}
		p := recordedValley{&functions.Rosenbrock{N: 4}, &ledger{}}
		ran += askedOnce(t, text, p, p.ledger, []float64{-1.2, 1, -1.2, 1}, 0)
	}
	if ran < 500 || besides == 0 {
		t.Errorf("only %d runs, %d questions for a part that is not smooth", ran, besides)
	}
}

// askedOnce runs a method and compares its counts with the ledger; 0 where it does not run.
func askedOnce(t *testing.T, text string, p problems.Problem, l *ledger, x0 []float64, batch int) int {
	l.next(true)
	r, err := methodtest.Read(text, p)
	if err != nil {
		return 0 // a constant is not known
	}
	o, err := problems.NewOracle(p, problems.FactsOf(p), problems.OracleOptions{Batch: batch, Horizon: 20, Seed: problems.Seed{Suite: 4}})
	if err != nil {
		t.Fatal(err)
	}
	at := &methods.Iterate{Point: methods.Point{X: append([]float64(nil), x0...), Grad: make([]float64, len(x0))}}
	var missing *problems.Missing
	if err := r.Init(o, at); errors.As(err, &missing) {
		return 0
	} else if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	exact, g := problems.Problem(methodtest.NewLeastSquares(24, 3)), make([]float64, len(x0))
	if valley, ok := p.(recordedValley); ok {
		exact = valley.Rosenbrock
	}
	exact.Evaluate(x0, g)
	small := 1e-6 * vec.Norm(g)
	for range 12 {
		if exact.Evaluate(at.X, g); vec.Norm(g) <= small {
			break // the next points differ by rounding, if at all
		}
		before := fmt.Sprintf("%b", at.X)
		if err := r.Step(at); err != nil {
			break // the last step may have asked for anything before it stalled
		}
		l.next(fmt.Sprintf("%b", at.X) != before)
		if len(l.repeated) > 0 {
			t.Errorf("%s, batch %d: asked twice for %v", text, batch, l.repeated)
			break
		}
	}
	c := o.Counts()
	if c.Evaluations != l.evaluations || c.Gradients != l.grads || c.Hessians != l.hessians || c.HessianProducts != l.products || c.Prox != l.proxes || c.Samples != l.samples ||
		c.Values < l.values+l.rests || c.Values > l.values+l.rests+l.grads {
		t.Errorf("%s, batch %d: charged %+v for %d values, %d gradients, %d evaluations, %d Hessians, %d products, %d samples",
			text, batch, *c, l.values, l.grads, l.evaluations, l.hessians, l.products, l.samples)
	}
	return 1
}
