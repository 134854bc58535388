package constrained

import (
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/linalg"
	"github.com/gdbench/gdbench/internal/vec"
)

// path finds the generalized Cauchy point and the minimizer of the model over what is free there.
type path struct {
	point  []float64 // the Cauchy point x^c
	free   []int     // variables that are at no bound there
	step   []float64 // of the free ones, to the minimizer
	breaks []kink
	d      []float64
	room   []float64 // of the next five
	p, c   []float64 // Wᵀd and Wᵀ(x^c − x)
	w, mp  []float64
	v      []float64

	lu       *linalg.LU // of 2·memory rows
	solution []float64
}

// kink is where the path meets a bound.
type kink struct {
	at       float64
	variable int
}

func newPath(memory, n int) path {
	return path{point: make([]float64, n), free: make([]int, 0, n), step: make([]float64, n), breaks: make([]kink, 0, n), d: make([]float64, n),
		room: make([]float64, 10*memory), lu: linalg.NewLU(2 * memory), solution: make([]float64, 2*memory)}
}

// size cuts the scratch to the number of pairs.
func (p *path) size(k int) {
	room := p.room
	for _, part := range []*[]float64{&p.p, &p.c, &p.w, &p.mp, &p.v} {
		*part, room = room[:2*k:2*k], room[2*k:]
		clear(*part)
	}
}

// cauchy is algorithm CP of Byrd et al. 1995: it goes from kink to kink of the path as long as the
// model falls.
func (p *path) cauchy(m *LBFGSB, x, g []float64) {
	b := &m.model
	p.size(b.count)
	p.begin(m, x, g)
	slope := -vec.Square(p.d)
	for j := range b.count {
		p.p[j] = vec.Dot(b.y[j], p.d)
		p.p[b.count+j] = b.theta * vec.Dot(b.s[j], p.d)
	}
	b.times(p.mp, p.p)
	curvature := -float64(b.theta*slope) - vec.Dot(p.p, p.mp)
	least := float64(0x1p-52 * math.Abs(float64(b.theta*slope)))
	old := 0.0
	way := least1(slope, curvature)
	next := 0
	for ; next < len(p.breaks); next++ {
		k := p.breaks[next]
		length := k.at - old
		if way < length {
			break
		}
		i := k.variable
		gi, z := g[i], p.land(m, x, i)
		vec.AddScaled(p.c, p.c, length, p.p)
		b.row(p.w, i)
		b.times(p.mp, p.w)
		slope += float64(length*curvature) + float64(gi*gi) + float64(b.theta*gi*z) - float64(gi*vec.Dot(p.mp, p.c))
		curvature -= float64(b.theta*gi*gi) + float64(2*gi*vec.Dot(p.mp, p.p)) + float64(gi*gi*vec.Dot(p.mp, p.w))
		curvature = math.Max(curvature, least)
		vec.AddScaled(p.p, p.p, gi, p.w)
		p.d[i], old = 0, k.at
		way = least1(slope, curvature)
	}
	way = math.Max(way, 0)
	if next == len(p.breaks) && vec.IsZero(p.d) { // all of them are at a bound
		way = 0
	}
	p.rest(m, x, old+way)
	vec.AddScaled(p.c, p.c, way, p.p)
}

// least1 is where a parabola with this slope and curvature has its minimum.
func least1(slope, curvature float64) float64 {
	if slope >= 0 {
		return 0
	}
	return -slope / curvature
}

// begin finds the kinks, and where the path goes first.
func (p *path) begin(m *LBFGSB, x, g []float64) {
	p.breaks = p.breaks[:0]
	for i, gi := range g {
		at := math.Inf(1)
		switch {
		case gi < 0:
			at = (x[i] - m.upper[i]) / gi
		case gi > 0:
			at = (x[i] - m.lower[i]) / gi
		}
		p.point[i], p.d[i] = x[i], -gi
		if at <= 0 {
			p.d[i] = 0
		} else if !math.IsInf(at, 1) {
			p.breaks = append(p.breaks, kink{at, i})
		}
	}
	slices.SortFunc(p.breaks, func(a, b kink) int {
		switch {
		case a.at < b.at:
			return -1
		case a.at > b.at:
			return 1
		}
		return a.variable - b.variable
	})
}

// land puts variable i on its bound, and returns how far that is.
func (p *path) land(m *LBFGSB, x []float64, i int) float64 {
	p.point[i] = m.lower[i]
	if p.d[i] > 0 {
		p.point[i] = m.upper[i]
	}
	return p.point[i] - x[i]
}

// rest moves the variables that have met no bound, and lists those that are at none.
func (p *path) rest(m *LBFGSB, x []float64, t float64) {
	p.free = p.free[:0]
	for i, d := range p.d {
		if d != 0 {
			p.point[i] = math.Min(math.Max(x[i]+float64(t*d), m.lower[i]), m.upper[i])
		}
		if p.point[i] > m.lower[i] && p.point[i] < m.upper[i] {
			p.free = append(p.free, i)
		}
	}
}

// minimize writes −B̂⁻¹r̂ into step, where B̂ is B over the free variables and r̂ the gradient of the
// model at the Cauchy point: the direct primal method, by the formula of Sherman, Morrison and
// Woodbury (Byrd et al. 1995, equation 5.11). False where that has no digits.
func (p *path) minimize(m *LBFGSB, x, g []float64) bool {
	b := &m.model
	k := 2 * b.count
	b.times(p.mp, p.c)
	clear(p.v)
	for j, i := range p.free {
		b.row(p.w, i)
		p.step[j] = g[i] + float64(b.theta*(p.point[i]-x[i])) - vec.Dot(p.w, p.mp)
		vec.AddScaled(p.v, p.v, p.step[j], p.w)
	}
	p.gram(b)
	if !p.lu.Factorize() {
		return false
	}
	clear(p.solution)
	b.times(p.solution[:k], p.v)
	p.lu.Solve(p.solution)
	copy(p.v, p.solution)
	for j, i := range p.free {
		b.row(p.w, i)
		p.step[j] = -p.step[j]/b.theta - float64(vec.Dot(p.w, p.v)/b.theta/b.theta)
		if !finite(p.step[j]) {
			return false
		}
	}
	return true
}

// gram writes I − M·(WᵀZZᵀW)/θ into the rows of lu, the free variables being those of Z.
func (p *path) gram(b *model) {
	k := 2 * b.count
	identity(p.lu, 2*b.most)
	for _, i := range p.free {
		b.row(p.w, i)
		b.times(p.mp, p.w) // column i of MWᵀ
		for r := range k {
			row := p.lu.Row(r)[:k]
			vec.AddScaled(row, row, -p.mp[r]/b.theta, p.w)
		}
	}
}
