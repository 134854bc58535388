//go:build linux

package main

import (
	"bufio"
	"fmt"
	"math"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"

	"github.com/gdbench/gdbench/problems"
)

// serve answers cases until standard input ends: it is our own contestant.
func serve(own programs) {
	runtime.GOMAXPROCS(1)
	in := bufio.NewScanner(os.Stdin)
	for in.Scan() {
		text, err := answer(in.Text(), own)
		if err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", in.Text(), err)
			os.Exit(1)
		}
		fmt.Println(text)
	}
}

// answer runs one round of a case: nanoseconds for a unit of its work, or what its row
// says.
func answer(what string, own programs) (string, error) {
	kind, rest, _ := strings.Cut(what, ":")
	problem, method, _ := strings.Cut(rest, ":")
	var value float64
	var err error
	switch kind {
	case "versions":
		return versions(), nil
	case "loop":
		value, err = descend(problem, method, 20_000, 100)
	case "runs":
		value, err = descend(problem, method, 30, 0)
	case "gonum":
		value, err = gonumFixedStep(problem, 10_000)
	case "chained":
		value, err = chained()
	case "bbob":
		value, err = bbobGradient(problem)
	case "logistic":
		value, err = denseLogistic(rest, gradient)
	case "sparse":
		value, err = sparseLogistic()
	case "helped":
		value, err = helped(rest)
	case "newton":
		value, err = newton()
	case "network":
		value, err = network(rest)
	case "muon":
		value, err = muon(rest)
	case "product":
		value = product()
	case "grid", "tiny-grid", "uneven-grid":
		value, _, err = grid(grids[kind], rest)
	case "grid-processor", "tiny-grid-processor", "uneven-grid-processor":
		_, value, err = grid(grids[strings.TrimSuffix(kind, "-processor")], rest)
	case "allocations":
		value, err = allocations()
	case "wire":
		value, err = own.wire(rest)
	case "question":
		value, err = own.wire(rest)
		value *= 1e3 // from microseconds
	case "startup":
		value, err = startup(own.gdbench)
	default:
		err = fmt.Errorf("no such case")
	}
	return strconv.FormatFloat(value, 'g', 6, 64), err
}

// timed is how many nanoseconds one of so many repetitions takes.
func timed(work func(), units int) float64 {
	runtime.GC() // not within the round, for what was done before it
	began := processorTime()
	for range units {
		work()
	}
	return (processorTime() - began) / float64(units)
}

// processorTime is what this process has used so far, in nanoseconds.
func processorTime() float64 {
	var t unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_PROCESS_CPUTIME_ID, &t); err != nil {
		panic(err)
	}
	return float64(t.Nano())
}

// gradient times evaluations at x.
func gradient(p problems.Problem, x []float64, units int) float64 {
	grad := make([]float64, len(x))
	return timed(func() { p.Evaluate(x, grad) }, units)
}

// chained is a gradient of the chained Rosenbrock function in 10⁶ variables.
func chained() (float64, error) {
	p, err := problems.New("rosenbrock", map[string]any{"dim": 1_000_000})
	if err != nil {
		return 0, err
	}
	x := make([]float64, p.Dim())
	for i := range x {
		x[i] = [2]float64{-1.2, 1}[i%2]
	}
	return gradient(p, x, 20), nil
}

// bbobGradient is a value and gradient of a BBOB function in 20 variables, at a point that changes as
// that of c/bbob.c.
func bbobGradient(function string) (float64, error) {
	number, err := strconv.Atoi(function)
	if err != nil {
		return 0, err
	}
	const n = 20
	p, err := problems.New("bbob", map[string]any{"function": number, "dim": n})
	if err != nil {
		return 0, err
	}
	x, grad, k := make([]float64, n), make([]float64, n), 0
	for i := range x {
		x[i] = 3 * math.Cos(float64(1+i))
	}
	units := 10_000
	if number < 10 {
		units = 200_000
	}
	return timed(func() {
		x[k%n] = -x[k%n]
		k++
		p.Evaluate(x, grad)
	}, units), nil
}

// versions names the machine, the compiler and the library.
func versions() string {
	processor := runtime.GOARCH
	if info, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		if _, rest, ok := strings.Cut(string(info), "model name\t: "); ok {
			processor, _, _ = strings.Cut(rest, "\n")
		}
	}
	text := fmt.Sprintf("%s, %d processors; %s", strings.TrimSpace(processor), runtime.NumCPU(), runtime.Version())
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range info.Deps {
			if m.Path == "gonum.org/v1/gonum" {
				text += ", gonum " + strings.TrimPrefix(m.Version, "v")
			}
		}
	}
	return text
}
