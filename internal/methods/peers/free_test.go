package peers

import (
	"errors"
	"math"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/gdbench/gdbench/internal/methods/methodtest"
	"github.com/gdbench/gdbench/internal/problems/functions"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
	"gonum.org/v1/gonum/optimize"
)

var withoutGradients = []struct {
	name  string
	gonum func(*problems.Oracle) optimize.Method
	first int // major iterations of gonum that Init makes
}{
	{"gonum-nelder-mead", func(*problems.Oracle) optimize.Method { return &optimize.NelderMead{} }, 1},
	{"gonum-cma-es", func(o *problems.Oracle) optimize.Method { return &optimize.CmaEsChol{Src: o.Rand()} }, 0},
}

func TestLawsWithoutGradients(t *testing.T) {
	for _, m := range withoutGradients {
		methodtest.Keep(t, methodtest.Law{Text: m.name, Unbatched: true, Allocates: true})
	}
}

// The same points, to the last bit, for the same number of values as in optimize.Minimize.
func TestSameAsMinimizeWithoutGradients(t *testing.T) {
	p, x0 := &functions.Rosenbrock{N: 4}, []float64{-1.2, 1, 0.5, -2}
	seed := problems.OracleOptions{Seed: problems.Seed{Suite: 7, Problem: "valley"}}
	for _, m := range withoutGradients {
		oracle, err := problems.NewOracle(p, problems.FactsOf(p), seed)
		if err != nil {
			t.Fatal(err)
		}
		r := new(recorder)
		settings := &optimize.Settings{Recorder: r, Converger: optimize.NeverTerminate{}, MajorIterations: 60}
		problem := optimize.Problem{Func: func(x []float64) float64 { return p.Evaluate(x, nil) }}
		if _, err := optimize.Minimize(problem, x0, settings, m.gonum(oracle)); err != nil {
			t.Logf("%s: gonum ended with %v", m.name, err)
		}
		if len(r.path) < 40 {
			t.Fatalf("%s: gonum took %d iterations only: no test", m.name, len(r.path))
		}
		run, err := methodtest.Start(t, m.name, p, x0, seed)
		if err != nil {
			t.Fatal(err)
		}
		for k, want := range r.path {
			if k >= m.first {
				run.Next(t)
			}
			if !slices.Equal(run.At.X, want) || run.At.F != p.Evaluate(want, nil) {
				t.Fatalf("%s: iteration %d is at %v with %g; gonum is at %v", m.name, k, run.At.X, run.At.F, want)
			}
			if c := run.Oracle.Counts(); c.Values != r.counts[k].Values || c.Gradients != 0 {
				t.Fatalf("%s: %d iterations cost %+v; gonum counts %+v", m.name, k, c, r.counts[k])
			}
		}
	}
}

// A panic in the problem arrives in Step, and gonum's loops end with their methods, whether or
// not they were in the middle of a step.
func TestNoLoopStays(t *testing.T) {
	before := runtime.NumGoroutine()
	for _, m := range withoutGradients {
		for _, steps := range []int{20, 1, 5} {
			left := steps
			run, err := methodtest.Start(t, m.name, trap{methodtest.Diagonal(1, 30, 900), &left}, []float64{1, 2, 3}, problems.OracleOptions{})
			if err != nil {
				t.Fatal(err)
			}
			if message := panicOf(run); message != "a trap" {
				t.Errorf("%s: a panicking problem gave %v in Step", m.name, message)
			}
		}
	}
	for range 100 {
		runtime.GC()
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Errorf("%d goroutines before, %d after", before, runtime.NumGoroutine())
}

func panicOf(run *methodtest.Run) (message any) {
	defer func() { message = recover() }()
	for range 100 {
		if err := run.Step(run.At); err != nil {
			return err
		}
	}
	return nil
}

// infinite has no finite value at all.
type infinite struct{}

func (infinite) Dim() int                        { return 2 }
func (infinite) Evaluate(x, g []float64) float64 { return math.NaN() }

// What gonum gives up is a run that stalls.
func TestEndsByItself(t *testing.T) {
	run := methodtest.Begin(t, "gonum-nelder-mead", infinite{}, []float64{0, 0})
	if err := run.Step(run.At); !errors.Is(err, methods.ErrStalled) {
		t.Errorf("without a finite value the error is %v", err)
	}
	run = methodtest.Begin(t, "gonum-cma-es", methodtest.Diagonal(1, 2), []float64{1, 1})
	var err error
	for k := 0; err == nil && k < 100000; k++ {
		err = run.Step(run.At)
	}
	if !errors.Is(err, methods.ErrStalled) {
		t.Errorf("at the minimizer the error is %v", err)
	}
}

func TestWithoutGradientsRefuseBatches(t *testing.T) {
	for _, m := range withoutGradients {
		var missing *problems.Missing
		if _, err := methodtest.Start(t, m.name, methodtest.NewLeastSquares(4, 2), []float64{0, 0}, problems.OracleOptions{Batch: 2}); !errors.As(err, &missing) {
			t.Errorf("%s: with batches the error is %v", m.name, err)
		}
	}
}

// The settings are gonum's.
func TestSettingsWithoutGradients(t *testing.T) {
	p, x0 := &functions.Rosenbrock{N: 4}, []float64{-1.2, 1, 0.5, -2}
	end := func(text string) []float64 { return methodtest.Begin(t, text, p, x0).Path(t, 20)[20] }
	for _, c := range []struct{ plain, same, other string }{
		{"gonum-nelder-mead", "{name: gonum-nelder-mead, size: 0.05}", "{name: gonum-nelder-mead, size: 2}"},
		{"gonum-cma-es", "{name: gonum-cma-es, sigma: 0.3, population: 8}", "{name: gonum-cma-es, sigma: 2}"},
		{"gonum-cma-es", "{name: gonum-cma-es, sigma: 0.3}", "{name: gonum-cma-es, population: 9}"},
	} {
		if !slices.Equal(end(c.plain), end(c.same)) {
			t.Errorf("%s differs from %s", c.plain, c.same)
		}
		if slices.Equal(end(c.plain), end(c.other)) {
			t.Errorf("%s does not differ from %s", c.plain, c.other)
		}
	}
}
