package wrappers

import (
	"fmt"
	"math"
	"reflect"

	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	problems.Register("plateau", problems.Info{
		Summary: "a problem with a plateau around its minimum, on which gradients are small",
		Formula: "f* + φ(f(x) − f*), φ′(t) = 1 − d/(1 + d)·sin²(π·ln(t/a)/ln(b/a)) for a < t < b, otherwise 1",
		Source:  "K. Fukumizu and S. Amari, Local minima and plateaus in hierarchical structures of multilayer perceptrons, Neural Netw. 13, 2000",
		DOI:     "10.1016/S0893-6080(00)00009-5",
		Family:  "wrapper",
	}, func() problems.Problem { return new(Plateau) })
}

// Plateau is g = f* + φ(f − f*) with an increasing φ: the level sets, the critical points with their kinds
// and the directions of all gradients are those of f. Between the gaps a and b gradients are shorter, by up to the
// factor 1/(1 + d) in the middle of the logarithm, and nowhere longer. Methods that use only the
// direction of the current gradient do not notice.
type Plateau struct {
	around

	Depth float64 `param:"depth" default:"9" range:"[0,)" doc:"d: the shortest gradients of the plateau are those of f over 1 + d; 0: the wrapped problem"`
	Low   float64 `param:"low" default:"0.1" range:"(0,)" doc:"a, the gap at which the plateau ends"`
	High  float64 `param:"high" default:"10" range:"(0,)" doc:"b, the gap at which it begins"`

	least float64 // f*
	width float64 // ln(b/a)
	facts *problems.Facts
	g     []float64
}

var (
	_ problems.Builder   = (*Plateau)(nil)
	_ problems.Forker    = (*Plateau)(nil)
	_ problems.Selective = (*Plateau)(nil)
)

// Validate refuses a plateau without width.
func (p *Plateau) Validate() error {
	if !(p.Low < p.High) {
		return fmt.Errorf("low is %g and high %g; expected low < high", p.Low, p.High)
	}
	return nil
}

// Build builds the wrapped problem.
func (p *Plateau) Build(env problems.Env) error {
	if err := p.around.Build(env); err != nil || p.Depth == 0 {
		return err
	}
	inside := problems.FactsOf(p.Of)
	switch {
	case p.composite != nil:
		return &problems.Missing{What: "a wrapped problem without a proximal operator, which has no closed form on a plateau"}
	case inside.Minimum == nil:
		return &problems.Missing{What: "a wrapped problem whose f* is known in closed form"}
	}
	p.least, p.width = inside.Minimum.Value, elementary.Log(p.High/p.Low)
	p.g = make([]float64, p.Dim())
	p.facts = p.carry(inside)
	return nil
}

// carry keeps what an increasing φ keeps. With ‖∇f‖² ≤ 2L(f − f*) the gradient of g changes by at most
// L·(1 + 2π/ln(b/a)·d/(1 + d)) times a distance, and since φ(t) ≤ t a Polyak–Łojasiewicz constant is
// divided by at most (1 + d)².
func (p *Plateau) carry(inside *problems.Facts) *problems.Facts {
	f := *inside
	f.Convexity, f.Constants = problems.UnknownConvexity, map[string]problems.Constant{}
	bound := func(name string, factor float64) {
		if c, ok := inside.Constants[name]; ok && c.Scope == problems.Global {
			c.Value *= factor
			c.Source += "; bounded on the plateau"
			f.Constants[name] = c
		}
	}
	bound(problems.SmoothnessL, 1+float64(2*math.Pi/p.width*p.dip()))
	bound(problems.PLConstant, 1/((1+p.Depth)*(1+p.Depth)))
	bound(problems.Lipschitz, 1)
	return &f
}

// dip is 1 − φ′ in the middle.
func (p *Plateau) dip() float64 { return p.Depth / (1 + p.Depth) }

// Fork has its own scratch.
func (p *Plateau) Fork() problems.Problem {
	fork := *p
	fork.valued = p.forked()
	fork.g = make([]float64, len(p.g))
	return &fork
}

// Facts are those of the wrapped problem, as far as φ keeps them.
func (p *Plateau) Facts() *problems.Facts {
	if p.facts == nil {
		return p.around.Facts()
	}
	return p.facts
}

// Offers leaves out what φ breaks: a function of a mean is no mean, and one of a sum of squares is none.
func (p *Plateau) Offers(capability reflect.Type, inside bool) bool {
	return inside && (p.facts == nil || capability != reflect.TypeFor[problems.FiniteSum]() && capability != reflect.TypeFor[problems.Residuals]())
}

// Quadratic reports whether g is one.
func (p *Plateau) Quadratic() bool { return p.facts == nil && p.around.Quadratic() }

// level is g at a value of f, with φ′ and φ″.
func (p *Plateau) level(f float64) (value, slope, curvature float64) {
	t := f - p.least
	if p.facts == nil || !(t > p.Low) {
		return f, 1, 0
	}
	dip := p.dip()
	if t >= p.High {
		return f - float64(dip*p.lost(p.High/p.Low, 1, 0)), 1, 0
	}
	sin, cos := elementary.Sincos(2 * math.Pi * elementary.Log(t/p.Low) / p.width)
	return f - float64(dip*p.lost(t/p.Low, cos, sin)), 1 - float64(dip*(1-cos)/2), -dip * math.Pi * sin / (p.width * t)
}

// lost is ∫ sin²(π·ln(x/a)/ln(b/a)) dx from a to a·ratio, with the cosine and sine of 2π·ln(ratio)/ln(b/a).
func (p *Plateau) lost(ratio, cos, sin float64) float64 {
	w := p.width
	wave := w * (float64(ratio*(float64(w*cos)+float64(2*math.Pi*sin))) - w) / (float64(w*w) + float64(4*math.Pi*math.Pi))
	return p.Low / 2 * (ratio - 1 - wave)
}

// Evaluate returns g(x) and φ′∇f.
func (p *Plateau) Evaluate(x, grad []float64) float64 {
	value, slope, _ := p.level(p.Of.Evaluate(x, grad))
	if grad != nil && slope != 1 {
		vec.Scale(slope, grad)
	}
	return value
}

// HessianProduct is φ′∇²f·v + φ″∇f(∇fᵀv).
func (p *Plateau) HessianProduct(x, v, hv []float64) {
	p.around.HessianProduct(x, v, hv)
	if p.facts == nil {
		return
	}
	_, slope, curvature := p.level(p.Of.Evaluate(x, p.g))
	vec.Scale(slope, hv)
	vec.AddScaled(hv, hv, float64(curvature*vec.Dot(p.g, v)), p.g)
}

// Hessian is φ′∇²f + φ″∇f∇fᵀ.
func (p *Plateau) Hessian(x []float64, h *mat.SymDense) {
	p.around.Hessian(x, h)
	if p.facts == nil {
		return
	}
	_, slope, curvature := p.level(p.Of.Evaluate(x, p.g))
	for j := range x {
		for i := range j + 1 {
			h.SetSym(i, j, float64(slope*h.At(i, j))+float64(curvature*p.g[i]*p.g[j]))
		}
	}
}
