package direction

import (
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

// Coordinate is coordinate descent
//
//	Δx = −∂ᵢf(x)·eᵢ,  scaled: −∂ᵢf(x)/Lᵢ·eᵢ,
//
// with i in turn (cyclic), uniformly at random, or at random with probability Lᵢ/ΣL
// (lipschitz), where Lᵢ bounds the curvature along coordinate i. The turn passes on from
// a coordinate whose derivative is zero, or in the cyclic order negligible. It promises
// descent.
//
// The Lᵢ are the facts L_1 … L_n, or on a quadratic the diagonal of the Hessian by n
// Hessian products. The oracle has whole gradients only, so one step is charged one
// gradient, not 1/n of it.
//
// Source: Nesterov 2012, Efficiency of coordinate descent methods on huge-scale
// optimization problems, doi:10.1137/100802001; Wright 2015, doi:10.1007/s10107-015-0892-3.
type Coordinate struct {
	Order  string `param:"order" default:"cyclic" oneof:"cyclic random lipschitz" doc:"which coordinate is next"`
	Scaled bool   `param:"scaled" default:"false" doc:"divide by the coordinate's Lipschitz constant"`

	lipschitz []float64 // Lᵢ
	total     float64   // ΣLᵢ
	rng       *rand.Rand
	turn      int
}

var (
	_ methods.Direction = (*Coordinate)(nil)
	_ methods.Informed  = (*Coordinate)(nil)
	_ problems.Random   = (*Coordinate)(nil)
)

func init() {
	methods.RegisterDirection("coordinate", methods.Info{
		Summary: "one coordinate at a time: cyclic, random or by Lipschitz constants",
		Formula: "Δx = −∂ᵢf(x)·eᵢ",
		Source:  "Nesterov 2012, SIAM J. Optim. 22, 341–362; Wright 2015, Math. Program. 151, 3–34",
		DOI:     "10.1137/100802001",
	}, func() methods.Direction { return new(Coordinate) })
}

// Random reports whether the coordinates are drawn.
func (c *Coordinate) Random() bool { return c.Order != "cyclic" }

// Requires the constants Lᵢ where they choose or scale the coordinates, unless Hessian
// products give them.
func (c *Coordinate) Requires(o *methods.Oracle) []string {
	if c.weighted() && !o.Quadratic() {
		return []string{problems.CoordinateL}
	}
	return nil
}

// weighted reports whether the constants Lᵢ matter.
func (c *Coordinate) weighted() bool { return c.Order == "lipschitz" || c.Scaled }

func (c *Coordinate) Init(o *methods.Oracle) error {
	c.turn, c.total = 0, 0
	if c.Random() {
		c.rng = o.Rand()
	}
	if !c.weighted() {
		return nil
	}
	var err error
	if c.lipschitz, err = coordinateConstants(o); err != nil {
		return err
	}
	for _, l := range c.lipschitz {
		c.total += l
	}
	return nil
}

// coordinateConstants are L_1 … L_n.
func coordinateConstants(o *methods.Oracle) ([]float64, error) {
	n := o.Dim()
	constants := make([]float64, n)
	if o.Quadratic() {
		e, column := make([]float64, n), make([]float64, n)
		for i := range n {
			e[i] = 1
			if err := o.HessianProduct(e, e, column); err != nil {
				return nil, err
			}
			e[i] = 0
			constants[i] = column[i]
		}
	} else {
		for i := range n {
			var err error
			if constants[i], err = o.Facts().Global(fmt.Sprintf("L_%d", i+1)); err != nil {
				return nil, err
			}
		}
	}
	for i, l := range constants {
		if !(l > 0) {
			return nil, &problems.Missing{What: fmt.Sprintf("positive curvature along each coordinate; L_%d = %g", i+1, l)}
		}
	}
	return constants, nil
}

// negligible is the share of the largest partial derivative below which a cyclic order
// passes a coordinate over: it would gain 1e-16 of what another can, which a line search
// cannot distinguish from rounding.
const negligible = 1e-8

func (c *Coordinate) Direction(at *methods.Iterate, d []float64) error {
	n := len(d)
	i := c.next(n)
	least := 0.0
	if !c.Random() { // a random choice is as its theorems assume
		least = negligible * vec.MaxAbs(at.Grad)
	}
	for range n {
		if math.Abs(at.Grad[i]) > least {
			break
		}
		i = (i + 1) % n
	}
	c.turn = (i + 1) % n
	clear(d)
	d[i] = -at.Grad[i]
	if c.Scaled {
		d[i] /= c.lipschitz[i]
	}
	return nil
}

func (c *Coordinate) next(n int) int {
	switch c.Order {
	case "random":
		return c.rng.IntN(n)
	case "lipschitz":
		u := c.rng.Float64() * c.total
		for i, l := range c.lipschitz {
			if u -= l; u < 0 {
				return i
			}
		}
		return n - 1 // rounding in the sum
	}
	return c.turn
}

// Units are those of ∇f, or of x where a constant Lᵢ divides it.
func (c *Coordinate) Units() methods.Units {
	if c.Scaled {
		return methods.NaturalUnits
	}
	return methods.GradientUnits
}
