package momentum

import (
	"math"

	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

// Nesterov takes a gradient step from a point extrapolated along the last one (Nesterov
// 1983; 2004, doi:10.1007/978-1-4419-8853-9):
//
//	x₊ = y − lr·∇f(y),  y₊ = x₊ + β(x₊ − x),  β from a Schedule.
//
// It can forget its momentum (O'Donoghue & Candès 2015, doi:10.1007/s10208-013-9150-3):
// with `restart: function` where f(x₊) > f(x), which costs a value a step and does not go
// with batches; with `restart: gradient` where (y − x₊)ᵀ(x₊ − x) > 0, which is free and what
// `restart: adaptive` means, too.
//
// Step ends by the proximal operator of the problem's non-smooth part, the identity where
// there is none; the method for problems that have one is FISTA, in package proximal.
type Nesterov struct {
	LR       length   `param:"lr" default:"1/L" range:"(0,)" space:"{loguniform: [1e-5, 100]}" doc:"learning rate"`
	Schedule Schedule `param:"schedule" default:"fista" doc:"momentum of each step: fista, weights, constant or strongly-convex"`
	Restart  string   `param:"restart" default:"never" oneof:"never function gradient adaptive" doc:"when to reset the momentum; adaptive is gradient, which costs nothing"`

	extrapolation
	next  []float64
	value float64 // f(x), known with restart: function
}

var (
	_ methods.Method = (*Nesterov)(nil)
	_ methods.Stable = (*Nesterov)(nil)
)

func init() {
	methods.Register("nesterov", methods.Info{
		Summary: "Nesterov's accelerated gradient method, with schedules and restarts",
		Formula: "x₊ = y − lr·∇f(y), y₊ = x₊ + β(x₊ − x)",
		Source:  "Nesterov 1983, Soviet Math. Doklady 27:372–376; Nesterov 2004, Introductory lectures on convex optimization, section 2.2",
		DOI:     "10.1007/978-1-4419-8853-9",
		Family:  "momentum",
	}, func() methods.Method { return new(Nesterov) })
}

// Init begins with no momentum.
func (n *Nesterov) Init(o *oracle, at *iterate) error {
	n.begin(o, at)
	n.next = make([]float64, len(at.X))
	n.Schedule.Begin(n.LR.Value)
	if n.Restart == "function" {
		if o.Batched() {
			return &problems.Missing{What: "exact values to restart by; with batches use restart: gradient"}
		}
		n.value = math.NaN()
	}
	return nil
}

// Step takes one gradient step from y and extrapolates.
func (n *Nesterov) Step(at *iterate) error {
	n.look(at, n.LR.Value)
	if n.Restart == "function" && math.IsNaN(n.value) { // the first step: y is x, and f there comes with the gradient
		n.value = n.objective(at.X)
	}
	vec.AddScaled(n.next, n.y, -n.LR.Value, n.g)
	n.oracle.Prox(n.next, n.next, n.LR.Value)
	if n.overshot(at.X) {
		n.Schedule.Begin(n.LR.Value)
		copy(n.y, n.next)
	} else {
		extrapolate(n.y, n.next, at.X, n.Schedule.Next())
	}
	at.X, n.next = n.next, at.X
	return nil
}

// Stability is known where the momentum is the same at every step (Lessard, Recht & Packard
// 2016, doi:10.1137/15M1009597, §2): a restart or a growing momentum has no such limit.
func (n *Nesterov) Stability() (curvature float64, formula string, ok bool) {
	constant, same := n.Schedule.(*Constant)
	if !same || n.Restart != "never" {
		return math.NaN(), "", false
	}
	return LookaheadCurvature(n.LR.Value, constant.Momentum), LookaheadLimit, true
}

// LookaheadLimit is the largest stable learning rate on quadratics of gradient steps from a
// point extrapolated with a constant momentum β.
const LookaheadLimit = "2(1+β)/((1+2β)L)"

// LookaheadCurvature is the largest stable curvature at a learning rate.
func LookaheadCurvature(lr, beta float64) float64 { return 2 * (1 + beta) / ((1 + 2*beta) * lr) }

// overshot reports whether the step from x to next calls for a restart.
func (n *Nesterov) overshot(x []float64) bool {
	switch n.Restart {
	case "function":
		before := n.value
		n.value = n.objective(n.next)
		return n.value > before
	case "gradient", "adaptive":
		var turn float64
		for i, to := range n.next {
			turn += float64((n.y[i] - to) * (to - x[i]))
		}
		return turn > 0
	}
	return false
}

func (n *Nesterov) objective(x []float64) float64 {
	return n.oracle.Value(x) + n.oracle.Rest(x)
}

// Units are those of ∇f times the learning rate, where μ of a schedule is no number.
func (n *Nesterov) Units() methods.Units {
	u := methods.GradientUnits.Times(methods.LengthUnits(n.LR))
	if s, ok := n.Schedule.(*StronglyConvex); ok {
		return u.Times(s.units())
	}
	return u
}
