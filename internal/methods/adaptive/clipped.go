package adaptive

import (
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
)

// Clipped is gradient descent that cuts a gradient longer than max_norm down to that
// length (Zhang, He, Sra & Jadbabaie 2020, doi:10.48550/arXiv.1905.11881):
//
//	x ← x − lr·min(1, max_norm/‖g‖)·g.
type Clipped struct {
	LR      length  `param:"lr" default:"1/L" range:"(0,)" space:"{loguniform: [1e-5, 100]}" doc:"learning rate"`
	MaxNorm float64 `param:"max_norm" default:"1" range:"(0,)" space:"{loguniform: [1e-2, 100]}" doc:"largest gradient norm; longer gradients are scaled down to it"`
	methods.FirstOrder
}

var _ methods.Method = (*Clipped)(nil)

func init() {
	methods.Register("clipped-gradient", methods.Info{
		Summary: "gradient descent with gradient clipping by norm",
		Formula: "x ← x − lr·min(1, max_norm/‖g‖)·g",
		Source:  "Zhang, He, Sra & Jadbabaie 2020, Why gradient clipping accelerates training, ICLR",
		DOI:     "10.48550/arXiv.1905.11881",
		Family:  "gradient",
	}, func() methods.Method { return new(Clipped) })
}

// Init evaluates the first gradient.
func (c *Clipped) Init(o *oracle, at *iterate) error { return c.Begin(o, at) }

// Step makes one update.
func (c *Clipped) Step(at *iterate) error { return c.Advance(at, c) }

// Update is the clipped step.
func (c *Clipped) Update(x, g []float64) float64 {
	t := c.LR.Value
	if norm := vec.Norm(g); norm > c.MaxNorm {
		t *= c.MaxNorm / norm
	}
	vec.AddScaled(x, x, -t, g)
	return t
}

// Units do not exist: the largest norm is a number.
func (*Clipped) Units() methods.Units { return absolute }
