package bbob

import (
	"math"

	"github.com/gdbench/gdbench/internal/elementary"
)

// twice is 2·sign(x*)·x.
func twice(x []float64) diagonal {
	d := make([]float64, len(x))
	for i, v := range x {
		d[i] = math.Copysign(2, v)
	}
	return diagonal{d}
}

// chained is zᵢ = 100(dᵢ(xᵢ + (xᵢ₋₁ − m)/4 − m) + m), without the fourth for i = 1.
type chained struct {
	d []float64
	m float64
}

func (s chained) forward(out, x, _ []float64) {
	var before float64
	for i, d := range s.d {
		v := x[i] + before
		out[i] = 100 * (float64(d*(v-s.m)) + s.m)
		before = 0.25 * (x[i] - s.m)
	}
}

func (s chained) backward(g, _, _ []float64) {
	for i, d := range s.d {
		g[i] = float64(100 * d * g[i])
		if i+1 < len(s.d) {
			g[i] += float64(25 * s.d[i+1] * g[i+1])
		}
	}
}

// sines is 0.01(Σ max(0, |zᵢ| − 500)² + 418.98… − Σ zᵢ sin √|zᵢ|/n).
type sines struct{}

func (sines) evaluate(z, g, _ []float64) float64 {
	n := float64(len(z))
	var sum, outside float64
	for i, v := range z {
		root := math.Sqrt(math.Abs(v))
		sin, cos := elementary.Sincos(root)
		sum += float64(v * sin)
		slope := -(sin + float64(float64(root*cos)/2)) / n
		if out := math.Abs(v) - 500; out > 0 {
			outside += float64(out * out)
			slope += math.Copysign(2*out, v)
		}
		if g != nil {
			g[i] = 0.01 * slope
		}
	}
	return 0.01 * (outside + 418.9828872724339 - sum/n)
}

// f20
func schwefel(i instanceOf) *function {
	const m = 4.2096874637
	x := make([]float64, i.n)
	uniform(x, i.seed)
	for k, u := range x {
		x[k] = math.Copysign(m/2, u-0.5)
	}
	return &function{stages: []stage{twice(x), chained{powers(math.Sqrt(10), i.n), m}}, raw: sines{}, at: x}
}

// peaks is 10 − maxₖ heightₖ·exp(−Σᵢ scaleₖᵢ(zᵢ − centreₖᵢ)²/(2n)).
type peaks struct {
	heights, logs  []float64 // logs: of the heights
	centres, scale [][]float64
}

// slack is more than what rounding adds to the logarithm of a peak.
const slack = 1e-9

func (r *peaks) evaluate(z, g, _ []float64) float64 {
	factor := -0.5 / float64(len(z))
	highest, best, bar := 0.0, -1, math.Inf(-1) // bar: below it in logarithms no peak is higher
	var squares [4]float64
	for k, height := range r.heights {
		if k%len(squares) == 0 {
			r.distances(&squares, k, z)
		}
		exponent := float64(factor * squares[k%len(squares)])
		if exponent+r.logs[k] < bar {
			continue
		}
		if v := height * elementary.Exp(exponent); v > highest {
			highest, best, bar = v, k, exponent+r.logs[k]-slack
		}
	}
	clear(g)
	if g != nil && best >= 0 {
		for i, c := range r.centres[best] {
			g[i] = -2 * factor * highest * r.scale[best][i] * (z[i] - c)
		}
	}
	return 10 - highest
}

// distances are Σᵢ scaleₖᵢ(zᵢ − centreₖᵢ)² of the peaks from k on, as many as there is room for, or of
// the last one again: their sums do not wait for one another.
func (r *peaks) distances(squares *[4]float64, k int, z []float64) {
	n, last := len(z), len(r.heights)-1
	c0, c1, c2, c3 := r.centres[k][:n], r.centres[min(k+1, last)][:n], r.centres[min(k+2, last)][:n], r.centres[min(k+3, last)][:n]
	s0, s1, s2, s3 := r.scale[k][:n], r.scale[min(k+1, last)][:n], r.scale[min(k+2, last)][:n], r.scale[min(k+3, last)][:n]
	var q0, q1, q2, q3 float64
	for i, v := range z {
		d0, d1, d2, d3 := v-c0[i], v-c1[i], v-c2[i], v-c3[i]
		q0 += float64(s0[i] * d0 * d0)
		q1 += float64(s1[i] * d1 * d1)
		q2 += float64(s2[i] * d2 * d2)
		q3 += float64(s3[i] * d3 * d3)
	}
	*squares = [4]float64{q0, q1, q2, q3}
}

// f21 and f22: first is the root of the condition of the highest peak; centres are drawn
// from width·u − half.
func gallagher(count int, first, width, half float64) func(instanceOf) *function {
	return func(i instanceOf) *function {
		n := i.n
		r := &peaks{heights: make([]float64, count)}
		order := permutation(count-1, i.seed)
		u := make([]float64, n*count)
		uniform(u, i.seed)
		turn := i.second()
		x := make([]float64, n)
		for k := range count {
			condition := first
			r.heights[k] = 10
			if k > 0 {
				condition = elementary.Pow(1000, float64(order[k-1])/float64(count-2))
				r.heights[k] = float64(float64(k-1)/float64(count-2)*8) + 1.1
			}
			scale, at, centre := make([]float64, n), make([]float64, n), make([]float64, n)
			for j, p := range permutation(n, i.seed+1000*int64(k)) {
				scale[j] = elementary.Pow(condition, float64(p)/float64(n-1)-0.5)
				at[j] = float64(width*u[k*n+j]) - half
				if k == 0 {
					at[j] *= 0.8
				}
			}
			turn.product(centre, at)
			if k == 0 {
				x = at
			}
			r.scale, r.centres = append(r.scale, scale), append(r.centres, centre)
			r.logs = append(r.logs, elementary.Log(r.heights[k]))
		}
		return &function{stages: []stage{linear{turn}}, raw: r, outer: oscillatedSquare, penalty: 1, at: x}
	}
}

// oscillatedSquare is T_osz(f)².
func oscillatedSquare(f float64) (value, slope float64) {
	t, dt := oscillate(f)
	return t * t, 2 * t * dt
}

// rugged is 10/n²·(Πᵢ (1 + i·Σⱼ |2ʲzᵢ − round(2ʲzᵢ)|/2ʲ)^(10/n^1.2) − 1), j from 1 to 32.
type rugged struct{}

func (rugged) evaluate(z, g, _ []float64) float64 {
	n := float64(len(z))
	product := 1.0
	for i, v := range z {
		var sum, slope float64
		for j := 1; j <= 32; j++ {
			scale := float64(int64(1) << j)
			off := float64(scale*v) - math.Floor(float64(scale*v)+0.5)
			sum += math.Abs(off) / scale
			slope += sign(off)
		}
		term := 1 + float64(float64(i+1)*sum)
		product *= term
		if g != nil {
			g[i] = float64(i+1) * slope / term
		}
	}
	e := 10 / elementary.Pow(n, 1.2)
	power := elementary.Pow(product, e)
	for i := range g {
		g[i] *= 10 / n / n * e * power
	}
	return 10 / n / n * (power - 1)
}

func sign(v float64) float64 {
	switch {
	case v > 0:
		return 1
	case v < 0:
		return -1
	}
	return 0
}

// f23
func katsuura(i instanceOf) *function {
	x := i.optimum()
	return &function{stages: []stage{shift{x}, i.conditioned(100)}, raw: rugged{}, penalty: 1, at: x}
}

// funnels is min(Σ(yᵢ − m)², n + s·Σ(yᵢ − m₁)²) + 10(n − Σcos 2πzᵢ), z = M(y − m).
type funnels struct {
	m         matrix
	s, second float64
}

const firstFunnel = 2.5

func (r funnels) evaluate(y, g, room []float64) float64 {
	n := float64(len(y))
	z, inner := room[:len(y)], room[len(y):]
	var one, two float64
	for i, v := range y {
		a, b := v-firstFunnel, v-r.second
		inner[i] = a
		one += float64(a * a)
		two += float64(b * b)
	}
	two = n + float64(r.s*two)
	r.m.product(z, inner)
	f := waves{0}
	if g == nil {
		return math.Min(one, two) + f.evaluate(z, nil, nil)
	}
	value := math.Min(one, two) + f.evaluate(z, inner, nil)
	r.m.transposed(g, inner)
	for i, v := range y {
		if one <= two {
			g[i] += 2 * (v - firstFunnel)
		} else {
			g[i] += float64(2 * r.s * (v - r.second))
		}
	}
	return value
}

// f24
func lunacek(i instanceOf) *function {
	x := make([]float64, i.n)
	gauss(x, i.seed)
	for k, v := range x {
		x[k] = math.Copysign(firstFunnel/2, v)
	}
	s := 1 - 0.5/(math.Sqrt(float64(i.n)+20)-4.1)
	return &function{
		stages:  []stage{twice(x)},
		raw:     funnels{m: i.conditioned(100).matrix, s: s, second: -math.Sqrt((firstFunnel*firstFunnel - 1) / s)},
		penalty: 1e4, at: x,
	}
}
