package secondorder

import (
	"errors"
	"fmt"
	"math"
	"testing"

	"github.com/gdbench/gdbench/internal/methods/methodtest"
	"github.com/gdbench/gdbench/internal/problems/functions"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
	"gonum.org/v1/gonum/mat"
)

// promise has the gradient of −x and the value of offset − share·x: of the decrease that
// its model promises exactly this share comes true.
type promise struct{ share, offset float64 }

func (promise) Dim() int                             { return 1 }
func (promise) Hessian(_ []float64, h *mat.SymDense) { h.SetSym(0, 0, 0) }
func (promise) HessianProduct(_, _, hv []float64)    { hv[0] = 0 }
func (p promise) Evaluate(x, g []float64) float64 {
	if g != nil {
		g[0] = -1
	}
	return p.offset - p.share*x[0]
}

func TestRadius(t *testing.T) {
	for _, subproblem := range []string{"steihaug", "dogleg"} {
		text := "{name: trust-region, radius: 2, max_radius: 3, subproblem: " + subproblem + "}"
		for _, c := range []struct{ share, x, radius float64 }{
			{math.NaN(), 0, 0.5},
			{-1, 0, 0.5},
			{0.0999, 0, 0.5},
			{0.1001, 2, 0.5},
			{0.2499, 2, 0.5},
			{0.2501, 2, 2},
			{0.7499, 2, 2},
			{0.7501, 2, 3}, // twice the radius, but for the largest
		} {
			run := methodtest.Begin(t, text, promise{share: c.share}, []float64{0})
			run.Next(t)
			m := run.Method.(*TrustRegion)
			if run.At.X[0] != c.x || m.radius != c.radius {
				t.Errorf("%s, ρ = %g: x = %g and radius %g; expected %g and %g", subproblem, c.share, run.At.X[0], m.radius, c.x, c.radius)
			}
			if run.At.Slope != -c.x || run.At.Trials != 1 {
				t.Errorf("%s, ρ = %g: slope %g, %d trials; expected %g and 1", subproblem, c.share, run.At.Slope, run.At.Trials, -c.x)
			}
		}
	}
	run := methodtest.Begin(t, "{name: trust-region, radius: 1, max_radius: 100}", promise{share: 1}, []float64{0})
	for k, x := range run.Path(t, 8) {
		if want := []float64{0, 1, 3, 7, 15, 31, 63, 127, 227}[k]; x[0] != want {
			t.Errorf("x after %d steps is %g; expected %g", k, x[0], want)
		}
	}
}

// Where f does not change at all, a step is taken iff rounding could be the reason: with
// δ = 10ε|f| the ratio is δ/(Δ + δ), above 0.1 for Δ < 9δ.
func TestRounding(t *testing.T) {
	const delta = 10 * 0x1p-52
	for _, c := range []struct {
		radius float64
		taken  bool
	}{{8.9 * delta, true}, {9.1 * delta, false}} {
		text := fmt.Sprintf("{name: trust-region, radius: %g}", c.radius)
		run := methodtest.Begin(t, text, promise{share: 0, offset: -1}, []float64{0})
		run.Next(t)
		if taken := run.At.X[0] != 0; taken != c.taken {
			t.Errorf("radius %g: the step was taken: %t; expected %t", c.radius, taken, c.taken)
		}
	}
}

// On a quadratic the model is f: what it promises comes true, in the region and on its
// boundary.
func TestPromise(t *testing.T) {
	p := methodtest.Diagonal(1, 10)
	x, g, s := []float64{10, 1}, make([]float64, 2), make([]float64, 2)
	before := p.Evaluate(x, g)
	o, err := problems.NewOracle(p, p.Facts(), problems.OracleOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, solver := range []subproblem{new(steihaug), new(dogleg)} {
		if err := solver.begin(o); err != nil {
			t.Fatal(err)
		}
		for _, radius := range []float64{2, 5, 20} {
			promised, boundary, err := solver.solve(x, g, radius, s)
			if err != nil {
				t.Fatal(err)
			}
			after := p.Evaluate([]float64{x[0] + s[0], x[1] + s[1]}, nil)
			if math.Abs(promised-(before-after)) > 1e-12 || boundary != (radius < 20) {
				t.Errorf("%T, radius %g: promises %g, boundary %t; f decreases by %g", solver, radius, promised, boundary, before-after)
			}
		}
	}
}

// No step is longer than the region, f never rises, and the minimizer is reached.
func TestTrustRegion(t *testing.T) {
	for _, subproblem := range []string{"steihaug", "dogleg"} {
		p := &functions.Rosenbrock{N: 2}
		run := methodtest.Begin(t, "{name: trust-region, radius: 0.5, subproblem: "+subproblem+"}", p, []float64{-1.2, 1})
		m := run.Method.(*TrustRegion)
		step := make([]float64, 2)
		g := make([]float64, 2)
		for k := 1; ; k++ {
			value := p.Evaluate(run.At.X, g)
			if vec.Norm(g) <= 1e-10 {
				break
			}
			radius := m.radius
			before := append([]float64(nil), run.At.X...)
			run.Next(t)
			vec.AddScaled(step, run.At.X, -1, before)
			if norm := vec.Norm(step); norm > radius*(1+1e-12) {
				t.Fatalf("%s: step %d has length %g in a region of radius %g", subproblem, k, norm, radius)
			}
			if run.At.F > value {
				t.Fatalf("%s: step %d raises f from %g to %g", subproblem, k, value, run.At.F)
			}
			if k == 60 {
				t.Fatalf("%s: the gradient norm is %g after 60 steps", subproblem, vec.Norm(g))
			}
		}
		if far := math.Hypot(run.At.X[0]-1, run.At.X[1]-1); far > 1e-8 {
			t.Errorf("%s: ended %g from the minimizer", subproblem, far)
		}
	}
}

// Steihaug's first step is the model's minimizer along −g, or the boundary; the dogleg's
// corners are that point and Newton's.
func TestFirstSteps(t *testing.T) {
	p := methodtest.Diagonal(1, 10) // from (10, 1): g = (10, 10), the Cauchy step −(2/11)g, Newton's −x
	for _, c := range []struct {
		text   string
		radius float64
		want   []float64
	}{
		{"steihaug", 20, []float64{0, 0}},
		{"dogleg", 20, []float64{0, 0}},
		{"steihaug", 2, []float64{10 - math.Sqrt2, 1 - math.Sqrt2}},
		{"dogleg", 2, []float64{10 - math.Sqrt2, 1 - math.Sqrt2}},
		{"steihaug", 5, between(5)},
		{"dogleg", 5, between(5)},
	} {
		text := fmt.Sprintf("{name: trust-region, subproblem: %s, radius: %g}", c.text, c.radius)
		run := methodtest.Begin(t, text, p, []float64{10, 1})
		run.Path(t, 1)
		for i := range c.want {
			if math.Abs(run.At.X[i]-c.want[i]) > 1e-12 {
				t.Errorf("%s: the first step leads to %v; expected %v", text, run.At.X, c.want)
			}
		}
	}
}

// between is the point on the way from the Cauchy point to the minimizer of TestFirstSteps
// whose distance from (10, 1) is the radius: on two variables the second conjugate
// direction of Steihaug leads that way too.
func between(radius float64) []float64 {
	cauchy := []float64{10 - 20./11, 1 - 20./11}
	low, high := 0.0, 1.0
	for range 100 {
		mid := (low + high) / 2
		if math.Hypot(cauchy[0]*(1-mid)-10, cauchy[1]*(1-mid)-1) < radius {
			low = mid
		} else {
			high = mid
		}
	}
	return []float64{cauchy[0] * (1 - low), cauchy[1] * (1 - low)}
}

// Steihaug's iterations end by the residual: at ‖r‖ ≤ min(½, √‖g‖)·‖g‖.
func TestSteihaugTolerance(t *testing.T) {
	for _, c := range []struct {
		eigenvalue float64
		scale      float64
		products   int64
	}{
		// On diag(1, e) from scale·(1, 1/e), so that g = scale·(1, 1), the residual after
		// one iteration is (e − 1)/(e + 1) of ‖g‖.
		{2.99, 10, 1}, {3.01, 10, 2}, // ½
		{1.1, 1e-3 / math.Sqrt2, 2}, {1.05, 1e-3 / math.Sqrt2, 1}, // √10⁻³ = 0.0316
	} {
		run := methodtest.Begin(t, "{name: trust-region, radius: 100}", methodtest.Diagonal(1, c.eigenvalue), []float64{c.scale, c.scale / c.eigenvalue})
		run.Next(t)
		if got := run.Oracle.Counts().HessianProducts; got != c.products {
			t.Errorf("eigenvalues 1 and %g: %d products; expected %d", c.eigenvalue, got, c.products)
		}
	}
}

// At a saddle's slope, negative curvature leads to the boundary.
func TestNegativeCurvature(t *testing.T) {
	for _, subproblem := range []string{"steihaug", "dogleg"} {
		p := methodtest.Diagonal(1, 1)
		p.A.SetSym(1, 1, -1)
		run := methodtest.Begin(t, "{name: trust-region, subproblem: "+subproblem+"}", p, []float64{0, 0.5})
		run.Next(t)
		if want := 1.5; math.Abs(run.At.X[1]-want) > 1e-15 {
			t.Errorf("%s: x = %v; expected (0, %g)", subproblem, run.At.X, want)
		}
	}
}

// A refused step leaves the point and its Hessian as they are.
func TestRefusedStepCostsNoHessian(t *testing.T) {
	run := methodtest.Begin(t, "{name: trust-region, subproblem: dogleg}", promise{share: -1}, []float64{0})
	run.Path(t, 3)
	if got := run.Oracle.Counts().Hessians; got != 1 {
		t.Errorf("three steps from one point cost %d Hessians", got)
	}
}

func TestTrustRegionStalls(t *testing.T) {
	run := methodtest.Begin(t, "trust-region", methodtest.Diagonal(1, 2), []float64{0, 0})
	if err := run.Step(run.At); !errors.Is(err, methods.ErrStalled) {
		t.Errorf("at the minimizer the error is %v", err)
	}
	run = methodtest.Begin(t, "trust-region", promise{share: -1}, []float64{0})
	var err error
	for range 600 { // until the radius underflows
		if err = run.Step(run.At); err != nil {
			break
		}
	}
	if !errors.Is(err, methods.ErrStalled) {
		t.Errorf("where every step is refused the error is %v", err)
	}
}
