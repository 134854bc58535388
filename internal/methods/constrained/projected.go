package constrained

import (
	"fmt"

	"github.com/gdbench/gdbench/internal/methods/step"
	"github.com/gdbench/gdbench/internal/methods/traits"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
)

// ProjectedGradient is the projected gradient method. Its step rule decides how it steps:
//
//   - a fixed length or a schedule: x⁺ = P(x − t∇f(x)) (Goldstein 1964; Levitin & Polyak 1966);
//   - `backtracking`: the rule of Armijo along the arc x(t) = P(x − t∇f(x)), t := βt while
//     f(x(t)) > f(x) + α∇f(x)ᵀ(x(t) − x) (Bertsekas 1976, doi:10.1109/TAC.1976.1101194);
//   - `barzilai-borwein`: the spectral projected gradient method, algorithm SPG2 of Birgin, Martínez
//     & Raydan 2000, doi:10.1137/S1052623497330963: along d = P(x − λ∇f(x)) − x with the λ of
//     Barzilai and Borwein, a line search by f ≤ max of the last 10 values + γα∇fᵀd, γ = 1e-4.
//
// Without a constraint it is gradient descent with that rule.
type ProjectedGradient struct {
	Rule methods.StepRule `param:"step" default:"1/L" doc:"step length: a number such as 1/L, a schedule, backtracking (along the arc) or barzilai-borwein"`
	methods.FirstOrder
	feasible

	oracle   *methods.Oracle
	schedule methods.Schedule // nil: one of the two below
	arc      *step.Backtracking
	spectral *spectral
	k        int
	t        float64
	next     []float64
}

var (
	_ methods.Method   = (*ProjectedGradient)(nil)
	_ methods.Feasible = (*ProjectedGradient)(nil)
	_ methods.Measured = (*ProjectedGradient)(nil)
)

func init() {
	methods.Register("projected-gradient", methods.Info{
		Summary: "a gradient step, then the projection to the constraint: with fixed steps, Armijo's rule along the arc, or spectral steps",
		Formula: "x⁺ = P(x − t∇f(x))",
		Source:  "Bertsekas 1976, On the Goldstein–Levitin–Polyak gradient projection method, IEEE Trans. Automat. Control 21(2):174–184; Birgin, Martínez & Raydan 2000, Nonmonotone spectral projected gradient methods on convex sets, SIAM J. Optim. 10(4):1196–1211",
		DOI:     "10.1109/TAC.1976.1101194",
		Family:  "projection",
	}, func() methods.Method { return new(ProjectedGradient) })
}

// Validate refuses step rules that say nothing about an arc.
func (m *ProjectedGradient) Validate() error {
	switch rule := m.Rule.(type) {
	case methods.Schedule:
	case *step.Backtracking:
		if rule.Rule != "initial" && rule.Rule != "previous" && rule.Rule != "longer" {
			return fmt.Errorf("step: the guess %s is for straight lines; expected initial, previous or longer", rule.Rule)
		}
	case *step.BarzilaiBorwein:
		if rule.Variant == "stabilized" {
			return fmt.Errorf("step: the variant stabilized needs no line search, which spectral projected gradients have; expected long, short or alternating")
		}
	default:
		return fmt.Errorf("step: this rule searches along a straight line, which the projection bends; expected a length such as 1/L, a schedule, backtracking or barzilai-borwein")
	}
	return nil
}

// Init asks for nothing.
func (m *ProjectedGradient) Init(o *methods.Oracle, at *methods.Iterate) error {
	m.oracle, m.k, m.t = o, 0, 0
	m.schedule, m.arc, m.spectral = nil, nil, nil
	switch rule := m.Rule.(type) {
	case methods.Schedule:
		m.schedule = rule
		if err := rule.Init(o); err != nil {
			return err
		}
		return m.Begin(o, at)
	case *step.Backtracking:
		m.arc = rule
	case *step.BarzilaiBorwein:
		m.spectral = newSpectral(rule, len(at.X))
	default:
		return m.Validate()
	}
	m.next = make([]float64, len(at.X))
	return exact(o)
}

// Through has every gradient pass a filter, where no step rule compares values.
func (m *ProjectedGradient) Through(filter methods.Filter) error {
	if _, scheduled := m.Rule.(methods.Schedule); !scheduled {
		return fmt.Errorf("its step rule evaluates the problem itself; expected a fixed step or a schedule")
	}
	return m.FirstOrder.Through(filter)
}

// Step takes one step.
func (m *ProjectedGradient) Step(at *methods.Iterate) error {
	if m.schedule != nil {
		return m.Advance(at, m)
	}
	m.oracle.GradientAt(&at.Point)
	at.Trials = 0
	if f := value(m.oracle, at); !finite(f) {
		return methods.Stalled("f(x) = %g: a line search cannot start here", f)
	}
	if m.spectral != nil {
		return m.spectral.step(m.oracle, at, m.next)
	}
	return m.bend(at)
}

// Update is the step of a schedule.
func (m *ProjectedGradient) Update(x, g []float64) float64 {
	t := m.schedule.Length(m.k)
	m.k++
	vec.AddScaled(x, x, -t, g)
	m.oracle.Project(x, x)
	return t
}

// bend is a step along the arc.
func (m *ProjectedGradient) bend(at *methods.Iterate) error {
	t := m.arc.Initial
	if m.t > 0 {
		switch m.arc.Rule {
		case "previous":
			t = m.t
		case "longer":
			t = 2 * m.t
		}
	}
	for ; ; t *= m.arc.Beta {
		vec.AddScaled(m.next, at.X, -t, at.Grad)
		m.oracle.Project(m.next, m.next)
		if !moves(m.next, at.X) {
			return methods.Stalled("the projected step of length %.3g does not move x, after %d trials", t, at.Trials)
		}
		at.Trials++
		f, by := m.oracle.Value(m.next), slope(at.Grad, m.next, at.X)
		if f <= at.F+float64(m.arc.Alpha*by) {
			at.Length, at.Slope, m.t = t, by, t
			at.X, m.next = m.next, at.X
			at.F, at.HasF, at.HasGrad = f, true, false
			return nil
		}
	}
}

// Units are those of ∇f times the length.
func (m *ProjectedGradient) Units() methods.Units { return scheduled(m.Rule) }

// scheduled are the units of ∇f times the length of a rule.
func scheduled(rule methods.StepRule) methods.Units {
	length, known := traits.Units(rule)
	if !known {
		return methods.Units{Value: methods.Never, Variables: methods.Never}
	}
	return methods.GradientUnits.Times(length)
}
