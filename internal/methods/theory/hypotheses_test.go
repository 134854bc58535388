package theory

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/methods/instances"
	"github.com/gdbench/gdbench/internal/problems/check"
	"github.com/gdbench/gdbench/internal/problems/functions"
	"github.com/gdbench/gdbench/problems"
)

// applying lists the theorems that apply.
func applying(t *testing.T, method string, p problems.Problem, change func(*Setting)) []string {
	t.Helper()
	facts := problems.FactsOf(p)
	b, err := newMethod(method, facts)
	if err != nil {
		t.Fatal(err)
	}
	s := Setting{Method: b.method(), Problem: p, Facts: facts}
	if change != nil {
		change(&s)
	}
	var out []string
	for _, g := range For(s) {
		out = append(out, g.Name)
	}
	return out
}

// A theorem is listed only where its hypotheses hold.
func TestHypotheses(t *testing.T) {
	huber := &instances.Huber{L: 2, Slope: 1}
	strong := instances.Diagonal(1, 10)
	sum := instances.NewSum(10, 3, 1, 0, problems.Seed{}.Rand("sum"))
	shaped := &instances.Shaped{Quadratic: instances.Diagonal(1, 2, 3, 4, 5, 6, 7, 10), Rows: 3, Columns: 2}
	none := func(s *Setting) {}
	batched := func(s *Setting) { s.Batch = 1 }
	without := func(name string) func(*Setting) {
		return func(s *Setting) {
			facts := *s.Facts
			facts.Constants = map[string]problems.Constant{}
			for n, c := range s.Facts.Constants {
				if n != name {
					facts.Constants[n] = c
				}
			}
			s.Facts = &facts
		}
	}
	local := func(s *Setting) {
		facts := *s.Facts
		facts.Constants = map[string]problems.Constant{problems.SmoothnessL: {Value: 2, Scope: problems.Local}}
		s.Facts = &facts
	}
	tests := []struct {
		name    string
		method  string
		problem problems.Problem
		change  func(*Setting)
		theorem string // prefix
		applies bool
	}{
		{"short step", "{name: fixed-step, lr: 1.9/L}", huber, none, "gradient descent, convex", true},
		{"long step", "{name: fixed-step, lr: 2.1/L}", huber, none, "gradient descent, convex", false},
		{"beyond √3", "{name: fixed-step, lr: 1.8/L}", huber, none, "gradient descent, smooth", false},
		{"unknown L", "{name: fixed-step, lr: 0.1}", huber, without(problems.SmoothnessL), "gradient descent", false},
		{"local L", "{name: fixed-step, lr: 0.1}", huber, local, "gradient descent", false},
		{"batches", "{name: fixed-step, lr: 0.1}", huber, batched, "gradient descent", false},
		{"no μ", "{name: fixed-step, lr: 0.1}", huber, none, "gradient descent, strongly convex", false},
		{"μ", "{name: fixed-step, lr: 0.1}", strong, none, "gradient descent, strongly convex", true},
		{"not convex", "{name: fixed-step, lr: 1/L}", &instances.SquaredSines{N: 2}, none, "gradient descent, convex", false},
		{"PL", "{name: fixed-step, lr: 1/L}", &instances.SquaredSines{N: 2}, none, "gradient descent, Polyak–Łojasiewicz", true},
		{"composite", "{name: fixed-step, lr: 1/L}", &instances.HalfLine{A: 1, L: 1}, none, "gradient descent", false},
		{"the descent of any name", "{name: steepest, norm: l2, step: 1/L}", strong, none, "gradient descent, convex", true},
		{"another norm", "{name: steepest, norm: l1, step: 1/L}", strong, none, "gradient descent", false},
		{"spectral norm, r = 3", "{name: steepest, norm: spectral, step: 0.033}", shaped, none, "steepest descent in the spectral norm", true},
		{"spectral norm, a longer step", "{name: steepest, norm: spectral, step: 0.034}", shaped, none, "steepest descent in the spectral norm", false},
		{"spectral norm, no matrix", "{name: steepest, norm: spectral, step: 0.033}", strong, none, "steepest descent in the spectral norm", false},
		{"spectral norm, backtracking", "{name: steepest, norm: spectral}", shaped, none, "steepest descent in a norm, backtracking", true},
		{"spectral norm, normalized", "{name: steepest, norm: spectral, normalized: true, step: 0.001}", shaped, none, "steepest descent in the spectral norm", false},
		{"silver steps", "{name: descent, step: silver}", huber, none, "silver steps", true},
		{"silver steps in another unit", "{name: descent, step: {name: silver, t: 0.9/L}}", huber, none, "silver steps", false},
		{"silver steps along another direction", "{name: descent, direction: newton, step: {name: silver, t: 1/L}}", strong, none, "silver steps", false},
		{"long steps", "{name: descent, step: long-steps}", huber, none, "long steps", true},
		{"long steps in another unit", "{name: descent, step: {name: long-steps, t: 0.9/L}}", huber, none, "long steps", false},
		{"long steps where f is not convex", "{name: descent, step: long-steps}", &instances.SquaredSines{N: 2}, none, "long steps", false},
		{"dynamic steps where f is not convex", "{name: descent, step: dynamic}", &instances.SquaredSines{N: 2}, none, "dynamic steps", false},
		{"optimized steps without a budget", "{name: descent, step: optimized}", huber, none, "optimized steps", false},
		{"optimized steps", "{name: descent, step: optimized}", huber, func(s *Setting) { s.Horizon = 9 }, "optimized steps, convex: gap", true},
		{"optimized steps beyond the longest schedule", "{name: descent, step: optimized}", huber, func(s *Setting) { s.Horizon = 10_000_000 }, "optimized steps", false},
		{"AdGD", "{name: descent, step: adgd}", huber, without(problems.SmoothnessL), "adaptive gradient descent", true},
		{"AdGD where f is not convex", "{name: descent, step: adgd}", &instances.SquaredSines{N: 2}, none, "adaptive gradient descent", false},
		{"AdGD along another direction", "{name: descent, direction: bfgs, step: adgd}", strong, none, "adaptive gradient descent", false},
		{"AdGD on batches", "{name: descent, step: adgd}", sum, batched, "adaptive gradient descent", false},
		{"L-SVRG", "l-svrg", sum, none, "L-SVRG", true},
		{"L-SVRG with long steps", "{name: l-svrg, lr: 0.2/Lmax}", sum, none, "L-SVRG", false},
		{"L-SVRG without μ", "l-svrg", sum, without(problems.ConvexityMu), "L-SVRG", false},
		{"Katyusha", "katyusha", sum, none, "Katyusha", true},
		{"Katyusha with another L", "{name: katyusha, L: 2*Lmax}", sum, none, "Katyusha", false},
		{"SARAH", "{name: sarah, inner: 1000, next: random}", sum, none, "SARAH", true},
		{"SARAH from the last point", "{name: sarah, inner: 1000}", sum, none, "SARAH", false},
		{"SARAH with short rounds", "{name: sarah, inner: 1, next: random}", sum, none, "SARAH", false},
		{"PAGE", "{name: page, lr: 0.2/Lmax}", sum, none, "PAGE", true},
		{"PAGE with long steps", "{name: page, lr: 0.5/Lmax}", sum, none, "PAGE", false},
		{"certificate at 1/L only", "{name: fixed-step, lr: 0.9/L}", huber, none, "gradient descent, convex: certificate", false},
		{"momentum", "{name: sgd, lr: 0.1, momentum: 0.5}", strong, none, "gradient descent", false},
		{"sgd is the heavy ball", "{name: sgd, lr: 0.1, momentum: 0.5}", strong, none, "stability", true},
		{"restarts", "{name: nesterov, restart: gradient}", huber, none, "Nesterov", false},
		{"too long for Nesterov", "{name: nesterov, lr: 1.5/L}", huber, none, "Nesterov", false},
		{"α ≥ ½", "{name: descent, step: {name: backtracking, alpha: 0.6}}", strong, none, "backtracking", false},
		{"another guess", "{name: descent, step: {name: backtracking, guess: previous}}", strong, none, "backtracking", false},
		{"other μ than the problem's", "{name: triple-momentum, mu: 0.5*mu}", strong, none, "triple", false},
		{"no constant is known for Barzilai–Borwein", "barzilai-borwein", strong, none, "Barzilai", false},
		{"modified Hessians", "{name: newton, indefinite: modified}", &instances.Cubic{Mu: 2, M: 3, N: 2}, none, "pure Newton", false},
		{"restarted conjugate gradients", "{name: descent, direction: {name: conjugate-gradient, restart: period, period: 2}, step: exact}", strong, none, "conjugate gradient", false},
		{"the worst function", "nesterov", worst(5), none, "first-order methods: least gap", true},
		{"the worst function and a method with a Hessian", "newton", worst(5), none, "first-order methods: least gap", false},
		{"quadratics only", "polyak-heavy-ball", instances.NewRidge(3, 0.1, 1, false, problems.Seed{}.Rand("ridge")), none, "heavy ball, Polyak", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			found := applying(t, test.method, test.problem, test.change)
			applies := slices.ContainsFunc(found, func(n string) bool { return strings.HasPrefix(n, test.theorem) })
			if applies != test.applies {
				t.Errorf("%s applies: %v; expected %v; all: %v", test.theorem, applies, test.applies, found)
			}
		})
	}
}

// worst is Nesterov's worst function in n variables.
func worst(n int) problems.Problem {
	p := &functions.NesterovWorst{N: n}
	p.Build(problems.Env{})
	return p
}

// inexact is a problem whose gradient is not its own.
type inexact struct{ problems.Problem }

func (inexact) Approximate() bool { return true }

// hull is a wrapper as one outside would write it.
type hull struct{ problems.Problem }

func (h hull) Inner() problems.Problem { return h.Problem }

// Theorems are about exact gradients, however deep an approximation hides.
func TestExactness(t *testing.T) {
	p := instances.Diagonal(1, 3, 10)
	for name, wrapped := range map[string]problems.Problem{"approximated": inexact{p}, "in a wrapper": hull{inexact{p}}} {
		for _, method := range []string{"{name: fixed-step, lr: 1/L}", "newton", "nesterov", "linear-cg", "{name: descent, step: backtracking}", "lbfgs"} {
			keep := func(s *Setting) { s.Problem = wrapped }
			if found := applying(t, method, p, keep); len(found) > 0 {
				t.Errorf("%s, %s: %v", name, method, found)
			}
		}
	}
}

// Theorems about samples need what is known of every sample: the mean's μ is not theirs, and
// a convex mean may have terms that are not.
func TestSamples(t *testing.T) {
	one := func(s *Setting) { s.Batch, s.Replacement = 1, true }
	flat := instances.NewSum(10, 3, 1, 0, problems.Seed{}.Rand("flat"))
	ridge := instances.NewSum(10, 3, 1, 0.1, problems.Seed{}.Rand("ridge"))
	unknown := func(s *Setting) {
		one(s)
		facts := *s.Facts
		facts.Constants = maps.Clone(facts.Constants)
		delete(facts.Constants, problems.SampleMu)
		s.Facts = &facts
	}
	for _, test := range []struct {
		method  string
		problem problems.Problem
		change  func(*Setting)
		applies bool
	}{
		{"saga", flat, one, false}, {"saga", ridge, one, true}, {"saga", ridge, unknown, false},
		{"{name: svrg, snapshot: random, inner: 10000}", flat, one, true}, {"{name: svrg, snapshot: random, inner: 10000}", flat, unknown, false},
		{"{name: sgd, lr: 0.1/Lmax}", flat, one, true}, {"{name: sgd, lr: 0.1/Lmax}", flat, unknown, false},
		{"{name: stochastic-polyak, factor: 1}", flat, one, true}, {"{name: stochastic-polyak, factor: 1}", flat, unknown, false},
	} {
		if found := applying(t, test.method, test.problem, test.change); len(found) > 0 != test.applies {
			t.Errorf("%s: found %v; expected %v", test.method, found, test.applies)
		}
	}
}

// SGD's theorem is for batches drawn with replacement.
func TestSampling(t *testing.T) {
	p := instances.NewSum(10, 3, 1, 0, problems.Seed{}.Rand("sampling"))
	for _, replacement := range []bool{true, false} {
		found := applying(t, "{name: sgd, lr: 0.1/Lmax}", p, func(s *Setting) { s.Batch, s.Replacement = 1, replacement })
		if applies := len(found) > 0; applies != replacement {
			t.Errorf("replacement %v: found %v", replacement, found)
		}
	}
}

// The stochastic Polyak step needs a bound below every batch, and c ≥ ½.
func TestStochasticPolyak(t *testing.T) {
	p := instances.NewBowls(6, 2, problems.Seed{}.Rand("bowls"))
	batched := func(s *Setting) { s.Batch, s.Replacement = 1, true }
	for method, applies := range map[string]bool{
		"stochastic-polyak": true, "{name: stochastic-polyak, factor: 2.1}": false, "{name: stochastic-polyak, bound: 0.1}": false,
		"{name: stochastic-polyak, bound: -1}": true, "{name: descent, step: {name: polyak, minimum: estimated}}": false,
	} {
		if found := applying(t, method, p, batched); slices.Contains(found, "stochastic Polyak step, strongly convex") != applies {
			t.Errorf("%s: found %v", method, found)
		}
	}
	if found := applying(t, "stochastic-polyak", p, func(s *Setting) { s.Batch = 1 }); len(found) > 0 {
		t.Errorf("without replacement: found %v", found)
	}
	if found := applying(t, "{name: stochastic-polyak, longest: 0.01}", instances.Diagonal(1, 2), nil); slices.ContainsFunc(found, func(n string) bool { return strings.HasPrefix(n, "Polyak") }) {
		t.Errorf("a step that is cut off: found %v", found)
	}
}

// The instances are what they say: derivatives, constants, minima.
func TestInstances(t *testing.T) {
	rng := problems.Seed{Suite: 5}.Rand("instances")
	chebyshev, _ := instances.Chebyshev(4, 1, 20)
	for name, p := range map[string]problems.Problem{
		"Huber":         &instances.Huber{L: 2.5, Slope: 0.7},
		"diagonal":      instances.Diagonal(1, 3, 10),
		"class":         instances.Class(2, 1, 5),
		"rotated":       instances.Rotated(6, 50, rng),
		"Chebyshev":     chebyshev,
		"sawtooth":      &instances.Sawtooth{L: 2.5, Step: 0.3, U: 0.7},
		"squared sines": &instances.SquaredSines{N: 3},
		"max type":      &instances.MaxType{M: 3, R: 1.5, N: 5},
		"half line":     &instances.HalfLine{A: 0.3, L: 1},
		"lasso":         instances.NewLasso(instances.Rotated(3, 10, rng), []float64{1, 0, -2}, 0.5),
		"cubic":         &instances.Cubic{Mu: 2, M: 3, N: 3},
		"logarithm":     &instances.Logarithm{C: []float64{1, 4}},
		"ridge":         instances.NewRidge(4, 0.1, 2.5, false, rng),
		"kinked ridge":  instances.NewRidge(4, 0, 2.5, true, rng),
		"sum":           instances.NewSum(12, 3, 1, 0.2, rng),
		"bowls":         instances.NewBowls(12, 3, rng),
	} {
		for _, r := range check.Problem(name, p, check.Options{Seed: 1, Points: 6}) {
			if r.Conclusion == check.Failed {
				t.Error(r)
			}
		}
		if exact, ok := p.(ExactGap); ok {
			checkGap(t, name, p, exact)
		}
	}
}

// checkGap compares the analytic gap with the difference.
func checkGap(t *testing.T, name string, p problems.Problem, exact ExactGap) {
	o := newObserver(p, problems.FactsOf(p))
	for _, size := range []float64{0.3, 1.7} {
		x := make([]float64, p.Dim())
		for i := range x {
			x[i] = size * float64(i+1)
		}
		f := p.Evaluate(x, nil)
		if o.rest != nil {
			f += o.rest.Rest(x)
		}
		want := f - problems.FactsOf(p).Minimum.Value
		if got := exact.Gap(x); !(abs(got-want) <= 1e-12*(1+abs(f))) {
			t.Errorf("%s: the gap at %v is %.15g; f − f* is %.15g", name, x, got, want)
		}
	}
}

func abs(v float64) float64 { return max(v, -v) }
