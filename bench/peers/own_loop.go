//go:build linux

package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize"

	"github.com/gdbench/gdbench/internal/runner/pool"
	"github.com/gdbench/gdbench/internal/runner/suite"
	_ "github.com/gdbench/gdbench/methods/catalogue"
	_ "github.com/gdbench/gdbench/problems/catalogue"
	"github.com/gdbench/gdbench/results"
)

// What the loops run on, as a suite writes it. The matrix is that of c/loop.c, the diagonal
// that of c/lbfgs.c.
var (
	quadraticMatrix = denseMatrix()

	problemTexts = map[string]string{
		"rosenbrock": "{name: rosenbrock, start: " + starts(-1.2, 1) + "}",
		"quadratic":  "{name: quadratic, matrix: " + list(quadraticMatrix) + ", start: " + starts(1, 1, 1, 1, 1, 1, 1, 1, 1, 1) + "}",
		"diagonal":   "{name: quadratic, dim: 10, condition: 100, start: " + starts(1, 1, 1, 1, 1, 1, 1, 1, 1, 1) + "}",
	}
	learningRate = map[string]float64{"rosenbrock": 1e-4, "quadratic": 1e-8}
	methodTexts  = map[string]string{
		"fixed-step": "{name: fixed-step, lr: %g}",
		"descent":    "{name: descent, direction: gradient, step: {name: fixed, t: %g}}",
		"bfgs":       "bfgs",
		"lbfgs":      "{name: lbfgs, memory: 6}",
	}
)

func denseMatrix() [][]float64 {
	a := make([][]float64, 10)
	for i := range a {
		a[i] = make([]float64, len(a))
		for j := range a[i] {
			a[i][j] = 0.1
		}
		a[i][i] = float64(i + 1)
	}
	return a
}

// list writes numbers as a suite does.
func list(values any) string { return strings.ReplaceAll(fmt.Sprint(values), " ", ", ") }

// starts returns one start for each run of a loop. They differ slightly, since identical
// cells would run only once.
func starts(x ...float64) string {
	all := make([][]float64, 200)
	for i := range all {
		all[i] = slices.Clone(x)
		all[i][0] += float64(i) * 1e-9
	}
	return list(all)
}

// descend measures the time of one iteration of the whole loop: the method behind its
// interface, the counting oracle, the observer that checks stops, and a trace of the given
// number of points. It is the median wall time over many short runs, so that a few
// disturbed ones do not matter.
func descend(problem, method string, iterations, points int) (float64, error) {
	method = methodTexts[method]
	if strings.Contains(method, "%g") {
		method = fmt.Sprintf(method, learningRate[problem])
	}
	s, err := read("stop: {gradient: 0}\nbudget: {iterations: %d}\ntrace: {points: %d}\nproblems: [%s]\nmethods: [%s]\n",
		iterations, points, problemTexts[problem], method)
	if err != nil {
		return 0, err
	}
	var each []float64
	err = inFolder(func(folder string) error {
		if _, err := pool.Run(context.Background(), s, pool.Options{Folder: folder, Workers: 1}); err != nil {
			return err
		}
		run, err := results.Open(folder)
		if err != nil {
			return err
		}
		for record, err := range run.Records() {
			if err != nil {
				return err
			}
			if record.Iterations == 0 {
				return fmt.Errorf("no iteration: %s", record.Message)
			}
			each = append(each, float64(record.Seconds)*1e9/float64(record.Iterations))
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return median(each), nil
}

// inFolder does something in a folder that is there only for it.
func inFolder(work func(folder string) error) error {
	dir, err := os.MkdirTemp("", "peers")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	return work(filepath.Join(dir, "run"))
}

// read is a suite from its text, without its name.
func read(format string, args ...any) (*suite.Suite, error) {
	return suite.Read("peers", ".", strings.NewReader("suite: peers\n"+fmt.Sprintf(format, args...)), nil)
}

// gonumFixedStep is the time of an iteration of optimize.GradientDescent with a constant
// step.
func gonumFixedStep(problem string, iterations int) (float64, error) {
	p := optimize.Problem{Func: rosenbrock, Grad: rosenbrockGradient}
	x := []float64{-1.2, 1}
	if problem == "quadratic" {
		a := mat.NewDense(10, 10, nil)
		for i, row := range quadraticMatrix {
			a.SetRow(i, row)
		}
		x = []float64{1, 1, 1, 1, 1, 1, 1, 1, 1, 1}
		ax := mat.NewVecDense(10, nil)
		p.Func = func(x []float64) float64 {
			v := mat.NewVecDense(10, x)
			ax.MulVec(a, v)
			return mat.Dot(v, ax) / 2
		}
		p.Grad = func(grad, x []float64) { mat.NewVecDense(10, grad).MulVec(a, mat.NewVecDense(10, x)) }
	}
	method := &optimize.GradientDescent{
		Linesearcher: accept{}, StepSizer: &optimize.ConstantStepSize{Size: learningRate[problem]}, GradStopThreshold: 1e-300,
	}
	settings := &optimize.Settings{MajorIterations: iterations, Converger: optimize.NeverTerminate{}}
	var err error
	whole := timed(func() { _, err = optimize.Minimize(p, x, settings, method) }, 1)
	return whole / float64(iterations), err
}

func rosenbrock(x []float64) float64 {
	a, b := x[1]-x[0]*x[0], 1-x[0]
	return 100*a*a + b*b
}

func rosenbrockGradient(grad, x []float64) {
	a := x[1] - x[0]*x[0]
	grad[0], grad[1] = -400*x[0]*a-2*(1-x[0]), 200*a
}

// accept is a line search that takes the first step it is given.
type accept struct{}

var _ optimize.Linesearcher = accept{}

func (accept) Init(_, _, _ float64) optimize.Operation {
	return optimize.FuncEvaluation | optimize.GradEvaluation
}

func (accept) Iterate(_, _ float64) (optimize.Operation, float64, error) {
	return optimize.MajorIteration, 0, nil
}

// work is a grid of cells that all end in one way.
type work struct {
	suite string
	ends  results.Status
	cells int
}

// grids are what workers share: cells of 1000 iterations with traces, cells that end at once, and
// cells of which some take ten thousand times as long as others.
var grids = map[string]work{
	"grid":      {"repeats: 1000\nstop: {gradient: 0}\nbudget: {iterations: 1000}\n" + valley, results.Budget, 1000},
	"tiny-grid": {"repeats: 20000\nstop: {gradient: 0}\nbudget: {iterations: 10}\n" + valley, results.Budget, 20_000},
	"uneven-grid": {`repeats: 60
stop: {gradient: 1e-10}
budget: {iterations: 1000000}
problems: [{name: quadratic, dim: 2, condition: 1, start: {name: normal}}]
methods: [{name: fixed-step, lr: [0.9, 0.2, 0.02, 0.002, 0.0002]}]
`, results.Converged, 300},
}

const valley = "problems: [{name: rosenbrock, start: {name: normal}}]\nmethods: [{name: fixed-step, lr: 1e-4}]\n"

// grid is how many nanoseconds the cells take, by the clock and of all processors together.
func grid(w work, workers string) (clock, processor float64, err error) {
	number, err := strconv.Atoi(workers)
	if err != nil {
		return 0, 0, err
	}
	s, err := read("%s", w.suite)
	if err != nil {
		return 0, 0, err
	}
	runtime.GOMAXPROCS(number)
	defer runtime.GOMAXPROCS(1)
	runtime.GC()
	err = inFolder(func(folder string) error {
		began, used := time.Now(), processorTime()
		m, err := pool.Run(context.Background(), s, pool.Options{Folder: folder, Workers: number})
		clock, processor = float64(time.Since(began).Nanoseconds()), processorTime()-used
		if err == nil && m.Status[w.ends] != w.cells {
			err = fmt.Errorf("cells by status: %v; expected %d to be %s", m.Status, w.cells, w.ends)
		}
		return err
	})
	return clock, processor, err
}

// allocations a run, all that the runner does around it included.
func allocations() (float64, error) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, _, err := grid(grids["grid"], "1")
	runtime.ReadMemStats(&after)
	return float64(after.Mallocs-before.Mallocs) / 1000, err
}

// startup is the least of ten starts of the program, in milliseconds.
func startup(gdbench string) (float64, error) {
	least := time.Hour
	for range 10 {
		began := time.Now()
		if err := exec.Command(gdbench, "list", "suites").Run(); err != nil {
			return 0, err
		}
		least = min(least, time.Since(began))
	}
	return float64(least.Microseconds()) / 1000, nil
}
