package reference

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/internal/linalg"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/problems"
)

const maxCertified = 200 // Newton steps in an orthonormal basis

// certified minimizes a reduced loss by Newton's method, until a lower bound of f* that
// needs no curvature bound of f proves the value.
type certified struct {
	*reduced
	linear      *Linear
	u, g, d     []float64
	next, nextG []float64
	f, first    float64
	off         float64 // f(u) − f* ≤ off
	size        float64 // root mean square of the slopes at the start

	h, shifted *mat.SymDense
	chol       *linalg.Cholesky
	sums       []float64
	residual   []float64 // Hd + g
	condition  float64   // reciprocal, of H
	norm       float64   // of H
}

func newCertified(l *Linear) *certified {
	p := l.reduce()
	n := p.Dim()
	s := &certified{reduced: p, linear: l, h: mat.NewSymDense(n, nil), shifted: mat.NewSymDense(n, nil), chol: linalg.NewCholesky(n)}
	for _, v := range []*[]float64{&s.u, &s.g, &s.d, &s.next, &s.nextG, &s.sums, &s.residual} {
		*v = make([]float64, n)
	}
	return s
}

// solveLinear finds the minimum of l and proves it, or proves that there is none.
func solveLinear(l *Linear) (*problems.Minimum, error) {
	s := newCertified(l)
	s.f = s.Evaluate(s.u, s.g)
	s.first = s.f
	s.size = vec.Norm(s.slopes) / math.Sqrt(float64(s.m))
	if s.Dim() == 0 {
		return &problems.Minimum{Value: s.f, Source: problems.Solved, Accuracy: 64 * epsilon * math.Abs(s.f)}, nil
	}
	if err := s.run(); err != nil {
		return nil, err
	}
	return s.minimum(), nil
}

func (s *certified) scale() float64 { return math.Max(math.Abs(s.f), math.Abs(s.first)) }

// run takes Newton steps until the value is proved to rounding, and one more.
func (s *certified) run() error {
	for range maxCertified {
		if !s.newton() {
			break
		}
		s.off = s.bound()
		if s.off <= 16*epsilon*s.scale() {
			s.polish()
			return nil
		}
		if reason := s.receding(); reason != "" {
			return &Unsolved{"the minimum is not attained: " + reason}
		}
		if !s.search() {
			break
		}
	}
	if s.off <= 1e-10*s.scale() {
		return nil
	}
	return &Unsolved{fmt.Sprintf("the reference solve ends at ‖g‖ = %.3g without a proof that the minimum is near; a regularizer (l2) makes the problem easier", vec.Norm(s.g))}
}

// newton solves Hd = −g, with a multiple of the diagonal added to H where it is singular. It
// reports false where H is not finite.
func (s *certified) newton() (ok bool) {
	s.Hessian(s.u, s.h)
	if !linalg.Finite(s.h) {
		return false
	}
	var top float64
	for j := range s.d {
		top = math.Max(top, s.h.At(j, j))
	}
	s.norm = linalg.Norm1(s.h, s.sums)
	for shift := 0.0; shift < 1; shift = math.Max(1e-14, 10*shift) {
		s.shifted.CopySym(s.h)
		for j := range s.d {
			s.shifted.SetSym(j, j, s.h.At(j, j)+float64(shift*top))
		}
		if !s.chol.Factorize(s.shifted) {
			continue
		}
		condition := s.chol.Condition(s.norm)
		if shift == 0 {
			s.condition = condition
		}
		if condition >= 1e-15 {
			s.direction()
			return true
		}
		s.condition = 0
	}
	for j, v := range s.g { // no curvature to go by: along the gradient
		s.d[j] = -v
	}
	s.residue()
	return true
}

// direction solves for d, and once more for what is left.
func (s *certified) direction() {
	for j, v := range s.g {
		s.d[j] = -v
	}
	s.chol.Solve(s.d)
	s.residue()
	again := append([]float64(nil), s.residual...)
	s.chol.Solve(again)
	vec.AddScaled(s.d, s.d, -1, again)
	s.residue()
}

// residue is Hd + g.
func (s *certified) residue() {
	linalg.Product(s.residual, s.h, s.d)
	vec.AddScaled(s.residual, s.residual, 1, s.g)
}

// bound is an upper bound of f(u) − f*. With λ² = dᵀHd and ρ = Hd + g,
//
//	gᵀv + ½vᵀHv ≥ −½λ² + ρᵀv for every v.
//
// For quadratic pieces the slopes of the model at u + d are a point of Fenchel's dual where
// they lie among those of the terms, and its value is f(u) − ½λ²; at kinks d = 0 may be the
// better choice. For terms with |φ‴| ≤ r·φ″ and r(v) ≤ C‖v‖_H, f(u + v) ≥ f(u) + gᵀv +
// (e^{−s} + s − 1)/C² with s = C‖v‖_H (Bach 2010, proposition 1), whose least value is
// −λ²/2·(1 + O(λC)). The residual ρ is rounding; v leads to a minimizer, which is
// taken to be no farther from u than four times ‖u‖ + ‖d‖ and the slopes at the start.
func (s *certified) bound() float64 {
	far := 4 * (vec.Norm(s.u) + vec.Norm(s.d) + s.size)
	rest := float64(vec.Norm(s.residual) * far)
	square := math.Abs(vec.Dot(s.residual, s.d) - vec.Dot(s.g, s.d)) // negative by rounding only
	switch terms := s.terms.(type) {
	case Pieces:
		return math.Min(float64(square/2)+rest+s.outside(terms), float64(vec.Norm(s.g)*far))
	case Tailed:
		least := 0.3 * s.condition * s.norm // eigenvalue; the estimate may be a few times too large
		t := math.Sqrt(square * terms.Spread() * s.longest() / least)
		if !(t <= 0.5) {
			return math.Inf(1)
		}
		return float64(square/2*(1+t)) + rest
	}
	return math.Inf(1)
}

// outside is what the model's slopes that no term has may take from the dual's value.
func (s *certified) outside(terms Pieces) (off float64) {
	var z, dz, slope, curvature [1]float64
	for i, row := range s.rows {
		s.outputs(z[:], row, s.u)
		s.outputs(dz[:], row, s.d)
		terms.At(i, z[:], slope[:], curvature[:])
		if by := terms.Outside(i, slope[0]+float64(curvature[0]*dz[0])); by > 0 {
			off += float64(4 * by * (math.Abs(z[0]) + math.Abs(dz[0]) + by))
		}
	}
	return off / float64(s.m)
}

// search backtracks from the full step until f falls enough, or, within rounding of f,
// the gradient shrinks.
func (s *certified) search() bool {
	slope := vec.Dot(s.g, s.d)
	for t := 1.0; t > 1e-20; t /= 2 {
		vec.AddScaled(s.next, s.u, t, s.d)
		f := s.Evaluate(s.next, s.nextG)
		rounding := math.Abs(f-s.f) <= 1e-13*s.scale() && vec.Norm(s.nextG) < vec.Norm(s.g)
		if f <= s.f+float64(0.25*t*slope) && slope < 0 || rounding {
			s.accept(f)
			return true
		}
	}
	return false
}

func (s *certified) accept(f float64) {
	s.f = f
	s.u, s.next = s.next, s.u
	s.g, s.nextG = s.nextG, s.g
}

// polish takes full steps for as long as the bound shrinks.
func (s *certified) polish() {
	for range 5 {
		u, g, f, off := append([]float64(nil), s.u...), append([]float64(nil), s.g...), s.f, s.off
		vec.AddScaled(s.u, s.u, 1, s.d)
		s.f = s.Evaluate(s.u, s.g)
		if s.newton() {
			s.off = s.bound()
		}
		if !(s.off < off) {
			s.u, s.g, s.f, s.off = u, g, f, off
			break
		}
	}
	s.Evaluate(s.u, s.g)
}

// minimum is the value that was found. Its minimizer is known to be the only one where no
// feature depends on others and H is clearly positive definite.
func (s *certified) minimum() *problems.Minimum {
	w := make([]float64, s.linear.N*s.c)
	rounding := s.rounding(s.u, w)
	m := &problems.Minimum{Value: s.f, Source: problems.Solved,
		Accuracy: s.off + math.Max(float64(64*epsilon*s.scale()), rounding)}
	if s.linear.Weights != nil && s.r == s.linear.N && s.condition > 1e-10 && rounding <= 1e-10*s.scale() {
		m.Points = [][]float64{s.linear.Weights(w)}
	}
	return m
}
