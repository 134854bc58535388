// Command custom is gdbench with one more problem and one more method. Everything that
// gdbench does with its own (suites, checks, reports, `list` and `show`) it does with
// these: a struct with tagged fields is all it takes.
package main

import (
	"os"

	"github.com/gdbench/gdbench/cmd/gdbench/app"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

// Bowl is f(x) = a·Σ xᵢ⁴.
type Bowl struct {
	N int     `param:"dim" default:"2" range:"[1,)" doc:"number of variables"`
	A float64 `param:"a" default:"1" range:"(0,)" doc:"steepness"`
}

func (b *Bowl) Dim() int { return b.N }

func (b *Bowl) Evaluate(x, grad []float64) (f float64) {
	for i, v := range x {
		f += b.A * v * v * v * v
		if grad != nil {
			grad[i] = 4 * b.A * v * v * v
		}
	}
	return f
}

func (b *Bowl) Facts() *problems.Facts {
	ones := make([]float64, b.N)
	for i := range ones {
		ones[i] = 1
	}
	return &problems.Facts{
		Convexity: problems.Convex,
		Minimum:   &problems.Minimum{Source: problems.Analytic, Points: [][]float64{make([]float64, b.N)}},
		Starts:    []problems.Start{{Name: "standard", X: ones}},
	}
}

// CubeRoot is gradient descent on the cube root of each component: x⁺ = x − lr·∛∇f.
type CubeRoot struct {
	LR methods.Length `param:"lr" default:"0.1" range:"(0,)" doc:"learning rate"`
	o  *methods.Oracle
}

func init() {
	problems.Register("bowl", problems.Info{Summary: "a flat bowl"}, func() problems.Problem { return new(Bowl) })
	methods.Register("cube-root", methods.Info{Summary: "descent on the cube root of the gradient"}, func() methods.Method { return new(CubeRoot) })
}

func main() { app.Main(os.Args) }
