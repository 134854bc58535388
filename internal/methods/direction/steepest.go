package direction

import (
	"fmt"
	"math"

	"github.com/gdbench/gdbench/internal/linalg"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
	"gonum.org/v1/gonum/mat"
)

// Steepest is steepest descent in a norm: the normalized direction
//
//	Δx_nsd = argmin{∇fᵀv : ‖v‖ ≤ 1}
//
// or, unnormalized, Δx_sd = ‖∇f‖_*·Δx_nsd with the dual norm:
//
//	l1         −gᵢ·eᵢ, i the first index of the largest |gᵢ|  (Gauss–Southwell)
//	l2         −g
//	linf       −‖g‖₁·sign(g)
//	quadratic  −P⁻¹g, where ‖v‖ = (vᵀPv)^½
//	spectral   −‖g‖_*·UVᵀ in each matrix of the variables, UΣVᵀ its part of g
//
// The spectral norm of all variables is the largest of those of the matrices and of the lengths of
// the other blocks, whose part is −‖g‖_*·g/‖g‖₂; the dual norm ‖g‖_* is the sum of all singular
// values and lengths (Bernstein & Newhouse 2024, arXiv:2409.20325, proposition 5). P is the Hessian at the first iterate, its diagonal, or given as a diagonal. All of
// them promise descent; where ∇f = 0 the direction is zero.
//
// Source: Boyd & Vandenberghe 2004, Convex Optimization, §9.4, doi:10.1017/CBO9780511804441.
type Steepest struct {
	Norm       string    `param:"norm" default:"l2" oneof:"l1 l2 linf quadratic spectral" doc:"the norm that measures steepness"`
	Normalized bool      `param:"normalized" default:"false" doc:"scale Δx to length 1 in the norm; otherwise its length is the dual norm of the gradient"`
	Matrix     string    `param:"matrix" default:"diagonal" oneof:"diagonal hessian weights" doc:"P of the quadratic norm: the Hessian at the start, its diagonal, or the given weights"`
	Weights    []float64 `param:"weights" default:"none" range:"(0,)" doc:"diagonal of P, for matrix: weights"`

	oracle *methods.Oracle
	metric metric // nil until the first direction in the quadratic norm
	blocks []sheet
}

// sheet is a block of the variables, and room for its singular values where it is a matrix.
type sheet struct {
	problems.Block
	svd *linalg.SVD
}

// metric is P, as a solver.
type metric interface{ Solve(b []float64) } // overwrites b with P⁻¹b

// axes is a P that is diagonal.
type axes []float64

func (w axes) Solve(b []float64) {
	for i := range b {
		b[i] /= w[i]
	}
}

var _ methods.Direction = (*Steepest)(nil)

func init() {
	methods.RegisterDirection("steepest", methods.Info{
		Summary: "steepest descent in the l1, l2, linf, spectral or a quadratic norm",
		Formula: "Δx = ‖∇f‖_*·argmin{∇fᵀv : ‖v‖ ≤ 1}",
		Source:  "Boyd & Vandenberghe 2004, Convex Optimization, §9.4",
		DOI:     "10.1017/CBO9780511804441",
	}, func() methods.Direction { return new(Steepest) })
}

// Validate wants weights exactly where they are used.
func (s *Steepest) Validate() error {
	wanted := s.Norm == "quadratic" && s.Matrix == "weights"
	switch {
	case wanted && len(s.Weights) == 0:
		return fmt.Errorf("matrix: weights without the key weights; expected a list of n positive numbers")
	case !wanted && len(s.Weights) > 0:
		return fmt.Errorf("weights are given but not used; they belong to norm: quadratic with matrix: weights")
	}
	return nil
}

// Needs what the norm is made of.
func (s *Steepest) Needs() []problems.Need {
	switch {
	case s.Norm == "spectral":
		return []problems.Need{problems.NeedsMatrices}
	case s.Norm == "quadratic" && s.Matrix != "weights":
		return []problems.Need{problems.NeedsHessian}
	}
	return nil
}

func (s *Steepest) Init(o *methods.Oracle) error {
	s.oracle, s.metric, s.blocks = o, nil, nil
	switch {
	case s.Norm == "spectral":
		return s.divide()
	case s.Norm != "quadratic":
		return nil
	case s.Matrix != "weights":
		return o.NeedHessian()
	case len(s.Weights) != o.Dim():
		return fmt.Errorf("weights has %d entries; the problem has %d variables", len(s.Weights), o.Dim())
	}
	s.metric = axes(s.Weights)
	return nil
}

// divide asks for the blocks of the variables.
func (s *Steepest) divide() error {
	blocks, err := s.oracle.Shapes()
	if err != nil {
		return err
	}
	for _, b := range blocks {
		one := sheet{Block: b}
		if b.IsMatrix() {
			one.svd = new(linalg.SVD)
			one.svd.Reserve(b.Rows, b.Columns)
		}
		s.blocks = append(s.blocks, one)
	}
	return nil
}

func (s *Steepest) Direction(at *methods.Iterate, d []float64) error {
	g := at.Grad
	dual := 0.0 // ‖g‖_*
	switch s.Norm {
	case "l1":
		i := largest(g)
		clear(d)
		d[i], dual = -g[i], math.Abs(g[i])
	case "l2":
		negate(d, g)
		dual = vec.Norm(g)
	case "linf":
		for _, v := range g {
			dual += math.Abs(v)
		}
		for i, v := range g {
			d[i] = -dual * sign(v)
		}
	case "spectral":
		for _, b := range s.blocks {
			dual += b.steepest(b.Of(d), b.Of(g))
		}
		vec.Scale(-dual, d)
	case "quadratic":
		if err := s.prepare(at); err != nil {
			return err
		}
		negate(d, g)
		s.metric.Solve(d)
		dual = math.Sqrt(-vec.Dot(g, d))
	}
	if s.Normalized && dual > 0 {
		for i := range d {
			d[i] /= dual
		}
	}
	return nil
}

// steepest writes the vector of length 1 along which g is steepest into d, and returns the dual
// norm of g; numbers that are none where g has one that is none.
func (b sheet) steepest(d, g []float64) (dual float64) {
	if b.svd != nil {
		if b.svd.FactorizeRows(g, b.Columns, b.Rows, b.Columns) {
			return b.svd.Polar(d)
		}
		return math.NaN()
	}
	copy(d, g)
	if dual = vec.Norm(g); dual > 0 {
		vec.Scale(1/dual, d)
	}
	return dual
}

// prepare makes P of the Hessian at the first iterate.
func (s *Steepest) prepare(at *methods.Iterate) error {
	if s.metric != nil {
		return nil
	}
	n := len(at.X)
	h := mat.NewSymDense(n, nil)
	if err := s.oracle.Hessian(at.X, h); err != nil {
		return err
	}
	if s.Matrix == "hessian" {
		whole := linalg.NewCholesky(n)
		if !whole.Factorize(h) {
			return methods.Stalled("the Hessian at the start is not positive definite, so it defines no norm")
		}
		s.metric = whole
		return nil
	}
	diagonal := make(axes, n)
	for i := range diagonal {
		if diagonal[i] = h.At(i, i); !(diagonal[i] > 0) {
			return methods.Stalled("entry %d of the Hessian's diagonal at the start is %.3g, so it defines no norm", i+1, diagonal[i])
		}
	}
	s.metric = diagonal
	return nil
}

// largest is the first index of the largest |gᵢ|.
func largest(g []float64) int {
	best := 0
	for i, v := range g {
		if math.Abs(v) > math.Abs(g[best]) {
			best = i
		}
	}
	return best
}

// sign is −1, 0 or 1; NaN stays NaN, so that a divergence is seen.
func sign(v float64) float64 {
	switch {
	case v > 0:
		return 1
	case v < 0:
		return -1
	}
	return v
}

// Units are those of ∇f; of x where P is the Hessian. Normalized, Δx has those of ‖v‖ = 1.
func (s *Steepest) Units() methods.Units {
	hessian := s.Norm == "quadratic" && s.Matrix != "weights"
	switch {
	case hessian && s.Normalized: // ‖v‖² has the units of f
		return methods.Units{Value: -0.5, Variables: 1}
	case hessian:
		return methods.NaturalUnits
	case s.Normalized:
		return methods.Units{}
	}
	return methods.GradientUnits
}
