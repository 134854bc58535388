package losses

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/linalg"
	"github.com/gdbench/gdbench/internal/problems/reference"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/problems"
)

// maxSweeps bounds the coordinate descent of the reference solve.
const maxSweeps = 20_000

// lassoSolver is the reference solve: coordinate descent on the Gram matrix finds the
// support, and a linear system the weights on it to rounding.
type lassoSolver struct {
	*Lasso
	gram   *mat.SymDense // XᵀX/m + l2·D
	offset []float64     // −Xᵀy/m
	w, g   []float64     // weights, and the gradient of the smooth part there
}

// solve is the minimum, with an accuracy computed from the subgradient.
func (p *Lasso) solve() *problems.Minimum {
	n := p.Dim()
	s := &lassoSolver{p, meanGram(p.train), make([]float64, n), make([]float64, n), make([]float64, n)}
	p.addIdentity(s.gram)
	p.Evaluate(s.w, s.offset)
	copy(s.g, s.offset)
	s.descend()
	s.polish()
	return s.minimum()
}

// descend sweeps over the coordinates, each set to its minimizer (Friedman, Hastie &
// Tibshirani 2010, Journal of Statistical Software 33(1)), until none moves much.
func (s *lassoSolver) descend() {
	for range maxSweeps {
		var moved, size float64
		for j := range s.w {
			if step := s.minimizer(j) - s.w[j]; step != 0 {
				s.w[j] += step
				for k := range s.g {
					s.g[k] += float64(step * s.gram.At(j, k))
				}
				moved = math.Max(moved, math.Abs(step))
			}
			size = math.Max(size, math.Abs(s.w[j]))
		}
		if moved <= 1e-14*size {
			return
		}
	}
}

// minimizer is the best value of weight j, the others held.
func (s *lassoSolver) minimizer(j int) float64 {
	curvature := s.gram.At(j, j)
	if curvature == 0 {
		return 0
	}
	return shrink(s.w[j]-s.g[j]/curvature, s.bound(j)/curvature)
}

// bound is what the slope of weight j may be without moving it from 0.
func (s *lassoSolver) bound(j int) float64 {
	if j < s.penalized {
		return s.L1.Value
	}
	return 0
}

// polish solves for the weights that are not zero, with their signs, and keeps the answer
// where it has these signs and is nearer to optimal.
func (s *lassoSolver) polish() {
	var support []int
	for j, v := range s.w {
		if v != 0 {
			support = append(support, j)
		}
	}
	chol, ok := s.factorize(support)
	if !ok {
		return
	}
	exact := make([]float64, len(support))
	for a, j := range support {
		exact[a] = -s.offset[j] - math.Copysign(s.bound(j), s.w[j])
	}
	chol.Solve(exact)
	before, w := s.subgradient(), slices.Clone(s.w)
	same := true
	for a, j := range support {
		v := exact[a]
		same = same && (j >= s.penalized || v*s.w[j] > 0)
		s.w[j] = v
	}
	if !same || s.subgradient() > before {
		s.w = w
	}
}

// factorize is the Cholesky factorization of a part of the Gram matrix; not ok where its
// columns depend on one another.
func (s *lassoSolver) factorize(part []int) (chol *linalg.Cholesky, ok bool) {
	if len(part) == 0 {
		return nil, false
	}
	a := mat.NewSymDense(len(part), nil)
	for i, j := range part {
		for k, l := range part[i:] {
			a.SetSym(i, i+k, s.gram.At(j, l))
		}
	}
	chol = linalg.NewCholesky(len(part))
	ok = chol.Factorize(a) && chol.Condition(linalg.Norm1(a, make([]float64, len(part)))) > 1e-12
	return chol, ok
}

// subgradient is the least norm of a subgradient at w; it refreshes the gradient.
func (s *lassoSolver) subgradient() float64 {
	s.Evaluate(s.w, s.g)
	var norm float64
	for j, slope := range s.g {
		off := math.Abs(slope + math.Copysign(s.bound(j), s.w[j]))
		if s.w[j] == 0 {
			off = math.Max(0, math.Abs(slope)-s.bound(j))
		}
		norm = elementary.Hypot(norm, off)
	}
	return norm
}

// minimum states value and accuracy. Where columns depend on one another, or nearly so, the
// sweeps and the linear system may leave w short of the minimum: a descent over supports
// then goes on from there.
func (s *lassoSolver) minimum() *problems.Minimum {
	first := s.Evaluate(make([]float64, len(s.w)), nil)
	rounding := float64(64 * 0x1p-52 * first)
	accuracy := s.accuracy(first)
	if !(accuracy <= rounding) {
		before := slices.Clone(s.w)
		if off := s.sparse().Improve(s.w); off < accuracy {
			accuracy = off
		} else {
			s.w = before
		}
	}
	s.Evaluate(s.w, s.g)
	value := s.Evaluate(s.w, nil) + s.Rest(s.w)
	m := &problems.Minimum{Value: value, Source: problems.Solved, Accuracy: accuracy + rounding}
	if s.unique() {
		m.Points = [][]float64{slices.Clone(s.w)}
	}
	return m
}

// accuracy bounds F(w) − F*: with s the subgradient by ‖s‖²/2μ, or by ‖s‖·‖w − w*‖, where
// ‖w*‖₁ ≤ F(0)/l1 since F(w*) ≤ F(0) = first.
func (s *lassoSolver) accuracy(first float64) float64 {
	off := s.subgradient()
	distance := first / s.L1.Value
	for j, v := range s.w {
		distance += math.Abs(v)
		if j >= s.penalized { // the bound leaves it out; it moves no further than the others
			distance += math.Abs(v)
		}
	}
	accuracy := off * distance
	if mu, err := s.facts.Global(problems.ConvexityMu); err == nil {
		accuracy = math.Min(accuracy, off*off/(2*mu))
	}
	return accuracy
}

// sparse is the problem with the rows (X; √(m·l2)·I)/√m.
func (s *lassoSolver) sparse() *reference.Sparse {
	m, columns := s.Samples(), columnsOf(s.train.x)
	share, root := 1/math.Sqrt(float64(m)), math.Sqrt(s.weight)
	b := append([]float64(nil), s.train.y...)
	vec.Scale(share, b)
	for j := range columns {
		vec.Scale(share, columns[j])
		if s.weight > 0 {
			columns[j] = append(columns[j], make([]float64, s.penalized)...)
			if j < s.penalized {
				columns[j][m+j] = root
			}
		}
	}
	if s.weight > 0 {
		b = append(b, make([]float64, s.penalized)...)
	}
	return &reference.Sparse{Columns: columns, B: b, L1: s.L1.Value, Penalized: s.penalized}
}

// unique reports whether the columns that could carry weight at the minimum are
// independent (R. J. Tibshirani 2013, Electronic Journal of Statistics 7, 1456–1490).
func (s *lassoSolver) unique() bool {
	var part []int
	for j, slope := range s.g {
		if math.Abs(slope) >= s.bound(j)*(1-1e-9) {
			part = append(part, j)
		}
	}
	_, ok := s.factorize(part)
	return ok || len(part) == 0
}
