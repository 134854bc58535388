package bbob

import (
	"math"

	"github.com/gdbench/gdbench/internal/elementary"
)

// sectors is Σ (sᵢzᵢ)², sᵢ = 100 where zᵢ has the sign of x*ᵢ, else 1.
type sectors struct{ at []float64 }

func (r sectors) evaluate(z, g, _ []float64) float64 {
	var f float64
	for i, v := range z {
		w := 1.0
		if v*r.at[i] > 0 {
			w = 1e4
		}
		f += float64(w * v * v)
		if g != nil {
			g[i] = 2 * w * v
		}
	}
	return f
}

// f6
func sector(i instanceOf) *function {
	x := i.optimum()
	return &function{stages: []stage{shift{x}, i.conditioned(10)}, raw: sectors{x}, outer: oscillatedPower, at: x}
}

// oscillatedPower is T_osz(f)^0.9.
func oscillatedPower(f float64) (value, slope float64) {
	if f == 0 {
		return 0, 0 // an infinite slope meets a gradient of zero
	}
	t, dt := oscillate(f)
	value = elementary.Pow(t, 0.9)
	return value, 0.9 * value / t * dt
}

// terraces is 0.1·max(1e-4·|ẑ₁|, Σ 100^(i/(n−1))·zᵢ²), z = Q·round(ẑ), rounded to ones where
// |ẑᵢ| > 1/2 and to tenths elsewhere.
type terraces struct {
	rotation matrix
	w        []float64
}

func (r terraces) evaluate(x, g, room []float64) float64 {
	clear(g)
	rounded, z := room[:len(x)], room[len(x):]
	for i, v := range x {
		if math.Abs(v) > 0.5 {
			rounded[i] = math.Floor(v + 0.5)
		} else {
			rounded[i] = math.Floor(float64(10*v)+0.5) / 10
		}
	}
	r.rotation.product(z, rounded)
	sum := weighted{r.w}.evaluate(z, nil, nil)
	if first := math.Abs(x[0]) / 1e4; first > sum {
		if g != nil {
			g[0] = math.Copysign(1e-5, x[0])
		}
		return 0.1 * first
	}
	return 0.1 * sum
}

// f7
func steps(i instanceOf) *function {
	x := i.optimum()
	return &function{
		stages:  []stage{shift{x}, linear{i.second().scaled(powers(math.Sqrt(10), i.n))}},
		raw:     terraces{i.first(), powers(100, i.n)},
		penalty: 1, at: x,
	}
}

// valley is Σ 100(zᵢ² − zᵢ₊₁)² + (zᵢ − 1)².
type valley struct{}

func (valley) evaluate(z, g, _ []float64) float64 {
	clear(g)
	var f float64
	for i := range len(z) - 1 {
		a, b := float64(z[i]*z[i])-z[i+1], z[i]-1
		f += float64(100*a*a) + float64(b*b)
		if g != nil {
			g[i] += float64(400*a*z[i]) + float64(2*b)
			g[i+1] -= float64(200 * a)
		}
	}
	return f
}

// widenedValley is the valley of z = factor·(x − at) + 1, in one pass: with stages it would take twice as
// long.
type widenedValley struct {
	at     []float64
	factor float64
}

func (r *widenedValley) evaluate(x, g, _ []float64) float64 {
	var f, before float64 // before: twice 100·a of the term before
	at := r.at[:len(x)]
	v := float64(r.factor*(x[0]-at[0])) + 1
	if g == nil {
		for i := 1; i < len(x); i++ {
			next := float64(r.factor*(x[i]-at[i])) + 1
			a, b := float64(v*v)-next, v-1
			f += float64(100*a*a) + float64(b*b)
			v = next
		}
		return f
	}
	at, g = at[1:], g[:len(x)]
	for i, u := range x[1:] {
		next := float64(r.factor*(u-at[i])) + 1
		a, b := float64(v*v)-next, v-1
		steep := float64(100 * a)
		f += float64(steep*a) + float64(b*b)
		steep += steep
		half := float64(steep*v) + b
		g[i] = r.factor * (half + half - before)
		before, v = steep, next
	}
	g[len(g)-1] = r.factor * (0 - before)
	return f
}

// widened is the factor of the Rosenbrock functions.
func (i instanceOf) widened() float64 { return math.Max(1, math.Sqrt(float64(i.n))/8) }

// f8
func rosenbrock(i instanceOf) *function {
	x := i.optimum()
	for k := range x {
		x[k] *= 0.75
	}
	return &function{raw: &widenedValley{x, i.widened()}, proper: true, at: x}
}

// turned is c·R·x + 1/2 with the point that it takes to (1, …, 1).
func (i instanceOf) turned() (stages []stage, at []float64) {
	c, r := i.widened(), i.second()
	ones := make([]float64, i.n)
	at = make([]float64, i.n)
	for k := range ones {
		ones[k] = 1 / (2 * c)
	}
	r.transposed(at, ones)
	return []stage{linear{r.scaled(times(powers(1, i.n), c))}, affine{1, 0.5}}, at
}

func times(v []float64, c float64) []float64 {
	for i := range v {
		v[i] *= c
	}
	return v
}

// f9
func rotatedRosenbrock(i instanceOf) *function {
	stages, x := i.turned()
	return &function{stages: stages, raw: valley{}, at: x}
}
