package reduction

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/gdbench/gdbench/problems"
)

// paper are methods written out again from their papers, on a sum whose gradients are given, with
// the coins and samples of one stream.
type paper struct {
	rng  *rand.Rand
	grad func(x []float64, samples ...int32) []float64 // all samples for none
	x    []float64
}

func (p *paper) sample() int32 { return int32(p.rng.IntN(samples)) }

// sum is a + c·b.
func sum(a []float64, c float64, b []float64) []float64 {
	out := make([]float64, len(a))
	for i := range a {
		out[i] = a[i] + c*b[i]
	}
	return out
}

func (p *paper) corrected(x, w []float64, i int32) []float64 {
	return sum(sum(p.grad(x, i), -1, p.grad(w, i)), 1, p.grad(w))
}

func (p *paper) looplessSVRG(lr, coin float64) func() {
	w := p.x
	return func() {
		g := p.corrected(p.x, w, p.sample())
		old := p.x
		p.x = sum(p.x, -lr, g)
		if p.rng.Float64() < coin {
			w = old
		}
	}
}

func (p *paper) katyusha(l, mu, coin float64) func() {
	sigma, n := mu/l, float64(samples)
	θ1 := math.Min(math.Sqrt(2*sigma*n/3), 0.5)
	η := 0.5 / (1.5 * θ1)
	y, z, w := p.x, p.x, p.x
	return func() {
		x := sum(sum(sum(make([]float64, len(y)), θ1, z), 0.5, w), 1-θ1-0.5, y)
		g := p.corrected(x, w, p.sample())
		next := sum(make([]float64, len(y)), 1/(1+η*sigma), sum(sum(z, η*sigma, x), -η/l, g))
		old := y
		y = sum(sum(x, θ1, next), -θ1, z)
		z, p.x = next, y
		if p.rng.Float64() < coin {
			w = old
		}
	}
}

func (p *paper) sarah(lr float64, inner int, random bool) func() {
	k, chosen := 0, -1
	var v, before []float64
	var candidate []float64
	return func() {
		if k == 0 && random {
			chosen = p.rng.IntN(inner + 1)
		}
		if k == chosen {
			candidate = p.x
		}
		if i := p.sample(); k == 0 {
			v = p.grad(p.x)
		} else {
			v = sum(sum(v, 1, p.grad(p.x, i)), -1, p.grad(before, i))
		}
		before = p.x
		p.x = sum(p.x, -lr, v)
		if k++; k > inner {
			if k = 0; random {
				p.x = candidate
			}
		}
	}
}

func (p *paper) page(lr, coin float64) func() {
	var g, before []float64
	return func() {
		i := p.sample()
		if g == nil || p.rng.Float64() < coin {
			g = p.grad(p.x)
		} else {
			g = sum(sum(g, 1, p.grad(p.x, i)), -1, p.grad(before, i))
		}
		before = p.x
		p.x = sum(p.x, -lr, g)
	}
}

func TestPathsOfThePapers(t *testing.T) {
	for _, c := range []struct {
		text string
		make func(p *paper) func()
	}{
		{"{name: l-svrg, lr: 0.05, p: 0.3}", func(p *paper) func() { return p.looplessSVRG(0.05, 0.3) }},
		{"{name: l-svrg, lr: 0.05}", func(p *paper) func() { return p.looplessSVRG(0.05, 1./samples) }},
		{"{name: katyusha, L: 5, mu: 0.2, p: 0.4}", func(p *paper) func() { return p.katyusha(5, 0.2, 0.4) }},
		{"{name: katyusha, L: 50, mu: 0.01}", func(p *paper) func() { return p.katyusha(50, 0.01, 1./samples) }},
		{"{name: sarah, lr: 0.05, inner: 4}", func(p *paper) func() { return p.sarah(0.05, 4, false) }},
		{"{name: sarah, lr: 0.05, inner: 3, next: random}", func(p *paper) func() { return p.sarah(0.05, 3, true) }},
		{"{name: page, lr: 0.05, p: 0.25}", func(p *paper) func() { return p.page(0.05, 0.25) }},
		{"{name: page, lr: 0.05}", func(p *paper) func() { return p.page(0.05, 1./(samples+1)) }},
	} {
		run, sums := begin(t, c.text, problems.OracleOptions{})
		p := &paper{rng: seed.Rand("method"), x: []float64{1, -1, 2}, grad: func(x []float64, of ...int32) []float64 {
			g := make([]float64, len(x))
			if len(of) == 0 {
				sums.Evaluate(x, g)
			} else {
				sums.EvaluateOn(x, g, of)
			}
			return g
		}}
		step := c.make(p)
		for k := 1; k <= 30; k++ {
			run.Next(t)
			step()
			for i, v := range p.x {
				if math.Abs(run.At.X[i]-v) > 1e-11*math.Max(1, math.Abs(v)) {
					t.Fatalf("%s: after %d steps %v; expected %v", c.text, k, run.At.X, p.x)
				}
			}
		}
	}
}
