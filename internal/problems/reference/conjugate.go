package reference

import (
	"math"

	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/problems"
)

// conjugate solves Newton's equation by conjugate gradients on Hessian products (Nocedal
// & Wright 2006, algorithm 7.1).
type conjugate struct {
	of       problems.HessianProduct
	r, p, hp []float64
	products int // taken so far
}

func newConjugate(of problems.HessianProduct, n int) *conjugate {
	return &conjugate{of: of, r: make([]float64, n), p: make([]float64, n), hp: make([]float64, n)}
}

// solve iterates until the residual is a thousandth of the gradient, so that each of
// Newton's steps gains three digits, or until it meets a direction without curvature.
func (c *conjugate) solve(x, g, d []float64) (positive bool) {
	clear(d)
	for j, v := range g {
		c.r[j], c.p[j] = -v, -v
	}
	rr := vec.Dot(c.r, c.r)
	goal := 1e-6 * rr
	least, greatest := math.Inf(1), 0.0 // curvature met: rough extremes of the spectrum
	for range 2 * len(x) {
		if rr <= goal {
			break
		}
		c.of.HessianProduct(x, c.p, c.hp)
		c.products++
		curvature := vec.Dot(c.p, c.hp) / vec.Dot(c.p, c.p)
		if !(curvature > 1e-14*greatest) {
			least = 0
			if vec.MaxAbs(d) == 0 {
				copy(d, c.r)
			}
			break
		}
		least, greatest = math.Min(least, curvature), math.Max(greatest, curvature)
		t := rr / float64(curvature*vec.Dot(c.p, c.p))
		vec.AddScaled(d, d, t, c.p)
		vec.AddScaled(c.r, c.r, -t, c.hp)
		next := vec.Dot(c.r, c.r)
		vec.AddScaled(c.p, c.r, next/rr, c.p)
		rr = next
	}
	return least > 1e-10*greatest
}

// maxProducts bounds the work of a solve.
const maxProducts = 5000

func (c *conjugate) exhausted() bool { return c.products > maxProducts }
