//go:build linux

package main

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"

	"github.com/gdbench/gdbench/internal/problems/data"
	"github.com/gdbench/gdbench/internal/problems/losses"
	"github.com/gdbench/gdbench/internal/simd"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

// network is the time of an Adam step: "tanh:1797:64:64,128,64,10" is an activation, samples, a
// batch (0: all) and the sizes of the layers. Without an activation there are no hidden layers.
func network(text string) (float64, error) {
	activation, rest, _ := strings.Cut(text, ":")
	var samples, batch int
	var layers string
	if _, err := fmt.Sscanf(strings.ReplaceAll(rest, ":", " "), "%d %d %s", &samples, &batch, &layers); err != nil {
		return 0, err
	}
	var sizes []int
	for _, part := range strings.Split(layers, ",") {
		var size int
		if _, err := fmt.Sscan(part, &size); err != nil {
			return 0, err
		}
		sizes = append(sizes, size)
	}
	if built[text] == nil {
		if err := buildNetwork(text, activation, samples, sizes); err != nil {
			return 0, err
		}
	}
	p := built[text]
	oracle, err := problems.NewOracle(p, problems.FactsOf(p), problems.OracleOptions{Batch: batch})
	if err != nil {
		return 0, err
	}
	adam, err := methods.New("adam", nil)
	if err != nil {
		return 0, err
	}
	at := &methods.Iterate{Point: methods.Point{X: make([]float64, p.Dim()), Grad: make([]float64, p.Dim())}}
	if starts := problems.FactsOf(p).Starts; len(starts) > 0 {
		copy(at.X, starts[0].X)
	}
	if err := adam.Init(oracle, at); err != nil {
		return 0, err
	}
	units := 5
	if batch > 0 {
		units = 50
	}
	time := timed(func() {
		if failed := adam.Step(at); failed != nil {
			err = failed
		}
	}, units)
	return time, err
}

// buildNetwork makes a network, or softmax regression, on random features with as many classes as
// outputs.
func buildNetwork(name, activation string, samples int, sizes []int) error {
	rng := rand.New(rand.NewPCG(1, 1))
	features, last := sizes[0], len(sizes)-1
	x, y := make([]float64, samples*features), make([]float64, samples)
	for i := range x {
		x[i] = rng.NormFloat64()
	}
	for i := range y {
		y[i] = float64(i % sizes[last])
	}
	set := made{&data.Samples{Name: name, X: data.NewDense(samples, features, x), Y: y}}
	var p problems.Problem = &losses.MLP{Data: set, Widths: sizes[1:last], Activation: activation, Loss: "cross-entropy", Init: "glorot", Duplicates: 1}
	if activation == "" {
		p = &losses.Softmax{Data: set, Design: losses.Design{L2: methods.Length{Value: 0.1}, Intercept: "none", Duplicates: 1}}
	}
	if err := problems.Build(p, problems.Env{}); err != nil {
		return err
	}
	built[name] = p
	return nil
}

// sheet is half the squared distance of a square matrix from another.
type sheet struct {
	n      int
	target []float64
}

func (s *sheet) Dim() int { return s.n * s.n }
func (s *sheet) Shapes() []problems.Block {
	return []problems.Block{{Name: "W", Kind: problems.MatrixBlock, Rows: s.n, Columns: s.n}}
}
func (s *sheet) Evaluate(x, grad []float64) (f float64) {
	for i, v := range x {
		d := v - s.target[i]
		f += d * d / 2
		if grad != nil {
			grad[i] = d
		}
	}
	return f
}

// muon is the time of an update of a matrix of so many rows and columns by one gradient.
func muon(size string) (float64, error) {
	n, err := strconv.Atoi(size)
	if err != nil {
		return 0, err
	}
	p := &sheet{n: n, target: make([]float64, n*n)}
	rng := rand.New(rand.NewPCG(1, 1))
	for i := range p.target {
		p.target[i] = rng.NormFloat64()
	}
	oracle, err := problems.NewOracle(p, problems.FactsOf(p), problems.OracleOptions{})
	if err != nil {
		return 0, err
	}
	m, err := methods.New("muon", nil)
	if err != nil {
		return 0, err
	}
	at := &methods.Iterate{Point: methods.Point{X: make([]float64, n*n), Grad: make([]float64, n*n)}}
	if err := m.Init(oracle, at); err != nil {
		return 0, err
	}
	p.Evaluate(at.X, at.Grad)
	update := m.(methods.Update)
	return timed(func() { update.Update(at.X, at.Grad) }, 1<<20/(n*n)), nil
}

// product is the time of a product of two square matrices of 512 rows, their packing included.
func product() float64 {
	const n = 512
	rng := rand.New(rand.NewPCG(1, 1))
	a, b, c := make([]float64, n*n), make([]float64, n*n), make([]float64, n*n)
	for i := range a {
		a[i], b[i] = rng.NormFloat64(), rng.NormFloat64()
	}
	var panels simd.Panels
	panels.Reserve(n, n)
	return timed(func() {
		panels.Pack(b, n, 1, n, n)
		panels.Times(c, n, a, n, 1, n, false)
	}, 10)
}
