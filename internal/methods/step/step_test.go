package step_test

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	_ "github.com/gdbench/gdbench/internal/methods/direction"
	"github.com/gdbench/gdbench/internal/methods/methodtest"
	_ "github.com/gdbench/gdbench/internal/methods/step"
	"github.com/gdbench/gdbench/internal/problems/functions"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

// curve is a function of one variable with its derivative.
type curve struct {
	f, df func(x float64) float64
	facts problems.Facts
}

var _ problems.Describer = (*curve)(nil)

func (*curve) Dim() int                 { return 1 }
func (c *curve) Facts() *problems.Facts { return &c.facts }
func (c *curve) Evaluate(x, grad []float64) float64 {
	if grad != nil {
		grad[0] = c.df(x[0])
	}
	return c.f(x[0])
}

// ray is one step along d from x.
type ray struct {
	rule   methods.StepRule
	oracle *methods.Oracle
	at     *methods.Iterate
	next   *methods.Point
}

// aim readies a rule at x.
func aim(t testing.TB, rule string, p problems.Problem, x ...float64) *ray {
	t.Helper()
	r := &ray{rule: methodtest.Rule(t, rule, p), oracle: methodtest.Exact(t, p)}
	if err := r.rule.Init(r.oracle); err != nil {
		t.Fatal(err)
	}
	n := len(x)
	r.at = &methods.Iterate{Point: methods.Point{X: x, Grad: make([]float64, n), HasGrad: true}}
	r.next = &methods.Point{X: make([]float64, n), Grad: make([]float64, n)}
	p.Evaluate(x, r.at.Grad)
	return r
}

func (r *ray) step(d ...float64) (float64, error) { return r.rule.Step(r.at, d, r.next) }

func TestSchedules(t *testing.T) {
	ρ := 1 + math.Sqrt2
	for rule, want := range map[string][]float64{
		"0.25":                            {0.25, 0.25, 0.25},
		"{name: diminishing, c: 2, p: 1}": {2, 1, 2. / 3, 0.5},
		"{name: diminishing, c: 2}":       {2, math.Sqrt2, 2 / math.Sqrt(3), 1},
		"{name: step-decay, t: 8, every: 2, factor: 0.25}":                             {8, 8, 2, 2, 0.5},
		"{name: cosine, t: 3, minimum: 1, period: 4}":                                  {3, 2 + math.Sqrt2/2, 2, 2 - math.Sqrt2/2, 3, 2 + math.Sqrt2/2},
		"{name: cosine, t: 2, period: 2, growth: 2}":                                   {2, 1, 2, 1 + math.Sqrt2/2, 1, 1 - math.Sqrt2/2, 2},
		"{name: warmup, steps: 4, factor: 0.5, then: 8}":                               {4, 5, 6, 7, 8, 8},
		"{name: warmup, steps: 2, factor: 0.5, then: {name: diminishing, c: 4, p: 1}}": {2, 1.5, 4. / 3, 1},
		"{name: cyclic, t: 3, minimum: 1, half: 2}":                                    {1, 2, 3, 2, 1, 2},
		"{name: long-steps, t: 0.5}":                                                   {0.75, 1.1, 0.75, 6, 0.75, 1.1, 0.75, 0.75, 1.1},
		"{name: long-steps, t: 2, pattern: 2}":                                         {5.8, 3, 5.8, 3, 5.8},
		"{name: silver, t: 0.5}":                                                       {0.5 * math.Sqrt2, 1, 0.5 * math.Sqrt2, 0.5 * (1 + ρ), 0.5 * math.Sqrt2, 1, 0.5 * math.Sqrt2, 0.5 * (1 + ρ*ρ)},
	} {
		t.Run(rule, func(t *testing.T) {
			p := methodtest.Diagonal(1, 2)
			r := aim(t, rule, p, 1, 1)
			for k, length := range want {
				got, err := r.step(-2, 4)
				if err != nil || math.Abs(got-length) > 1e-15*length*4 {
					t.Errorf("t_%d = %.17g, %v; want %.17g", k, got, err, length)
				}
				if r.next.X[0] != 1-float64(got*2) || r.next.X[1] != 1+float64(got*4) {
					t.Errorf("x⁺ = %v is not x + t·Δx", r.next.X)
				}
			}
			if c := r.oracle.Counts(); c.Evaluations != 0 {
				t.Errorf("a schedule looked %d times", c.Evaluations)
			}
		})
	}
}

func TestCosineOverTheBudget(t *testing.T) {
	p := methodtest.Diagonal(1, 2)
	o, err := problems.NewOracle(p, p.Facts(), problems.OracleOptions{Horizon: 4})
	if err != nil {
		t.Fatal(err)
	}
	rule := methodtest.Rule(t, "{name: cosine, t: 2}", p)
	if err := rule.Init(o); err != nil {
		t.Fatal(err)
	}
	for k, want := range []float64{2, 1 + math.Sqrt2/2, 1, 1 - math.Sqrt2/2, 0, 0} {
		if got := rule.(methods.Schedule).Length(k); math.Abs(got-want) > 1e-15 {
			t.Errorf("t_%d = %g, want %g", k, got, want)
		}
	}
	var missing *problems.Missing
	if err := rule.Init(methodtest.Exact(t, p)); !errors.As(err, &missing) {
		t.Errorf("without a budget the error is %v; want a problems.Missing", err)
	}
}

// Accepted points satisfy the conditions that the search promises, what it hands over is
// what is there, and no look goes uncounted: along gradient and Newton directions on
// Rosenbrock's valley.
func TestAcceptedPoints(t *testing.T) {
	type accepted struct{ f, slope, t, fNew, slopeNew, dd float64 }
	armijo := func(α float64) func(a accepted) bool {
		return func(a accepted) bool { return a.fNew <= a.f+α*a.t*a.slope }
	}
	for rule, holds := range map[string]func(a accepted) bool{
		"{name: backtracking, alpha: 0.4}":                   armijo(0.4),
		"{name: backtracking, alpha: 0.4, guess: previous}":  armijo(0.4),
		"{name: backtracking, alpha: 0.4, guess: longer}":    armijo(0.4),
		"{name: backtracking, alpha: 0.4, guess: slope}":     armijo(0.4),
		"{name: backtracking, alpha: 0.4, guess: quadratic}": armijo(0.4),
		"{name: nonmonotone, memory: 1, alpha: 0.4}":         armijo(0.4),
		"{name: goldstein, c: 0.3}": func(a accepted) bool {
			drop := (a.fNew - a.f) / (a.t * a.slope)
			return drop >= 0.3 && drop <= 0.7
		},
		"{name: wolfe, c1: 0.2, c2: 0.6}": func(a accepted) bool {
			return armijo(0.2)(a) && a.slopeNew >= 0.6*a.slope
		},
		"{name: strong-wolfe, c1: 0.2, c2: 0.3}": func(a accepted) bool {
			return armijo(0.2)(a) && math.Abs(a.slopeNew) <= -0.3*a.slope
		},
		"{name: strong-wolfe, c1: 1e-4, c2: 0.001, guess: slope}": func(a accepted) bool {
			return armijo(1e-4)(a) && math.Abs(a.slopeNew) <= -0.001*a.slope
		},
		"exact": func(a accepted) bool { return math.Abs(a.slopeNew) <= -1e-10*a.slope && a.fNew < a.f },
		// It compares values, whose rounding hides a slope of √(ε|f|φ″), φ″ ≈ −φ′(0)/t.
		"{name: golden-section, tolerance: 1e-9}": func(a accepted) bool {
			hidden := math.Sqrt(-0x1p-52 * math.Abs(a.f) * a.slope / a.t)
			return math.Abs(a.slopeNew) <= -1e-4*a.slope+hidden && a.fNew < a.f
		},
		"{name: lipschitz-backtracking, L: 3}": func(a accepted) bool {
			l := -a.slope / (a.t * a.dd)
			return a.fNew <= a.f+a.t*a.slope+l/2*a.t*a.t*a.dd+1e-15 && isPowerOfTwo(l/3)
		},
	} {
		for _, direction := range []string{"gradient", "{name: newton, indefinite: saddle-free}"} {
			t.Run(rule+"/"+direction, func(t *testing.T) {
				p := &functions.Rosenbrock{N: 4}
				r := methodtest.Begin(t, fmt.Sprintf("{name: descent, direction: %s, step: %s}", direction, rule), p, []float64{-1.2, 1, -1.2, 1})
				n := 4
				g, gNew, s := make([]float64, n), make([]float64, n), make([]float64, n)
				trials := int64(0)
				for k := range 12 {
					x := append([]float64(nil), r.At.X...)
					f := p.Evaluate(x, g)
					if vec.Norm(g) < 1e-5 {
						if k < 4 {
							t.Fatalf("converged after %d steps already", k)
						}
						break
					}
					r.Next(t)
					trials += int64(r.At.Trials)
					fNew := p.Evaluate(r.At.X, gNew)
					if r.At.HasF && r.At.F != fNew {
						t.Fatalf("F = %g, but f(x) = %g", r.At.F, fNew)
					}
					for i := range gNew {
						if r.At.HasGrad && r.At.Grad[i] != gNew[i] {
							t.Fatalf("Grad = %v, but ∇f(x) = %v", r.At.Grad, gNew)
						}
					}
					vec.AddScaled(s, r.At.X, -1, x)
					l := r.At.Length
					vec.Scale(1/l, s)
					a := accepted{f, vec.Dot(g, s), l, fNew, vec.Dot(gNew, s), vec.Dot(s, s)}
					if math.Abs(r.At.Slope-l*a.slope) > 1e-9*math.Abs(l*a.slope) {
						t.Errorf("Slope = %g, want ∇fᵀΔx = %g", r.At.Slope, l*a.slope)
					}
					if !holds(a) {
						t.Errorf("step %d: the conditions fail: %+v", k, a)
					}
				}
				if c := r.Oracle.Counts(); c.Values < trials || c.Values > trials+1+12 {
					t.Errorf("%d trials, but %d values counted", trials, c.Values)
				}
			})
		}
	}
}

func isPowerOfTwo(v float64) bool {
	e := math.Log2(v)
	return math.Abs(e-math.Round(e)) < 1e-9
}

// A look is not paid twice: a search that evaluates gradients hands over the last one.
func TestHandOver(t *testing.T) {
	p := &functions.Rosenbrock{N: 2}
	for rule, free := range map[string]bool{"wolfe": true, "strong-wolfe": true, "exact": true, "backtracking": false, "goldstein": false} {
		r := methodtest.Begin(t, "{name: descent, step: "+rule+"}", p, []float64{-1.2, 1})
		trials := 0
		for range 5 {
			r.Next(t)
			trials += r.At.Trials
		}
		c := r.Oracle.Counts()
		want := int64(1 + trials) // ∇f(x0), and a gradient a trial
		if !free {
			want = 5 // one a step
		}
		if c.Gradients != want || c.Values != int64(1+trials) {
			t.Errorf("%s: %d trials cost %d values and %d gradients, want %d and %d", rule, trials, c.Values, c.Gradients, 1+trials, want)
		}
	}
}

// Backtracking on ½x² from 1 along −4: t ≤ (2/4)(1−α) is accepted, by hand.
func TestGuesses(t *testing.T) {
	p := methodtest.Diagonal(1)
	for guess, want := range map[string][]float64{
		// From x: f = x²/2, slope −4x, φ(t) = x²(1 − 4t)²/2; accepted for t ≤ (1 − α)/2 = 0.35.
		"initial":  {0.25, 0.25}, // 1, ½, ¼ each time
		"previous": {0.25, 0.25},
		"longer":   {0.25, 0.25}, // ½, ¼
		"slope":    {0.25, 0.25},
	} {
		r := aim(t, "{name: backtracking, beta: 0.5, guess: "+guess+"}", p, 1)
		trials := []int{}
		for k, length := range want {
			r.at.Trials = 0
			got, err := r.step(-4 * r.at.X[0])
			if err != nil || got != length {
				t.Errorf("%s: t_%d = %g, %v; want %g", guess, k, got, err, length)
			}
			trials = append(trials, r.at.Trials)
		}
		second := map[string]int{"initial": 3, "previous": 1, "longer": 2, "slope": 1}[guess]
		if trials[0] != 3 || trials[1] != second {
			t.Errorf("%s: %v trials, want 3 and %d", guess, trials, second)
		}
	}
	// slope: half the slope, twice the step. quadratic: 2.02·(f − f₋₁)/φ′(0).
	r := aim(t, "{name: backtracking, initial: 0.25, guess: slope}", p, 1)
	first, _ := r.step(-1)
	second, _ := r.step(-0.5)
	if first != 0.25 || second != 0.5 {
		t.Errorf("slope: %g, %g; want 0.25, 0.5", first, second)
	}
	r = aim(t, "{name: backtracking, guess: quadratic}", p, 2)
	if got, _ := r.step(-1); got != 1 {
		t.Errorf("quadratic: first t = %g, want 1", got)
	}
	r.at.X[0], r.at.Grad[0], r.at.HasF = 1.5, 1.5, false
	if got, _ := r.step(-2); math.Abs(got-2.02*(1.125-2)/-3) > 1e-15 { // f from 2 to 1.125, φ′(0) = −3
		t.Errorf("quadratic: t = %g, want %g", got, 2.02*(1.125-2)/-3)
	}
}

// The first trial of the scaled guesses is that of Hager & Zhang: a hundredth of the size of x, or
// from the origin of f. Each trial is accepted.
func TestScaledGuesses(t *testing.T) {
	for _, c := range []struct {
		rule string
		x    float64
		d    []float64 // of two steps from x
		want []float64
	}{
		{"scaled", 1, []float64{-1, -1}, []float64{0.01, 0.01}},               // −∇f: 0.01·|x|/|d|, then the same first-order change
		{"scaled", 1, []float64{-1, -0.5}, []float64{0.01, 1}},                // no longer −∇f: initial
		{"scaled", 8, []float64{-2, -8}, []float64{1, 0.25}},                  // −∇f after another direction: slopes −16 and −64
		{"scaled-slope", 8, []float64{-2, -4}, []float64{0.04, 0.02}},         // 0.01·8/2, slopes −16 and −32
		{"scaled", 0, []float64{1e-3, 1e-3}, []float64{0.01 * 5 / 1e-6, 5e4}}, // the origin, where φ(0) = 5 and φ′(0) = −10⁻⁶
	} {
		var p problems.Problem = methodtest.Diagonal(1)
		if c.x == 0 {
			p = &curve{f: func(x float64) float64 { return 5 - 1e-3*x }, df: func(float64) float64 { return -1e-3 }}
		}
		r := aim(t, "{name: backtracking, guess: "+c.rule+"}", p, c.x)
		for k, d := range c.d {
			if got, err := r.step(d); err != nil || math.Abs(got/c.want[k]-1) > 1e-14 {
				t.Errorf("%s from %g: t_%d = %g, %v; want %g", c.rule, c.x, k, got, err, c.want[k])
			}
		}
	}
	// Where neither x nor f has a size, the first trial is `initial`.
	p := &curve{f: func(x float64) float64 { return -x }, df: func(float64) float64 { return -1 }}
	if got, err := aim(t, "{name: backtracking, initial: 3, guess: scaled-slope}", p, 0).step(1); err != nil || got != 3 {
		t.Errorf("from the origin with f = 0: t = %g, %v; want 3", got, err)
	}
}

func TestNonmonotone(t *testing.T) {
	// f rises from 1 to 2 at x = 1, which is below the 5 seen two steps before.
	values := map[float64]float64{0: 5, 0.5: 1, 1: 2, 0.75: 0.5}
	p := &curve{f: func(x float64) float64 { return values[x] }, df: func(float64) float64 { return -1e-3 }}
	for memory, want := range map[int]float64{1: 0.25, 2: 0.5} {
		r := aim(t, fmt.Sprintf("{name: nonmonotone, memory: %d, initial: 0.5}", memory), p, 0)
		if got, err := r.step(1); err != nil || got != 0.5 {
			t.Fatalf("t = %g, %v; want 0.5", got, err)
		}
		r.at.X[0], r.at.HasF = 0.5, false
		if got, err := r.step(1); err != nil || got != want {
			t.Errorf("memory %d: t = %g, %v; want %g", memory, got, err, want)
		}
	}
}

// A search that cannot progress stalls and says why, and leaves nothing that is NaN.
func TestStalls(t *testing.T) {
	line := func(f, df func(float64) float64) *curve { return &curve{f: f, df: df} }
	uphill := methodtest.Diagonal(1)
	falling := line(func(x float64) float64 { return -x }, func(float64) float64 { return -1 })
	wrong := line(func(x float64) float64 { return math.Abs(x) }, func(float64) float64 { return -1 }) // a false gradient at 0
	undefined := line(func(x float64) float64 {
		if x == 0 {
			return 0
		}
		return math.NaN()
	}, func(float64) float64 { return -1 })
	searches := []string{"backtracking", "nonmonotone", "goldstein", "wolfe", "strong-wolfe", "golden-section", "exact", "lipschitz-backtracking"}
	for _, rule := range searches {
		for _, c := range []struct {
			name  string
			p     problems.Problem
			x     float64
			rules string // the searches that must stall; all if empty
		}{
			{"uphill", uphill, 1, ""},
			{"at rest", uphill, 0, ""},
			{"a false gradient", wrong, 0, ""},
			{"not a number", undefined, 0, ""},
			{"no minimum", falling, 0, "goldstein wolfe strong-wolfe golden-section exact"},
		} {
			t.Run(rule+"/"+c.name, func(t *testing.T) {
				r := aim(t, rule, c.p, c.x)
				got, err := r.step(1)
				if c.rules != "" && !slices.Contains(strings.Fields(c.rules), rule) {
					if err != nil {
						t.Errorf("stalled: %v", err)
					}
					return
				}
				if !errors.Is(err, methods.ErrStalled) || len(err.Error()) < 20 {
					t.Errorf("t = %g, the error is %v; want ErrStalled with its reason", got, err)
				}
			})
		}
	}
}

// A golden section keeps 0.618 of the bracket at each trial. Here the first two trials
// bracket the minimizer 1.2 by [0, 1, 1 + 1.618], and 16 more narrow 2.618 to 0.0012.
func TestGoldenSectionTrials(t *testing.T) {
	p := &curve{f: func(x float64) float64 { return (x - 1.2) * (x - 1.2) }, df: func(x float64) float64 { return 2 * (x - 1.2) }}
	r := aim(t, "{name: golden-section, tolerance: 1e-3}", p, 0)
	got, err := r.step(1)
	if err != nil || math.Abs(got-1.2) > 1.2e-3 {
		t.Errorf("t = %g, %v; want 1.2", got, err)
	}
	if r.at.Trials != 18 {
		t.Errorf("%d trials, want 18", r.at.Trials)
	}
}
