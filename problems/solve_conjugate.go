package problems

import (
	"math"

	"github.com/gdbench/gdbench/internal/vec"
)

// conjugate solves Newton's equation by conjugate gradients on Hessian products (Nocedal
// & Wright 2006, algorithm 7.1).
type conjugate struct {
	of       HessianProduct
	r, p, hp []float64
}

func newConjugate(of HessianProduct, n int) *conjugate {
	return &conjugate{of, make([]float64, n), make([]float64, n), make([]float64, n)}
}

// solve iterates until the residual is a billionth of the gradient, or as far as rounding
// lets it. Directions without curvature end it.
func (c *conjugate) solve(x, g, d []float64) (positive bool) {
	clear(d)
	for j, v := range g {
		c.r[j], c.p[j] = -v, -v
	}
	rr := vec.Dot(c.r, c.r)
	goal := 1e-18 * rr
	least, greatest := math.Inf(1), 0.0 // curvature met: rough extremes of the spectrum
	for range 10 * len(x) {
		if rr <= goal {
			break
		}
		c.of.HessianProduct(x, c.p, c.hp)
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
