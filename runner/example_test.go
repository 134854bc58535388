package runner_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"

	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
	"github.com/gdbench/gdbench/results"
	"github.com/gdbench/gdbench/runner"

	_ "github.com/gdbench/gdbench/methods/catalogue"
	_ "github.com/gdbench/gdbench/problems/catalogue"
)

// Bowl is f(x) = ½(x₁² + 10x₂²), a problem made in code.
type Bowl struct{}

func (Bowl) Dim() int { return 2 }

func (Bowl) Evaluate(x, grad []float64) float64 {
	if grad != nil {
		grad[0], grad[1] = x[0], 10*x[1]
	}
	return (x[0]*x[0] + 10*x[1]*x[1]) / 2
}

func (Bowl) Facts() *problems.Facts {
	return &problems.Facts{
		Minimum: &problems.Minimum{Value: 0, Source: problems.Analytic, Points: [][]float64{{0, 0}}},
		Starts:  []problems.Start{{Name: "standard", X: []float64{10, 1}}},
	}
}

// FixedStep is gradient descent x⁺ = x − Rate·∇f(x), a method made in code.
type FixedStep struct {
	Rate   float64
	oracle *methods.Oracle
}

func (m *FixedStep) Init(o *methods.Oracle, _ *methods.Iterate) error {
	m.oracle = o
	return nil
}

func (m *FixedStep) Step(at *methods.Iterate) error {
	m.oracle.GradientAt(&at.Point)
	for i, g := range at.Grad {
		at.X[i] -= m.Rate * g
	}
	at.HasGrad = false
	return nil
}

func ExampleDescend() {
	problem, err := problems.New("quadratic", map[string]any{"dim": 2, "condition": 10})
	if err != nil {
		log.Fatal(err)
	}
	method, err := methods.New("fixed-step", map[string]any{"lr": "2/(L+mu)"})
	if err != nil {
		log.Fatal(err)
	}
	record, err := runner.Descend(context.Background(), problem, method, runner.Descent{Start: []float64{10, 1}})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%s after %d iterations: gap %.2g at x = %.1g\n", record.Status, record.Iterations, record.Final.Gap, *record.Final.X)
	// Output:
	// converged after 92 iterations: gap 5.1e-15 at x = [1e-07 1e-08]
}

// Problem and method may be structs of your own: Bowl and FixedStep here.
func ExampleDescend_ownStructs() {
	record, err := runner.Descend(context.Background(), Bowl{}, &FixedStep{Rate: 2.0 / 11}, runner.Descent{})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%s after %d iterations and %d gradients\n", record.Status, record.Iterations, record.Counts.Gradients)
	fmt.Printf("gap %.2g, gradient norm %.2g\n", record.Final.Gap, record.Final.GradientNorm)
	for _, t := range record.Targets {
		fmt.Printf("relative gap %g: iteration %d\n", t.Target, *t.Iteration)
	}
	// Output:
	// converged after 92 iterations and 92 gradients
	// gap 5.1e-15, gradient norm 1.4e-07
	// relative gap 0.01: iteration 12
	// relative gap 0.0001: iteration 23
	// relative gap 1e-06: iteration 35
	// relative gap 1e-08: iteration 46
}

// A descent is limited by a budget of several costs, and looked at through its trace.
func ExampleDescend_trace() {
	record, err := runner.Descend(context.Background(), Bowl{}, &FixedStep{Rate: 0.21}, runner.Descent{
		Start:   []float64{1, 1},
		Budget:  runner.Budget{Iterations: 100, Gradients: 50},
		Stop:    runner.Stop{Divergence: 1e4},
		Targets: []float64{0.5},
		Trace:   5,
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(record.Status)
	for i, k := range record.Trace.Iteration {
		fmt.Printf("iteration %d: gap %.3g\n", k, record.Trace.Gap[i])
	}
	// Output:
	// diverged
	// iteration 0: gap 5.5
	// iteration 3: gap 8.98
	// iteration 6: gap 15.7
	// iteration 16: gap 106
	// iteration 40: gap 1.02e+04
	// iteration 49: gap 5.69e+04
}

func ExampleRun() {
	suite, err := runner.ReadSuite(strings.NewReader(`
suite: bowls
problems: [{name: quadratic, dim: 5, condition: [10, 100]}]
methods: [{name: fixed-step, lr: [1/L, 2/(L+mu)]}]
`), ".", "budget.iterations=300")
	if err != nil {
		log.Fatal(err)
	}
	dir, err := os.MkdirTemp("", "bowls")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	fmt.Printf("%s has %d cells\n", suite.Name(), suite.Cells())

	run, err := runner.Run(context.Background(), suite, runner.Options{Folder: filepath.Join(dir, "run"), Workers: 2})
	if err != nil {
		log.Fatal(err)
	}
	for record, err := range run.Records() {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%s on %s: %s after %d iterations\n", record.Labels.Method, record.Labels.Problem, record.Status, record.Iterations)
	}
	// Output:
	// bowls has 4 cells
	// fixed-step lr=1/L on quadratic dim=5 condition=10: converged after 168 iterations
	// fixed-step lr=2/(L+mu) on quadratic dim=5 condition=10: converged after 90 iterations
	// fixed-step lr=1/L on quadratic dim=5 condition=100: budget after 300 iterations
	// fixed-step lr=2/(L+mu) on quadratic dim=5 condition=100: budget after 300 iterations
}

func ExampleLoadSuite() {
	dir, err := os.MkdirTemp("", "valley")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "valley.yaml")
	if err := os.WriteFile(path, []byte("suite: valley\nproblems: [rosenbrock]\nmethods: [newton, bfgs]\n"), 0o600); err != nil {
		log.Fatal(err)
	}
	suite, err := runner.LoadSuite(path, "budget.iterations=200")
	if err != nil {
		log.Fatal(err)
	}
	_, err = runner.Run(context.Background(), suite, runner.Options{
		Folder:  filepath.Join(dir, "run"),
		Workers: 1,
		Progress: func(done, cells int, last *results.Record) {
			fmt.Printf("%d of %d: %s %s\n", done, cells, last.Labels.Method, last.Status)
		},
	})
	if err != nil {
		log.Fatal(err)
	}
	// Output:
	// 1 of 2: newton converged
	// 2 of 2: bfgs converged
}
