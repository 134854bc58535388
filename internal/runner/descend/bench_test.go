package descend

import (
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/gdbench/gdbench/internal/runner/prepare"
	"github.com/gdbench/gdbench/internal/runner/suite"
	_ "github.com/gdbench/gdbench/methods/catalogue"
	"github.com/gdbench/gdbench/problems"
	_ "github.com/gdbench/gdbench/problems/catalogue"
)

// The bare loops are what a method costs without any benchmark around it: the problem
// through an interface, value and gradient in one call, a step.
func bareLoop(p problems.Problem, x []float64, lr float64, n int) {
	g := make([]float64, len(x))
	p.Evaluate(x, g)
	for range n {
		for i := range x {
			x[i] -= lr * g[i]
		}
		p.Evaluate(x, g)
	}
}

// BenchmarkIteration compares one iteration through the whole loop (oracle, recording,
// stop test) with the bare loop, on the same problem in the same run.
func BenchmarkIteration(b *testing.B) {
	quadratic := "{name: quadratic, matrix: " + denseMatrix(10) + ", start: {name: sphere}}"
	for _, problem := range []struct{ name, text, lr string }{
		{"rosenbrock", "rosenbrock", "1e-4"},
		{"quadratic10", quadratic, "1e-8"},
	} {
		for _, method := range []string{"bare",
			"{name: fixed-step, lr: LR}",
			"{name: descent, direction: gradient, step: {name: fixed, t: LR}}",
			"{name: descent, direction: gradient, step: {name: fixed, t: LR}} untraced",
		} {
			b.Run(problem.name+"/"+strings.ReplaceAll(method, " ", ""), func(b *testing.B) {
				text, untraced := strings.CutSuffix(strings.ReplaceAll(method, "LR", problem.lr), " untraced")
				if method == "bare" {
					text = "fixed-step"
				}
				points := 100
				if untraced {
					points = 0
				}
				w, cell := newBench(b, problem.text, text, points, b.N)
				b.ReportAllocs()
				b.ResetTimer()
				if method == "bare" {
					p := w.built[cell.Problem].Problem
					lr, _ := strconv.ParseFloat(problem.lr, 64)
					bareLoop(p, []float64{-1.2, 1, 1, 1, 1, 1, 1, 1, 1, 1}[:p.Dim()], lr, b.N)
					return
				}
				if r, ok := w.Run(cell); !ok || r.Iterations != b.N {
					b.Fatalf("%d iterations of %d: %s", r.Iterations, b.N, r.Message)
				}
			})
		}
	}
}

// newBench is a worker with the one cell of a suite that never stops before its budget.
func newBench(b testing.TB, problem, method string, points, iterations int) (*Worker, suite.Cell) {
	text := "suite: bench\nstop: {gradient: 0}\nbudget: {iterations: " + strconv.Itoa(iterations) + "}\ntrace: {points: " + strconv.Itoa(points) +
		"}\nproblems: [" + problem + "]\nmethods: [" + method + "]\n"
	return onlyCell(b, text)
}

// onlyCell is the one cell of a suite, with a worker to run it.
func onlyCell(t testing.TB, text string) (*Worker, suite.Cell) {
	t.Helper()
	s, err := suite.Read("test", ".", strings.NewReader(text), nil)
	if err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	for cell := range s.Cells() {
		built, err := prepare.Problem(s, cell.Problem)
		if err != nil {
			t.Fatal(err)
		}
		return NewWorker(s, prepare.Problems{cell.Problem: built}, new(atomic.Bool)), cell
	}
	panic("a suite without a cell is refused")
}

func denseMatrix(n int) string {
	rows := make([]string, n)
	for i := range rows {
		row := make([]string, n)
		for j := range row {
			row[j] = "0.1"
			if i == j {
				row[j] = strconv.Itoa(i + 1)
			}
		}
		rows[i] = "[" + strings.Join(row, ", ") + "]"
	}
	return "[" + strings.Join(rows, ", ") + "]"
}

// BenchmarkRun is a whole run, from the cell of the grid to its line in runs.jsonl: what a
// run costs besides its iterations.
func BenchmarkRun(b *testing.B) {
	for _, bench := range []struct{ name, problem, method string }{
		{"rosenbrock", "rosenbrock", "{name: fixed-step, lr: 1e-4}"},
		{"rosenbrock-adam", "rosenbrock", "adam"},
		{"quadratic", "{name: quadratic, dim: 10, condition: 100, spectrum: log}", "fixed-step"},
		{"quadratic-nesterov", "{name: quadratic, dim: 10, condition: 100, spectrum: log}", "nesterov"},
	} {
		for _, iterations := range []int{10, 1000} {
			b.Run(bench.name+"/"+strconv.Itoa(iterations), func(b *testing.B) {
				w, cell := newBench(b, bench.problem, bench.method, 100, iterations)
				b.ReportAllocs()
				for b.Loop() {
					r, ok := w.Run(cell)
					if !ok || r.Iterations != iterations {
						b.Fatalf("%d iterations of %d: %s", r.Iterations, iterations, r.Message)
					}
					if _, err := w.Encode(r); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
