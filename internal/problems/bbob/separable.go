package bbob

import (
	"math"

	"github.com/gdbench/gdbench/internal/elementary"
)

// weighted is Σ wᵢ·zᵢ².
type weighted struct{ w []float64 }

func (r weighted) evaluate(z, g, _ []float64) float64 {
	var f float64
	for i, w := range r.w {
		wz := float64(w * z[i])
		f += float64(wz * z[i])
		if g != nil {
			g[i] = 2 * wz
		}
	}
	return f
}

// squares is Σ (xᵢ − atᵢ)².
type squares struct{ at []float64 }

func (r *squares) evaluate(x, g, _ []float64) float64 {
	var f float64
	x = x[:len(r.at)]
	if g == nil {
		for i, v := range r.at {
			z := x[i] - v
			f += float64(z * z)
		}
		return f
	}
	g = g[:len(r.at)]
	for i, v := range r.at {
		z := x[i] - v
		f += float64(z * z)
		g[i] = 2 * z
	}
	return f
}

// f1
func sphere(i instanceOf) *function {
	x := i.optimum()
	return &function{raw: &squares{x}, proper: true, at: x}
}

// f2
func ellipsoid(i instanceOf) *function {
	x := i.optimum()
	return &function{stages: []stage{shift{x}, oscillating{}}, raw: weighted{powers(1e6, i.n)}, at: x}
}

// waves is 10(n − Σ cos 2πzᵢ) + Σzᵢ².
type waves struct{ bowl float64 } // factor of the second sum

func (r waves) evaluate(z, g, _ []float64) float64 {
	var bowl, cosines float64
	for i, v := range z {
		sin, cos := elementary.Sincos(2 * math.Pi * v)
		cosines += cos
		bowl += float64(v * v)
		if g != nil {
			g[i] = float64(20*math.Pi*sin) + float64(2*r.bowl*v)
		}
	}
	return float64(10*(float64(len(z))-cosines)) + float64(r.bowl*bowl)
}

// f3
func rastrigin(i instanceOf) *function {
	x := i.optimum()
	return &function{
		stages: []stage{shift{x}, oscillating{}, newAsymmetric(0.2, i.n), diagonal{powers(math.Sqrt(10), i.n)}},
		raw:    waves{1}, at: x,
	}
}

// f4
func bueche(i instanceOf) *function {
	x := i.optimum()
	for k := 0; k < i.n; k += 2 {
		x[k] = math.Abs(x[k])
	}
	return &function{
		stages: []stage{shift{x}, oscillating{}, rising{powers(math.Sqrt(10), i.n)}},
		raw:    waves{1}, penalty: 100, at: x,
	}
}

// wall is Σ 5|sᵢ| − sᵢxᵢ up to the border at ±5, and constant beyond.
type wall struct{ s, corner []float64 }

func (r wall) evaluate(x, g, _ []float64) float64 {
	var f float64
	for i, s := range r.s {
		v, slope := x[i], -s
		if v*r.corner[i] >= 25 {
			v, slope = r.corner[i], 0
		}
		f += float64(5*math.Abs(s)) - float64(s*v)
		if g != nil {
			g[i] = slope
		}
	}
	return f
}

// f5
func slope(i instanceOf) *function {
	x, s := i.optimum(), powers(10, i.n)
	for k, v := range x {
		x[k] = math.Copysign(5, v)
		s[k] = math.Copysign(s[k], v)
	}
	return &function{raw: wall{s, x}, at: x}
}
