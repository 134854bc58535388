package losses_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/problems"
)

// writeBoth writes the same random samples, one entry in density stored, as LIBSVM and as
// CSV, with labels −1 and +1.
func writeBoth(t testing.TB, m, d, density int) (sparse, dense string) {
	t.Helper()
	rng := rand.New(rand.NewPCG(1, 2))
	var thin, full strings.Builder
	for i := range m {
		label := 2*(i%2) - 1
		fmt.Fprintf(&thin, "%d", label)
		for j := range d {
			v := 0.0
			if rng.IntN(density) == 0 || j == d-1 && i == 0 {
				v = rng.NormFloat64() + 0.5*float64(label)
				fmt.Fprintf(&thin, " %d:%v", j+1, v)
			}
			fmt.Fprintf(&full, "%v,", v)
		}
		fmt.Fprintln(&thin)
		fmt.Fprintln(&full, label)
	}
	dir := t.TempDir()
	sparse, dense = filepath.Join(dir, "a.libsvm"), filepath.Join(dir, "a.csv")
	for path, text := range map[string]string{sparse: thin.String(), dense: full.String()} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return sparse, dense
}

// Every loss is the same on sparse as on dense storage, in all that it offers.
func TestSparse(t *testing.T) {
	sparse, dense := writeBoth(t, 40, 12, 4)
	for _, text := range []string{
		"{name: least-squares, l2: 0.1, data: FILE, standardize: false}",
		"{name: logistic, l2: 0.1, data: FILE, standardize: false, intercept: free}",
		"{name: squared-hinge, l2: 0.1, data: FILE}",
		"{name: softmax, l2: 0.1, data: FILE, standardize: false}",
		"{name: mlp, l2: 0.1, data: FILE, widths: [3], standardize: false}",
		"{name: matrix-factorization, data: FILE, rank: 2}",
	} {
		a, b := build(t, strings.Replace(text, "FILE", sparse, 1)), build(t, strings.Replace(text, "FILE", dense, 1))
		x, v := somewhere(a.Dim(), 3), somewhere(a.Dim(), 4)
		g, h := make([]float64, a.Dim()), make([]float64, a.Dim())
		same := func(what string) {
			for j := range g {
				within(t, text+": "+what, g[j], h[j], 1e-12)
			}
		}
		within(t, text+": f", a.Evaluate(x, g), b.Evaluate(x, h), 1e-13)
		same("gradient")
		a.(problems.HessianProduct).HessianProduct(x, v, g)
		b.(problems.HessianProduct).HessianProduct(x, v, h)
		same("Hessian product")
		for name, c := range problems.FactsOf(b).Constants {
			within(t, text+": "+name, problems.FactsOf(a).Constants[name].Value, c.Value, 1e-12)
		}
		m, n := problems.FactsOf(a).Minimum, problems.FactsOf(b).Minimum
		if (m == nil) != (n == nil) {
			t.Errorf("%s: minimum %v sparse, %v dense", text, m, n)
		} else if m != nil {
			within(t, text+": f*", m.Value, n.Value, 1e-12)
		}
	}
}

// Beyond the sizes for dense algebra, norms bound L and conjugate gradients find f*.
func TestManyFeatures(t *testing.T) {
	sparse, _ := writeBoth(t, 60, 1500, 30)
	p := build(t, "{name: logistic, l2: 0.01, data: "+sparse+", standardize: false}")
	facts := problems.FactsOf(p)
	if p.Dim() != 1501 || facts.Minimum == nil || len(facts.Minimum.Points) != 1 {
		t.Fatalf("%d weights, minimum %v, notes %q", p.Dim(), facts.Minimum, facts.Notes)
	}
	g := make([]float64, p.Dim())
	f := p.Evaluate(facts.Minimum.Points[0], g)
	within(t, "f*", f, facts.Minimum.Value, 1e-15)
	if norm := math.Sqrt(dot(g, g)); norm > 1e-13 {
		t.Errorf("‖g‖ = %g at the stated minimizer", norm)
	}
	within(t, "mu", facts.Constants[problems.ConvexityMu].Value, 0.01, 1e-15)
	L, v, hv := facts.Constants[problems.SmoothnessL].Value, somewhere(p.Dim(), 1), make([]float64, p.Dim())
	for range 50 { // power iteration at the origin, where logistic curvature is greatest
		p.(problems.HessianProduct).HessianProduct(make([]float64, p.Dim()), v, hv)
		if curvature := dot(v, hv) / dot(v, v); curvature > L {
			t.Fatalf("curvature %g beyond L = %g", curvature, L)
		}
		copy(v, hv)
	}
}

// A separable problem in many variables is refused within its budget of work.
func TestSeparableManyFeatures(t *testing.T) {
	sparse, _ := writeBoth(t, 30, 700, 10)
	facts := problems.FactsOf(build(t, "{name: logistic, data: "+sparse+", standardize: false}"))
	if facts.Minimum != nil || !strings.Contains(strings.Join(facts.Notes, " "), "f* is unknown") {
		t.Errorf("minimum %v, notes %q", facts.Minimum, facts.Notes)
	}
}
