package momentum

import (
	"math"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
)

// HeavyBall keeps a share of the last step (Polyak 1964, doi:10.1016/0041-5553(64)90137-5):
//
//	x₊ = x − lr·∇f(x) + momentum·(x − x₋),  x₋ = x at first.
//
// On a quadratic it converges iff lr < 2(1 + momentum)/L; on other convex functions it may
// cycle.
type HeavyBall struct {
	LR       length  `param:"lr" default:"1/L" range:"(0,)" space:"{loguniform: [1e-5, 100]}" doc:"learning rate"`
	Momentum float64 `param:"momentum" default:"0.9" range:"[0,1)" space:"{oneminus-log: [1e-2, 1]}" doc:"momentum: fraction of the last step that is kept"`
	methods.FirstOrder

	before    []float64
	constants []length // of which LR was made, where it was
}

// PolyakHeavyBall is the heavy ball with the parameters that are best on quadratics
// (Polyak 1964): lr = 4/(√L + √μ)², momentum = ((√κ − 1)/(√κ + 1))², κ = L/μ.
type PolyakHeavyBall struct {
	L  length `param:"L" default:"L" range:"(0,)" doc:"smoothness constant"`
	Mu length `param:"mu" default:"mu" range:"(0,)" doc:"constant of strong convexity"`
}

var (
	_ methods.Method    = (*HeavyBall)(nil)
	_ methods.Recurrent = (*HeavyBall)(nil)
	_ methods.Preset    = (*PolyakHeavyBall)(nil)
)

func init() {
	info := methods.Info{
		Summary: "heavy ball: gradient descent with momentum",
		Formula: "x₊ = x − lr·∇f(x) + momentum·(x − x₋)",
		Source:  "Polyak 1964, Some methods of speeding up the convergence of iteration methods, USSR Comp. Math. Math. Phys. 4(5):1–17",
		DOI:     "10.1016/0041-5553(64)90137-5",
		Family:  "momentum",
	}
	methods.Register("heavy-ball", info, func() methods.Method { return new(HeavyBall) })
	info.Summary = "heavy ball with the best parameters for quadratics, from L and μ"
	info.Formula = "heavy ball with lr = 4/(√L + √μ)², momentum = ((√κ − 1)/(√κ + 1))²"
	methods.RegisterPreset("polyak-heavy-ball", info, func() methods.Preset { return new(PolyakHeavyBall) })
}

// Init begins at rest.
func (h *HeavyBall) Init(o *oracle, at *iterate) error {
	h.before = append([]float64(nil), at.X...)
	return h.Begin(o, at)
}

// Step makes one update.
func (h *HeavyBall) Step(at *iterate) error { return h.Advance(at, h) }

// Update is Polyak's rule.
func (h *HeavyBall) Update(x, g []float64) float64 {
	for i, now := range x {
		x[i] = now - float64(h.LR.Value*g[i]) + float64(h.Momentum*(now-h.before[i]))
		h.before[i] = now
	}
	return h.LR.Value
}

// Carry moves the last iterate, so that the velocity stays.
func (h *HeavyBall) Carry(shift []float64) { vec.AddScaled(h.before, h.before, 1, shift) }

// Recurrence is the method itself.
func (h *HeavyBall) Recurrence() (gamma, beta float64, ok bool) {
	return h.LR.Value, h.Momentum, true
}

// Method is the heavy ball with Polyak's parameters.
func (p *PolyakHeavyBall) Method() methods.Method {
	l, mu := math.Sqrt(p.L.Value), math.Sqrt(p.Mu.Value)
	rho := (l - mu) / (l + mu)
	return &HeavyBall{LR: param.NewLength(4 / ((l + mu) * (l + mu))), Momentum: rho * rho, constants: []length{p.L, p.Mu}}
}

// Units are those of ∇f times the learning rate; for Polyak's parameters those of x where L and μ
// are constants of the problem.
func (h *HeavyBall) Units() methods.Units {
	if h.constants != nil {
		return methods.NaturalUnits.Times(comparable(h.constants...))
	}
	return methods.GradientUnits.Times(methods.LengthUnits(h.LR))
}
