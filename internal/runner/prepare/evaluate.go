package prepare

import (
	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/internal/limit"
	"github.com/gdbench/gdbench/internal/problems/guard"
	"github.com/gdbench/gdbench/problems"
)

// Evaluation is a problem at a point, in n variables.
type Evaluation struct {
	Value float64 // of the objective
	// Of a composite objective f + h, gradient and Hessian are those of f, the smooth part.
	Composite bool
	Smooth    float64     // f, equal to Value unless Composite
	Gradient  []float64   // n numbers
	Hessian   [][]float64 // n rows of n numbers; nil where the problem has none
	TooLarge  error       // why the Hessian was left out
}

// At evaluates the problem at x. A Hessian that is larger than the limit on dense matrices is
// left out.
func (b *Built) At(x []float64) (e Evaluation, err error) {
	err = guard.Run("at the point", func() error {
		e = b.at(x)
		return nil
	})
	return e, err
}

func (b *Built) at(x []float64) Evaluation {
	e := Evaluation{Gradient: make([]float64, len(x))}
	e.Smooth = b.Problem.Evaluate(x, e.Gradient)
	e.Value = problems.Objective(b.Problem, x, nil)
	_, e.Composite = problems.As[problems.Composite](b.Problem)
	h, ok := problems.As[problems.Hessian](b.Problem)
	if !ok {
		return e
	}
	if e.TooLarge = limit.Matrix(len(x), len(x)); e.TooLarge != nil {
		return e
	}
	m := mat.NewSymDense(len(x), nil)
	h.Hessian(x, m)
	e.Hessian = rows(m)
	return e
}

// rows are the rows of a matrix, in its own memory.
func rows(m *mat.SymDense) [][]float64 {
	raw := m.RawSymmetric() // has what is above the diagonal
	out := make([][]float64, raw.N)
	for i := range out {
		out[i] = raw.Data[i*raw.Stride:][:raw.N]
		for j := range i {
			out[i][j] = out[j][i]
		}
	}
	return out
}
