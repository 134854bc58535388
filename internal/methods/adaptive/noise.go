package adaptive

import (
	"math"
	"math/rand/v2"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/random"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

// GradientNoise is perturbed gradient descent, which escapes saddles (Jin, Ge, Netrapalli,
// Kakade & Jordan 2017, doi:10.48550/arXiv.1703.00887, algorithm 2): where the gradient
// is short and the last disturbance more than `wait` steps ago, x is moved to a random
// point of the ball around it, uniformly; otherwise x ← x − lr·g.
//
// A disturbance is a step of its own here. When to return is left to the stops of the
// run: around a minimizer the method keeps disturbing.
type GradientNoise struct {
	LR        length  `param:"lr" default:"1/L" range:"(0,)" space:"{loguniform: [1e-5, 100]}" doc:"learning rate"`
	Radius    float64 `param:"radius" default:"0.01" range:"(0,)" doc:"radius of the ball from which perturbations are drawn"`
	Threshold float64 `param:"threshold" default:"0.001" range:"[0,)" doc:"gradient norm at or below which x is perturbed"`
	Wait      int     `param:"wait" default:"50" range:"[0,)" doc:"smallest number of steps between perturbations"`
	methods.FirstOrder

	rng   *rand.Rand
	noise []float64
	since int // steps after the last disturbance
}

var (
	_ methods.Method  = (*GradientNoise)(nil)
	_ problems.Random = (*GradientNoise)(nil)
)

func init() {
	methods.Register("gradient-noise", methods.Info{
		Summary: "perturbed gradient descent: random perturbations where the gradient is small, to escape saddles",
		Formula: "x ← x + ξ, ξ uniform in a ball, where ‖g‖ ≤ threshold and the last ξ is more than wait steps ago; else x ← x − lr·g",
		Source:  "Jin, Ge, Netrapalli, Kakade & Jordan 2017, How to escape saddle points efficiently, ICML, algorithm 2",
		DOI:     "10.48550/arXiv.1703.00887",
		Family:  "gradient",
	}, func() methods.Method { return new(GradientNoise) })
}

// Random reports that repeats differ.
func (*GradientNoise) Random() bool { return true }

// Init allows a disturbance at the first step.
func (p *GradientNoise) Init(o *oracle, at *iterate) error {
	p.rng = o.Rand()
	p.noise = make([]float64, len(at.X))
	p.since = p.Wait + 1
	return p.Begin(o, at)
}

// Step makes one update.
func (p *GradientNoise) Step(at *iterate) error { return p.Advance(at, p) }

// Update disturbs x or takes a gradient step.
func (p *GradientNoise) Update(x, g []float64) float64 {
	if p.since > p.Wait && vec.Norm(g) <= p.Threshold {
		p.since = 1
		p.draw()
		vec.AddScaled(x, x, 1, p.noise)
		return math.NaN()
	}
	p.since++
	vec.AddScaled(x, x, -p.LR.Value, g)
	return p.LR.Value
}

// draw is uniform in the ball: a normal direction, and a radius whose n-th power is
// uniform.
func (p *GradientNoise) draw() {
	for i := range p.noise {
		p.noise[i] = random.Normal(p.rng)
	}
	r := p.Radius * elementary.Pow(p.rng.Float64(), 1/float64(len(p.noise)))
	vec.Scale(r/vec.Norm(p.noise), p.noise)
}

// Units do not exist: radius and threshold are numbers.
func (*GradientNoise) Units() methods.Units { return absolute }
