package separabletest

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/problems/check"
	"github.com/gdbench/gdbench/problems"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize"
)

// All certifies every registered problem: with its usual number of variables, and with
// those listed under its name.
func All(t *testing.T, least int, dims map[string][]int) {
	names := param.Of[problems.Problem]().Names()
	if len(names) < least {
		t.Fatalf("%d problems are registered, expected at least %d", len(names), least)
	}
	for name := range dims {
		if !param.Of[problems.Problem]().Has(name) {
			t.Errorf("numbers of variables are listed for %q, which is no problem", name)
		}
	}
	for _, name := range names {
		usual, err := Make(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, scalable := usual.(interface{ Validate() error }); scalable && len(dims[name]) == 0 {
			t.Errorf("%s is tried with one number of variables only", name)
		}
		for _, n := range append([]int{usual.Dim()}, dims[name]...) {
			label := fmt.Sprintf("%s/%d", name, n)
			t.Run(label, func(t *testing.T) { certify(t, label, New(t, name, n)) })
		}
	}
}

// certify runs all checks of the catalogue and some that hold for this family alone:
// derivatives of second order, no allocation, minimizers as accurate as they claim.
func certify(t *testing.T, label string, p problems.Problem) {
	_, squares := p.(problems.Residuals)
	for _, r := range check.Problem(label, p, check.Options{Seed: 1, Points: 3}) {
		needed := r.Check == "gradient" || r.Check == "Hessian" || r.Check == "Hessian product" || r.Check == "residuals" && squares
		if r.Conclusion == check.Failed || needed && r.Conclusion != check.Passed {
			t.Errorf("%s: %s: %s", r.Check, r.Conclusion, r.Message)
		}
	}
	facts := problems.FactsOf(p)
	switch facts.Convexity {
	case problems.UnknownConvexity:
		if p.Dim() > 2 {
			t.Error("nothing is said of convexity")
		}
	case problems.Nonconvex:
		checkNonconvex(t, p, facts.Starts[0].X)
	}
	if m := facts.Minimum; m != nil {
		if m.Source == problems.Published && len(m.Points) == 0 {
			checkReached(t, p, m, facts.Starts[0].X)
		}
		for _, x := range m.Points {
			if f := p.Evaluate(x, nil); !(math.Abs(f-m.Value) <= m.Accuracy+1e-14*max(1, math.Abs(m.Value))) {
				t.Errorf("f = %v at the minimizer %v, stated %v ± %v", f, x, m.Value, m.Accuracy)
			}
		}
	}
	if p.Dim() == 2 {
		checkWindow(t, facts)
	}
	checkAllocations(t, p, facts.Starts[0].X)
}

// checkWindow wants the minimizers and the standard start in the picture.
func checkWindow(t *testing.T, facts *problems.Facts) {
	t.Helper()
	if facts.Window == nil {
		t.Error("no window in two variables")
		return
	}
	points := [][]float64{facts.Starts[0].X}
	if facts.Minimum != nil {
		points = append(points, facts.Minimum.Points...)
	}
	for _, x := range points {
		for i, side := range [][2]float64{facts.Window.X, facts.Window.Y} {
			if !(side[0] <= x[i] && x[i] <= side[1]) {
				t.Errorf("the point %v lies outside the window %v", x, facts.Window)
			}
		}
	}
}

// checkNonconvex wants a point of negative curvature.
func checkNonconvex(t *testing.T, p problems.Problem, x0 []float64) {
	t.Helper()
	rng := rand.New(rand.NewPCG(1, 2))
	n := len(x0)
	h := mat.NewSymDense(n, nil)
	scales := []float64{1, 0.1, 0.5, 3, 10, 100}
	for k := range 3000 {
		x := make([]float64, n)
		for i := range x {
			x[i] = float64(scales[k%len(scales)] * rng.NormFloat64())
			if k%4 < 2 {
				x[i] += x0[i]
			}
		}
		p.(problems.Hessian).Hessian(x, h)
		if norm := mat.Norm(h, 1); !(norm < 1e100) {
			continue
		}
		var eigen mat.EigenSym
		if !eigen.Factorize(h, false) {
			continue
		}
		if values := eigen.Values(nil); values[0] < -1e-10*(1+values[n-1]) {
			return
		}
	}
	t.Error("stated to be nonconvex, but no point of negative curvature was found")
}

// checkReached wants a descent from the standard start to end at the published minimum.
func checkReached(t *testing.T, p problems.Problem, m *problems.Minimum, x0 []float64) {
	t.Helper()
	objective := optimize.Problem{
		Func: func(x []float64) float64 { return p.Evaluate(x, nil) },
		Grad: func(grad, x []float64) { p.Evaluate(x, grad) },
	}
	result, err := optimize.Minimize(objective, x0, &optimize.Settings{GradientThreshold: 1e-7}, &optimize.BFGS{})
	if result == nil {
		t.Fatal(err)
	}
	if !(math.Abs(result.F-m.Value) <= m.Accuracy) {
		t.Errorf("a descent from the standard start reaches %v, stated %v ± %v", result.F, m.Value, m.Accuracy)
	}
}

func checkAllocations(t *testing.T, p problems.Problem, x []float64) {
	t.Helper()
	grad, hv := make([]float64, len(x)), make([]float64, len(x))
	for what, call := range map[string]func(){
		"value":    func() { p.Evaluate(x, nil) },
		"gradient": func() { p.Evaluate(x, grad) },
		"product":  func() { p.(problems.HessianProduct).HessianProduct(x, x, hv) },
	} {
		if n := testing.AllocsPerRun(10, call); n != 0 {
			t.Errorf("a %s allocates %v times", what, n)
		}
	}
}
