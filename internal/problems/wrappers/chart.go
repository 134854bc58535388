package wrappers

import (
	"reflect"

	"github.com/gdbench/gdbench/problems"
	"gonum.org/v1/gonum/mat"
)

// chart is a smooth map Φ of n variables to n others whose mixed second derivatives vanish.
type chart interface {
	to(y, u []float64)        // y ← Φ(u)
	along(u, v []float64)     // v ← J(u)v, J = ∂Φ/∂u
	back(u, g []float64)      // g ← J(u)ᵀg
	second(u, g, d []float64) // dⱼ ← Σᵢ gᵢ ∂²Φᵢ/∂uⱼ²
}

// curved is g(u) = f(Φ(u)), the function in variables that bend. Starts are those of f: the same
// numbers, in the new variables.
type curved struct {
	around

	chart chart // nil: the identity, at the dose 0, where g is f with its facts
	facts *problems.Facts

	y, v, g, d []float64
	square     *mat.Dense
}

var (
	_ problems.Selective = (*curved)(nil)
	_ problems.Describer = (*curved)(nil)
)

// settle makes room once the chart is known. What is known of f and does not follow for f∘Φ is
// dropped: shape, constants, critical points.
func (c *curved) settle(chart chart) error {
	if c.composite != nil {
		return &problems.Missing{What: "a wrapped problem without a proximal operator, which has no closed form in bent variables"}
	}
	c.chart = chart
	c.makeRoom()
	inside := problems.FactsOf(c.Of)
	f := &problems.Facts{Starts: inside.Starts, Window: inside.Window, Citation: inside.Citation, Notes: inside.Notes}
	if m := inside.Minimum; m != nil {
		minimum := *m
		minimum.Points = nil
		f.Minimum = &minimum
	}
	c.facts = f
	return nil
}

func (c *curved) makeRoom() {
	n := c.Of.Dim()
	c.y, c.v, c.g, c.d, c.square = make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n), nil
}

func (c *curved) fork() curved {
	fork := *c
	fork.valued = c.forked()
	if c.chart != nil {
		fork.makeRoom()
	}
	return fork
}

// Facts are those of the wrapped problem, as far as they are known of f∘Φ.
func (c *curved) Facts() *problems.Facts {
	if c.chart == nil {
		return c.around.Facts()
	}
	return c.facts
}

// Offers is all that the wrapped problem does, but for what Φ has no closed form of.
func (c *curved) Offers(capability reflect.Type, inside bool) bool {
	return inside && (c.chart == nil || capability != reflect.TypeFor[problems.Shapes]())
}

// Shapes are those of the wrapped problem where the variables are.
func (c *curved) Shapes() []problems.Block {
	if c.chart != nil {
		return nil
	}
	return c.around.Shapes()
}

// Quadratic reports whether f∘Φ is one.
func (c *curved) Quadratic() bool { return c.chart == nil && c.around.Quadratic() }

// inner is Φ(u), or u.
func (c *curved) inner(u []float64) []float64 {
	if c.chart == nil {
		return u
	}
	c.chart.to(c.y, u)
	return c.y
}

// pull turns a gradient in Φ(u) into one in u.
func (c *curved) pull(u, grad []float64) {
	if c.chart != nil && grad != nil {
		c.chart.back(u, grad)
	}
}

// Evaluate returns g(u) and Jᵀ∇f.
func (c *curved) Evaluate(u, grad []float64) float64 {
	f := c.Of.Evaluate(c.inner(u), grad)
	c.pull(u, grad)
	return f
}

// EvaluateOn is the same on a batch.
func (c *curved) EvaluateOn(u, grad []float64, batch []int32) float64 {
	f := c.sum.EvaluateOn(c.inner(u), grad, batch)
	c.pull(u, grad)
	return f
}

// HessianProduct is (Jᵀ∇²f·J + Σᵢ ∂ᵢf ∇²Φᵢ)v.
func (c *curved) HessianProduct(u, v, hv []float64) {
	if c.chart == nil {
		c.around.HessianProduct(u, v, hv)
		return
	}
	y := c.inner(u)
	copy(c.v, v)
	c.chart.along(u, c.v)
	c.products.HessianProduct(y, c.v, hv)
	c.chart.back(u, hv)
	c.bend(u, y)
	for i, d := range c.d {
		hv[i] += float64(d * v[i])
	}
}

// bend writes Σᵢ ∂ᵢf ∇²Φᵢ, which is diagonal, into d.
func (c *curved) bend(u, y []float64) {
	c.Of.Evaluate(y, c.g)
	c.chart.second(u, c.g, c.d)
}

// Hessian is Jᵀ∇²f·J + Σᵢ ∂ᵢf ∇²Φᵢ.
func (c *curved) Hessian(u []float64, h *mat.SymDense) {
	if c.chart == nil {
		c.around.Hessian(u, h)
		return
	}
	y := c.inner(u)
	c.hessian.Hessian(y, h)
	n := len(u)
	if c.square == nil {
		c.square = mat.NewDense(n, n, nil)
	}
	c.square.Copy(h)
	for i := range n {
		c.chart.back(u, c.square.RawRowView(i)) // the rows of H become those of HJ
	}
	c.bend(u, y)
	for j := range n {
		mat.Col(c.v, j, c.square)
		c.chart.back(u, c.v)
		for i := range j {
			h.SetSym(i, j, c.v[i])
		}
		h.SetSym(j, j, c.v[j]+c.d[j])
	}
}

// Residuals are those of the wrapped problem at Φ(u).
func (c *curved) Residuals(u, r []float64) { c.residuals.Residuals(c.inner(u), r) }

// Jacobian is that of the residuals times J.
func (c *curved) Jacobian(u []float64, jac *mat.Dense) {
	c.residuals.Jacobian(c.inner(u), jac)
	if c.chart == nil {
		return
	}
	for i := range c.residuals.ResidualCount() {
		c.chart.back(u, jac.RawRowView(i))
	}
}

// Diagnostics are those of the wrapped problem at Φ(u).
func (c *curved) Diagnostics(u, into []float64) { c.diagnostics.Diagnostics(c.inner(u), into) }

// separate is a chart that changes each variable by itself: yᵢ = φᵢ(uᵢ).
type separate interface {
	at(i int, u float64) (value, slope, curvature float64)
}

// byCoordinate is the chart of a map of each variable by itself.
type byCoordinate struct{ separate }

func (b byCoordinate) to(y, u []float64) {
	for i, t := range u {
		y[i], _, _ = b.at(i, t)
	}
}

func (b byCoordinate) along(u, v []float64) {
	for i, t := range u {
		_, slope, _ := b.at(i, t)
		v[i] *= slope
	}
}

func (b byCoordinate) back(u, g []float64) { b.along(u, g) }

func (b byCoordinate) second(u, g, d []float64) {
	for i, t := range u {
		_, _, curvature := b.at(i, t)
		d[i] = g[i] * curvature
	}
}

// minimizer is the first known minimizer of a problem, for wrappers that are made around it.
func minimizer(p problems.Problem) ([]float64, error) {
	if m := problems.FactsOf(p).Minimum; m != nil && len(m.Points) > 0 && !m.Unattained {
		return m.Points[0], nil
	}
	return nil, &problems.Missing{What: "a wrapped problem whose minimizer is known in closed form"}
}
