package losses

import (
	"math"
	"math/rand/v2"

	"github.com/gdbench/gdbench/internal/problems/data"
	"github.com/gdbench/gdbench/internal/random"
	"github.com/gdbench/gdbench/problems"
)

// initial is a way to draw the weights of a layer, nil where they are zero.
type initial struct {
	name, source string
	draw         func(l layer, w []float64, rng *rand.Rand)
	slow         bool // in wide layers; it is a start only where it is chosen
}

var initials = []initial{
	{"zero", "the origin, where all units of a layer stay alike", nil, false},
	{"normal", "weights of standard deviation 0.1, biases 0", func(_ layer, w []float64, rng *rand.Rand) {
		for j := range w {
			w[j] = 0.1 * random.Normal(rng)
		}
	}, false},
	{"glorot", "X. Glorot & Y. Bengio 2010, Proceedings of Machine Learning Research 9, 249–256: uniform in ±√(6/(in + out)), biases 0", func(l layer, w []float64, rng *rand.Rand) {
		most := math.Sqrt(6 / float64(l.in+l.out))
		for j := range w {
			w[j] = most * (float64(2*float64(rng.Float64())) - 1)
		}
	}, false},
	{"he", "K. He, X. Zhang, S. Ren & J. Sun 2015, ICCV, 10.1109/ICCV.2015.123: deviation √(2/in), biases 0", func(l layer, w []float64, rng *rand.Rand) {
		deviation := math.Sqrt(2 / float64(l.in))
		for j := range w {
			w[j] = deviation * random.Normal(rng)
		}
	}, false},
	{"orthogonal", "A. M. Saxe, J. L. McClelland & S. Ganguli 2014, ICLR, arXiv:1312.6120: orthonormal rows or columns, whichever are fewer, biases 0", func(l layer, w []float64, rng *rand.Rand) {
		few, many := min(l.in, l.out), max(l.in, l.out)
		for a, v := range data.Orthonormal(few, many, rng) {
			for b, entry := range v {
				if few == l.out {
					w[a*l.in+b] = entry
				} else {
					w[b*l.in+a] = entry
				}
			}
		}
	}, true},
}

// drawInto draws the weights of all layers; biases are 0.
func (i initial) drawInto(x []float64, layers []layer, rng *rand.Rand) {
	clear(x)
	if i.draw == nil {
		return
	}
	for _, l := range layers {
		i.draw(l, l.weights(x), rng)
	}
}

// starts are the ways to begin, the chosen one first and named standard too. What each of them
// states as its point is drawn from the suite's seed and the layers.
func (p *MLP) starts(env problems.Env) []problems.Start {
	starts := []problems.Start{{}}
	for _, way := range initials {
		if way.slow && way.name != p.Init {
			continue
		}
		x := make([]float64, p.Dim())
		way.drawInto(x, p.layers, rand.New(random.NewSource(env.Seed, "init", way.name, p.layers)))
		start := problems.Start{Name: way.name, X: x, Source: way.source}
		if way.draw != nil {
			layers := p.layers
			start.Draw = func(x []float64, rng *rand.Rand) { way.drawInto(x, layers, rng) }
		}
		starts = append(starts, start)
		if way.name == p.Init {
			starts[0] = start
			starts[0].Name = problems.StandardStart
		}
	}
	return starts
}

// DrawsStart reports whether the start of this name is drawn for each repeat.
func (p *MLP) DrawsStart(name string) bool {
	if name == problems.StandardStart {
		name = p.Init
	}
	for _, way := range initials {
		if way.name == name {
			return way.draw != nil
		}
	}
	return false
}
