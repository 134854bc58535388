package expression

import (
	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	problems.Register("expression", problems.Info{
		Summary: "a function typed as a formula, with exact derivatives by automatic differentiation",
		Formula: "of: numbers, variables x y z or x[0] x[1] …, + − * / ^, sin cos exp log sqrt abs …, min, max, sum(i, 0, n-1, term), prod, x > 0 ? a : b, pi, e, n; also 2x, x1, x_1, ln, np.cos",
		Source:  "A. Griewank and A. Walther, Evaluating Derivatives, 2008",
		DOI:     "10.1137/1.9780898717761",
	}, func() problems.Problem { return new(Expression) })
}

// Expression is a function that the user types. Nothing is known about it but its
// derivatives. Where they do not exist (abs, min, max, choices) one-sided ones are used.
type Expression struct {
	Of string `param:"of" doc:"the formula, such as x^2 + 3*sin(5*x)"`
	N  int    `param:"dim" default:"0" range:"[0,1000000]" doc:"number n of variables; 0: the number that occurs in the formula"`

	tape *tape
	work *workspace
}

var (
	_ problems.Builder   = (*Expression)(nil)
	_ problems.Forker    = (*Expression)(nil)
	_ problems.Describer = (*Expression)(nil)
	_ problems.Hessian   = (*Expression)(nil)
	_ problems.Quadratic = (*Expression)(nil)
)

// Validate reads the formula; its errors are *Error.
func (e *Expression) Validate() error {
	var err error
	e.tape, err = compile(e.Of, e.N)
	return err
}

// Build makes room.
func (e *Expression) Build(problems.Env) error {
	if e.tape == nil {
		if err := e.Validate(); err != nil {
			return err
		}
	}
	e.work = e.tape.newWorkspace()
	return nil
}

// Fork has its own scratch.
func (e *Expression) Fork() problems.Problem {
	fork := *e
	fork.work = e.tape.newWorkspace()
	return &fork
}

// Dim is the number n of variables.
func (e *Expression) Dim() int { return len(e.tape.variables) }

// Evaluate returns f(x) and its gradient.
func (e *Expression) Evaluate(x, grad []float64) float64 {
	f := e.tape.forward(e.work, x)
	if grad != nil {
		e.tape.backward(e.work, grad)
	}
	return f
}

// HessianProduct costs a few evaluations, whatever n is.
func (e *Expression) HessianProduct(x, v, hv []float64) {
	e.tape.forward(e.work, x)
	e.tape.product(e.work, v, hv)
}

// Hessian costs n products.
func (e *Expression) Hessian(x []float64, h *mat.SymDense) {
	n := e.Dim()
	unit, column := make([]float64, n), make([]float64, n)
	e.tape.forward(e.work, x)
	for j := range n {
		unit[j] = 1
		e.tape.product(e.work, unit, column)
		unit[j] = 0
		for i := range j + 1 {
			h.SetSym(i, j, column[i])
		}
	}
}

// Quadratic reports whether the formula is one, by the degrees of its operations.
func (e *Expression) Quadratic() bool { return e.tape.degree() <= 2 }

// Facts hold a window to draw, and a start from which a descent moves.
func (e *Expression) Facts() *problems.Facts {
	f := &problems.Facts{}
	if e.work != nil {
		f.Starts = e.starts()
	}
	switch side := [2]float64{-3, 3}; e.Dim() {
	case 1:
		f.Window = &problems.Window{X: side}
	case 2:
		f.Window = &problems.Window{X: side, Y: side}
	}
	return f
}

// starts are a point from which a descent moves: the first of 0, ½ and 2 in all variables where f and
// its gradient are finite and the gradient is not zero. There is none where f is flat or not defined
// in all of them; descents then begin at 0.
func (e *Expression) starts() []problems.Start {
	x, g := make([]float64, e.Dim()), make([]float64, e.Dim())
	work := e.tape.newWorkspace()
	for _, at := range []float64{0, 0.5, 2} {
		for i := range x {
			x[i] = at
		}
		f := e.tape.forward(work, x)
		e.tape.backward(work, g)
		if norm := vec.Norm(g); norm > 0 && f-f == 0 && norm-norm == 0 {
			return []problems.Start{{Name: "standard", X: x, Source: "where the formula has a slope"}}
		}
	}
	return nil
}
