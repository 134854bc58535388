package critical

import (
	"math"
	"testing"

	"github.com/gdbench/gdbench/problems"
)

// parabola is a·(c/2)(x/b − m)² + a·λ|x/b|: curvature c, in units a of f and b of x.
type parabola struct{ a, b, c, m, λ float64 }

func (p parabola) Dim() int { return 1 }
func (p parabola) Evaluate(x, g []float64) float64 {
	r := x[0]/p.b - p.m
	if g != nil {
		g[0] = p.a * p.c * r / p.b
	}
	return p.a * p.c / 2 * r * r
}
func (p parabola) Rest(x []float64) float64 { return p.a * p.λ * math.Abs(x[0]/p.b) }
func (p parabola) Prox(dst, x []float64, t float64) {
	dst[0] = math.Copysign(math.Max(math.Abs(x[0])-t*p.a*p.λ/p.b, 0), x[0])
}

// The length is within a factor of two of one over the curvature, and exactly that where L is
// stated; it and the norm of the mapping are the same in all units.
func TestMappingInOtherUnits(t *testing.T) {
	for _, one := range []parabola{{1, 1, 100, 2, 0}, {1, 1, 1e-3, -3, 1e-4}, {1, 1, 7, 0.5, 2}} {
		for _, start := range []float64{3, -1, 0} {
			norm := func(p parabola, f *problems.Facts) (length, norm float64) {
				x, g := []float64{start * p.b}, []float64{0}
				m := NewMapping(p, f, x)
				x[0] = (start + p.m) / 2 * p.b
				p.Evaluate(x, g)
				return m.t, m.Norm(x, g)
			}
			length, reference := norm(one, &problems.Facts{})
			if p := length * one.c; !(0.5 < p && p <= 1+1e-6) {
				t.Errorf("%+v from %g: t = %g", one, start, length)
			}
			for _, a := range []float64{1e-8, 1, 1e8} {
				for _, b := range []float64{1e-6, 1, 1e6} {
					p := one
					p.a, p.b = a, b
					gotLength, got := norm(p, &problems.Facts{})
					if !near(gotLength*a/b/b, length) || !near(got/a*b, reference) {
						t.Errorf("%+v from %g: t = %g, norm %g; in plain units %g, %g", p, start, gotLength, got, length, reference)
					}
				}
			}
			stated := &problems.Facts{Constants: map[string]problems.Constant{problems.SmoothnessL: {Value: one.c, Scope: problems.Global}}}
			if l, _ := norm(one, stated); l != 1/one.c {
				t.Errorf("%+v: t = %g where L is known", one, l)
			}
		}
	}
}

func near(a, b float64) bool { return math.Abs(a-b) <= 1e-9*math.Abs(b) }

// Where f does not curve, or nothing has units, there is a length all the same.
func TestMappingWithoutCurvature(t *testing.T) {
	for _, p := range []parabola{{1, 1, 0, 0, 1}, {1, 1, 0, 0, 0}, {1, 1, math.Inf(1), 0, 1}, {1, 1, math.NaN(), 0, 1}} {
		for _, x := range []float64{0, 2} {
			m := NewMapping(p, &problems.Facts{}, []float64{x})
			if !(m.t > 0 && m.t <= math.MaxFloat64) {
				t.Errorf("%+v at %g: t = %g", p, x, m.t)
			}
		}
	}
	if NewMapping(power([]float64{1}, 2), &problems.Facts{}, []float64{1}) != nil {
		t.Error("a smooth problem has a mapping")
	}
	flat := parabola{1, 1, 0, 0, 1}
	if m := NewMapping(flat, &problems.Facts{}, []float64{2}); m.Norm([]float64{2}, []float64{0}) != 1 || m.Norm([]float64{0}, []float64{0}) != 0 {
		t.Errorf("|x| has slope 1 at 2 and is stationary at 0, got t = %g", m.t)
	}
}
