package wrappers

import (
	"fmt"
	"maps"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/problems"
)

// Evaluate returns value·f(Dx) and its gradient.
func (s *Scale) Evaluate(x, grad []float64) float64 {
	f := s.affine.Evaluate(x, grad)
	s.times(grad)
	return s.Value * f
}

// EvaluateOn is the same on a batch.
func (s *Scale) EvaluateOn(x, grad []float64, batch []int32) float64 {
	f := s.affine.EvaluateOn(x, grad, batch)
	s.times(grad)
	return s.Value * f
}

// times multiplies by the factor of f.
func (s *Scale) times(v []float64) {
	if v != nil && s.Value != 1 {
		vec.Scale(s.Value, v)
	}
}

// Hessian is value·D∇²f·D.
func (s *Scale) Hessian(x []float64, h *mat.SymDense) {
	s.affine.Hessian(x, h)
	if s.Value != 1 {
		h.ScaleSym(s.Value, h)
	}
}

// HessianProduct is value·D∇²f·Dv.
func (s *Scale) HessianProduct(x, v, hv []float64) {
	s.affine.HessianProduct(x, v, hv)
	s.times(hv)
}

// Residuals are √value·r(Dx), so that their sum of squares is that of f.
func (s *Scale) Residuals(x, r []float64) {
	s.affine.Residuals(x, r)
	vec.Scale(math.Sqrt(s.Value), r)
}

// Jacobian is √value·J·D.
func (s *Scale) Jacobian(x []float64, jac *mat.Dense) {
	s.affine.Jacobian(x, jac)
	jac.Scale(math.Sqrt(s.Value), jac)
}

// Rest is the part that is not smooth.
func (s *Scale) Rest(x []float64) float64 { return s.Value * s.affine.Rest(x) }

// Prox is that of value·h(d·): with u = dx, the minimum of value·h(u) + ‖u − dx‖²/(2td²).
func (s *Scale) Prox(dst, x []float64, t float64) {
	d := s.matrix.(factors)[0]
	s.to(s.y, x)
	s.composite.Prox(s.y, s.y, float64(t*s.Value)*d*d)
	s.from(dst, s.y)
}

// inUnits restates facts that are known in the new variables for value·f, and adds those that
// a diagonal matrix keeps: the smoothness along each coordinate and, where all factors are
// equal, what a sum and a Lipschitz function have.
func (s *Scale) inUnits(in, inside *problems.Facts, d factors) *problems.Facts {
	f := *in
	f.Constants = maps.Clone(in.Constants)
	for name, c := range f.Constants {
		c.Value *= s.Value // all that are left are proportional to f
		f.Constants[name] = c
	}
	keep := func(name string, factor float64) {
		if c, ok := inside.Constants[name]; ok && c.Scope != problems.Local {
			c.Value *= factor
			f.Constants[name] = c
		}
	}
	equal := true
	for i, t := range d {
		keep(fmt.Sprintf("%s%d", coordinatePrefix, i+1), float64(t*t)*s.Value)
		equal = equal && math.Abs(t) == math.Abs(d[0])
	}
	if equal {
		keep(problems.SampleMu, d[0]*d[0]*s.Value)
		keep(problems.Lipschitz, math.Abs(d[0])*s.Value)
	}
	if s.Value == 1 {
		keep(problems.SelfConcordance, 1)
	}
	if m := in.Minimum; m != nil {
		minimum := *m
		minimum.Value *= s.Value
		minimum.Accuracy *= s.Value
		f.Minimum = &minimum
	}
	return &f
}

// coordinatePrefix begins the names L_1 … L_n of problems.CoordinateL.
const coordinatePrefix = "L_"
