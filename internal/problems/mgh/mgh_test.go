package mgh_test

import (
	"math"
	"strings"
	"testing"

	_ "github.com/gdbench/gdbench/internal/problems/mgh"
	"github.com/gdbench/gdbench/internal/problems/separable/separabletest"
	"github.com/gdbench/gdbench/problems"
)

// scalable gives numbers of variables to try besides the default.
var scalable = map[string][]int{
	"freudenstein-roth": {3, 7}, "powell-singular": {8}, "wood": {8}, "watson": {2, 9, 12, 31},
	"rosenbrock-ext": {2, 6}, "penalty1": {1, 4, 7}, "penalty2": {1, 2, 10}, "variably-dim": {1, 9},
	"trigonometric": {1, 5}, "trigon1": {1, 5}, "brown-almost-linear": {2, 3, 5}, "discrete-boundary-value": {1, 2, 5},
	"discrete-integral-equation": {1, 5}, "broyden-tridiagonal": {1, 2, 5}, "broyden-banded": {1, 3, 15},
	"linear-full-rank": {1, 4}, "linear-rank1": {1, 4}, "linear-rank1-zero": {3, 5}, "chebyquad": {1, 2, 7, 9}, "chebyquad6": {3},
}

func TestProblems(t *testing.T) { separabletest.All(t, 35, scalable) }

// reference is an entry of problems.json.
type reference struct {
	ID     string
	N      int `json:"n_checked"`
	X0     []float64
	Convex bool
	FStar  float64 `json:"f_star"`
	Golden struct {
		F    float64   `json:"f_x0"`
		Grad []float64 `json:"grad_x0"`
	}
	Critical []struct {
		X    []float64
		F    float64
		Kind string
	} `json:"critical_points"`
}

func TestReference(t *testing.T) {
	var references []reference
	separabletest.Load(t, "testdata/problems.json", &references)
	if len(references) != 20 {
		t.Fatalf("%d references, expected 20", len(references))
	}
	for _, r := range references {
		t.Run(r.ID, func(t *testing.T) {
			p, err := separabletest.Make(strings.ReplaceAll(r.ID, "_", "-"))
			if err != nil {
				t.Fatal(err)
			}
			if p.Dim() != r.N {
				t.Fatalf("%d variables by default, the reference has %d", p.Dim(), r.N)
			}
			facts := problems.FactsOf(p)
			if !separabletest.Near(facts.Starts[0].X, r.X0, 1e-15) {
				t.Errorf("standard start %v, the reference has %v", facts.Starts[0].X, r.X0)
			}
			grad := make([]float64, r.N)
			if f := p.Evaluate(r.X0, grad); !separabletest.Near([]float64{f}, []float64{r.Golden.F}, 1e-11) {
				t.Errorf("f(x0) = %v, the reference has %v", f, r.Golden.F)
			}
			if !separabletest.Near(grad, r.Golden.Grad, 1e-11) {
				t.Errorf("∇f(x0) = %v, the reference has %v", grad, r.Golden.Grad)
			}
			checkFacts(t, p, facts, r)
		})
	}
}

// checkFacts wants the convexity, the minimum and every critical point of the reference.
func checkFacts(t *testing.T, p problems.Problem, facts *problems.Facts, r reference) {
	if convex := facts.Convexity != problems.Nonconvex; convex != r.Convex {
		t.Errorf("stated %s, the reference has convex = %v", facts.Convexity, r.Convex)
	}
	if m := facts.Minimum; m == nil || !(math.Abs(m.Value-r.FStar) <= m.Accuracy+1e-30) {
		t.Errorf("minimum %+v, the reference has %v", m, r.FStar)
	}
	for _, c := range r.Critical {
		if f := p.Evaluate(c.X, nil); !(math.Abs(f-c.F) <= 1e-11*max(1, math.Abs(c.F))) {
			t.Errorf("f = %v at %v, the reference has %v", f, c.X, c.F)
		}
		if !stated(facts, c.X, strings.Contains(c.Kind, "min")) {
			t.Errorf("the %s %v is not among the facts", c.Kind, c.X)
		}
	}
}

// stated reports whether a point is a minimizer or critical point of the right kind.
func stated(facts *problems.Facts, x []float64, minimum bool) bool {
	if minimum {
		for _, point := range facts.Minimum.Points {
			if separabletest.Near(point, x, 1e-9) {
				return true
			}
		}
	}
	for _, c := range facts.Critical {
		if separabletest.Near(c.X, x, 1e-9) && (c.Kind == problems.LocalMinimum) == minimum {
			return true
		}
	}
	return false
}

func TestDimensions(t *testing.T) {
	for _, c := range []struct{ name, dim, want string }{
		{"wood", "6", "dim = 6; the formula needs n ≥ 4, a multiple of 4"},
		{"watson", "32", "32 is out of range; expected a number ≥ 2 and ≤ 31"},
		{"rosenbrock-ext", "3", "n ≥ 2, a multiple of 2"},
		{"penalty1", "0", "dim"},
		{"chebyquad", "100000", "≥ 1 and ≤ 1000"},
		{"beale", "3", "dim"},
	} {
		if _, err := separabletest.Make(c.name, "dim="+c.dim); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s with dim = %s: %v, expected %q", c.name, c.dim, err, c.want)
		}
	}
}

// TestValues holds the problems that no table covers to their formulas, summed in rational
// arithmetic.
func TestValues(t *testing.T) {
	for _, c := range []struct {
		name string
		x    []float64
		want float64
	}{
		{"discrete-integral-equation", []float64{-0.16, -0.24, -0.24, -0.16}, 0.0305775109029888},
		{"discrete-integral-equation", []float64{0.1, 0.2, 0.3, 0.4, 0.5}, 2.0869048478245937},
		{"linear-rank1-zero", []float64{1, 1, 1, 1, 1}, 15886},
		{"linear-rank1-zero", []float64{0.1, 0.2, 0.3, 0.4, 0.5, 0.6}, 10644.6},
	} {
		p := separabletest.New(t, c.name, len(c.x))
		if f := p.Evaluate(c.x, nil); !separabletest.Near([]float64{f}, []float64{c.want}, 1e-14) {
			t.Errorf("%s has the value %v at %v, by rational arithmetic %v", c.name, f, c.x, c.want)
		}
	}
}
