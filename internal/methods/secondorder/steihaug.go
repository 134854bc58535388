package secondorder

import (
	"math"

	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
)

// steihaug is the truncated conjugate gradient method of Steihaug (1983,
// doi:10.1137/0720042) and Toint: conjugate gradients on Hs = −g until the residual is
// below min(½, √‖g‖)·‖g‖, the region's boundary is crossed, or curvature is not positive;
// then on to the boundary along the last direction (Nocedal & Wright 2006, algorithm 7.2).
type steihaug struct {
	oracle       *methods.Oracle
	r, d, hd, hs []float64
}

func (c *steihaug) begin(o *methods.Oracle) error {
	n := o.Dim()
	c.oracle = o
	c.r, c.d = make([]float64, n), make([]float64, n)
	c.hd, c.hs = make([]float64, n), make([]float64, n)
	return o.NeedHessianProduct()
}

func (c *steihaug) solve(x, g []float64, radius float64, s []float64) (float64, bool, error) {
	clear(s)
	clear(c.hs)
	copy(c.r, g)
	for i, v := range g {
		c.d[i] = -v
	}
	boundary := false
	rr := vec.Dot(c.r, c.r)
	norm := math.Sqrt(rr)
	tolerance := min(0.5, math.Sqrt(norm)) * norm
	// In exact arithmetic n steps end it; rounding may take some more.
	for range 2 * len(g) {
		if math.Sqrt(rr) <= tolerance {
			break
		}
		if err := c.oracle.HessianProduct(x, c.d, c.hd); err != nil {
			return 0, false, err
		}
		t := rr / vec.Dot(c.d, c.hd)
		edge := toBoundary(s, c.d, radius)
		if boundary = !(t > 0 && t < edge); boundary {
			t = edge
		}
		vec.AddScaled(s, s, t, c.d)
		vec.AddScaled(c.hs, c.hs, t, c.hd)
		if boundary {
			break
		}
		vec.AddScaled(c.r, c.r, t, c.hd)
		before := rr
		rr = vec.Dot(c.r, c.r)
		for i, r := range c.r {
			c.d[i] = float64(rr/before*c.d[i]) - r
		}
	}
	return -vec.Dot(g, s) - float64(0.5*vec.Dot(s, c.hs)), boundary, nil
}
