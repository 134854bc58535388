package functions

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/linalg"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/problems"
	"gonum.org/v1/gonum/mat"
)

func init() {
	problems.Register("quadratic", problems.Info{
		Summary: "quadratic with a given spectrum, or a given matrix",
		Formula: "½xᵀAx − bᵀx; A = diag(λ), or QAQ with Q = I − 2vvᵀ, v = (1, …, n)/‖·‖; 1 = λ₁ ≤ … ≤ λₙ = condition",
		Source:  "S. Boyd and L. Vandenberghe, Convex Optimization, 2004, section 9.3.2",
		DOI:     "10.1017/CBO9780511804441",
		Family:  "quadratic",
		Aliases: []string{"quad-diag"},
	}, func() problems.Problem { return new(Quadratic) })
}

// defaultDim is the number of variables where neither dim nor matrix is written.
const defaultDim = 10

// maxMatrix is the largest order of a matrix that is kept entry by entry and decomposed.
const maxMatrix = 2000

// Quadratic is f(x) = ½xᵀAx − bᵀx. A has the eigenvalues of a spectrum between 1 and the
// condition number, along the axes or reflected so that no axis is an eigenvector; or it
// is written out.
type Quadratic struct {
	N         int         `param:"dim" default:"none" range:"[0,10000000]" doc:"number n of variables; 0: 10, or the size of matrix"`
	Condition float64     `param:"condition" default:"100" range:"[1,)" doc:"condition number κ: the eigenvalues lie in [1, κ]"`
	Spectrum  string      `param:"spectrum" default:"log" oneof:"log linear clustered chebyshev" doc:"spacing of the eigenvalues: logarithmic, linear, half at each end, or at the extrema of a Chebyshev polynomial (worst case of conjugate gradients)"`
	Rotated   bool        `param:"rotated" default:"false" doc:"rotate A by a Householder reflection, which mixes all variables at a cost of O(n)"`
	Matrix    [][]float64 `param:"matrix" default:"none" doc:"the symmetric matrix A, row by row, instead of a spectrum"`
	Linear    []float64   `param:"linear" default:"none" doc:"b; none: zero, with the minimizer at the origin"`

	form
	known problems.Facts
}

var (
	_ problems.Builder   = (*Quadratic)(nil)
	_ problems.Describer = (*Quadratic)(nil)
	_ problems.Hessian   = (*Quadratic)(nil)
	_ problems.Quadratic = (*Quadratic)(nil)
)

// Validate checks the shape of matrix and linear, and settles dim.
func (q *Quadratic) Validate() error {
	if q.Matrix != nil {
		if err := q.validateMatrix(); err != nil {
			return err
		}
		q.N = len(q.Matrix)
	}
	if q.N == 0 {
		q.N = defaultDim
	}
	if q.N == 1 && q.Condition != 1 && q.Matrix == nil {
		return fmt.Errorf("condition is %g; with one variable it must be 1: write condition: 1, or give the curvature as matrix: [[%g]]", q.Condition, q.Condition)
	}
	if q.Linear != nil && len(q.Linear) != q.N {
		return fmt.Errorf("linear has %d entries; expected one for each of %d variables", len(q.Linear), q.N)
	}
	return nil
}

func (q *Quadratic) validateMatrix() error {
	n := len(q.Matrix)
	switch {
	case n == 0 || n > maxMatrix:
		return fmt.Errorf("matrix has %d rows; expected 1 to %d", n, maxMatrix)
	case q.N != 0 && q.N != n:
		return fmt.Errorf("matrix has %d rows but dim is %d; leave dim out", n, q.N)
	case q.Rotated || q.Condition != 100 || q.Spectrum != "log":
		return errors.New("matrix fixes the spectrum; leave out condition, spectrum and rotated")
	}
	for i, row := range q.Matrix {
		if len(row) != n {
			return fmt.Errorf("row %d of matrix has %d entries; expected %d, the number of rows", i+1, len(row), n)
		}
		for j := range i {
			if row[j] != q.Matrix[j][i] {
				return fmt.Errorf("matrix is not symmetric: entry (%d, %d) is %g, entry (%d, %d) is %g", i+1, j+1, row[j], j+1, i+1, q.Matrix[j][i])
			}
		}
	}
	return nil
}

// Build forms A and works out its facts.
func (q *Quadratic) Build(problems.Env) error {
	q.form = form{n: q.N, linear: q.Linear}
	if q.Matrix != nil {
		q.matrix = newDense(q.n, func(i, j int) float64 { return q.Matrix[i][j] })
		return q.describeMatrix()
	}
	lambda := spectrum(q.Spectrum, q.n, q.Condition)
	q.matrix = diagonal(lambda)
	minimizer := make([]float64, q.n)
	copy(minimizer, q.linear)
	if q.Rotated {
		r := newReflected(lambda, direction(q.n))
		q.matrix = r
		r.solve(minimizer)
	} else {
		for i := range minimizer {
			minimizer[i] /= lambda[i]
		}
	}
	q.known = q.facts(lambda[0], lambda[q.n-1], "closed form")
	q.attain(minimizer)
	q.known.Starts = []problems.Start{
		{Name: "standard", X: q.equalized(lambda, minimizer), Source: "x* + Σ uᵢ/λᵢ; in two variables the worst start of an exact line search"},
		{Name: "ones", X: fill(q.n, 1)},
	}
	return nil
}

// spectrum is n eigenvalues from 1 to condition, ascending.
func spectrum(spacing string, n int, condition float64) []float64 {
	lambda := make([]float64, n)
	for i := range lambda {
		t := float64(i) / float64(max(n-1, 1)) // from 0 to 1
		switch spacing {
		case "log":
			lambda[i] = elementary.Pow(condition, t)
		case "clustered":
			t = float64(2 * i / n)
			lambda[i] = 1 + float64((condition-1)*t)
		case "chebyshev":
			lambda[i] = 1 + float64((condition-1)*(1-elementary.Cos(math.Pi*t))/2)
		default:
			lambda[i] = 1 + float64((condition-1)*t)
		}
	}
	return lambda
}

// direction is (1, …, n)/‖·‖.
func direction(n int) []float64 {
	v := make([]float64, n)
	for i := range v {
		v[i] = float64(i + 1)
	}
	vec.Scale(1/vec.Norm(v), v)
	return v
}

// describeMatrix decomposes a written matrix: its extreme eigenvalues say what kind of
// quadratic it is.
func (q *Quadratic) describeMatrix() error {
	a := mat.NewSymDense(q.n, nil)
	q.Hessian(nil, a)
	var eigen linalg.Eigen
	if !eigen.Factorize(a, true) {
		return errors.New("the eigenvalues of matrix could not be computed; are its entries of comparable size?")
	}
	lambda := eigen.Values()
	low, high := lambda[0], lambda[q.n-1]
	scale := max(math.Abs(low), math.Abs(high))
	zero := 4 * float64(q.n) * 0x1p-52 * scale // rounding of the decomposition
	if low < -zero {
		q.known = saddleFacts(low, scale)
		if x, ok := leastNorm(&eigen, lambda, q.linear, zero); ok {
			q.known.Critical = critical(kindOf(high, zero), x)
			q.known.Window = windowAround(x, 2)
		}
	} else {
		q.describeConvex(&eigen, lambda, zero)
	}
	q.known.Starts = []problems.Start{{Name: "standard", X: fill(q.n, 1)}}
	if q.known.Window == nil {
		q.known.Window = windowAround(make([]float64, q.n), 2)
	}
	return nil
}

// saddleFacts are those of a quadratic with a negative eigenvalue.
func saddleFacts(low, smoothness float64) problems.Facts {
	return problems.Facts{Convexity: problems.Nonconvex, Constants: map[string]problems.Constant{
		problems.SmoothnessL:   {Value: smoothness, Scope: problems.Global, Source: "eigenvalues"},
		problems.SmallestCurve: {Value: low, Scope: problems.Global, Source: "eigenvalues"},
	}, Notes: []string{"unbounded below"}}
}

// kindOf is the kind of the critical point where the least eigenvalue is negative.
func kindOf(high, zero float64) problems.Kind {
	switch {
	case high > zero:
		return problems.Saddle
	case high < -zero:
		return problems.Maximum
	}
	return problems.Degenerate
}

// describeConvex states the facts of a matrix without an eigenvalue below −zero, the
// rounding of the decomposition. Which of the small ones are zero is decided by the exact
// rank; where that finds more than the eigenvalues show, their signs are not known.
func (q *Quadratic) describeConvex(eigen *linalg.Eigen, lambda []float64, zero float64) {
	if mu, ok := linalg.Certain(lambda[0], zero); ok {
		q.known = q.facts(mu, lambda[q.n-1], "eigenvalues")
	} else {
		q.known = q.facts(0, max(lambda[q.n-1], 0), "eigenvalues")
		zeros := slices.IndexFunc(lambda, func(l float64) bool { return l > 2*zero })
		if zeros < 0 {
			zeros = q.n
		}
		if q.exactRank() != q.n-zeros {
			q.known.Convexity = problems.UnknownConvexity
			delete(q.known.Constants, problems.ConvexityMu)
			q.known.Notes = []string{"matrix has eigenvalues too close to zero for their signs to be known; so convexity and minimum are not"}
			return
		}
		if zeros < q.n {
			if pl, ok := linalg.Certain(lambda[zeros], zero); ok {
				q.known.Constants[problems.PLConstant] = problems.Constant{Value: pl, Scope: problems.Global, Source: "least eigenvalue that is not zero"}
			}
		}
	}
	if minimizer, ok := leastNorm(eigen, lambda, q.linear, zero); ok {
		q.attain(minimizer)
	} else {
		q.known.Notes = []string{"unbounded below: linear has a part in the null space of matrix"}
	}
}

// exactRank is the rank of the matrix, −1 where that is too dear.
func (q *Quadratic) exactRank() (found int) {
	const most = 500 // variables: a tenth of a second
	if q.n > most {
		return -1
	}
	var rank linalg.Rank
	for _, row := range q.Matrix {
		r, ok := rank.Add(row)
		if !ok {
			return -1
		}
		found = r
	}
	return found
}

// leastNorm is the shortest x with Ax = b; there is none where b has a part in the null
// space of A.
func leastNorm(eigen *linalg.Eigen, lambda, b []float64, zero float64) (x []float64, ok bool) {
	n := len(lambda)
	x = make([]float64, n)
	if b == nil {
		return x, true
	}
	tolerance := 64 * float64(n) * 0x1p-52 * vec.Norm(b)
	for k, l := range lambda {
		column := eigen.Vector(k)
		along := vec.Dot(column, b)
		if math.Abs(l) > zero {
			vec.AddScaled(x, x, along/l, column)
		} else if math.Abs(along) > tolerance {
			return nil, false
		}
	}
	return x, true
}

// attain states the minimum and the window around it.
func (q *Quadratic) attain(minimizer []float64) {
	q.known.Minimum = &problems.Minimum{
		Value: q.Evaluate(minimizer, nil), Source: problems.Analytic, Points: [][]float64{minimizer},
	}
	q.known.Window = windowAround(minimizer, 2)
}

// equalized is x* + Σ uᵢ/λᵢ over the unit eigenvectors uᵢ: every eigenvalue contributes
// as much to the gradient.
func (q *Quadratic) equalized(lambda, minimizer []float64) []float64 {
	x := make([]float64, q.n)
	for i := range x {
		x[i] = 1 / lambda[i]
	}
	if r, ok := q.matrix.(reflected); ok {
		r.reflect(x)
	}
	vec.AddScaled(x, x, 1, minimizer)
	return x
}

// Facts follow from the eigenvalues.
func (q *Quadratic) Facts() *problems.Facts { return &q.known }
