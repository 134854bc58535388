//go:build linux

package main

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/internal/crew"
	"github.com/gdbench/gdbench/internal/problems/data"
	"github.com/gdbench/gdbench/internal/problems/losses"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

const features = 200

// made is a data set that is there already.
type made struct{ samples *data.Samples }

func (m made) Load(problems.Env) (*data.Samples, error) { return m.samples, nil }

// built keeps what is slow to make, for the rounds that follow.
var built = map[string]problems.Problem{}

// logistic is the loss on rows with random classes, and a point to evaluate it at. An
// intercept and standardized features, which the peers do not have, are left out.
func logistic(name string, x func(rng *rand.Rand) data.Matrix) (problems.Problem, []float64, error) {
	rng := rand.New(rand.NewPCG(1, 1))
	if built[name] == nil {
		rows := x(rng)
		m, _ := rows.Dims()
		y := make([]float64, m)
		for i := range y {
			y[i] = float64(rng.IntN(2))
		}
		p := &losses.Logistic{
			Data:   made{&data.Samples{Name: name, X: rows, Y: y}},
			Design: losses.Design{L2: methods.Length{Value: 0.1}, Intercept: "none", Duplicates: 1},
		}
		if err := p.Build(problems.Env{}); err != nil {
			return nil, nil, err
		}
		built[name] = p
	}
	w := make([]float64, built[name].Dim())
	for j := range w {
		w[j] = rng.NormFloat64() / 20
	}
	return built[name], w, nil
}

// denseLogistic measures a gradient on so many megabytes of features.
func denseLogistic(megabytes string, measure measure) (float64, error) {
	size, err := strconv.ParseFloat(megabytes, 64)
	if err != nil {
		return 0, err
	}
	m := int(size * 1e6 / (8 * features))
	p, w, err := logistic(megabytes+" MB", func(rng *rand.Rand) data.Matrix {
		values := make([]float64, m*features)
		for i := range values {
			values[i] = rng.NormFloat64()
		}
		return data.NewDense(m, features, values)
	})
	if err != nil {
		return 0, err
	}
	// For some 30 ms: in the first four after a pause, gradients took up to a half longer.
	return measure(p, w, max(2, 1_000_000/m)), nil
}

// sparseLogistic is the time of a gradient on 20000 rows with 50 of 5000 features each.
func sparseLogistic() (float64, error) {
	const m, d, each = 20000, 5000, 50
	p, w, err := logistic("sparse", func(rng *rand.Rand) data.Matrix {
		offsets, columns, values := []int{0}, []int32(nil), []float64(nil)
		for range m {
			row := rng.Perm(d)[:each]
			slices.Sort(row)
			for _, j := range row {
				columns, values = append(columns, int32(j)), append(values, rng.NormFloat64())
			}
			offsets = append(offsets, len(values))
		}
		return data.NewSparse(m, d, offsets, columns, values)
	})
	if err != nil {
		return 0, err
	}
	return gradient(p, w, 10), nil
}

// measure is the time of one of so many evaluations at x.
type measure func(p problems.Problem, x []float64, units int) float64

// helped is the time of a gradient by the clock, on "2:320": so many workers, of which all but one
// have nothing else to do, and megabytes of features.
func helped(what string) (float64, error) {
	number, megabytes, _ := strings.Cut(what, ":")
	workers, err := strconv.Atoi(number)
	if err != nil {
		return 0, err
	}
	runtime.GOMAXPROCS(workers)
	defer runtime.GOMAXPROCS(1)
	c := crew.New()
	defer c.Close()
	for range workers - 1 {
		go c.Join()
	}
	byTheClock := func(p problems.Problem, x []float64, units int) float64 {
		p.(crew.Helped).HelpedBy(c)
		defer p.(crew.Helped).HelpedBy(nil)
		grad := make([]float64, len(x))
		p.Evaluate(x, grad) // makes room for what is shared
		runtime.GC()
		began := time.Now()
		for range units {
			p.Evaluate(x, grad)
		}
		return float64(time.Since(began).Nanoseconds()) / float64(units)
	}
	return denseLogistic(megabytes, byTheClock)
}

// definite is ½xᵀAx with A positive definite, whose Hessian is there already.
type definite struct{ a *mat.SymDense }

func (p definite) Dim() int                             { return p.a.SymmetricDim() }
func (p definite) Hessian(_ []float64, h *mat.SymDense) { h.CopySym(p.a) }
func (p definite) Evaluate(x, grad []float64) float64 {
	n := p.Dim()
	ax := mat.NewVecDense(n, nil)
	ax.MulVec(p.a, mat.NewVecDense(n, x))
	copy(grad, ax.RawVector().Data)
	return mat.Dot(ax, mat.NewVecDense(n, x)) / 2
}

// newton is the time of a Newton direction in 500 variables, with its Hessian at hand.
func newton() (float64, error) {
	const n = 500
	rng := rand.New(rand.NewPCG(1, 1))
	root := mat.NewDense(n, n, nil)
	for i := range n {
		for j := range n {
			root.Set(i, j, rng.NormFloat64())
		}
	}
	a := mat.NewSymDense(n, nil)
	a.SymOuterK(1.0/n, root)
	for i := range n {
		a.SetSym(i, i, a.At(i, i)+1)
	}
	p := definite{a}
	oracle, err := problems.NewOracle(p, problems.FactsOf(p), problems.OracleOptions{})
	if err != nil {
		return 0, err
	}
	direction, err := methods.NewDirection("newton", nil)
	if err != nil {
		return 0, err
	}
	if err := direction.Init(oracle); err != nil {
		return 0, err
	}
	at := &methods.Iterate{Point: methods.Point{X: make([]float64, n), Grad: make([]float64, n)}}
	for i := range at.X {
		at.X[i] = rng.NormFloat64()
	}
	p.Evaluate(at.X, at.Grad)
	d := make([]float64, n)
	time := timed(func() { err = direction.Direction(at, d) }, 5)
	for i := range d {
		if off := at.X[i] + d[i]; off > 1e-8 || off < -1e-8 { // the minimizer is 0
			return 0, fmt.Errorf("the direction misses the minimizer by %g", off)
		}
	}
	return time, err
}
