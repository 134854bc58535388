package secondorder

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/linalg"
	"github.com/gdbench/gdbench/internal/methods/methodtest"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
	"gonum.org/v1/gonum/mat"
)

func TestLaws(t *testing.T) {
	methodtest.Catalogue(t, []string{"linear-cg", "trust-region", "cubic-newton", "adaptive-cubic"}, "descent")
	methodtest.Defaults(t, map[string]map[string]string{
		"linear-cg":    {},
		"trust-region": {"subproblem": "steihaug", "radius": "1", "max_radius": "1000", "eta": "0.1"},
		"cubic-newton": {"M": "M"},

		"adaptive-cubic": {"sigma": "1"},
	})
	for _, law := range []methodtest.Law{
		{Text: "linear-cg", Once: 1, Unbatched: true},
		{Text: "{name: trust-region, radius: 0.01}", PerStep: 1, Once: 1, Unbatched: true},
		{Text: "{name: trust-region, radius: 0.01, subproblem: dogleg}", PerStep: 1, Once: 1, Unbatched: true, Allocates: true},
		{Text: "adaptive-cubic", PerStep: 1, Unbatched: true, Allocates: true},
		{Text: "cubic-newton", PerStep: 1, Unbatched: true, Allocates: true},
	} {
		t.Run(law.Text, func(t *testing.T) { methodtest.Keep(t, law) })
	}
}

// smooth is a problem in one variable without second derivatives.
type smooth struct{}

func (smooth) Dim() int                        { return 1 }
func (smooth) Evaluate(x, g []float64) float64 { return x[0] }

func TestMissing(t *testing.T) {
	sum := methodtest.NewLeastSquares(4, 2)
	for _, text := range []string{
		"linear-cg", "trust-region", "{name: trust-region, subproblem: dogleg}", "{name: cubic-newton, M: 1}", "adaptive-cubic",
	} {
		var missing *problems.Missing
		if _, err := methodtest.Start(t, text, smooth{}, []float64{0}, problems.OracleOptions{}); !errors.As(err, &missing) {
			t.Errorf("%s without second derivatives: the error is %v", text, err)
		}
		if _, err := methodtest.Start(t, text, sum, []float64{0, 0}, problems.OracleOptions{Batch: 2}); !errors.As(err, &missing) {
			t.Errorf("%s with batches: the error is %v", text, err)
		}
	}
}

// symmetric is a random symmetric matrix with the given eigenvalues.
func symmetric(rng *rand.Rand, eigenvalues ...float64) *mat.SymDense {
	n := len(eigenvalues)
	a := mat.NewDense(n, n, nil)
	for i := range n {
		for j := range n {
			a.Set(i, j, rng.NormFloat64())
		}
	}
	var qr mat.QR
	qr.Factorize(a)
	var q mat.Dense
	qr.QTo(&q)
	h := mat.NewSymDense(n, nil)
	for i, v := range eigenvalues {
		h.SymRankOne(h, v, mat.NewVecDense(n, mat.Col(nil, i, &q)))
	}
	return h
}

func TestLinearCG(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	p := methodtest.NewQuadratic(symmetric(rng, 1, 2, 3, 5, 8, 13), []float64{1, -1, 2, 0, 3, 1})
	run := methodtest.Begin(t, "linear-cg", p, []float64{3, 1, 4, 1, 5, 9})
	path := run.Path(t, 6)
	if far := p.Facts().Distance(path[6]); far > 1e-12 {
		t.Errorf("%g from the minimizer after 6 steps in 6 variables", far)
	}
	if p.Facts().Distance(path[5]) < 1e-3 {
		t.Error("at the minimizer after 5 steps: no test")
	}
	step := func(k int) []float64 {
		d := make([]float64, 6)
		vec.AddScaled(d, path[k+1], -1, path[k])
		vec.Scale(1/vec.Norm(d), d)
		return d
	}
	ad := make([]float64, 6)
	for i := range 6 {
		p.HessianProduct(nil, step(i), ad)
		for j := range i {
			if c := vec.Dot(ad, step(j)); math.Abs(c) > 1e-10 {
				t.Errorf("steps %d and %d are not conjugate: %g", i, j, c)
			}
		}
	}
	if c := run.Oracle.Counts(); c.Gradients != 1 || c.HessianProducts != 6 || c.Values != 0 {
		t.Errorf("6 steps cost %+v; expected one gradient and 6 products", *c)
	}
}

// With the spectrum at the extrema of a Chebyshev polynomial the bound of conjugate
// gradients is attained in the step before the last.
func TestLinearCGAttainsItsBound(t *testing.T) {
	const n, mu, l = 5, 1.0, 20.0
	eigenvalues := make([]float64, n)
	for j := range n {
		eigenvalues[j] = (l+mu)/2 - (l-mu)/2*math.Cos(float64(j)*math.Pi/(n-1))
	}
	start := make([]float64, n)
	for j, v := range eigenvalues {
		product := 1.0
		for i, w := range eigenvalues {
			if i != j {
				product *= w - v
			}
		}
		start[j] = 1 / (v * math.Sqrt(math.Abs(product)))
	}
	p := methodtest.Diagonal(eigenvalues...)
	path := methodtest.Begin(t, "linear-cg", p, start).Path(t, n-1)
	chebyshev := math.Cosh((n - 1) * math.Acosh((l+mu)/(l-mu)))
	got, bound := p.Evaluate(path[n-1], nil), p.Evaluate(start, nil)/(chebyshev*chebyshev)
	if math.Abs(got-bound) > 1e-9*bound {
		t.Errorf("the gap after %d steps is %.12g; the bound %.12g is attained here", n-1, got, bound)
	}
}

func TestLinearCGStalls(t *testing.T) {
	run := methodtest.Begin(t, "linear-cg", methodtest.Diagonal(1, 2), []float64{0, 0})
	if err := run.Step(run.At); !errors.Is(err, methods.ErrStalled) || !strings.Contains(err.Error(), "minimizer") {
		t.Errorf("at the minimizer the error is %v", err)
	}
	indefinite := methodtest.Diagonal(1, 2)
	indefinite.A.SetSym(0, 0, -1)
	run = methodtest.Begin(t, "linear-cg", indefinite, []float64{1, 0})
	if err := run.Step(run.At); !errors.Is(err, methods.ErrStalled) {
		t.Errorf("on negative curvature the error is %v", err)
	}
}

// model checks that s is the global minimizer of gᵀs + ½sᵀHs + (M/6)‖s‖³, by the
// conditions that are necessary and sufficient, and against random points around it.
func model(t *testing.T, name string, h *mat.SymDense, g []float64, m float64) {
	t.Helper()
	n := len(g)
	c := cubicModel{h: h, m: m, eigen: linalg.NewEigen(n), c: make([]float64, n)}
	s := make([]float64, n)
	if err := c.minimize(g, s); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	shift := m * vec.Norm(s) / 2
	hs := make([]float64, n)
	value := func(s []float64) float64 {
		mat.NewVecDense(n, hs).MulVec(h, mat.NewVecDense(n, s))
		return vec.Dot(g, s) + vec.Dot(s, hs)/2 + m/6*math.Pow(vec.Norm(s), 3)
	}
	at := value(s)
	for i := range s {
		if r := hs[i] + shift*s[i] + g[i]; !(math.Abs(r) <= 1e-9*(1+vec.Norm(g))) {
			t.Errorf("%s: (H + λI)s + g = %g in coordinate %d", name, r, i)
		}
	}
	var e mat.EigenSym
	e.Factorize(h, false)
	if least := e.Values(nil)[0] + shift; !(least >= -1e-9) {
		t.Errorf("%s: H + λI has the eigenvalue %g", name, least)
	}
	rng := rand.New(rand.NewPCG(3, 4))
	other := make([]float64, n)
	for range 500 {
		size := vec.Norm(s) * math.Exp(rng.NormFloat64())
		for i := range other {
			other[i] = size * rng.NormFloat64()
		}
		if v := value(other); v < at-1e-9*(1+math.Abs(at)) {
			t.Fatalf("%s: the model is %g at %v, and %g at the step %v", name, v, other, at, s)
		}
	}
}

func TestCubicModel(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	g := []float64{1, -2, 0.5, 3}
	model(t, "definite", symmetric(rng, 1, 2, 3, 40), g, 0.7)
	model(t, "indefinite", symmetric(rng, -5, -1, 0, 3), g, 2)
	model(t, "singular", symmetric(rng, 0, 0, 1, 1), g, 1e-3)
	model(t, "no gradient", symmetric(rng, -3, 1, 2, 2), make([]float64, 4), 1.5)
	hard := mat.NewSymDense(4, nil)
	for i, v := range []float64{-2, 1, 2, 3} {
		hard.SetSym(i, i, v)
	}
	model(t, "hard case", hard, []float64{0, 0.1, 0.1, 0.2}, 1)
	for _, part := range []float64{1e-40, 1e-16, 3e-16, -1e-15, 1e-12, 1e-8, -1e-5} {
		model(t, fmt.Sprintf("nearly hard case, %g", part), hard, []float64{part, 0.1, 0.1, 0.2}, 1)
	}
	model(t, "no hard case: a long gradient", hard, []float64{0, 10, 10, 20}, 1)
	model(t, "only a vanishing part along the least eigenvector", hard, []float64{1e-40, 0, 0, 0}, 1)
}

func TestCubicNewtonStalls(t *testing.T) {
	run := methodtest.Begin(t, "{name: cubic-newton, M: 1}", methodtest.Diagonal(1, 2), []float64{0, 0})
	if err := run.Step(run.At); !errors.Is(err, methods.ErrStalled) {
		t.Errorf("at the minimizer the error is %v", err)
	}
}

// In one variable the step is −sign(g)·r with r = (−h + √(h² + 2M|g|))/M.
func TestCubicNewtonStep(t *testing.T) {
	const h, m, x0 = 2.0, 3.0, 5.0
	path := methodtest.Begin(t, "{name: cubic-newton, M: 3}", methodtest.Diagonal(h), []float64{x0}).Path(t, 1)
	if want := x0 - (-h+math.Sqrt(h*h+2*m*h*x0))/m; math.Abs(path[1][0]-want) > 1e-14 {
		t.Errorf("the first step leads to %g; expected %g", path[1][0], want)
	}
}
