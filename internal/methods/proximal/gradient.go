package proximal

import (
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
)

// Gradient is the proximal gradient method, forward–backward splitting (Combettes & Wajs
// 2005, doi:10.1137/050626090):
//
//	x ← prox_{lr·h}(x − lr·∇f(x)).
type Gradient struct {
	LR methods.Length `param:"lr" default:"1/L" range:"(0,)" space:"{loguniform: [1e-5, 100]}" doc:"learning rate"`
	methods.FirstOrder

	oracle *methods.Oracle
}

var (
	_ methods.Method   = (*Gradient)(nil)
	_ methods.Proximal = (*Gradient)(nil)
	_ methods.Stable   = (*Gradient)(nil)
)

func init() {
	methods.Register("proximal-gradient", methods.Info{
		Summary: "gradient step on the smooth part, proximal step on the rest",
		Formula: "x ← prox_{lr·h}(x − lr·∇f(x))",
		Source:  "Combettes & Wajs 2005, Signal recovery by proximal forward-backward splitting, Multiscale Model. Simul. 4(4):1168–1200",
		DOI:     "10.1137/050626090",
		Aliases: []string{"ista"},
		Family:  "proximal",
	}, func() methods.Method { return new(Gradient) })
}

// Proximal reports that the method handles composite problems.
func (*Gradient) Proximal() bool { return true }

// Stability is that of the gradient step: the proximal step moves no two points apart.
func (m *Gradient) Stability() (curvature float64, formula string, ok bool) {
	return 2 / m.LR.Value, "2/L", true
}

// Init evaluates the first gradient.
func (m *Gradient) Init(o *methods.Oracle, at *methods.Iterate) error {
	m.oracle = o
	return m.Begin(o, at)
}

// Step makes one forward and one backward step.
func (m *Gradient) Step(at *methods.Iterate) error { return m.Advance(at, m) }

// Update is the rule.
func (m *Gradient) Update(x, g []float64) float64 {
	vec.AddScaled(x, x, -m.LR.Value, g)
	m.oracle.Prox(x, x, m.LR.Value)
	return m.LR.Value
}

// Units are those of ∇f times the learning rate.
func (m *Gradient) Units() methods.Units {
	return methods.GradientUnits.Times(methods.LengthUnits(m.LR))
}
