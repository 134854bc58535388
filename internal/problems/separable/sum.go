// Package separable holds functions that are sums of terms, each a smooth function of one
// inner function of few variables:
//
//	f(x) = Σₖ φₖ(uₖ(x)),   φₖ: ℝ → ℝ,   uₖ of a handful of the n variables
//
// (group partial separability; Griewank & Toint 1982, doi 10.1007/BF01399316; Conn, Gould &
// Toint 1992, LANCELOT, doi 10.1007/978-3-662-12211-2). Nearly
// every classical test function is one. A problem states each term once, by the value, the
// first and the second partial derivatives of u, and the chain rule does the rest: value,
// gradient, Hessian, Hessian product, and where all terms are squares, residuals and
// Jacobian. The cost is that of the terms, linear in n where their number is, and nothing
// is allocated.
//
// Derivatives of u are written by hand rather than by automatic differentiation: inner
// functions are short, an evaluation costs a few nanoseconds a term instead of a tape, and
// the tests hold every one of them against differences.
package separable

import (
	"math"

	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/mat"
)

// Partial is ∂u/∂xᵢ = By with i = At. (An alias, like Pair, so that lists of them may be
// written without field names in other packages.)
type Partial = struct {
	At int
	By float64
}

// Pair is ∂²u/∂xᵢ∂xⱼ = By with i = At, j = And.
type Pair = struct {
	At, And int
	By      float64
}

// First lists the first partial derivatives of u that are not zero, each variable once.
type First []Partial

// Second lists the second partial derivatives of u that are not zero, each unordered pair
// of variables once.
type Second []Pair

// Outer is φ at u: its value and its first two derivatives.
type Outer struct{ F, D, DD float64 }

type quantity int

const (
	value quantity = iota
	gradient
	product
	hessian
	residuals
	jacobian
)

// Sum takes the terms of a function one after the other and adds up what was asked for.
// It is passed by value, so that it costs no memory.
type Sum struct {
	want quantity
	into []float64 // gradient, Hessian product or residuals
	v    []float64 // what the Hessian is multiplied with
	full blas64.General
	row  int // of the next residual
}

func sumOf(grad []float64) Sum {
	if grad == nil {
		return Sum{want: value}
	}
	clear(grad)
	return Sum{want: gradient, into: grad}
}

func sumOfProducts(v, hv []float64) Sum {
	clear(hv)
	return Sum{want: product, into: hv, v: v}
}

func sumOfHessians(h *mat.SymDense) Sum {
	h.Zero()
	raw := h.RawSymmetric()
	return Sum{want: hessian, full: blas64.General{Rows: raw.N, Cols: raw.N, Stride: raw.Stride, Data: raw.Data}}
}

func listOfResiduals(r []float64) Sum { return Sum{want: residuals, into: r} }

func listOfRows(jac *mat.Dense) Sum {
	jac.Zero()
	return Sum{want: jacobian, full: jac.RawMatrix()}
}

// Order is the highest order of derivatives asked for: 0, 1 or 2. A problem whose lists
// are expensive to write leaves out what is not read.
func (s *Sum) Order() int {
	switch s.want {
	case value, residuals:
		return 0
	case gradient, jacobian:
		return 1
	}
	return 2
}

// Term adds φ(u) and returns its value.
func (s *Sum) Term(o Outer, first First, second Second) float64 {
	switch s.want {
	case value:
	case gradient:
		s.slope(o.D, first)
	case product:
		s.multiply(o, first, second)
	case hessian:
		s.fill(o, first, second)
	}
	return o.F
}

// slope adds φ′ ∇u.
func (s *Sum) slope(d float64, first First) {
	for k := range first {
		p := &first[k] // a copy would wait for the stores that have just written the list
		s.into[p.At] += float64(d * p.By)
	}
}

// multiply adds (φ″ ∇u∇uᵀ + φ′ ∇²u)·v.
func (s *Sum) multiply(o Outer, first First, second Second) {
	var slope float64
	for _, p := range first {
		slope += float64(p.By * s.v[p.At])
	}
	slope *= o.DD
	for _, p := range first {
		s.into[p.At] += float64(slope * p.By)
	}
	for _, p := range second {
		c := o.D * p.By
		s.into[p.At] += float64(c * s.v[p.And])
		if p.At != p.And {
			s.into[p.And] += float64(c * s.v[p.At])
		}
	}
}

// fill adds φ″ ∇u∇uᵀ + φ′ ∇²u to the upper triangle.
func (s *Sum) fill(o Outer, first First, second Second) {
	for k, p := range first {
		c := o.DD * p.By
		for _, q := range first[k:] {
			*s.at(min(p.At, q.At), max(p.At, q.At)) += float64(c * q.By)
		}
	}
	for _, p := range second {
		*s.at(min(p.At, p.And), max(p.At, p.And)) += float64(o.D * p.By)
	}
}

func (s *Sum) at(i, j int) *float64 { return &s.full.Data[i*s.full.Stride+j] }

// Linear adds w·u.
func (s *Sum) Linear(w, u float64, first First, second Second) float64 {
	return s.Term(Outer{float64(w * u), w, 0}, first, second)
}

// Square adds w·u², w > 0, the residual r = √(2w)·u of f = ½‖r‖².
func (s *Sum) Square(w, u float64, first First, second Second) float64 {
	d := 2 * w * u
	if s.want == gradient { // the usual case, without a further call
		s.slope(d, first)
		return float64(w * u * u)
	}
	if s.want >= residuals {
		s.residual(w, u, 1, first)
	}
	return s.Term(Outer{float64(w * u * u), d, 2 * w}, first, second)
}

// Fourth adds w·u⁴, w > 0, the residual r = √(2w)·u².
func (s *Sum) Fourth(w, u float64, first First, second Second) float64 {
	uu := float64(u * u)
	if s.want >= residuals {
		s.residual(w, uu, 2*u, first)
	}
	return s.Term(Outer{float64(w * uu * uu), 4 * w * uu * u, 12 * w * uu}, first, second)
}

// residual writes r or its row of the Jacobian for the term w·ψ(u)², with ψ and ψ′ given.
// Published sums of squares lack the ½ of ½‖r‖²: hence the factor √2.
func (s *Sum) residual(w, psi, slope float64, first First) {
	root := math.Sqrt(2 * w)
	if s.want == residuals {
		s.into[s.row] = root * psi
	} else {
		for _, p := range first {
			*s.at(s.row, p.At) = root * slope * p.By
		}
	}
	s.row++
}
