package losses

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/problems"
)

// chain is the deepest network there is: one unit a layer and one weight between two,
// f(w) = ½(h_D − target)², h_k = σ(w_k·h_{k−1}), h₀ = 1.
type chain struct {
	unit   activation
	target float64
	facts  *problems.Facts

	h, dh []float64 // scratch: outputs h₀ … h_D, and their derivatives along a direction
	e     []float64 // scratch: basis vector or gradient, of D entries
}

var (
	_ problems.Hessian        = (*chain)(nil)
	_ problems.HessianProduct = (*chain)(nil)
	_ problems.Forker         = (*chain)(nil)
	_ problems.Describer      = (*chain)(nil)
	_ problems.Diagnostics    = (*chain)(nil)
	_ problems.Shapes         = (*chain)(nil)
)

// build lays the chain out, with the start at the same weight everywhere.
func (c *chain) build(unit activation, depth int, target, start float64) {
	c.unit, c.target = unit, target
	c.scratch(depth)
	at := make([]float64, depth)
	for k := range at {
		at[k] = start
	}
	c.facts = &problems.Facts{
		Convexity: problems.Nonconvex,
		Minimum:   &problems.Minimum{Source: problems.Analytic},
		Starts:    []problems.Start{{Name: "standard", X: at, Source: "ours"}},
		Notes:     []string{"the minimizers form a surface; distances to them are not known"},
	}
}

func (c *chain) scratch(depth int) {
	c.h, c.dh, c.e = make([]float64, depth+1), make([]float64, depth+1), make([]float64, depth)
	c.h[0] = 1
}

// Fork is the same chain with its own scratch.
func (c *chain) Fork() problems.Problem {
	fork := *c
	fork.scratch(c.Dim())
	return &fork
}

// Dim is the depth D.
func (c *chain) Dim() int { return len(c.h) - 1 }

// Shapes are a 1×1 matrix for each layer.
func (c *chain) Shapes() []problems.Block {
	blocks := make([]problems.Block, c.Dim())
	for k := range blocks {
		blocks[k] = problems.Block{Name: fmt.Sprintf("w%d", k+1), Kind: problems.MatrixBlock, Rows: 1, Columns: 1, Offset: k}
	}
	return blocks
}

// Facts are known in closed form.
func (c *chain) Facts() *problems.Facts { return c.facts }

// Evaluate propagates forwards, and the gradient backwards.
func (c *chain) Evaluate(w, grad []float64) float64 {
	for k, v := range w {
		c.h[k+1] = c.unit.at(v * c.h[k])
	}
	r := c.h[len(w)] - c.target
	if grad != nil {
		delta := r
		for k := len(w) - 1; k >= 0; k-- {
			e := delta * c.unit.slope(c.h[k+1])
			grad[k] = e * c.h[k]
			delta = e * w[k]
		}
	}
	return 0.5 * r * r
}

// HessianProduct differentiates the gradient along v (B. A. Pearlmutter 1994, Neural
// Computation 6, 147–160).
func (c *chain) HessianProduct(w, v, hv []float64) {
	n := len(w)
	for k := range w {
		c.h[k+1] = c.unit.at(w[k] * c.h[k])
		c.dh[k+1] = c.unit.slope(c.h[k+1]) * c.along(w, v, k)
	}
	delta, ddelta := c.h[n]-c.target, c.dh[n]
	for k := n - 1; k >= 0; k-- {
		slope := c.unit.slope(c.h[k+1])
		e := delta * slope
		de := float64(ddelta*slope) + float64(delta*c.unit.curvature(c.h[k+1])*c.along(w, v, k))
		hv[k] = float64(de*c.h[k]) + float64(e*c.dh[k])
		delta, ddelta = e*w[k], float64(de*w[k])+float64(e*v[k])
	}
}

// along is the derivative of layer k's input w_k·h_{k−1} along v.
func (c *chain) along(w, v []float64, k int) float64 {
	return float64(v[k]*c.h[k]) + float64(w[k]*c.dh[k])
}

// Hessian is the products with the unit vectors.
func (c *chain) Hessian(w []float64, h *mat.SymDense) { hessianByProducts(c, w, h) }

// hessianByProducts fills a Hessian column by column, for problems in few variables.
func hessianByProducts(p problems.HessianProduct, x []float64, h *mat.SymDense) {
	unit, column := make([]float64, len(x)), make([]float64, len(x))
	for j := range x {
		unit[j] = 1
		p.HessianProduct(x, unit, column)
		unit[j] = 0
		for i := range j + 1 {
			h.SetSym(i, j, column[i])
		}
	}
}

// DiagnosticNames are the gradient norms of the layers, first to last.
func (c *chain) DiagnosticNames() []string { return layerNames(c.Dim()) }

// layerNames name the gradient norms of layers.
func layerNames(layers int) []string {
	names := make([]string, layers)
	for k := range names {
		names[k] = fmt.Sprintf("gradient norm of layer %d", k+1)
	}
	return names
}

// Diagnostics show how the gradient vanishes, or explodes, from the last layer to the
// first.
func (c *chain) Diagnostics(w, into []float64) {
	c.Evaluate(w, c.e)
	for k, v := range c.e {
		into[k] = math.Abs(v)
	}
}
