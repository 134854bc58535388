package momentum

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/gdbench/gdbench/internal/methods/methodtest"
	"github.com/gdbench/gdbench/internal/methods/pascal"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
	"gonum.org/v1/gonum/mat"
)

func TestTrajectories(t *testing.T) {
	hb, nag := pascal.Parameter("hb"), pascal.Parameter("nag")
	for _, c := range []struct{ reference, text string }{
		{"heavy_ball", fmt.Sprintf("{name: heavy-ball, lr: %g, momentum: 0.9}", hb)},
		{"nesterov_const", fmt.Sprintf("{name: nesterov, lr: %g, schedule: {name: constant, momentum: 0.9}}", nag)},
		{"nesterov_fista", fmt.Sprintf("{name: nesterov, lr: %g, schedule: fista}", nag)},
	} {
		t.Run(c.reference, func(t *testing.T) { methodtest.Follow(t, c.reference, c.text) })
	}
}

func TestRecentTrajectories(t *testing.T) {
	methodtest.FollowRecent(t, "schedule-free-adamw", "ogm-g", "item")
}

func TestLaws(t *testing.T) {
	names := []string{
		"schedule-free-adamw", "ogm-g", "item",
		"heavy-ball", "polyak-heavy-ball", "nesterov", "optimized-gradient", "triple-momentum", "schedule-free",
	}
	methodtest.Catalogue(t, names, "descent")
	for _, law := range []methodtest.Law{
		{Text: "heavy-ball", PerStep: 1},
		{Text: "polyak-heavy-ball", PerStep: 1},
		{Text: "nesterov", PerStep: 1},
		{Text: "{name: nesterov, schedule: weights, restart: gradient}", PerStep: 1},
		{Text: "{name: nesterov, restart: adaptive}", PerStep: 1},
		{Text: "{name: nesterov, schedule: constant, restart: function}", PerStep: 1, Unbatched: true},
		{Text: "{name: nesterov, schedule: strongly-convex}", PerStep: 1},
		{Text: "optimized-gradient", PerStep: 1},
		{Text: "triple-momentum", PerStep: 1},
		{Text: "schedule-free", PerStep: 1},
		{Text: "schedule-free-adamw", PerStep: 1},
		{Text: "ogm-g", PerStep: 1},
		{Text: "item", PerStep: 1},
	} {
		t.Run(law.Text, func(t *testing.T) { methodtest.Keep(t, law) })
	}
}

// last is f after n steps from x0 in one variable.
func last(t *testing.T, p problems.Problem, text string, x0 float64, n int) float64 {
	t.Helper()
	path := methodtest.Begin(t, text, p, []float64{x0}).Path(t, n)
	return p.Evaluate(path[n], nil)
}

// The bounds of THEORY that are attained: on the instance named, f(x_N) is the bound.
func TestTightBounds(t *testing.T) {
	const r = 3.0
	for n := 1; n <= 12; n++ {
		m := float64(n)
		bound := 2 * r * r / (m*m + 5*m + 6)
		huber := methodtest.Huber{Slope: 4 * r / (m*m + 5*m + 6)}
		attains(t, "nesterov, weights", n, last(t, huber, "{name: nesterov, schedule: weights}", r, n), bound)

		theta := 1.0
		for range n - 1 {
			theta = (1 + math.Sqrt(1+4*theta*theta)) / 2
		}
		theta = (1 + math.Sqrt(1+8*theta*theta)) / 2
		bound = r * r / (2 * theta * theta)
		attains(t, "optimized gradient, Huber", n, last(t, methodtest.Huber{Slope: r / (theta * theta)}, "optimized-gradient", r, n), bound)
		attains(t, "optimized gradient, quadratic", n, last(t, methodtest.Diagonal(1), "optimized-gradient", r, n), bound)

		const l, mu = 5.0, 0.5
		rho := 1 - math.Sqrt(mu/l)
		bound = math.Pow(rho, 2*m) * l * (l / mu) * r * r / 2
		text := fmt.Sprintf("{name: triple-momentum, L: %g, mu: %g}", l, mu)
		attains(t, "triple momentum", n, last(t, methodtest.Diagonal(l), text, r, n), bound)

		rho = (math.Sqrt(l/mu) - 1) / (math.Sqrt(l/mu) + 1)
		text = fmt.Sprintf("{name: polyak-heavy-ball, L: %g, mu: %g}", l, mu)
		x := methodtest.Begin(t, text, methodtest.Diagonal(l), []float64{r}).Path(t, n)[n][0]
		attains(t, "Polyak's heavy ball", n, math.Abs(x), math.Pow(rho, m)*(1+(1+rho)*m)*r)
	}
}

func attains(t *testing.T, what string, n int, got, bound float64) {
	t.Helper()
	if !(math.Abs(got-bound) <= 1e-9*bound) {
		t.Errorf("%s: %.12g after %d steps; the bound %.12g is attained here", what, got, n, bound)
	}
}

// kinked has the gradient 25x, x + 24, 25x − 24 on x < 1, 1 ≤ x < 2, x ≥ 2: L = 25, μ = 1.
type kinked struct{}

func (kinked) Dim() int { return 1 }

func (kinked) Evaluate(x, grad []float64) float64 {
	v := x[0]
	f, g := 12.5*v*v, 25*v
	switch {
	case v >= 2:
		f, g = 12.5*v*v-24*v+36, 25*v-24
	case v >= 1:
		f, g = v*v/2+24*v-12, v+24
	}
	if grad != nil {
		grad[0] = g
	}
	return f
}

// Beyond quadratics the best parameters for quadratics may cycle (Lessard, Recht & Packard
// 2016, §4.6, doi:10.1137/15M1009597): on their function, from these starts, over the three
// points 792/1225, −2208/1225 and 2592/1225, which the recursion maps onto one another.
func TestHeavyBallCycles(t *testing.T) {
	for _, x0 := range []float64{2.755, 2.85, 2.92, 3.065, 3.3, 3.46} {
		path := methodtest.Begin(t, "{name: polyak-heavy-ball, L: 25, mu: 1}", kinked{}, []float64{x0}).Path(t, 201)
		reached := []float64{path[199][0], path[200][0], path[201][0]}
		slices.Sort(reached)
		for i, want := range []float64{-2208, 792, 2592} {
			if math.Abs(reached[i]-want/1225) > 1e-12 {
				t.Errorf("from %g the iterates reach %v", x0, reached)
			}
		}
	}
}

// For L = 4 and μ = 1 the paper's formulas give ρ = 1/2, α = 3/8, β = 1/6, γ = 1/9 and
// δ = 1/3; on an eigenvalue between the two all of them matter.
func TestTripleMomentum(t *testing.T) {
	path := methodtest.Begin(t, "{name: triple-momentum, L: 4, mu: 1}", methodtest.Diagonal(2.5), []float64{1}).Path(t, 8)
	xi, before := 1.0, 1.0
	for k := 1; k <= 8; k++ {
		y := xi + (xi-before)/9
		xi, before = xi+(xi-before)/6-3./8*2.5*y, xi
		if want := xi + (xi-before)/3; math.Abs(path[k][0]-want) > 1e-15 {
			t.Errorf("x after %d steps is %g; expected %g", k, path[k][0], want)
		}
	}
}

// On μx²/2 with lr = 1/L the recursion has the double root 1 − √q, and x_k =
// (1 + k√q)(1 − √q)ᵏ.
func TestStronglyConvexSchedule(t *testing.T) {
	const q = 0.04
	text := fmt.Sprintf("{name: nesterov, lr: %g, schedule: strongly-convex}", q)
	path := methodtest.Begin(t, text, methodtest.Diagonal(1), []float64{1}).Path(t, 20)
	for k, x := range path {
		want := (1 + float64(k)*math.Sqrt(q)) * math.Pow(1-math.Sqrt(q), float64(k))
		if math.Abs(x[0]-want) > 1e-14 {
			t.Errorf("x after %d steps is %g; expected %g", k, x[0], want)
		}
	}
}

// A restarted run is plain Nesterov from the point of the restart; it comes where the
// criterion, written out here from the points alone, holds for the first time.
func TestRestarts(t *testing.T) {
	p := methodtest.NewQuadratic(mat.NewSymDense(2, []float64{1, 0, 0, 0.05}), []float64{3, 0.2}) // x* = (3, 4)
	x0 := []float64{1, 1}
	const lr, steps = 0.5, 40
	plain := methodtest.Begin(t, "{name: nesterov, lr: 0.5, schedule: weights}", p, x0).Path(t, steps)
	for _, c := range []struct {
		name   string
		called func(k int) bool // by the step from x_{k−1} to x_k
	}{
		{"function", func(k int) bool { return p.Evaluate(plain[k], nil) > p.Evaluate(plain[k-1], nil) }},
		{"gradient", func(k int) bool {
			y, g := slices.Clone(plain[k-1]), make([]float64, 2)
			if k > 1 {
				i := float64(k - 2)
				extrapolate(y, plain[k-1], plain[k-2], i/(i+3))
			}
			p.Evaluate(y, g)
			return vec.Dot(g, plain[k])-vec.Dot(g, plain[k-1]) > 0
		}},
	} {
		first := 1
		for first < steps && !c.called(first) {
			first++
		}
		if first < 3 || first > steps-3 {
			t.Fatalf("%s: the criterion first holds at step %d, no good instance", c.name, first)
		}
		text := "{name: nesterov, lr: 0.5, schedule: weights, restart: " + c.name + "}"
		run := methodtest.Begin(t, text, p, x0)
		path := run.Path(t, first+3)
		again := methodtest.Begin(t, "{name: nesterov, lr: 0.5, schedule: weights}", p, plain[first]).Path(t, 3)
		if !slices.EqualFunc(path[:first+1], plain[:first+1], slices.Equal) {
			t.Errorf("%s: differs before the restart at step %d", c.name, first)
		}
		if !slices.EqualFunc(path[first:], again, slices.Equal) {
			t.Errorf("%s: no fresh start after step %d", c.name, first)
		}
		wantValues := map[string]int64{"function": int64(first) + 4, "gradient": 0}[c.name]
		if got := run.Oracle.Counts().Values; got != wantValues {
			t.Errorf("%s: %d values; expected %d", c.name, got, wantValues)
		}
	}
}

// x is the mean of all z; z and y are rebuilt here from the definition.
func TestScheduleFree(t *testing.T) {
	p := methodtest.Diagonal(2, 0.25)
	path := methodtest.Begin(t, "{name: schedule-free, lr: 0.3, momentum: 0.8}", p, []float64{1, -1}).Path(t, 10)
	z, sum := []float64{1, -1}, []float64{1, -1}
	for k := 1; k <= 10; k++ {
		for i, curvature := range []float64{2, 0.25} {
			y := 0.2*z[i] + 0.8*sum[i]/float64(k)
			z[i] -= 0.3 * curvature * y
			sum[i] += z[i]
			if want := sum[i] / float64(k+1); math.Abs(path[k][i]-want) > 1e-14 {
				t.Errorf("x[%d] after %d steps is %g; expected the mean %g", i, k, path[k][i], want)
			}
		}
	}
}

func TestFunctionRestartRefusesBatches(t *testing.T) {
	p := methodtest.NewLeastSquares(6, 2)
	_, err := methodtest.Start(t, "{name: nesterov, restart: function}", p, []float64{0, 0}, problems.OracleOptions{Batch: 2})
	if _, ok := err.(*problems.Missing); !ok {
		t.Errorf("the error is %v; expected what is missing", err)
	}
}

func TestDefaults(t *testing.T) {
	methodtest.Defaults(t, map[string]map[string]string{
		"heavy-ball":         {"lr": "1/L", "momentum": "0.9"},
		"polyak-heavy-ball":  {"L": "L", "mu": "mu"},
		"nesterov":           {"lr": "1/L", "schedule": "fista", "restart": "never"},
		"optimized-gradient": {"lr": "1/L"},
		"triple-momentum":    {"L": "L", "mu": "mu"},
		"schedule-free":      {"lr": "1/L", "momentum": "0.9"},

		"schedule-free-adamw": {"lr": "0.0025", "betas": "[0.9, 0.999]", "eps": "1e-8", "weight_decay": "0", "warmup": "0"},
		"ogm-g":               {"lr": "1/L"},
		"item":                {"L": "L", "mu": "mu"},
	})
	entry, err := ScheduleRegistry.Lookup("constant")
	if err != nil {
		t.Fatal(err)
	}
	if got := entry.Fields()[0].Default; got != "0.9" {
		t.Errorf("the default of a constant momentum is %s; expected 0.9", got)
	}
}

// OGM-G ends with the gradient of its bound on its worst functions, after every number of steps
// (Kim & Fessler 2021, theorem 6.1): a parabola, and a Huber function whose slope is not left.
func TestGradientOptimizedIsTight(t *testing.T) {
	const r = 3.0
	for n := 1; n <= 12; n++ {
		θ := GradientThetas(n)[0]
		for _, c := range []struct {
			name string
			p    problems.Problem
		}{
			{"parabola", methodtest.Diagonal(1)},
			{"Huber", methodtest.Huber{Slope: 2 * r / (θ*θ + 1)}},
		} {
			run, err := methodtest.Start(t, "ogm-g", c.p, []float64{r}, problems.OracleOptions{Horizon: n})
			if err != nil {
				t.Fatal(err)
			}
			end := run.Path(t, n)[n]
			g := make([]float64, 1)
			c.p.Evaluate(end, g)
			attains(t, "OGM-G, "+c.name, n, g[0]*g[0], 2*c.p.Evaluate([]float64{r}, nil)/(θ*θ))
			if err := run.Step(run.At); !errors.Is(err, methods.ErrStalled) {
				t.Errorf("a step behind the budget gives %v", err)
			}
		}
	}
}

// ITEM keeps its bound on the distance, and attains it on the parabolas of curvatures μ and L.
func TestItemBound(t *testing.T) {
	const l, mu, r = 5.0, 0.5, 3.0
	for _, curvature := range []float64{mu, 1, 2, l} {
		path := methodtest.Begin(t, fmt.Sprintf("{name: item, L: %g, mu: %g}", l, mu), methodtest.Diagonal(curvature), []float64{r}).Path(t, 12)
		a, q := 0.0, mu/l
		for n := 1; n <= 12; n++ {
			a = NextA(a, q)
			bound := r / math.Sqrt(1+q*a)
			got := math.Abs(path[n][0])
			if curvature == mu || curvature == l {
				attains(t, fmt.Sprintf("ITEM, curvature %g", curvature), n, got, bound)
			} else if got > bound {
				t.Errorf("curvature %g: the distance after %d steps is %g; the bound is %g", curvature, n, got, bound)
			}
		}
	}
}

// A grows without end, and the coefficients have limits: a run of any length keeps its bound.
func TestItemRunsLong(t *testing.T) {
	path := methodtest.Begin(t, "{name: item, L: 2, mu: 1}", methodtest.Diagonal(1.5), []float64{1}).Path(t, 1000)
	if last := path[1000][0]; !(math.Abs(last) < 1e-15) {
		t.Errorf("after 1000 steps x is %g", last)
	}
}
