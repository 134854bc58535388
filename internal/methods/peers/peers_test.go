package peers

import (
	"errors"
	"math"
	"runtime"
	"slices"
	"testing"

	"github.com/gdbench/gdbench/internal/methods/methodtest"
	"github.com/gdbench/gdbench/internal/problems/functions"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize"
)

var peers = []struct {
	name  string
	gonum optimize.Method
}{
	{"gonum-gradient-descent", &optimize.GradientDescent{}},
	{"gonum-cg", &optimize.CG{}},
	{"gonum-bfgs", &optimize.BFGS{}},
	{"gonum-lbfgs", &optimize.LBFGS{}},
	{"gonum-newton", &optimize.Newton{}},
}

func TestLaws(t *testing.T) {
	var names []string
	for _, p := range peers {
		names = append(names, p.name)
		if p.name == "gonum-newton" {
			continue // it is at the minimizer of the law's quadratic after one step
		}
		t.Run(p.name, func(t *testing.T) {
			methodtest.Keep(t, methodtest.Law{Text: p.name, PerStep: -1, Unbatched: true, Allocates: true})
		})
	}
	methodtest.Catalogue(t, append(names, "gonum-nelder-mead", "gonum-cma-es"), "descent")
}

// recorder keeps the major iterations of optimize.Minimize and what they have cost.
type recorder struct {
	path   [][]float64
	counts []problems.Counts
}

func (r *recorder) Init() error { return nil }

func (r *recorder) Record(at *optimize.Location, op optimize.Operation, s *optimize.Stats) error {
	if op == optimize.MajorIteration {
		r.path = append(r.path, slices.Clone(at.X))
		r.counts = append(r.counts, problems.Counts{
			Values: int64(s.FuncEvaluations), Gradients: int64(s.GradEvaluations), Hessians: int64(s.HessEvaluations),
		})
	}
	return nil
}

// The same iterates, to the last bit, for the same counts as in optimize.Minimize with
// its default settings.
func TestSameAsMinimize(t *testing.T) {
	p := &functions.Rosenbrock{N: 4}
	x0 := []float64{-1.2, 1, 0.5, -2}
	problem := optimize.Problem{
		Func: func(x []float64) float64 { return p.Evaluate(x, nil) },
		Grad: func(g, x []float64) { p.Evaluate(x, g) },
		Hess: func(h *mat.SymDense, x []float64) { p.Hessian(x, h) },
	}
	for _, peer := range peers {
		r := new(recorder)
		settings := &optimize.Settings{Recorder: r, Converger: optimize.NeverTerminate{}, MajorIterations: 40}
		if _, err := optimize.Minimize(problem, x0, settings, peer.gonum); err != nil {
			t.Logf("%s: gonum ended with %v", peer.name, err)
		}
		if len(r.path) < 10 {
			t.Fatalf("%s: gonum took %d iterations only: no test", peer.name, len(r.path))
		}
		run := methodtest.Begin(t, peer.name, p, x0)
		for k, want := range r.path { // the start is gonum's first major iteration
			if k > 0 {
				run.Next(t)
			}
			if !slices.Equal(run.At.X, want) {
				t.Fatalf("%s: x after %d iterations is %v; gonum has %v", peer.name, k, run.At.X, want)
			}
			if k > 0 && int64(run.At.Trials) != r.counts[k].Values-r.counts[k-1].Values {
				t.Fatalf("%s: %d trials in iteration %d, for %d values", peer.name, run.At.Trials, k, r.counts[k].Values-r.counts[k-1].Values)
			}
			g := make([]float64, 4)
			if f := p.Evaluate(run.At.X, g); run.At.F != f || !slices.Equal(run.At.Grad, g) {
				t.Fatalf("%s: f and ∇f after %d iterations are not those at x", peer.name, k)
			}
			c := run.Oracle.Counts()
			if got := (problems.Counts{Values: c.Values, Gradients: c.Gradients, Hessians: c.Hessians}); got != r.counts[k] {
				t.Fatalf("%s: %d iterations cost %+v; gonum counts %+v", peer.name, k, got, r.counts[k])
			}
		}
	}
}

// Only the peers with dense algebra allocate in a step.
func TestAllocations(t *testing.T) {
	p := &functions.Rosenbrock{N: 20}
	for _, name := range []string{"gonum-gradient-descent", "gonum-cg", "gonum-lbfgs"} {
		run := methodtest.Begin(t, name, p, slices.Repeat([]float64{-1.2, 1}, 10))
		run.Path(t, 3)
		if n := testing.AllocsPerRun(10, func() { run.Next(t) }); n != 0 {
			t.Errorf("a step of %s allocates %g times", name, n)
		}
	}
}

func TestMemory(t *testing.T) {
	p, x0 := &functions.Rosenbrock{N: 4}, []float64{-1.2, 1, 0.5, -2}
	end := func(text string) []float64 { return methodtest.Begin(t, text, p, x0).Path(t, 20)[20] }
	if slices.Equal(end("gonum-lbfgs"), end("{name: gonum-lbfgs, memory: 2}")) {
		t.Error("the memory makes no difference")
	}
	if !slices.Equal(end("gonum-lbfgs"), end("{name: gonum-lbfgs, memory: 15}")) {
		t.Error("the memory is not 15 by default, as in gonum")
	}
}

// trap is a quadratic that panics from the given evaluation on.
type trap struct {
	*methodtest.Quadratic
	left *int
}

func (p trap) Evaluate(x, g []float64) float64 {
	if *p.left--; *p.left < 0 {
		panic("a trap")
	}
	return p.Quadratic.Evaluate(x, g)
}

// A panic in the problem arrives in Step, where the runner can recover it, and no
// goroutine stays behind.
func TestPanic(t *testing.T) {
	before := runtime.NumGoroutine()
	for _, peer := range peers {
		left := 4
		run := methodtest.Begin(t, peer.name, trap{methodtest.Diagonal(1, 30, 900), &left}, []float64{1, 2, 3})
		message := func() (message any) {
			defer func() { message = recover() }()
			for range 100 {
				if err := run.Step(run.At); err != nil {
					return err
				}
			}
			return nil
		}()
		if message != "a trap" {
			t.Errorf("%s: a panicking problem gave %v in Step", peer.name, message)
		}
	}
	if after := runtime.NumGoroutine(); after != before {
		t.Errorf("%d goroutines before, %d after", before, after)
	}
}

// broken is NaN everywhere but at the origin.
type broken struct{}

func (broken) Dim() int { return 1 }
func (broken) Evaluate(x, g []float64) float64 {
	if g != nil {
		g[0] = 1
	}
	if x[0] != 0 {
		return math.NaN()
	}
	return 0
}

func TestStalls(t *testing.T) {
	for _, peer := range peers {
		run := methodtest.Begin(t, peer.name, methodtest.Diagonal(1, 2), []float64{0, 0})
		if err := run.Step(run.At); !errors.Is(err, methods.ErrStalled) {
			t.Errorf("%s: at the minimizer the error is %v", peer.name, err)
		}
		if peer.name == "gonum-newton" {
			continue
		}
		run = methodtest.Begin(t, peer.name, broken{}, []float64{0})
		var err error
		for k := 0; err == nil && k < 10; k++ {
			err = run.Step(run.At)
		}
		if !errors.Is(err, methods.ErrStalled) {
			t.Errorf("%s: where f is no number the error is %v", peer.name, err)
		}
	}
}

func TestFinite(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for _, c := range []struct {
		f, g float64
		want bool
	}{{1, 2, true}, {nan, 2, false}, {inf, 2, false}, {-inf, 2, false}, {1, nan, false}, {1, inf, false}, {1, -inf, false}} {
		if got := finite(c.f, []float64{0, c.g}); got != c.want {
			t.Errorf("f = %g, g = %g: finite is %t", c.f, c.g, got)
		}
	}
}

func TestMissing(t *testing.T) {
	var missing *problems.Missing
	if _, err := methodtest.Start(t, "gonum-newton", broken{}, []float64{0}, problems.OracleOptions{}); !errors.As(err, &missing) {
		t.Errorf("without a Hessian the error is %v", err)
	}
	p := methodtest.NewLeastSquares(4, 2)
	if _, err := methodtest.Start(t, "gonum-bfgs", p, []float64{0, 0}, problems.OracleOptions{Batch: 2}); !errors.As(err, &missing) {
		t.Errorf("with batches the error is %v", err)
	}
}
