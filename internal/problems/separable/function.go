package separable

import (
	"fmt"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/problems/reference"
	"github.com/gdbench/gdbench/problems"
	"gonum.org/v1/gonum/mat"
)

// Function defines a problem: its name, its terms, its start and what is known of it.
type Function struct {
	Name string
	problems.Info
	Dims Dims

	// Sum hands all terms at x to s and returns the sum of their values. It is called by
	// several goroutines at once.
	Sum func(x []float64, s Sum) float64
	// Squares is the number of terms for n variables where each is a Square; nil where f
	// is no sum of squares.
	Squares func(n int) int

	Convexity   problems.Convexity
	Start       func(x []float64) // writes the standard start
	StartSource string
	Facts       func(n int, f *problems.Facts) // adds to the facts; may be nil
}

// Dims is the numbers of variables that a function allows.
type Dims struct {
	Usual    int // the default, or the only one
	Least    int // 0: the number is fixed
	Most     int // 0: no limit of the formula's own
	Multiple int // n is a multiple of it; 0 means 1
}

// String says which numbers of variables are allowed, such as "n ≥ 4, a multiple of 4".
func (d Dims) String() string {
	if d.Least == 0 {
		return fmt.Sprintf("n = %d", d.Usual)
	}
	text := fmt.Sprintf("n ≥ %d", d.Least)
	if d.Most > 0 {
		text = fmt.Sprintf("%d ≤ n ≤ %d", d.Least, d.Most)
	}
	if d.Multiple > 1 {
		text += fmt.Sprintf(", a multiple of %d", d.Multiple)
	}
	return text
}

// mostVariables is the limit where the formula has none.
const mostVariables = 10_000_000

// interval is the range of n, multiples apart.
func (d Dims) interval() param.Interval {
	most := d.Most
	if most == 0 {
		most = mostVariables
	}
	return param.Closed(float64(d.Least), float64(most))
}

// check refuses a number of variables that the formula does not allow.
func (d Dims) check(n int) error {
	if n < d.Least || d.Most > 0 && n > d.Most || n%max(d.Multiple, 1) != 0 {
		return fmt.Errorf("dim = %d; the formula needs %v", n, d)
	}
	return nil
}

// Register adds the function to the catalogue of problems, as Fixed or Scalable, and with
// residuals where it is a sum of squares. The catalogue's formula says which n are allowed.
func Register(f Function) {
	f.Formula += "; " + f.Dims.String()
	problems.Register(f.Name, f.Info, func() problems.Problem { return f.problem(f.Dims.Usual) })
}

func (f *Function) problem(n int) problems.Problem {
	terms := terms{f}
	switch {
	case f.Dims.Least == 0 && f.Squares == nil:
		return &Fixed{terms}
	case f.Dims.Least == 0:
		return &FixedSquares{Fixed{terms}}
	case f.Squares == nil:
		return &Scalable{N: n, terms: terms}
	}
	return &ScalableSquares{Scalable{N: n, terms: terms}}
}

// terms gives what follows from the terms alone.
type terms struct{ function *Function }

func (t terms) Evaluate(x, grad []float64) float64   { return t.function.Sum(x, sumOf(grad)) }
func (t terms) Hessian(x []float64, h *mat.SymDense) { t.function.Sum(x, sumOfHessians(h)) }
func (t terms) HessianProduct(x, v, hv []float64)    { t.function.Sum(x, sumOfProducts(v, hv)) }
func (t terms) residuals(x, r []float64)             { t.function.Sum(x, listOfResiduals(r)) }
func (t terms) jacobian(x []float64, jac *mat.Dense) { t.function.Sum(x, listOfRows(jac)) }
func (t terms) facts(n int) *problems.Facts {
	start := make([]float64, n)
	t.function.Start(start)
	f := &problems.Facts{
		Convexity: t.function.Convexity,
		Constants: map[string]problems.Constant{},
		Starts:    []problems.Start{{Name: "standard", X: start, Source: t.function.StartSource}},
	}
	if t.function.Facts != nil {
		t.function.Facts(n, f)
	}
	if n == 2 && f.Window == nil {
		f.Window = around(f)
	}
	return f
}

// Fixed is a Function in a fixed number of variables.
type Fixed struct{ terms }

func (p *Fixed) Dim() int               { return p.function.Dims.Usual }
func (p *Fixed) Facts() *problems.Facts { return p.facts(p.Dim()) }

// Scalable is a Function in any number of variables that its formula allows.
type Scalable struct {
	N int `param:"dim" default:"own" range:"own" doc:"number n of variables"`
	terms
	known *problems.Facts // since Build
}

func (p *Scalable) Dim() int { return p.N }

// solvable is the number of variables up to which minima are solved for: about a second.
const solvable = 20_000

// Build finds the minimum of a convex function where no formula gives it.
func (p *Scalable) Build(problems.Env) error {
	p.known = p.facts(p.N)
	convex := p.known.Convexity == problems.Convex || p.known.Convexity == problems.StronglyConvex
	if !convex || p.known.Minimum != nil {
		return nil
	}
	if p.N > solvable {
		p.known.Notes = append(p.known.Notes, fmt.Sprintf("f* is unknown: it is computed for at most %d variables", solvable))
		return nil
	}
	minimum, err := reference.Solve(p)
	if err != nil {
		p.known.Notes = append(p.known.Notes, err.Error())
	}
	p.known.Minimum = minimum
	return nil
}

// Facts are those of the formula, and after Build the minimum that was solved for.
func (p *Scalable) Facts() *problems.Facts {
	if p.known != nil {
		return p.known
	}
	return p.facts(p.N)
}

// Range is that of n, the only parameter.
func (p *Scalable) Range(string) param.Interval { return p.function.Dims.interval() }

// Validate refuses a number of variables that the formula does not allow.
func (p *Scalable) Validate() error { return p.function.Dims.check(p.N) }

// FixedSquares is a sum of squares in a fixed number of variables.
type FixedSquares struct{ Fixed }

func (p *FixedSquares) ResidualCount() int                   { return p.function.Squares(p.Dim()) }
func (p *FixedSquares) Residuals(x, r []float64)             { p.residuals(x, r) }
func (p *FixedSquares) Jacobian(x []float64, jac *mat.Dense) { p.jacobian(x, jac) }

// ScalableSquares is a sum of squares in any number of variables that its formula allows.
type ScalableSquares struct{ Scalable }

func (p *ScalableSquares) ResidualCount() int                   { return p.function.Squares(p.N) }
func (p *ScalableSquares) Residuals(x, r []float64)             { p.residuals(x, r) }
func (p *ScalableSquares) Jacobian(x []float64, jac *mat.Dense) { p.jacobian(x, jac) }

type smooth interface {
	problems.Problem
	problems.Hessian
	problems.HessianProduct
	problems.Describer
}

var (
	_ smooth             = (*Fixed)(nil)
	_ smooth             = (*Scalable)(nil)
	_ problems.Builder   = (*Scalable)(nil)
	_ param.Ranged       = (*Scalable)(nil)
	_ problems.Residuals = (*FixedSquares)(nil)
	_ problems.Residuals = (*ScalableSquares)(nil)
)
