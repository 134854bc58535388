package check

import (
	"encoding/json"
	"maps"
	"math"
	"os"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/problems"
)

// published is a problem of testdata/published.json, with what its published definition gives
// at random points; testdata/published.py writes it.
type published struct {
	Problem map[string]any
	Points  []publishedPoint
}

// publishedPoint has the smooth part of a composite problem; the other part is Rest.
type publishedPoint struct {
	X, Gradient []float64
	Value, Rest float64
	Hessian     []float64 // its lower triangle by rows
}

func publishedProblems(t *testing.T) []published {
	t.Helper()
	text, err := os.ReadFile("testdata/published.json")
	if err != nil {
		t.Fatal(err)
	}
	var all []published
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

// TestPublished compares values, gradients and Hessians with the published definitions away
// from the start. A factor that is wrong only where the start does not lie, and a derivative
// that agrees with a wrong value, both show here.
func TestPublished(t *testing.T) {
	for _, p := range publishedProblems(t) {
		settings := maps.Clone(p.Problem)
		delete(settings, "name")
		text, err := json.Marshal(p.Problem)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(string(text), func(t *testing.T) {
			subject, err := problems.NewIn(problems.Env{Seed: 1, Dir: "testdata"}, p.Problem["name"].(string), settings)
			if err != nil {
				t.Fatal(err)
			}
			for _, at := range p.Points {
				comparePublished(t, subject, at)
			}
		})
	}
}

func comparePublished(t *testing.T, p problems.Problem, at publishedPoint) {
	t.Helper()
	n := len(at.X)
	if p.Dim() != n {
		t.Fatalf("%d variables; published %d", p.Dim(), n)
	}
	agree := func(what string, got, want []float64) {
		t.Helper()
		if off := relativeDifference(got, want); !(off <= 1e-10) {
			t.Errorf("%s at %v is %v; published %v", what, at.X, got, want)
		}
	}
	gradient := make([]float64, n)
	value := p.Evaluate(at.X, gradient)
	agree("value", []float64{value}, []float64{at.Value})
	agree("gradient", gradient, at.Gradient)
	if c, ok := p.(problems.Composite); ok {
		agree("nonsmooth part", []float64{c.Rest(at.X)}, []float64{at.Rest})
	}
	if h, ok := p.(problems.Hessian); ok {
		m := mat.NewSymDense(n, nil)
		h.Hessian(at.X, m)
		var triangle []float64
		for i := range n {
			for j := range i + 1 {
				triangle = append(triangle, m.At(i, j))
			}
		}
		agree("Hessian", triangle, at.Hessian)
	}
	if h, ok := p.(problems.HessianProduct); ok {
		v, got, want := make([]float64, n), make([]float64, n), make([]float64, n)
		for i := range v {
			v[i] = 1 / float64(i+1)
		}
		h.HessianProduct(at.X, v, got)
		for i := range n {
			for j := range n {
				want[i] += at.Hessian[max(i, j)*(max(i, j)+1)/2+min(i, j)] * v[j]
			}
		}
		agree("Hessian product", got, want)
	}
}

// relativeDifference is the largest difference of two entries over the largest entry.
func relativeDifference(got, want []float64) float64 {
	var off, scale float64
	for i := range want {
		off = math.Max(off, math.Abs(got[i]-want[i]))
		scale = math.Max(scale, math.Abs(want[i]))
	}
	if off == 0 {
		return 0
	}
	return off / scale
}

// TestPublishedCoverage: every problem that comes with gdbench is compared.
func TestPublishedCoverage(t *testing.T) {
	elsewhere := []string{
		"bbob", // internal/problems/bbob compares with COCO's values
		// These are given by other problems or by a formula, and internal/problems/wrappers and
		// internal/problems/expression compare them with those.
		"bend", "expression", "finite-difference", "fold", "kinks", "noise", "plateau", "recede", "rotate", "scale", "shift",
	}
	compared := map[string]bool{}
	for _, p := range publishedProblems(t) {
		compared[p.Problem["name"].(string)] = true
	}
	for _, name := range problems.Names() {
		if !compared[name] && !slices.Contains(elsewhere, name) {
			t.Errorf("%s is compared with no published definition: add it to testdata/published.py", name)
		}
	}
}
