package functions_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/problems/functions"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/problems"
)

const pascal = "{name: quadratic, matrix: [[1, 1, 1, 1, 1], [1, 2, 3, 4, 5], [1, 3, 6, 10, 15], [1, 4, 10, 20, 35], [1, 5, 15, 35, 70]], linear: [1, 1, 1, 1, 1]}"

// Value and gradient of a matrix that is written out are the plain sums, and the value alone
// is that beside the gradient, at every size around what is added up at once.
func TestDenseQuadratic(t *testing.T) {
	rng := rand.New(rand.NewPCG(13, 14))
	for n := 1; n < 140; n++ {
		q := &functions.Quadratic{N: n, Condition: 100, Spectrum: "log", Matrix: make([][]float64, n)}
		for i := range q.Matrix {
			q.Matrix[i] = make([]float64, n)
			for j := range i + 1 {
				q.Matrix[i][j] = rng.NormFloat64()
				q.Matrix[j][i] = q.Matrix[i][j]
			}
			q.Matrix[i][i] += 30
		}
		if err := q.Build(problems.Env{}); err != nil {
			t.Fatal(err)
		}
		x, grad, want := make([]float64, n), make([]float64, n), make([]float64, n)
		for i := range x {
			x[i] = rng.NormFloat64()
		}
		var f, size float64
		for i := range x {
			for j := range x {
				want[i] += float64(q.Matrix[i][j] * x[j])
			}
			f += x[i] * want[i] / 2
			size += math.Abs(x[i] * want[i])
		}
		alone, beside := q.Evaluate(x, nil), q.Evaluate(x, grad)
		if alone != beside || !slices.Equal(grad, want) || !(math.Abs(beside-f) <= 1e-14*size) {
			t.Errorf("n = %d: f is %v alone and %v beside its gradient, want %v; the gradient is %v, want %v", n, alone, beside, f, grad, want)
		}
	}
}

func TestPascalQuadratic(t *testing.T) {
	p := build(t, pascal)
	x, grad := []float64{1, -2, 3, -4, 5}, make([]float64, 5)
	// The first step of gradient descent with step length 0.01, from another program.
	p.Evaluate(x, grad)
	vec.AddScaled(x, x, -0.01, grad)
	if want := []float64{0.98, -2.14, 2.53, -5.17, 2.55}; !nearAll(x, want, 1e-14) {
		t.Errorf("one step leads to %v, want %v", x, want)
	}
	facts := p.Facts()
	for name, want := range map[string]float64{"mu": 0.0108353590687971, "L": 92.29043483015315} {
		if got, err := facts.Global(name); err != nil || !near(got, want, 1e-13) {
			t.Errorf("%s = %v (%v), want %v", name, got, err, want)
		}
	}
	if d := facts.Distance([]float64{1, 0, 0, 0, 0}); !(d < 1e-10) || !near(facts.Minimum.Value, -0.5, 1e-14) {
		t.Errorf("minimum %v, %v from the true one", facts.Minimum, d)
	}
}

// TestRotatedQuadratic compares with a reference that is the same quadratic around
// (1, …, 1).
func TestRotatedQuadratic(t *testing.T) {
	p := build(t, "{name: quadratic, rotated: true}")
	for _, r := range references(t) {
		if r.ID != "quad_rotated" {
			continue
		}
		x, grad := make([]float64, 10), make([]float64, 10)
		vec.AddScaled(x, r.X0, -1, r.Minimizers[0])
		if f := p.Evaluate(x, grad); !near(f, r.Golden.F, 1e-11) || !nearAll(grad, r.Golden.Grad, 1e-11) {
			t.Errorf("f = %v, ∇f = %v, want %v, %v", f, grad, r.Golden.F, r.Golden.Grad)
		}
		if got := eigenvalues(t, p, x); !nearAll(got, r.Golden.Eigen, 1e-12) {
			t.Errorf("eigenvalues %v, want %v", got, r.Golden.Eigen)
		}
		return
	}
	t.Fatal("no reference quad_rotated")
}

func TestSpectra(t *testing.T) {
	for spacing, want := range map[string][]float64{
		"log":       {1, 3, 9, 27, 81},
		"linear":    {1, 21, 41, 61, 81},
		"clustered": {1, 1, 1, 81, 81},
		"chebyshev": {1, 41 - 40*0.7071067811865476, 41, 41 + 40*0.7071067811865476, 81},
	} {
		for _, rotated := range []string{"false", "true"} {
			p := build(t, "{name: quadratic, dim: 5, condition: 81, spectrum: "+spacing+", rotated: "+rotated+"}")
			if got := eigenvalues(t, p, make([]float64, 5)); !nearAll(got, want, 1e-13) {
				t.Errorf("%s, rotated %s: eigenvalues %v, want %v", spacing, rotated, got, want)
			}
			grad := make([]float64, 5)
			p.Evaluate(p.Facts().Starts[0].X, grad)
			if norm := vec.Norm(grad); !near(norm, 2.23606797749979, 1e-12) {
				t.Errorf("%s, rotated %s: gradient norm %v at the standard start, want √5", spacing, rotated, norm)
			}
		}
	}
}

// TestQuadraticMinimum checks that the stated minimizer is one, for each way to give A.
func TestQuadraticMinimum(t *testing.T) {
	for _, text := range []string{
		pascal,
		"{name: quadratic, dim: 3, linear: [1, 2, 3]}",
		"{name: quadratic, dim: 3, linear: [1, 2, 3], rotated: true}",
		"{name: quadratic, matrix: [[2, 2], [2, 2]], linear: [1, 1]}",
		"{name: quadratic, matrix: [[0]]}",
	} {
		p := build(t, text)
		m := p.Facts().Minimum
		grad := make([]float64, p.Dim())
		if f := p.Evaluate(m.Points[0], grad); f != m.Value || !(vec.Norm(grad) < 1e-11) {
			t.Errorf("%s: f = %v, ‖∇f‖ = %v at the stated minimizer of value %v", text, f, vec.Norm(grad), m.Value)
		}
	}
}

func TestQuadraticShapes(t *testing.T) {
	for text, want := range map[string]problems.Facts{
		"{name: quadratic, matrix: [[3]]}":                               {Convexity: problems.StronglyConvex},
		"{name: quadratic, matrix: [[2, 2], [2, 2]], linear: [1, 1]}":    {Convexity: problems.Convex, Constants: map[string]problems.Constant{"PL": {Value: 4}, "L": {Value: 4}}},
		"{name: quadratic, matrix: [[2, 2], [2, 2]], linear: [1, -1]}":   {Convexity: problems.Convex, Notes: []string{"unbounded"}},
		"{name: quadratic, matrix: [[1, 2], [2, -2]]}":                   {Convexity: problems.Nonconvex, Notes: []string{"unbounded"}, Constants: map[string]problems.Constant{"L": {Value: 3}, "lower_curvature": {Value: -3}}},
		"{name: quadratic, matrix: [[-1, 0], [0, -1]], linear: [1, -1]}": {Convexity: problems.Nonconvex, Notes: []string{"unbounded"}},
	} {
		got := build(t, text).Facts()
		if got.Convexity != want.Convexity || (got.Minimum == nil) != (want.Notes != nil) {
			t.Errorf("%s: %q with minimum %v", text, got.Convexity, got.Minimum)
		}
		for name, c := range want.Constants {
			if value, err := got.Global(name); err != nil || !near(value, c.Value, 1e-13) {
				t.Errorf("%s: %s = %v (%v), want %v", text, name, value, err, c.Value)
			}
		}
	}
}

// TestQuadraticSaddle checks the critical point of a matrix with a negative eigenvalue.
func TestQuadraticSaddle(t *testing.T) {
	for text, want := range map[string]problems.Kind{
		"{name: quadratic, matrix: [[1, 2], [2, -2]], linear: [3, 4]}":  problems.Saddle,
		"{name: quadratic, matrix: [[-1, 0], [0, -4]], linear: [3, 4]}": problems.Maximum,
		"{name: quadratic, matrix: [[-1, 0], [0, 0]], linear: [3, 0]}":  problems.Degenerate,
		"{name: quadratic, matrix: [[-1, 0], [0, 0]], linear: [3, 1]}":  "",
	} {
		p := build(t, text)
		listed := p.Facts().Critical
		if want == "" {
			if len(listed) != 0 {
				t.Errorf("%s: critical points %v, want none", text, listed)
			}
			continue
		}
		if len(listed) != 1 || listed[0].Kind != want {
			t.Errorf("%s: critical points %v, want a %s", text, listed, want)
			continue
		}
		grad := make([]float64, 2)
		if p.Evaluate(listed[0].X, grad); !(vec.Norm(grad) < 1e-14) {
			t.Errorf("%s: ∇f = %v at %v", text, grad, listed[0].X)
		}
	}
}

func TestQuadraticRefusals(t *testing.T) {
	for text, want := range map[string]string{
		"{name: quadratic, dim: 1}":                            "condition: 1",
		"{name: quadratic, dim: 3, linear: [1, 2]}":            "linear has 2 entries",
		"{name: quadratic, matrix: [[1, 2], [3, 4]]}":          "not symmetric",
		"{name: quadratic, matrix: [[1, 2], [2]]}":             "row 2 of matrix has 1 entries",
		"{name: quadratic, dim: 3, matrix: [[1, 2], [2, 1]]}":  "leave dim out",
		"{name: quadratic, condition: 5, matrix: [[1]]}":       "leave out condition",
		"{name: quadratic, condition: 0.5}":                    "out of range",
		"{name: quadratic, matrix: [[1e300, 0], [0, 1e-300]]}": "",
	} {
		_, err := compose(text)
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want one with %q", text, err, want)
		}
	}
}
