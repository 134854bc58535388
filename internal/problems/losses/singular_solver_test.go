package losses_test

import (
	"math"
	"math/big"

	"github.com/gdbench/gdbench/internal/elementary/exact"
)

// solve is f* by Newton's method with a multiple of the identity far below rounding; not ok
// where the minimum is not attained: the decrement then falls by a constant factor a step.
func (d *singular) solve() (value float64, ok bool) {
	s := newBigSolver(d)
	f := s.evaluate(s.w, true)
	for range 60 {
		s.newton()
		decrement := s.decrement()
		if decrement.Sign() == 0 || decrement.Cmp(exact.Scale(one, -140)) < 0 {
			value, _ = f.Float64()
			return value, true
		}
		t := one
		for range 300 {
			next := make([]*big.Float, len(s.w))
			for j := range next {
				next[j] = exact.Add(s.w[j], exact.Mul(t, s.step[j]))
			}
			trial := s.evaluate(next, false)
			if exact.Sub(f, trial).Cmp(exact.Mul(exact.Of(0.1), exact.Mul(t, decrement))) >= 0 {
				s.w = next
				break
			}
			t = exact.Scale(t, -1)
		}
		f = s.evaluate(s.w, true)
	}
	return math.NaN(), false
}

// bigSolver is the state of the other solver.
type bigSolver struct {
	*singular
	rows          [][]*big.Float
	w, grad, step []*big.Float
	hessian       [][]*big.Float
}

func newBigSolver(d *singular) *bigSolver {
	s := &bigSolver{singular: d, rows: make([][]*big.Float, len(d.y))}
	for i := range s.rows {
		for _, c := range d.columns {
			s.rows[i] = append(s.rows[i], c[i])
		}
		if d.intercept != "none" {
			s.rows[i] = append(s.rows[i], one)
		}
	}
	n := len(s.rows[0]) * d.outputs
	s.w, s.step = bigs(n), bigs(n)
	return s
}

func bigs(n int) []*big.Float {
	x := make([]*big.Float, n)
	for i := range x {
		x[i] = exact.Of(0)
	}
	return x
}

func bigMatrix(n int) [][]*big.Float {
	h := make([][]*big.Float, n)
	for i := range h {
		h[i] = bigs(n)
	}
	return h
}

func addTo(x **big.Float, y *big.Float) { *x = exact.Add(*x, y) }

// evaluate is f, with gradient and Hessian if asked for.
func (s *bigSolver) evaluate(w []*big.Float, derivatives bool) *big.Float {
	k, n := s.outputs, len(w)
	share, f := exact.Quo(one, exact.Of(float64(len(s.y)))), exact.Of(0)
	if derivatives {
		s.grad, s.hessian = bigs(n), bigMatrix(n)
	}
	slope, curve := bigs(k), bigMatrix(k)
	for i, x := range s.rows {
		z, y := bigs(k), s.y[i]
		for j, v := range x {
			for c := range k {
				addTo(&z[c], exact.Mul(v, w[j*k+c]))
			}
		}
		if s.classes == 2 {
			y = 2*y - 1
		}
		addTo(&f, exact.Mul(share, s.term(z, y, slope, curve)))
		for a := 0; derivatives && a < n; a++ {
			xa := exact.Mul(share, x[a/k])
			addTo(&s.grad[a], exact.Mul(xa, slope[a%k]))
			for b := range a + 1 {
				addTo(&s.hessian[a][b], exact.Mul(xa, exact.Mul(x[b/k], curve[a%k][b%k])))
			}
		}
	}
	penalized := n
	if s.intercept == "free" {
		penalized -= k
	}
	l2 := exact.Of(s.l2)
	for a := range penalized {
		addTo(&f, exact.Mul(l2, quadraticPart(w[a])))
		if derivatives {
			addTo(&s.grad[a], exact.Mul(l2, w[a]))
			addTo(&s.hessian[a][a], l2)
		}
	}
	return f
}

// newton solves for the step by Cholesky's factorization.
func (s *bigSolver) newton() {
	n, h := len(s.w), s.hessian
	top := exact.Of(1e-30)
	for a := range n {
		if h[a][a].Cmp(top) > 0 {
			top = h[a][a]
		}
	}
	for a := range n {
		addTo(&h[a][a], exact.Scale(top, -190))
		s.step[a] = exact.Sub(zero, s.grad[a])
	}
	for a := range n {
		for b := range a {
			for c := range b {
				h[a][b] = exact.Sub(h[a][b], exact.Mul(h[a][c], h[b][c]))
			}
			h[a][b] = exact.Quo(h[a][b], h[b][b])
			h[a][a] = exact.Sub(h[a][a], exact.Mul(h[a][b], h[a][b]))
			s.step[a] = exact.Sub(s.step[a], exact.Mul(h[a][b], s.step[b]))
		}
		h[a][a] = exact.Sqrt(h[a][a])
		s.step[a] = exact.Quo(s.step[a], h[a][a])
	}
	for a := n - 1; a >= 0; a-- {
		for b := a + 1; b < n; b++ {
			s.step[a] = exact.Sub(s.step[a], exact.Mul(h[b][a], s.step[b]))
		}
		s.step[a] = exact.Quo(s.step[a], h[a][a])
	}
}

func (s *bigSolver) decrement() *big.Float {
	sum := exact.Of(0)
	for a, g := range s.grad {
		addTo(&sum, exact.Sub(zero, exact.Mul(g, s.step[a])))
	}
	return sum
}
