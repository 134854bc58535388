package problems_test

import (
	"fmt"
	"log"
	"math/rand/v2"
	"strings"

	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/problems"
	_ "github.com/gdbench/gdbench/problems/catalogue"
)

func ExampleNew() {
	p, err := problems.New("logistic", map[string]any{"data": "breast-cancer", "l2": 0.01})
	if err != nil {
		log.Fatal(err)
	}
	facts := problems.FactsOf(p)
	fmt.Printf("%d variables, %s, L = %.3f\n", p.Dim(), facts.Convexity, facts.Constants[problems.SmoothnessL].Value)
	fmt.Printf("f* = %.4f (%s)\n", facts.Minimum.Value, facts.Minimum.Source)

	_, err = problems.New("logistc", nil)
	fmt.Println(err)
	_, err = problems.New("logistic", map[string]any{"data": "breast-cancer", "l2": -1})
	fmt.Println(err)
	// Output:
	// 31 variables, strongly convex, L = 3.330
	// f* = 0.1004 (solved)
	// unknown problem "logistc"; did you mean "logistic"?
	// problem logistic: l2: -1 is out of range; expected a number ≥ 0
}

func ExampleNewIn() {
	// Random data depend on the seed alone.
	for _, seed := range []uint64{1, 1, 2} {
		p, err := problems.NewIn(problems.Env{Seed: seed}, "least-squares", map[string]any{"data": "regression"})
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("seed %d: f(0) = %.4f\n", seed, p.Evaluate(make([]float64, p.Dim()), nil))
	}
	// Output:
	// seed 1: f(0) = 4.7913
	// seed 1: f(0) = 4.7913
	// seed 2: f(0) = 4.3416
}

func ExampleNames() {
	for _, name := range problems.Names() {
		if strings.HasPrefix(name, "rosenbrock") {
			fmt.Println(name)
		}
	}
	// Output:
	// rosenbrock
	// rosenbrock-ext
}

// Valley is f(x) = (1 − x₁)² + steepness·(x₂ − x₁²)², a problem of one's own: a struct whose
// tagged fields are its parameters.
type Valley struct {
	Steepness float64 `param:"steepness" default:"100" range:"(0,)" doc:"weight of the second term"`
}

func (*Valley) Dim() int { return 2 }

func (v *Valley) Evaluate(x, grad []float64) float64 {
	a, b := 1-x[0], x[1]-x[0]*x[0]
	if grad != nil {
		grad[0] = -2*a - 4*v.Steepness*x[0]*b
		grad[1] = 2 * v.Steepness * b
	}
	return a*a + v.Steepness*b*b
}

// Facts are optional: without them there is no gap, and the start is the origin.
func (*Valley) Facts() *problems.Facts {
	return &problems.Facts{
		Convexity: problems.Nonconvex,
		Minimum:   &problems.Minimum{Source: problems.Analytic, Points: [][]float64{{1, 1}}},
		Starts:    []problems.Start{{Name: "standard", X: []float64{-1.2, 1}}},
	}
}

// Hessian is optional: with it Newton's method runs.
func (v *Valley) Hessian(x []float64, h *mat.SymDense) {
	h.SetSym(0, 0, 2-4*v.Steepness*(x[1]-3*x[0]*x[0]))
	h.SetSym(0, 1, -4*v.Steepness*x[0])
	h.SetSym(1, 1, 2*v.Steepness)
}

func init() {
	problems.Register("valley", problems.Info{
		Summary: "a valley along a parabola",
		Formula: "(1 − x₁)² + steepness·(x₂ − x₁²)²",
	}, func() problems.Problem { return new(Valley) })
}

// A problem is registered in an init function; suites and the commands of a binary that
// imports the package then know it by its name.
func ExampleRegister() {
	p, err := problems.New("valley", map[string]any{"steepness": 10})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("f(−1.2, 1) = %.4f\n", p.Evaluate([]float64{-1.2, 1}, nil))
	// Output:
	// f(−1.2, 1) = 6.7760
}

// A problem made in Go needs no registration. Defaults sets what its tags say.
func ExampleDefaults() {
	p := &Valley{}
	if err := problems.Defaults(p); err != nil {
		log.Fatal(err)
	}
	if err := problems.Build(p, problems.Env{}); err != nil {
		log.Fatal(err)
	}
	fmt.Println(p.Steepness)
	// Output: 100
}

// Axis begins at a random distance along the first axis.
type Axis struct {
	Longest float64 `param:"longest" default:"1" range:"(0,)" doc:"largest distance from the origin"`
}

func (a *Axis) Start(_ *problems.Facts, x []float64, rng *rand.Rand) error {
	clear(x)
	x[0] = a.Longest * rng.Float64()
	return nil
}

// Random says that repeats differ; a cell in which nothing is random runs once.
func (*Axis) Random() bool { return true }

func init() {
	problems.RegisterStart("axis", problems.Info{Summary: "a random point of the first axis"},
		func() problems.StartRule { return new(Axis) })
}

// A start is registered in an init function; a suite chooses it by
// `start: {name: axis, longest: 3}`.
func ExampleRegisterStart() {
	x := make([]float64, 2)
	rule := &Axis{Longest: 3}
	if err := rule.Start(&problems.Facts{}, x, problems.Seed{Suite: 1}.Rand("start")); err != nil {
		log.Fatal(err)
	}
	fmt.Println(x[0] > 0 && x[0] < 3, x[1])
	// Output: true 0
}

// An Oracle counts what a method asks for.
func ExampleOracle() {
	p, err := problems.New("rosenbrock", nil)
	if err != nil {
		log.Fatal(err)
	}
	oracle, err := problems.NewOracle(p, problems.FactsOf(p), problems.OracleOptions{})
	if err != nil {
		log.Fatal(err)
	}
	x, g := []float64{-1.2, 1}, make([]float64, 2)
	oracle.Gradient(x, g)
	oracle.Value(x) // comes with the gradient
	oracle.Value([]float64{1, 1})
	counts := oracle.Counts()
	fmt.Printf("%d values, %d gradients, %d evaluations\n", counts.Values, counts.Gradients, counts.Evaluations)
	// Output: 2 values, 1 gradients, 2 evaluations
}

// As finds what a problem offers besides its value and gradient.
func ExampleAs() {
	for _, name := range []string{"rosenbrock", "logistic"} {
		p, err := problems.New(name, nil)
		if err != nil {
			log.Fatal(err)
		}
		_, isSum := problems.As[problems.FiniteSum](p)
		_, hasHessian := problems.As[problems.Hessian](p)
		fmt.Printf("%s: a sum over samples %t, a Hessian %t\n", name, isSum, hasHessian)
	}
	// Output:
	// rosenbrock: a sum over samples false, a Hessian true
	// logistic: a sum over samples true, a Hessian true
}
