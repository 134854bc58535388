//go:build linux

package main

import (
	"fmt"
	"slices"
)

// section is a part of the table whose cases take turns.
type section struct {
	name  string
	rows  []row
	taken map[string][]float64 // answers by case, in the order of the rounds
}

// row compares the time of one of our cases with that of a peer, or, without a peer, a
// number of ours with a bound.
type row struct {
	what    string
	own     string // a case: contestant, blank, name
	peer    string
	peerIs  string
	atMost  float64 // target for own ÷ peer, or for the number
	atLeast float64 // target for peer ÷ own, or for the number; 0 and 0: reported without a target
	unit    string  // of the number
}

// cases are the different cases of the section, in the order in which they appear.
func (s *section) cases() []string {
	var out []string
	for _, r := range s.rows {
		for _, of := range []string{r.own, r.peer} {
			if of != "" && !slices.Contains(out, of) {
				out = append(out, of)
			}
		}
	}
	return out
}

const echo = "the same bytes between two programs in C"

const pointer = "C, through a pointer to a function"

var sections = []*section{
	{name: "One iteration on Rosenbrock's function, recorded", rows: []row{
		{what: "`fixed-step`", own: "own loop:rosenbrock:fixed-step", peer: "c rosenbrock", peerIs: pointer, atMost: 1.2},
		{what: "`descent` with `fixed`", own: "own loop:rosenbrock:descent", peer: "c rosenbrock", peerIs: pointer, atMost: 1.6},
		{what: "`fixed-step`", own: "own loop:rosenbrock:fixed-step", peer: "own gonum:rosenbrock", peerIs: "gonum, fixed step", atLeast: 100},
	}},
	{name: "One iteration on a quadratic with a dense 10×10 matrix, recorded", rows: []row{
		{what: "`fixed-step`", own: "own loop:quadratic:fixed-step", peer: "c quadratic", peerIs: pointer, atMost: 1.2},
		{what: "`descent` with `fixed`", own: "own loop:quadratic:descent", peer: "c quadratic", peerIs: pointer, atMost: 1.6},
		{what: "`fixed-step`", own: "own loop:quadratic:fixed-step", peer: "own gonum:quadratic", peerIs: "gonum, fixed step", atLeast: 20},
	}},
	{name: "One iteration of quasi-Newton methods", rows: []row{
		{what: "`bfgs`, Rosenbrock", own: "own runs:rosenbrock:bfgs", peer: "python minimize:BFGS:rosenbrock", peerIs: "scipy BFGS", atLeast: 100},
		{what: "`bfgs`, quadratic in 10 variables", own: "own runs:diagonal:bfgs", peer: "python minimize:BFGS:quadratic", peerIs: "scipy BFGS", atLeast: 100},
		{what: "`lbfgs`, quadratic in 10 variables", own: "own runs:diagonal:lbfgs", peer: "c lbfgs", peerIs: "liblbfgs", atMost: 1.15},
	}},
	{name: "One gradient of a test function in 10⁶ variables", rows: []row{
		{what: "chained Rosenbrock", own: "own chained", peer: "c chained", peerIs: "C", atMost: 1.6},
	}},
	{name: "One value and gradient of a BBOB function in 20 variables", rows: []row{
		bbobRow(1), bbobRow(8), bbobRow(10), bbobRow(15), bbobRow(21),
	}},
	{name: "One logistic gradient, 200 features, 3.2 MB", rows: logisticRows("3.2", 1.3, 0)},
	{name: "One logistic gradient, 200 features, 320 MB", rows: logisticRows("320", 1.3, 3)},
	{name: "One logistic gradient with the help of an idle worker, by the clock", rows: []row{
		helpRow("320"),
	}},
	{name: "One logistic gradient on sparse rows, 50 of 5000 features each", rows: []row{
		{what: "`logistic`", own: "own sparse", peer: "python sparse", peerIs: "scipy.sparse", atMost: 0.7},
	}},
	{name: "One Newton direction in 500 variables", rows: []row{
		{what: "`newton`", own: "own newton", peer: "python cholesky", peerIs: "scipy cho_factor and cho_solve", atMost: 1.3},
	}},
	{name: "One Adam step on a network, float64", rows: []row{
		networkRow("64–128–64–10, tanh, batch of 64", "tanh:1797:64:64,128,64,10", 1),
		networkRow("64–128–64–10, tanh, 1797 samples", "tanh:1797:0:64,128,64,10", 1.3),
		networkRow("64–128–64–10, relu, 1797 samples", "relu:1797:0:64,128,64,10", 1.3),
		networkRow("784–256–10, relu, batch of 128", "relu:2000:128:784,256,10", 1.3),
		networkRow("softmax 64–10, 1797 samples", ":1797:0:64,10", 0.5),
	}},
	{name: "One Muon step on a square matrix, its gradient given, float64", rows: []row{
		muonRow(64, 1),
		muonRow(256, 2),
	}},
	{name: "One product of two 512×512 matrices", rows: []row{
		{what: "blocks, without fused operations", own: "own product", peer: "python product", peerIs: "numpy with OpenBLAS", atMost: 1 / 0.55},
	}},
	{name: "A grid of 1000 runs of 1000 iterations with traces", rows: gridRows("")},
	{name: "A grid of 20000 runs of 10 iterations", rows: gridRows("tiny-")},
	{name: "A grid of 300 runs of 10 to 10⁵ iterations", rows: gridRows("uneven-")},
	{name: "An evaluation asked by a program in another language, by the clock", rows: []row{
		{what: "C, 2 variables", own: "own question:c:sphere:evaluation:2", peer: "c echo-2", peerIs: echo},
		{what: "Python, 2 variables", own: "own question:python:sphere:evaluation:2", peer: "c echo-2", peerIs: echo},
		{what: "Python, 1000 variables", own: "own question:python:sphere:evaluation:1000", peer: "c echo-1000", peerIs: echo},
	}},
	{name: "Programs in other languages, by the clock", rows: []row{
		{what: "an evaluation asked by Python in 2 variables, more than in process", own: "own wire:python:sphere:evaluation:2", atMost: 15, unit: " µs"},
		{what: "an evaluation asked by Python in 1000 variables, more than in process", own: "own wire:python:sphere:evaluation:1000", atMost: 30, unit: " µs"},
		{what: "an evaluation asked by C in 2 variables", own: "own wire:c:sphere:evaluation:2", atMost: 6, unit: " µs"},
		{what: "SciPy's BFGS, over the same in process", own: "own wire:python:rosenbrock:scipy of=BFGS:2", atMost: 1.2, unit: "×"},
		{what: "SciPy's L-BFGS-B, over the same in process", own: "own wire:python:rosenbrock:scipy of=L-BFGS-B:2", atMost: 1.2, unit: "×"},
	}},
	{name: "The program", rows: []row{
		{what: "allocations a run, its share of the grid's included", own: "own allocations", atMost: 30},
		{what: "`gdbench list suites`, the slowest list, from start to end", own: "own startup", atMost: 30, unit: " ms"},
	}},
}

// bbobRow compares value and gradient with the value alone in C.
func bbobRow(function int) row {
	return row{what: fmt.Sprintf("`bbob`, f%d", function), own: fmt.Sprint("own bbob:", function),
		peer: fmt.Sprint("c bbob-", function), peerIs: "C, the value only", atMost: 2}
}

// gridRows compare two workers with one.
func gridRows(kind string) []row {
	return []row{
		{what: "two workers, by the clock", own: "own " + kind + "grid:2", peer: "own " + kind + "grid:1", peerIs: "one worker", atLeast: 1.9},
		{what: "two workers, on all processors", own: "own " + kind + "grid-processor:2", peer: "own " + kind + "grid-processor:1", peerIs: "one worker", atMost: 1.1},
	}
}

// helpRow compares a worker that is helped with one that is alone.
func helpRow(megabytes string) row {
	return row{what: "200 features, " + megabytes + " MB", own: "own helped:2:" + megabytes, peer: "own helped:1:" + megabytes,
		peerIs: "one worker"}
}

// networkRow compares an Adam step with that of torch.
func networkRow(what, network string, atMost float64) row {
	return row{what: what, own: "own network:" + network, peer: "python network:" + network, peerIs: "torch, autograd and Adam", atMost: atMost}
}

// muonRow compares a step on a matrix of so many rows and columns with the same formulas in torch.
func muonRow(n int, atMost float64) row {
	return row{what: fmt.Sprintf("%d×%d", n, n), own: fmt.Sprint("own muon:", n), peer: fmt.Sprint("python muon:", n),
		peerIs: "torch, the formulas of the paper", atMost: atMost}
}

// logisticRows are the rows for one size of data.
func logisticRows(megabytes string, reading, faster float64) []row {
	own := "own logistic:" + megabytes
	return []row{
		{what: "`logistic`", own: own, peer: "c read-" + megabytes, peerIs: "reading the data once, in C", atMost: reading},
		{what: "`logistic`", own: own, peer: "python logistic:numpy:" + megabytes, peerIs: "numpy", atLeast: faster},
		{what: "`logistic`", own: own, peer: "python logistic:torch:" + megabytes, peerIs: "torch, gradient by hand", atLeast: faster},
		{what: "`logistic`", own: own, peer: "python logistic:autograd:" + megabytes, peerIs: "torch, autograd", atLeast: faster},
		{what: "`logistic`", own: own, peer: "python logistic:sklearn:" + megabytes, peerIs: "scikit-learn"},
	}
}
