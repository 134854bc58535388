package methods

import (
	"errors"
	"math"

	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/problems"
)

// Descent is the general descent method (Boyd & Vandenberghe 2004, algorithm 9.1):
//
//	x⁺ = x + t·Δx,  Δx from a Direction, t from a StepRule.
//
// Any direction can be combined with any step rule. On batches each step draws one, and
// direction and step rule evaluate that batch only.
type Descent struct {
	Direction Direction `param:"direction" default:"gradient" doc:"rule for the direction Δx"`
	Rule      StepRule  `param:"step" default:"backtracking" doc:"rule for the step length t"`

	resolved *problems.Facts // by which the expressions of its parts have their numbers
	oracle   *Oracle
	schedule Schedule // the step rule, where it is one
	search   search   // the step rule, where it is one
	k        int      // iterations, as a schedule counts them
	d        []float64
	next     Point
	batch    *Iterate // what direction and rule see on a batched oracle, or behind a filter
	filter   Filter
}

// search is a step rule that has computed ∇fᵀΔx, as vec.Dot does.
type search interface{ Slope() float64 }

func init() {
	Register("descent", Info{
		Summary: "the general descent method: any direction with any step rule",
		Formula: "x⁺ = x + t·Δx",
		Source:  "Boyd & Vandenberghe 2004, Convex Optimization, algorithm 9.1",
		DOI:     "10.1017/CBO9780511804441",
	}, func() Method { return new(Descent) })
}

// Init asks for nothing. Expressions such as 1/L in the direction and the step rule get their
// numbers from the facts of the problem.
func (m *Descent) Init(o *Oracle, at *Iterate) error {
	if m.Direction == nil || m.Rule == nil {
		return errors.New("a Descent needs both a Direction and a Rule; methods.New and methods.Defaults set them")
	}
	if m.resolved != o.Facts() {
		if err := Resolve(m, o.Facts()); err != nil {
			return err
		}
	}
	n := len(at.X)
	m.oracle, m.k, m.batch = o, 0, nil
	m.schedule, _ = m.Rule.(Schedule)
	m.search, _ = m.Rule.(search)
	room := make(vec.Room, 3*n)
	m.d, m.next = room.Take(n), Point{X: room.Take(n), Grad: room.Take(n)}
	if err := m.Direction.Init(o); err != nil {
		return err
	}
	if err := m.Rule.Init(o); err != nil {
		return err
	}
	if o.Batched() || m.filter != nil {
		m.batch = &Iterate{Point: Point{Grad: make([]float64, n)}}
	}
	return nil
}

// Step takes one step. It asks for ∇f at the iterate, unless the rule already has.
func (m *Descent) Step(at *Iterate) error {
	if m.batch != nil {
		return m.batchStep(at)
	}
	m.oracle.GradientAt(&at.Point)
	return m.move(at)
}

// Through has every gradient pass a filter, where the step rule evaluates nothing itself.
func (m *Descent) Through(filter Filter) error {
	if _, scheduled := m.Rule.(Schedule); !scheduled || !AsksOnlyGradient(m.Direction) {
		return errors.New("its direction or step rule evaluates the problem itself; expected a descent along a direction of gradients, with a fixed step or a schedule")
	}
	m.filter = filter
	return nil
}

// Carry has nothing to move.
func (m *Descent) Carry([]float64) {}

// batchStep moves on the function of one batch, and claims nothing about the whole.
func (m *Descent) batchStep(at *Iterate) error {
	b := m.batch
	b.X = at.X
	b.HasF = false
	m.filter.Gradient(m.oracle, &at.Point, b.Grad)
	b.HasGrad = true
	if vec.IsZero(b.Grad) { // this batch has a zero gradient here; the next may not
		m.k++
		at.HasF, at.HasGrad = false, false
		at.Length, at.Slope, at.Trials = 0, math.NaN(), 0
		return nil
	}
	err := m.move(b)
	at.X, at.HasF, at.HasGrad = b.X, false, false
	at.Length, at.Slope, at.Trials = b.Length, math.NaN(), b.Trials
	return err
}

// GradientOnly is true of schedules, and directions that ask for nothing.
func (m *Descent) GradientOnly() any {
	if _, scheduled := m.Rule.(Schedule); scheduled && AsksOnlyGradient(m.Direction) {
		return m
	}
	return nil
}

// move takes the step from an iterate whose gradient is known.
func (m *Descent) move(at *Iterate) error {
	if err := m.Direction.Direction(at, m.d); err != nil {
		return err
	}
	at.Trials = 0
	if m.schedule == nil {
		return m.look(at)
	}
	t := m.schedule.Length(m.k)
	m.k++
	x, g := at.X[:len(m.d)], at.Grad[:len(m.d)]
	var slope float64
	for i, d := range m.d {
		slope += float64(g[i] * d)
		x[i] += float64(t * d)
	}
	at.Length, at.Slope = t, t*slope
	at.HasF, at.HasGrad = false, false
	return nil
}

// look moves to the point that the step rule finds along the direction.
func (m *Descent) look(at *Iterate) error {
	m.next.HasF, m.next.HasGrad = false, false
	t, err := m.Rule.Step(at, m.d, &m.next)
	if err != nil {
		return err
	}
	if m.search != nil {
		at.Slope = t * m.search.Slope()
	} else {
		at.Slope = t * vec.Dot(at.Grad, m.d)
	}
	at.Length = t
	at.X, m.next.X = m.next.X, at.X
	if m.next.HasGrad {
		at.Grad, m.next.Grad = m.next.Grad, at.Grad
	}
	at.F, at.HasF, at.HasGrad = m.next.F, m.next.HasF, m.next.HasGrad
	return nil
}
