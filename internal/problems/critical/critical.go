// Package critical says where a descent has ended: at a minimum (and which one), at a
// saddle, at a maximum, at a degenerate point. Where the evidence shows none of these, it
// says nothing.
//
// Every test compares with the problem's own scales, so that the answer is the same in all
// units of f and of x: the gap, the gradient and the decrease of f with those of the start,
// lengths with the distance from the start, curvatures with their own rounding. In this order,
// from the surest evidence to the least sure:
//
//  1. f* is known, and the gap is at most 1e-6 of that of the start (1e-10 where f is not
//     known to be convex): the global minimum.
//  2. A critical point that the facts state is near in comparison with the start and with
//     the other stated points (and, unless it is very near, the gradient is small): that
//     point. A minimum may be a kink. Where f* is known, the gap must be small, too.
//  3. f is convex with a constant μ > 0 (or a Polyak–Łojasiewicz constant), and ‖∇f‖²/2μ,
//     which bounds the gap, is at most 1e-6 of the decrease: the global minimum.
//  4. The gradient is small in comparison with that of the start, or with the mean slope on
//     the way where f is about to fall by little in comparison with the decrease; Newton steps from x converge, and end near x in
//     comparison with the distance from the start: a critical point. Its kind is that of the
//     eigenvalues of the Hessian; on a convex function that has curvature in all directions
//     there it is the global minimum.
//
// The convergence of Newton steps is what tells a minimum from an infimum that is not
// attained: on e^−x all of them have length 1.
//
// What it refuses to do: call a point a minimum because the gradient is small, or the global
// minimum of a nonconvex function because nothing better was seen.
package critical

import (
	"math"

	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/problems"
)

const (
	smallGap       = 1e-6  // of the start's: f has reached f*
	smallNonconvex = 1e-10 // the same, where a local minimum may be nearly as low
	smallGradient  = 1e-6  // of the start's
	sameRadius     = 1e-6  // of the distance from the start: x is the stated point
	nearRadius     = 1e-3  // of the distance from the start: x is on its way to the point
	flatRadius     = 1e-2  // the same, where the curvature vanishes and steps are slow
)

// Start is where the descent began.
type Start struct {
	X            []float64
	Value        float64 // f(x0)
	GradientNorm float64 // of the Mapping, for a composite objective
	Floor        float64 // gap up to which rounding and the accuracy of f* decide
}

// Known lists the critical points that the facts state, the minimizers first.
func Known(f *problems.Facts) []problems.Critical {
	var known []problems.Critical
	if f.Minimum != nil {
		for _, x := range f.Minimum.Points {
			known = append(known, problems.Critical{X: x, Kind: problems.GlobalMinimum})
		}
	}
	return append(known, f.Critical...)
}

// Classify is the kind of critical point at x, "" where x is none or nothing shows which. It
// evaluates p freely: nothing is charged to a method.
func Classify(p problems.Problem, f *problems.Facts, x []float64, start Start) problems.Kind {
	e := newEnd(p, f, x, start)
	if math.IsNaN(e.value) || math.IsNaN(e.norm) {
		return ""
	}
	if e.reached() {
		return problems.GlobalMinimum
	}
	if kind := e.stated(); kind != "" {
		return kind
	}
	_, composite := problems.As[problems.Composite](p)
	switch {
	case composite || !twiceDifferentiable(p): // ∇²f says nothing about f + h, nor where it does not exist
		return ""
	case e.convex && e.startGap > 0: // it has been measured, and is not small
		return ""
	case e.convex && e.bounded():
		return problems.GlobalMinimum
	}
	kind := e.byCurvature()
	switch {
	case !e.convex:
		return kind
	case kind == problems.LocalMinimum:
		return problems.GlobalMinimum
	}
	return "" // along a direction without curvature f may fall for ever
}

// twiceDifferentiable reports whether p has second derivatives everywhere, which is assumed
// of a problem that does not say otherwise.
func twiceDifferentiable(p problems.Problem) bool {
	s, ok := problems.As[problems.Smoothness](p)
	return !ok || s.TwiceDifferentiable()
}

// end is the last point of a descent with what it is compared with.
type end struct {
	problem  problems.Problem
	facts    *problems.Facts
	start    Start
	x, g     []float64
	value    float64
	norm     float64 // ‖∇f(x)‖, or that of the Mapping
	convex   bool
	startGap float64 // f(x0) − f*; NaN where f* is unknown, or the gap is lost in its accuracy
	gap      float64
	travel   float64 // ‖x − x0‖
	length   float64 // the scale of x: the larger one of ‖x − x0‖ and ‖x‖
}

func newEnd(p problems.Problem, f *problems.Facts, x []float64, start Start) end {
	e := end{problem: p, facts: f, start: start, x: x, g: make([]float64, len(x)), startGap: math.NaN(), gap: math.NaN()}
	e.convex = f.Convexity == problems.Convex || f.Convexity == problems.StronglyConvex
	e.value = problems.Objective(p, x, e.g)
	if m := NewMapping(p, f, start.X); m != nil {
		e.norm = m.Norm(x, e.g)
	} else {
		e.norm = vec.Norm(e.g)
	}
	e.travel = distance(x, start.X)
	e.length = math.Max(e.travel, vec.Norm(x))
	if m := f.Minimum; m != nil {
		e.gap = e.value - m.Value
		if gap := start.Value - m.Value; start.Floor <= smallGap*gap {
			e.startGap = gap
		}
	}
	return e
}

// reached reports that the gap to a minimum that is attained has become small.
func (e *end) reached() bool {
	if m := e.facts.Minimum; m != nil && m.Unattained {
		return false
	}
	small := smallNonconvex
	if e.convex {
		small = smallGap
	}
	return e.gap <= small*e.startGap
}

// stated is the kind of the critical point of the facts that is near, "" where none is.
func (e *end) stated() problems.Kind {
	known := Known(e.facts)
	i, near := nearest(known, e.x)
	if i < 0 {
		return ""
	}
	at := known[i].X
	spacing := math.Inf(1) // to the next stated point
	for j, c := range known {
		if d := distance(at, c.X); j != i && len(c.X) == len(at) && d > 0 {
			spacing = math.Min(spacing, d)
		}
	}
	scale := distance(e.start.X, at)
	if !math.IsInf(spacing, 1) {
		scale = math.Max(scale, spacing)
	}
	radius := sameRadius * scale
	if e.norm <= smallGradient*e.start.GradientNorm {
		radius = nearRadius * scale
	}
	if !(near <= math.Min(radius, nearRadius*spacing)+float64(4*ε*vec.Norm(at))) {
		return ""
	}
	if known[i].Kind == problems.GlobalMinimum && e.gap > 1e-4*e.startGap {
		return "" // near in x, but not in f
	}
	return known[i].Kind
}

// bounded reports that ‖∇f‖²/(2μ), which bounds the gap, is small in comparison with the
// decrease, which the start gap exceeds. The same constant shows that the minimum is attained
// (Karimi, Nutini & Schmidt 2016, doi:10.1007/978-3-319-46128-1_50).
func (e *end) bounded() bool {
	for _, name := range []string{problems.ConvexityMu, problems.PLConstant} {
		if mu, err := e.facts.Global(name); err == nil && mu > 0 {
			return e.norm*(e.norm/(2*mu)) <= smallGap*(e.start.Value-e.value)
		}
	}
	return false
}

func nearest(known []problems.Critical, x []float64) (index int, near float64) {
	index, near = -1, math.Inf(1)
	for i, c := range known {
		if len(c.X) != len(x) {
			continue
		}
		if r := distance(x, c.X); r < near {
			index, near = i, r
		}
	}
	return index, near
}
