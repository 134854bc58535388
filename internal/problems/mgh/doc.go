// Package mgh is the test set of Moré, Garbow and Hillstrom (1981): 35 problems, the first
// of which (Rosenbrock's valley) lives with the test functions and the thirteenth and
// twenty-second of which are one. All are sums of squares, so that each offers residuals
// and Jacobian besides gradient, Hessian and Hessian products.
//
// The numbers in the files are those of the paper. Its f is Σ rᵢ², without the ½.
package mgh

import (
	"fmt"

	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

type (
	sum    = separable.Sum
	first  = separable.First
	second = separable.Second
)

const paper = "Moré, Garbow & Hillstrom 1981, Testing unconstrained optimization software, ACM TOMS 7:17–41"

// problem is the catalogue's entry of a problem by its number in the paper.
func problem(number int, summary, formula string, aliases ...string) problems.Info {
	return problems.Info{
		Summary: summary, Formula: formula, Aliases: aliases,
		Source: fmt.Sprintf("%s, problem %d", paper, number), DOI: "10.1145/355934.355936",
		Family: "Moré–Garbow–Hillstrom",
	}
}

// register adds a problem whose standard start is the paper's unless it says otherwise.
func register(f separable.Function) {
	if f.StartSource == "" {
		f.StartSource = paper
	}
	separable.Register(f)
}

// fixed is the number of variables of a problem that has no other.
func fixed(n int) separable.Dims { return separable.Dims{Usual: n} }

// squares is the number of residuals of a problem in which it does not depend on n.
func squares(m int) func(int) int { return func(int) int { return m } }

// same is the number of residuals where it is that of the variables.
func same(n int) int { return n }

// dense is the largest number of variables where an evaluation costs n² operations.
const dense = 10_000

// sq is x², rounded before anything is added to it.
func sq(x float64) float64 { return float64(x * x) }

// cube is x³, rounded before anything is added to it.
func cube(x float64) float64 { return float64(x * x * x) }
