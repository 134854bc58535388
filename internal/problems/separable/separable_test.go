package separable_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/internal/problems/separable/separabletest"
	"github.com/gdbench/gdbench/problems"
)

// A problem of one's own: its terms, its start, and what is known of it.
func ExampleRegister() {
	separable.Register(separable.Function{
		Name: "example-valley",
		Info: problems.Info{Summary: "a valley along a parabola", Formula: "Σᵢ (xᵢ₊₁ − xᵢ²)² + (xᵢ − 1)⁴"},
		Dims: separable.Dims{Usual: 2, Least: 2},
		Sum: func(x []float64, s separable.Sum) (f float64) {
			for i := range len(x) - 1 {
				a, b := x[i], x[i+1]
				f += s.Square(1, b-float64(a*a),
					separable.First{{i, -2 * a}, {i + 1, 1}}, separable.Second{{i, i, -2}})
				f += s.Fourth(1, a-1, separable.First{{i, 1}}, nil)
			}
			return f
		},
		Squares:   func(n int) int { return 2 * (n - 1) },
		Convexity: problems.Nonconvex,
		Start:     separable.All(3),
		Facts: func(n int, f *problems.Facts) {
			f.Minimum = separable.Attained(0, separable.Constant(n, 1))
		},
	})

	p, err := separabletest.Make("example-valley", "dim=3")
	if err != nil {
		fmt.Println(err)
		return
	}
	grad, r := make([]float64, 3), make([]float64, 4)
	x0 := problems.FactsOf(p).Starts[0].X
	fmt.Println("f  =", p.Evaluate(x0, grad))
	fmt.Println("∇f =", grad)
	p.(problems.Residuals).Residuals(x0, r)
	fmt.Printf("r  = %.3f\n", r)
	// Output:
	// f  = 104
	// ∇f = [104 92 -12]
	// r  = [-8.485 5.657 -8.485 5.657]
}

func TestPublished(t *testing.T) {
	for text, accuracy := range map[string]float64{
		"8.21487e-3": 1e-8, "124.362": 1e-3, "85822.2": 0.1, "87": 1, "1E2": 100, "-3.5": 0.1,
	} {
		m := separable.Published(text, "a book")
		if !(math.Abs(m.Accuracy-accuracy) <= 1e-15*accuracy) {
			t.Errorf("%s is taken to be accurate to %v, expected %v", text, m.Accuracy, accuracy)
		}
		if m.Source != problems.Published || m.Citation != "a book" {
			t.Errorf("%s: source %s, citation %q", text, m.Source, m.Citation)
		}
	}
}

// TestSolved: a convex function without a minimum in closed form gets one when it is built.
func TestSolved(t *testing.T) {
	for _, name := range []string{"bdqrtic", "engval1"} {
		p, err := separabletest.Make(name, "dim=200")
		if err != nil {
			t.Fatal(err)
		}
		if m := problems.FactsOf(p).Minimum; m == nil || m.Source != problems.Solved {
			t.Errorf("%s has the minimum %+v, expected one that was solved for", name, m)
		}
		large, err := separabletest.Make(name, "dim=20001")
		if err != nil {
			t.Fatal(err)
		}
		facts := problems.FactsOf(large)
		if facts.Minimum != nil || len(facts.Notes) != 1 || !strings.Contains(facts.Notes[0], "at most 20000 variables") {
			t.Errorf("%s in 20001 variables: minimum %+v, notes %q", name, facts.Minimum, facts.Notes)
		}
	}
}
