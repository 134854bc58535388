package theory_test

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"github.com/gdbench/gdbench/internal/methods/theory"
	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/problems/starts"
	"github.com/gdbench/gdbench/internal/random"
	"github.com/gdbench/gdbench/internal/theorem"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

// adversary draws runs that invite false alarms: settings beyond the range of theorems,
// facts at the edge of rounding, starts at the minimizer, units far from 1, few iterations,
// few observations, few repeats.
type adversary struct{ *rand.Rand }

// adversarialProblem writes a problem. Functions without a global L are among them.
func (a adversary) problem() string {
	κ := pick(a, "1.000000001", "1.01", "2", "100", "1e4", "1e8", "1e12")
	l2 := pick(a, "0", "1e-12", "1e-6", "0.01", "10")
	inside := []string{
		fmt.Sprintf("{name: quadratic, dim: %d, condition: %s, rotated: %v, spectrum: %s}", 2+a.IntN(7), κ, a.IntN(2) == 0, pick(a, "log", "linear", "clustered", "chebyshev")),
		fmt.Sprintf("{name: quadratic, matrix: [[%g, 1], [1, 1]], linear: [%g, %g]}", 1+math.Ldexp(1, -1-a.IntN(52)), a.NormFloat64(), a.NormFloat64()),
		"{name: quadratic, matrix: [[1, 1], [1, 1]], linear: [1, 1]}",
		fmt.Sprintf("{name: quadratic, dim: 1, condition: 1, linear: [%g]}", a.NormFloat64()),
		fmt.Sprintf("{name: logistic, data: iris, positive: 0, l2: %s, standardize: %v, intercept: %s}", l2, a.IntN(2) == 0, pick(a, "free", "penalized", "none")),
		fmt.Sprintf("{name: least-squares, data: diabetes, l2: %s, standardize: %v}", l2, a.IntN(2) == 0),
		fmt.Sprintf("{name: huber, delta: %s, l2: %s}", pick(a, "1e-3", "1"), l2),
		fmt.Sprintf("{name: squared-hinge, data: iris, positive: 0, l2: %s}", l2),
		fmt.Sprintf("{name: student-t, data: diabetes, l2: %s}", l2),
		fmt.Sprintf("{name: lasso, l1: %s, l2: %s}", pick(a, "1e-6", "0.1", "10"), l2),
		fmt.Sprintf("{name: nesterov-worst, dim: %d}", 1+a.IntN(12)),
		fmt.Sprintf("{name: nesterov-worst-sc, dim: %d, condition: 10}", 1+a.IntN(12)),
		"hilbert", "ls-rankdef", "pl-sin", "sawtooth", "sphere", "tridia", "rosenbrock", "himmelblau", "zakharov", "styblinski-tang", "rastrigin", "double-well", "mccormick",
	}
	text := inside[a.IntN(len(inside))]
	factor := fmt.Sprint(math.Ldexp(1, 10*(a.IntN(3)-1)))
	switch a.IntN(9) {
	case 0:
		return fmt.Sprintf("{name: rotate, of: %s, instance: %d}", text, a.IntN(5))
	case 1:
		return fmt.Sprintf("{name: shift, of: %s, spread: %s}", text, pick(a, "1e-3", "1", "1e4"))
	case 2:
		return fmt.Sprintf("{name: scale, of: %s, ratio: %s, value: %s}", text, pick(a, "1", "3", "1000"), pick(a, "1", "9.313225746154785e-10", "1073741824"))
	case 3:
		return fmt.Sprintf("{name: finite-difference, of: %s, formula: %s}", text, pick(a, "central", "forward"))
	case 4:
		return fmt.Sprintf("{name: rotate, of: {name: finite-difference, of: %s}}", text)
	case 5:
		return fmt.Sprintf("{name: noise, of: %s, gradient: %s, value: %s}", text, pick(a, "0", "1e-3", "1"), pick(a, "0", "1e-6", "1"))
	case 6:
		return fmt.Sprintf("{name: rotate, of: {name: scale, of: %s, ratio: 10, value: %s}}", text, factor)
	}
	return text
}

func (a adversary) method() string {
	share := pick(a, "0.01", "0.5", "0.999", "1", "1.01", "1.5", "1.9", "1.9999999", "2", "2.1", "3")
	schedule := pick(a, "fista", "weights", "strongly-convex", "{name: strongly-convex, mu: 0.1*mu}", "{name: constant, momentum: 0.9}")
	all := []string{
		"{name: fixed-step, lr: " + share + "/L}", "{name: fixed-step, lr: 2/(L+mu)}", "{name: fixed-step, lr: 0.1}", "{name: descent, step: " + share + "/L}",
		"{name: nesterov, lr: " + share + "/L, schedule: " + schedule + ", restart: " + pick(a, "never", "gradient", "function") + "}",
		"{name: optimized-gradient, lr: " + share + "/L}",
		"{name: triple-momentum, mu: " + pick(a, "0.1*mu", "mu", "2*mu") + ", L: " + pick(a, "0.9*L", "L", "2*L") + "}",
		"{name: polyak-heavy-ball, mu: " + pick(a, "0.1*mu", "mu") + "}", "{name: heavy-ball, lr: " + share + "/L, momentum: 0.9}",
		"{name: descent, step: exact}", "{name: descent, direction: newton, step: exact}",
		"{name: descent, step: {name: backtracking, alpha: " + pick(a, "1e-8", "0.3", "0.49", "0.7") + ", beta: " + pick(a, "0.1", "0.9") + ", initial: " + pick(a, "1e-3", "1", "1e6") + "}}",
		"{name: descent, step: {name: polyak, factor: " + pick(a, "1", "1.5", "2") + "}}", "{name: descent, step: {name: polyak, factor: 1, longest: " + pick(a, "1e-3", "1") + "}}",
		"{name: descent, step: {name: barzilai-borwein, variant: " + pick(a, "long", "short") + "}}",
		"{name: steepest, norm: " + pick(a, "l1", "linf") + ", step: " + pick(a, "backtracking", "1/Lmax", "0.01") + "}",
		"{name: steepest, norm: l2, normalized: true, step: " + pick(a, "1e-6", "0.1", "{name: diminishing, c: 1, p: 0.5}") + "}",
		"{name: newton, indefinite: " + pick(a, "none", "modified", "saddle-free") + "}", "damped-newton",
		"linear-cg", "{name: descent, direction: {name: conjugate-gradient, beta: " + pick(a, "fr", "pr+", "hs", "dy", "hz") + ", restart: " + pick(a, "none", "period", "powell") + "}, step: exact}",
		"lbfgs", "bfgs", "{name: descent, direction: {name: coordinate, order: " + pick(a, "random", "lipschitz", "cyclic") + ", scaled: true}, step: 1}",
		"{name: proximal-gradient, lr: " + share + "/L}", "{name: fista, lr: " + share + "/L, schedule: " + pick(a, "fista", "weights") + "}",
		"{name: sgd, lr: " + share + "/Lmax}", "{name: sgd, lr: 0.01, momentum: 0.9}", "{name: stochastic-polyak, longest: " + pick(a, "0.01", "1", "100") + "}",
		"{name: svrg, lr: 0.1/Lmax, inner: 20, snapshot: random}", "saga", "{name: saga, lr: 1/Lmax}",
	}
	return all[a.IntN(len(all))]
}

// start is near the minimizer, at it, far away, or where runs begin.
func (a adversary) start(f *problems.Facts, x []float64) {
	if err := (starts.Standard{}).Start(f, x, nil); err != nil {
		clear(x)
	}
	known := f.Minimum != nil && len(f.Minimum.Points) > 0
	switch kind := a.IntN(5); {
	case kind <= 1 && known:
		copy(x, f.Minimum.Points[0])
		if kind == 1 {
			for i := range x {
				x[i] += math.Ldexp(a.NormFloat64(), -a.IntN(60))
			}
		}
	case kind == 2:
		scale := math.Ldexp(1, 20*(a.IntN(3)-1))
		for i := range x {
			x[i] = scale * a.NormFloat64()
		}
	}
}

func pick[T any](a adversary, from ...T) T { return from[a.IntN(len(from))] }

// trial is one cell; it reports how many comparisons were made, and the verdicts against.
func (a adversary) trial(t *testing.T) (compared int, against []string) {
	problem, method := a.problem(), a.method()
	component, err := newComponent(param.Of[problems.Problem](), problem)
	if err != nil {
		return 0, nil // a combination that makes no sense
	}
	p := component.(problems.Problem)
	if b, ok := p.(problems.Builder); ok {
		if err := b.Build(problems.Env{Name: problem, Seed: a.Uint64()}); err != nil {
			return 0, nil
		}
	}
	facts := problems.FactsOf(p)
	x := make([]float64, p.Dim())
	a.start(facts, x)
	_, sum := problems.As[problems.FiniteSum](p)
	batch, replacement := 0, a.IntN(2) == 0
	if sum && a.IntN(2) == 0 {
		batch = 1 + a.IntN(3)
	}
	steps, every := pick(a, 1, 2, 5, 60, 400), pick(a, 1, 1, 7)
	repeats := pick(a, 1, 2, 3, 10)
	var watched []*theory.Checker
	for repeat := range repeats {
		c := follow(t, run{p, facts, method, slices.Clone(x), batch, replacement, steps, every, repeat})
		if c == nil {
			return 0, nil
		}
		watched = append(watched, c)
	}
	for _, v := range append(watched[0].Verdicts(), theory.Expect(watched)...) {
		compared += v.Compared
		if v.Outcome == theorem.Violated || v.Outcome == theorem.Refuted {
			against = append(against, fmt.Sprintf("%s on %s, batch %d, replacement %v, %d steps, every %d, %d repeats: %s: %s", method, problem, batch, replacement, steps, every, repeats, v.Name, v.Message))
		}
	}
	return compared, against
}

type run struct {
	problem     problems.Problem
	facts       *problems.Facts
	method      string
	x           []float64
	batch       int
	replacement bool
	steps       int
	every       int
	repeat      int
}

// follow watches a run, nil where the method cannot run on the problem.
func follow(t *testing.T, r run) *theory.Checker {
	component, err := newComponent(param.Of[methods.Method](), r.method)
	if err != nil {
		t.Fatal(err)
	}
	if param.Resolve(component, r.facts.Global) != nil {
		return nil
	}
	m := methods.Unwrap(component)
	_, proximal := component.(methods.Proximal)
	if _, composite := problems.As[problems.Composite](r.problem); composite && !proximal {
		return nil
	}
	o, err := problems.NewOracle(r.problem, r.facts, problems.OracleOptions{
		Batch: r.batch, Replacement: r.replacement, Horizon: r.steps, Seed: problems.Seed{Suite: 1, Problem: r.method, Repeat: r.repeat},
	})
	if err != nil {
		return nil
	}
	setting := theory.Setting{Method: m, Problem: r.problem, Facts: r.facts, Batch: r.batch, Replacement: r.replacement}
	checker := theory.NewChecker(theory.For(setting), r.problem, r.facts)
	at := &methods.Iterate{Point: methods.Point{X: r.x, Grad: make([]float64, len(r.x))}}
	checker.Observe(0, at)
	if err := m.Init(o, at); err != nil {
		if errors.As(err, new(*problems.Missing)) {
			return nil
		}
		return nil
	}
	for k := 1; k <= r.steps; k++ {
		if err := m.Step(at); err != nil {
			break
		}
		if k%r.every == 0 || k == r.steps {
			checker.Observe(k, at)
		}
		if slices.ContainsFunc(at.X, func(v float64) bool { return math.IsNaN(v) || math.Abs(v) > 1e100 }) {
			break // a descent ends here: it has diverged
		}
	}
	return checker
}

// assault makes trials and reports every verdict against a theorem, which is false: the
// methods are right, and so are the facts.
func assault(t *testing.T, trials int, least int) {
	a, compared := adversary{rand.New(random.NewSource(1, "adversary"))}, 0
	for range trials {
		n, against := a.trial(t)
		compared += n
		for _, line := range against {
			t.Error(line)
		}
	}
	if t.Logf("%d comparisons", compared); compared < least {
		t.Errorf("only %d comparisons", compared)
	}
}

// No theorem is refuted by runs that only look as if they broke it.
func TestNoFalseAlarms(t *testing.T) { assault(t, 1500, 20_000) }

func TestSoakNoFalseAlarms(t *testing.T) {
	if os.Getenv("GDBENCH_SOAK") == "" {
		t.Skip("takes minutes: set GDBENCH_SOAK to run it")
	}
	assault(t, 30_000, 500_000)
}
