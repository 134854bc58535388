package reference

import (
	"math"

	"github.com/gdbench/gdbench/internal/vec"
)

// receding says why the minimum is not attained, where the Newton step leads to a direction
// along which f falls for ever: no term grows along it, and some still fall (Rockafellar
// 1970, Convex Analysis, theorem 27.1). Newton's method walks off along such a direction with
// steps that do not shorten.
func (s *certified) receding() string {
	terms, ok := s.terms.(Tailed)
	if !ok {
		return ""
	}
	for _, slack := range []float64{1e-2, 1e-4, 1e-6, 1e-8} {
		possible, proved := s.recedes(terms, slack)
		switch {
		case proved:
			return terms.Unattained()
		case !possible:
			return ""
		}
	}
	return ""
}

// recedes makes equalities of those conditions that the step meets with almost nothing to
// spare, or all but meets, and proves the direction if the others then still hold.
func (s *certified) recedes(terms Tailed, slack float64) (possible, proved bool) {
	d := append([]float64(nil), s.d...)
	most := s.mostSpared(terms, d)
	if !s.meets(terms, d, slack*most) {
		return false, false
	}
	var level [][]float64
	s.conditions(terms, d, func(a []float64, v float64, equal bool) {
		if equal || v <= slack*most {
			level = append(level, append([]float64(nil), a...))
		}
	})
	newBasis(level, len(d)).project(d)
	left := s.mostSpared(terms, d)
	return true, left > 1e-3*most && s.meets(terms, d, 1e-11*left)
}

// mostSpared is the greatest aᵀd.
func (s *certified) mostSpared(terms Tailed, d []float64) (most float64) {
	s.conditions(terms, d, func(_ []float64, v float64, _ bool) { most = math.Max(most, v) })
	return most
}

// meets reports whether d meets all conditions but for so much, which must be positive.
func (s *certified) meets(terms Tailed, d []float64, slack float64) bool {
	holds := slack > 0
	s.conditions(terms, d, func(_ []float64, v float64, equal bool) {
		holds = holds && v >= -slack && (!equal || v <= slack)
	})
	return holds
}

// conditions calls each with the vectors a of Dim entries, and aᵀd, for which aᵀd ≥ 0, or = 0
// where equal is true, says that no term nor the regularizer grows along d. The vector is
// valid during the call only.
func (s *certified) conditions(terms Tailed, d []float64, each func(a []float64, v float64, equal bool)) {
	a := make([]float64, len(d))
	for i, row := range s.rows {
		terms.Tails(i, func(tail []float64, level bool) {
			clear(a)
			s.spread(a, row, tail)
			each(a, vec.Dot(a, d), level)
		})
	}
	one := make([]float64, s.c)
	for _, row := range s.rest {
		for c := range one {
			clear(one)
			one[c] = 1
			clear(a)
			s.spread(a, row, one)
			each(a, vec.Dot(a, d), true)
		}
	}
}
