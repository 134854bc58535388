package proximal

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/gdbench/gdbench/internal/methods/methodtest"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

// lasso is ½(x − b)ᵀD(x − b) + λ‖x‖₁ with D diagonal: its minimizer is b shrunk towards
// zero by λ/dᵢ.
type lasso struct {
	d, b   []float64
	lambda float64
}

var _ problems.Composite = lasso{}

func (p lasso) Dim() int { return len(p.d) }

func (p lasso) Evaluate(x, g []float64) float64 {
	var f float64
	for i, d := range p.d {
		r := x[i] - p.b[i]
		if g != nil {
			g[i] = d * r
		}
		f += d * r * r / 2
	}
	return f
}

func (p lasso) Rest(x []float64) float64 {
	var sum float64
	for _, v := range x {
		sum += p.lambda * math.Abs(v)
	}
	return sum
}

func (p lasso) Prox(dst, x []float64, t float64) {
	for i, v := range x {
		dst[i] = shrink(v, p.lambda*t)
	}
}

func (p lasso) Facts() *problems.Facts {
	return &problems.Facts{Constants: map[string]problems.Constant{
		problems.SmoothnessL: {Value: slices.Max(p.d), Scope: problems.Global},
	}}
}

func shrink(v, by float64) float64 {
	return math.Copysign(max(0, math.Abs(v)-by), v)
}

// wall is a·x on x ≥ 0, one of the functions on which the rates are attained; L = 1.
type wall struct{ a float64 }

func (wall) Dim() int               { return 1 }
func (wall) Rest([]float64) float64 { return 0 }
func (wall) Prox(dst, x []float64, _ float64) {
	dst[0] = max(0, x[0])
}
func (p wall) Evaluate(x, g []float64) float64 {
	if g != nil {
		g[0] = p.a
	}
	return p.a * x[0]
}

func TestLaws(t *testing.T) {
	methodtest.Catalogue(t, []string{"proximal-gradient", "fista"}, "descent",
		"heavy-ball", "polyak-heavy-ball", "nesterov", "optimized-gradient", "triple-momentum", "schedule-free",
		"item", "ogm-g", "schedule-free-adamw")
	methodtest.Defaults(t, map[string]map[string]string{
		"proximal-gradient": {"lr": "1/L"},
		"fista":             {"lr": "1/L", "schedule": "fista", "restart": "never"},
	})
	for _, law := range []methodtest.Law{
		{Text: "proximal-gradient", PerStep: 1},
		{Text: "fista", PerStep: 1},
	} {
		t.Run(law.Text, func(t *testing.T) {
			methodtest.Keep(t, law)
			if !methodtest.Build(t, law.Text, methodtest.Diagonal(1)).(methods.Proximal).Proximal() {
				t.Error("does not say that it is proximal")
			}
		})
	}
}

// Each reaches the known minimizer of a small lasso, zeros exactly; FISTA in fewer steps.
func TestLasso(t *testing.T) {
	p := lasso{d: []float64{4, 1, 0.01, 2}, b: []float64{1, -3, 40, 0.1}, lambda: 0.3}
	want := make([]float64, 4)
	for i, b := range p.b {
		want[i] = shrink(b, p.lambda/p.d[i])
	}
	if want[3] != 0 || math.Abs(want[2]-10) > 1e-12 {
		t.Fatalf("the instance is not what it is meant to be: %v", want)
	}
	steps := func(text string) int {
		run := methodtest.Begin(t, text, p, make([]float64, 4))
		for k := 1; ; k++ {
			run.Next(t)
			far := 0.0
			for i := range want {
				far = max(far, math.Abs(run.At.X[i]-want[i]))
			}
			if far <= 1e-6 {
				if run.At.X[3] != 0 {
					t.Errorf("%s: x[3] = %g; expected zero itself", text, run.At.X[3])
				}
				if got := run.Oracle.Counts().Prox; got != int64(k) {
					t.Errorf("%s: %d steps took %d proximal steps", text, k, got)
				}
				return k
			}
			if k == 20000 {
				t.Fatalf("%s: %g from the minimizer after %d steps", text, far, k)
			}
		}
	}
	slow := steps("proximal-gradient")
	for _, restart := range []string{"gradient", "function"} {
		if fast := steps("{name: fista, restart: " + restart + "}"); 4*fast > slow {
			t.Errorf("FISTA with %s restart took %d steps, the proximal gradient method %d", restart, fast, slow)
		}
	}
}

// A restart by function goes by f + h, not by f alone: it comes where f + h rises for the
// first time, which is not where f does.
func TestRestartByTheWholeObjective(t *testing.T) {
	p := lasso{d: []float64{1, 0.02}, b: []float64{3, -40}, lambda: 0.5}
	const text = "{name: fista, restart: never}"
	x0 := []float64{0, 10}
	plain := methodtest.Begin(t, text, p, x0).Path(t, 200)
	rise := func(value func(x []float64) float64) int {
		return 1 + slices.IndexFunc(plain[1:], func(x []float64) bool {
			k := slices.IndexFunc(plain, func(y []float64) bool { return &y[0] == &x[0] })
			return value(x) > value(plain[k-1])
		})
	}
	whole := rise(func(x []float64) float64 { return p.Evaluate(x, nil) + p.Rest(x) })
	if smooth := rise(func(x []float64) float64 { return p.Evaluate(x, nil) }); whole < 2 || smooth == whole {
		t.Fatalf("f + h rises at step %d, f at step %d: no good instance", whole, smooth)
	}
	path := methodtest.Begin(t, "{name: fista, restart: function}", p, x0).Path(t, whole+3)
	again := methodtest.Begin(t, text, p, plain[whole]).Path(t, 3)
	if !slices.EqualFunc(path, append(slices.Clone(plain[:whole]), again...), slices.Equal) {
		t.Errorf("no restart at step %d, or one before", whole)
	}
}

// One step by hand: prox of the gradient step, with the same lr in both.
func TestStep(t *testing.T) {
	p := lasso{d: []float64{2}, b: []float64{1}, lambda: 0.5}
	for _, name := range []string{"proximal-gradient", "fista"} {
		x := methodtest.Begin(t, "{name: "+name+", lr: 0.25}", p, []float64{3}).Path(t, 1)[1][0]
		if want := 3 - 0.25*4 - 0.25*0.5; math.Abs(x-want) > 1e-15 {
			t.Errorf("%s: the first step leads to %g; expected %g", name, x, want)
		}
	}
}

// The rates are attained on a·x, x ≥ 0: LR²/(4N) with a = LR/(2N), and with the weights
// i/(i + 3) 2LR²/(N² + 5N + 2) with a = 4LR/(N² + 5N + 2).
func TestTightBounds(t *testing.T) {
	const r = 2.0
	for n := 1; n <= 12; n++ {
		m := float64(n)
		for _, c := range []struct {
			text     string
			a, bound float64
		}{
			{"{name: proximal-gradient, lr: 1}", r / (2 * m), r * r / (4 * m)},
			{"{name: fista, lr: 1, schedule: weights}", 4 * r / (m*m + 5*m + 2), 2 * r * r / (m*m + 5*m + 2)},
		} {
			p := wall{c.a}
			path := methodtest.Begin(t, c.text, p, []float64{r}).Path(t, n)
			if got := p.Evaluate(path[n], nil); math.Abs(got-c.bound) > 1e-12*c.bound {
				t.Errorf("%s: %.15g after %d steps; the bound %.15g is attained here", c.text, got, n, c.bound)
			}
		}
	}
}

// Without a non-smooth part FISTA is Nesterov's method to the last bit, and the proximal
// gradient method gradient descent.
func TestSmooth(t *testing.T) {
	p := methodtest.Diagonal(1, 0.1)
	x0 := []float64{1, 2}
	path := func(text string) [][]float64 { return methodtest.Begin(t, text, p, x0).Path(t, 30) }
	for _, schedule := range []string{"fista", "weights", "constant", "strongly-convex"} {
		parameters := fmt.Sprintf("lr: 0.5, schedule: %s, restart: gradient}", schedule)
		if !slices.EqualFunc(path("{name: fista, "+parameters), path("{name: nesterov, "+parameters), slices.Equal) {
			t.Errorf("%s: FISTA and Nesterov's method differ", schedule)
		}
	}
	for k, x := range path("{name: proximal-gradient, lr: 0.5}") {
		if want := math.Pow(0.5, float64(k)); math.Abs(x[0]-want) > 1e-15 {
			t.Errorf("x[0] after %d steps is %g; expected %g", k, x[0], want)
		}
	}
}
