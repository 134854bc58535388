package constrained

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/gdbench/gdbench/internal/methods/methodtest"
	_ "github.com/gdbench/gdbench/internal/methods/proximal"
	"github.com/gdbench/gdbench/internal/problems/constraint"
	"github.com/gdbench/gdbench/internal/problems/wrappers"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

// bowl is ½Σdᵢ(xᵢ − bᵢ)² + c·Σ(xᵢ − bᵢ)⁴/4, a quadratic where c = 0.
type bowl struct {
	d, b []float64
	c    float64
}

func (p *bowl) Dim() int        { return len(p.d) }
func (p *bowl) Quadratic() bool { return p.c == 0 }
func (p *bowl) HessianProduct(x, v, hv []float64) {
	for i, d := range p.d {
		r := x[i] - p.b[i]
		hv[i] = (d + 3*p.c*r*r) * v[i]
	}
}

func (p *bowl) Evaluate(x, g []float64) float64 {
	f := 0.0
	for i, d := range p.d {
		r := x[i] - p.b[i]
		if g != nil {
			g[i] = d*r + p.c*r*r*r
		}
		f += d*r*r/2 + p.c*r*r*r*r/4
	}
	return f
}

func (p *bowl) Facts() *problems.Facts {
	f := &problems.Facts{Convexity: problems.StronglyConvex, Constants: map[string]problems.Constant{
		problems.ConvexityMu: {Value: slices.Min(p.d), Scope: problems.Global},
	}}
	if p.c == 0 {
		f.Constants[problems.SmoothnessL] = problems.Constant{Value: slices.Max(p.d), Scope: problems.Global}
	}
	return f
}

// on confines a problem to a set, as a suite writes it.
func on(t testing.TB, p problems.Problem, set string) problems.Problem {
	t.Helper()
	var document yaml.Node
	if err := yaml.Unmarshal([]byte(set), &document); err != nil {
		t.Fatal(err)
	}
	spec, err := constraint.Registry.Only("test", document.Content[0], nil)
	if err != nil {
		t.Fatal(err)
	}
	component, err := spec.New()
	if err != nil {
		t.Fatal(err)
	}
	c := wrappers.Constrain(p, component.(constraint.Set))
	if err := c.Build(problems.Env{}); err != nil {
		t.Fatal(err)
	}
	return c
}

func plain() *bowl { return &bowl{d: []float64{1, 4, 9}, b: []float64{0.9, -0.4, 0.3}} }
func steep() *bowl { return &bowl{d: []float64{1, 4, 9}, b: []float64{0.9, -0.4, 0.3}, c: 5} }

// follow compares the iterates of a method with those of a formula, which gets the point and
// writes the next one over it.
func follow(t *testing.T, text string, p problems.Problem, x0 []float64, steps int, tolerance float64, next func(k int, x []float64)) {
	t.Helper()
	run := methodtest.Begin(t, text, p, x0)
	want := slices.Clone(x0)
	for k := range steps {
		run.Next(t)
		next(k, want)
		for i, v := range want {
			if math.Abs(run.At.X[i]-v) > tolerance {
				t.Fatalf("%s: after %d steps at %v; expected %v", text, k+1, run.At.X, want)
			}
		}
		if h := problems.Rest(p, run.At.X); h != 0 {
			t.Fatalf("%s: %v is outside", text, run.At.X)
		}
	}
}

func clip(x []float64, low, high float64) {
	for i, v := range x {
		x[i] = math.Max(low, math.Min(high, v))
	}
}

func gradient(p problems.Problem, x []float64) []float64 {
	g := make([]float64, len(x))
	p.Evaluate(x, g)
	return g
}

func dot(x, y []float64) float64 {
	sum := 0.0
	for i, v := range x {
		sum += v * y[i]
	}
	return sum
}

// x⁺ = P(x − t∇f(x)), written out.
func TestProjectedGradientWithFixedSteps(t *testing.T) {
	f := plain()
	p := on(t, f, "{box: {lower: 0, upper: 0.5}}")
	follow(t, "projected-gradient", p, []float64{0, 0.5, 0.5}, 20, 1e-15, func(_ int, x []float64) {
		for i, g := range gradient(f, x) {
			x[i] -= g / 9
		}
		clip(x, 0, 0.5)
	})
	follow(t, "{name: projected-gradient, step: {name: diminishing, c: 0.2}}", p, []float64{0, 0.5, 0.5}, 20, 1e-15, func(k int, x []float64) {
		for i, g := range gradient(f, x) {
			x[i] -= 0.2 / math.Sqrt(float64(k+1)) * g
		}
		clip(x, 0, 0.5)
	})
}

// Bertsekas 1976: the first of t = 1, ½, ¼, … with f(x) − f(x(t)) ≥ α·∇f(x)ᵀ(x − x(t)).
func TestArmijoAlongTheArc(t *testing.T) {
	f := steep()
	p := on(t, f, "{box: {lower: -0.1, upper: 0.8}}")
	trials := 0
	follow(t, "{name: projected-gradient, step: {name: backtracking, alpha: 0.1, beta: 0.5}}", p, []float64{0.8, 0.8, -0.1}, 9, 1e-14, func(_ int, x []float64) {
		g := gradient(f, x)
		for step := 1.0; ; step /= 2 {
			trials++
			arc := slices.Clone(x)
			for i := range arc {
				arc[i] -= step * g[i]
			}
			clip(arc, -0.1, 0.8)
			decrease := 0.0
			for i := range arc {
				decrease += g[i] * (x[i] - arc[i])
			}
			if f.Evaluate(x, nil)-f.Evaluate(arc, nil) >= 0.1*decrease {
				copy(x, arc)
				return
			}
		}
	})
	if trials < 20 {
		t.Errorf("only %d trials: the instance shows no backtracking", trials)
	}
}

// Algorithm SPG2 of Birgin, Martínez & Raydan 2000, written from the paper, from a first λ.
func TestSpectralProjectedGradient(t *testing.T) {
	f := steep()
	p := on(t, f, "{box: {lower: -5, upper: 5}}")
	lambda, values, cuts := 1.0, []float64(nil), 0
	follow(t, "{name: projected-gradient, step: {name: barzilai-borwein, first: 1}}", p, []float64{1.2, 0, 0.5}, 10, 1e-12, func(_ int, x []float64) {
		g := gradient(f, x)
		values = append(values, f.Evaluate(x, nil))
		worst := slices.Max(values[max(0, len(values)-10):])
		d := slices.Clone(x)
		for i := range d {
			d[i] -= lambda * g[i]
		}
		clip(d, -5, 5)
		for i := range d {
			d[i] -= x[i]
		}
		delta, a := dot(g, d), 1.0
		plus := slices.Clone(x)
		for {
			for i := range plus {
				plus[i] = x[i] + a*d[i]
			}
			value := f.Evaluate(plus, nil)
			if value <= worst+1e-4*a*delta {
				break
			}
			cuts++
			trial := -0.5 * a * a * delta / (value - values[len(values)-1] - a*delta)
			if trial >= 0.1 && trial <= 0.9*a {
				a = trial
			} else {
				a /= 2
			}
		}
		after := gradient(f, plus)
		ss, sy := 0.0, 0.0
		for i := range x {
			s := plus[i] - x[i]
			ss, sy = ss+s*s, sy+s*(after[i]-g[i])
		}
		if lambda = 1e30; sy > 0 {
			lambda = min(1e30, max(1e-30, ss/sy))
		}
		copy(x, plus)
	})
	if cuts == 0 {
		t.Error("the instance shows no line search")
	}
}

// The Frank–Wolfe method on the simplex, where the vertices are 2eᵢ, with each rule for γ.
func TestFrankWolfe(t *testing.T) {
	vertex := func(g []float64) []float64 {
		s := make([]float64, len(g))
		s[slices.Index(g, slices.Min(g))] = 2
		return s
	}
	quadratic := func(f *bowl, g, d []float64) float64 {
		hd := make([]float64, len(d))
		f.HessianProduct(d, d, hd)
		return min(1, -dot(g, d)/dot(d, hd))
	}
	for text, rule := range map[string]func(k int, f *bowl, g, d []float64) float64{
		"frank-wolfe":                            func(k int, _ *bowl, _, _ []float64) float64 { return 2 / (float64(k) + 2) },
		"{name: frank-wolfe, step: short}":       func(_ int, _ *bowl, g, d []float64) float64 { return min(1, -dot(g, d)/(9*dot(d, d))) },
		"{name: frank-wolfe, step: line-search}": func(_ int, f *bowl, g, d []float64) float64 { return quadratic(f, g, d) },
	} {
		f := plain()
		follow(t, text, on(t, f, "{simplex: 2}"), []float64{0.5, 0.5, 1}, 30, 1e-13, func(k int, x []float64) {
			g := gradient(f, x)
			d := vertex(g)
			for i := range d {
				d[i] -= x[i]
			}
			γ := rule(k, f, g, d)
			for i := range x {
				x[i] += γ * d[i]
			}
		})
	}
}

// Algorithm 1 of Lacoste-Julien & Jaggi 2015. On a simplex the shares of the vertices are the
// variables themselves, so that no list of vertices is needed.
func TestAwaySteps(t *testing.T) {
	f := &bowl{d: []float64{1, 4, 9, 2}, b: []float64{0.9, -0.4, 0.3, 0.1}}
	aways, drops := 0, 0
	follow(t, "{name: frank-wolfe, step: line-search, away: true}", on(t, f, "simplex"), []float64{0, 1, 0, 0}, 40, 1e-10, func(_ int, x []float64) {
		g := gradient(f, x)
		s, v := slices.Index(g, slices.Min(g)), -1
		for i, share := range x {
			if share > 0 && (v < 0 || g[i] > g[v]) {
				v = i
			}
		}
		here := dot(g, x)
		d, most, away := make([]float64, 4), 1.0, false
		if here-g[s] >= g[v]-here {
			for i := range d {
				d[i] = -x[i]
			}
			d[s]++
		} else {
			copy(d, x)
			d[v]--
			most, away = x[v]/(1-x[v]), true
			aways++
		}
		curvature := 0.0
		for i, v := range d {
			curvature += f.d[i] * v * v
		}
		γ := min(most, -dot(g, d)/curvature)
		for i := range x {
			x[i] += γ * d[i]
		}
		if away && γ == most {
			drops++
			x[v] = 0
		}
	})
	if aways == 0 || drops == 0 {
		t.Errorf("%d away steps, %d of them to the end: the instance shows too little", aways, drops)
	}
}

// Without a closed form the line search ends where the slope is a thousandth of that at x, or at
// the end of the step, where f still falls.
func TestFrankWolfeSearch(t *testing.T) {
	f := steep()
	p := on(t, f, "{ball: {radius: 0.5}}")
	run := methodtest.Begin(t, "{name: frank-wolfe, step: line-search}", p, []float64{-0.5, 0, 0})
	for range 12 {
		x, g := slices.Clone(run.At.X), gradient(f, run.At.X)
		run.Next(t)
		d := slices.Clone(run.At.X)
		for i := range d {
			d[i] -= x[i]
		}
		before, after := dot(g, d), dot(gradient(f, run.At.X), d)
		if before >= 0 || math.Abs(after) > 1.01e-3*math.Abs(before) && !(after < 0 && run.At.Length == 1) {
			t.Errorf("the slope is %g at x and %g after γ = %g", before, after, run.At.Length)
		}
	}
}

// The exponentiated gradient, written out: x₊ ∝ x·exp(−t∇f) with Σx = r.
func TestMirrorDescent(t *testing.T) {
	f := plain()
	follow(t, "mirror-descent", on(t, f, "{simplex: 2}"), []float64{0.5, 0.5, 1}, 50, 1e-12, func(_ int, x []float64) {
		sum := 0.0
		for i, g := range gradient(f, x) {
			x[i] *= math.Exp(-g / 9 / 2)
			sum += x[i]
		}
		for i := range x {
			x[i] *= 2 / sum
		}
	})
	follow(t, "{name: mirror-descent, step: {name: diminishing, c: 0.3}}", on(t, f, "simplex"), []float64{0.2, 0.3, 0.5}, 50, 1e-12, func(k int, x []float64) {
		sum := 0.0
		for i, g := range gradient(f, x) {
			x[i] *= math.Exp(-0.3 / math.Sqrt(float64(k)+1) * g)
			sum += x[i]
		}
		for i := range x {
			x[i] /= sum
		}
	})
}

// From a start with a zero, the first step multiplies a mixture of it with the centre (2/3, 2/3, 2/3); one
// with none is not moved.
func TestMirrorDescentFromTheBoundary(t *testing.T) {
	f := plain()
	for mix, text := range map[float64]string{0.01: "mirror-descent", 0.25: "{name: mirror-descent, mix: 0.25}", 1: "{name: mirror-descent, mix: 1}"} {
		follow(t, text, on(t, f, "{simplex: 2}"), []float64{0, 2, 0}, 50, 1e-12, func(k int, x []float64) {
			sum, z := 0.0, slices.Clone(x)
			if k == 0 {
				for i := range z {
					z[i] = (1-mix)*x[i] + mix*2/3
				}
			}
			for i, g := range gradient(f, x) {
				x[i] = z[i] * math.Exp(-g/9/2)
				sum += x[i]
			}
			for i := range x {
				x[i] *= 2 / sum
			}
		})
	}
	inside := []float64{0.5, 0.5, 1}
	a, b := methodtest.Begin(t, "mirror-descent", on(t, f, "{simplex: 2}"), inside), methodtest.Begin(t, "{name: mirror-descent, mix: 0.5}", on(t, f, "{simplex: 2}"), inside)
	if !slices.EqualFunc(a.Path(t, 5), b.Path(t, 5), slices.Equal) {
		t.Error("mix moves a start inside")
	}
}

// All methods that run on a set end at its minimizer, which is known by the solver of f*.
func TestAllFindTheMinimizer(t *testing.T) {
	for _, c := range []struct {
		method, set string
		gap         float64
	}{
		{"projected-gradient", "simplex", 1e-14}, {"projected-gradient", "{ball: {radius: 0.3, norm: l1}}", 1e-14},
		{"{name: projected-gradient, step: backtracking}", "simplex", 1e-14}, {"{name: projected-gradient, step: barzilai-borwein}", "{ball: 0.3}", 1e-14},
		{"{name: projected-gradient, step: {name: barzilai-borwein, variant: alternating}}", "{box: {lower: -0.2, upper: 0.2}}", 1e-14},
		{"frank-wolfe", "{ball: 0.3}", 1e-3}, {"{name: frank-wolfe, step: line-search}", "{ball: 0.3}", 1e-9},
		{"{name: frank-wolfe, step: line-search, away: true}", "{ball: {radius: 0.3, norm: l1}}", 1e-14},
		{"{name: frank-wolfe, step: short, away: true}", "{box: {lower: -0.2, upper: 0.2}}", 1e-14},
		{"mirror-descent", "simplex", 1e-10},
	} {
		p := on(t, plain(), c.set)
		run := methodtest.Begin(t, c.method, p, func() []float64 {
			x := make([]float64, 3)
			p.(problems.Constrained).Constraint().Project(x, x)
			return x
		}())
		for range 2000 {
			if err := run.Step(run.At); errors.Is(err, methods.ErrStalled) {
				break
			} else if err != nil {
				t.Fatalf("%s on %s: %v", c.method, c.set, err)
			}
		}
		if gap := p.Evaluate(run.At.X, nil) - problems.FactsOf(p).Minimum.Value; math.Abs(gap) > c.gap {
			t.Errorf("%s on %s: a gap of %g at %v", c.method, c.set, gap, run.At.X)
		}
		if h := problems.Rest(p, run.At.X); h != 0 {
			t.Errorf("%s on %s: %v is outside", c.method, c.set, run.At.X)
		}
	}
}

// Without a constraint the projected gradient method is gradient descent, to the last bit; methods
// that need a set are skipped without one that they can use, and say which.
func TestWithoutTheConstraint(t *testing.T) {
	x0 := []float64{1, 2, -3}
	for constrained, free := range map[string]string{
		"projected-gradient": "{name: proximal-gradient}",
	} {
		if a, b := methodtest.Begin(t, constrained, plain(), x0).Path(t, 20), methodtest.Begin(t, free, plain(), x0).Path(t, 20); !slices.EqualFunc(a, b, slices.Equal) {
			t.Errorf("%s is not %s", constrained, free)
		}
	}
	for _, c := range []struct{ method, set, needs string }{
		{"frank-wolfe", "", "needs a bounded constraint"}, {"frank-wolfe", "nonnegative", "needs a bounded constraint"},
		{"{name: frank-wolfe, step: short, away: true}", "{ball: 1}", "needs a constraint with vertices"},
		{"mirror-descent", "", "needs the constraint simplex"}, {"mirror-descent", "{ball: 1}", "needs the constraint simplex"},
		{"{name: mirror-descent, mix: 0}", "simplex", "needs a start with positive variables"},
	} {
		p := problems.Problem(plain())
		if c.set != "" {
			p = on(t, p, c.set)
		}
		var missing *problems.Missing
		if _, err := methodtest.Start(t, c.method, p, []float64{0, 1, 0}, problems.OracleOptions{}); !errors.As(err, &missing) || !strings.Contains(err.Error(), c.needs) {
			t.Errorf("%s on %q: %v; expected %q", c.method, c.set, err, c.needs)
		}
	}
	for text, want := range map[string]string{
		"{name: projected-gradient, step: wolfe}":                                         "searches along a straight line",
		"{name: projected-gradient, step: {name: backtracking, guess: slope}}":            "expected initial, previous or longer",
		"{name: projected-gradient, step: {name: barzilai-borwein, variant: stabilized}}": "expected long, short or alternating",
		"{name: mirror-descent, step: backtracking}":                                      "expected a length such as 1/L, or a schedule",
		"{name: frank-wolfe, away: true}":                                                 "expected step: short or step: line-search",
	} {
		if _, err := methodtest.Read(text, plain()); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v; expected %q", text, err, want)
		}
	}
}

// Steps allocate nothing, and each costs what is said.
func TestCosts(t *testing.T) {
	for _, c := range []struct {
		method, set string
		want        problems.Counts // of ten steps
	}{
		{"projected-gradient", "{simplex: 2}", problems.Counts{Gradients: 10, Evaluations: 10, Projections: 10}},
		{"{name: projected-gradient, step: {name: barzilai-borwein, first: 0.001}}", "{simplex: 2}", problems.Counts{Values: 11, Gradients: 10, Evaluations: 20, Projections: 10}},
		{"frank-wolfe", "{simplex: 2}", problems.Counts{Gradients: 10, Evaluations: 10, LinearMinimizations: 10}},
		{"{name: frank-wolfe, step: line-search}", "{simplex: 2}", problems.Counts{Gradients: 10, Evaluations: 10, HessianProducts: 10, LinearMinimizations: 10}},
		{"mirror-descent", "{simplex: 2}", problems.Counts{Gradients: 10, Evaluations: 10}},
	} {
		long := &bowl{d: []float64{1, 3, 9, 27, 81, 243}, b: []float64{0.9, 0.1, 0.3, 0.5, 0.6, 0.2}}
		p, x0 := on(t, long, c.set), []float64{0.5, 0.5, 0.5, 0.3, 0.1, 0.1}
		run := methodtest.Begin(t, c.method, p, x0)
		run.Path(t, 10)
		if got := *run.Oracle.Counts(); got != c.want {
			t.Errorf("%s: ten steps cost %+v; expected %+v", c.method, got, c.want)
		}
		run = methodtest.Begin(t, c.method, p, x0)
		run.Path(t, 3)
		if n := testing.AllocsPerRun(5, func() { run.Next(t) }); n != 0 {
			t.Errorf("%s: a step allocates %g times", c.method, n)
		}
	}
}
