// Package traits answers what a built method is: which recurrence it follows, what limits
// its learning rate, which facts it needs, what it is a variant of. It asks the components
// themselves, behind presets and whatever their names, so that theorems, hints and
// reports agree about one method however it is written.
package traits

import (
	"fmt"
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/methods/direction"
	"github.com/gdbench/gdbench/internal/methods/step"
	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

// Behind is the method behind a component whose parameters are resolved, as methods.Unwrap,
// with its own expressions resolved, too: a preset may put its method together from parts
// that were given the texts of expressions. The error is that of methods.Resolve.
func Behind(component any, facts *problems.Facts) (methods.Method, error) {
	m := methods.Unwrap(component)
	switch {
	case m == nil:
		return nil, fmt.Errorf("%T is short for no method: its Method returns nil", component)
	case any(m) == component:
		return m, nil
	}
	return m, methods.Resolve(m, facts)
}

// AlongGradient reports whether a direction is −∇f.
func AlongGradient(d methods.Direction) bool {
	switch d := d.(type) {
	case *direction.Gradient:
		return true
	case *direction.Steepest:
		return d.Norm == "l2" && !d.Normalized
	}
	return false
}

// Recurrence is γ and β of a method that steps by x⁺ = x − γ∇f(x) + β(x − x⁻); see
// methods.Recurrent.
func Recurrence(m methods.Method) (gamma, beta float64, ok bool) {
	switch m := m.(type) {
	case methods.Recurrent:
		return m.Recurrence()
	case *methods.Descent:
		if fixed, constant := m.Rule.(*step.Fixed); constant && AlongGradient(m.Direction) {
			return fixed.T.Value, 0, true
		}
	}
	return math.NaN(), math.NaN(), false
}

// Stability is the largest curvature of a quadratic on which the method's iterates do not
// grow, and how the learning rate at that limit depends on L; see methods.Stable. For a
// recurrence it is 2(1 + β)/γ (Polyak 1964, doi:10.1016/0041-5553(64)90137-5).
func Stability(m methods.Method) (curvature float64, formula string, ok bool) {
	if s, is := m.(methods.Stable); is {
		curvature, formula, ok = s.Stability()
	}
	if γ, β, recurrent := Recurrence(m); !ok && recurrent {
		curvature, formula, ok = 2*(1+β)/γ, "2(1+β)/L", true
		if β == 0 {
			formula = "2/L"
		}
	}
	if !ok || !(curvature > 0) || math.IsInf(curvature, 0) {
		return math.NaN(), "", false
	}
	return curvature, formula, true
}

// LearningRate is the parameter that scales all steps of a component whose parameters are
// resolved, by its path, with its value; see methods.Rated. A method without one of its
// own has that of its step rule.
func LearningRate(component any) (path string, value float64, ok bool) {
	if path, ok = RatePath(component); !ok {
		return "", math.NaN(), false
	}
	if value, ok = param.ValueAt(component, path); !ok {
		return "", math.NaN(), false
	}
	return path, value, true
}

// RatePath is the path of the learning rate, whether it has a number yet or not.
func RatePath(component any) (path string, ok bool) {
	if h, holds := component.(param.Holder); holds {
		component = h.Component()
	}
	path = "lr"
	if _, rule := component.(methods.StepRule); rule {
		path = "t"
	}
	if r, rated := component.(methods.Rated); rated {
		if path, ok = r.Rate(); !ok {
			return "", false
		}
	}
	if _, number := param.ValueAt(component, path); number || param.LengthAt(component, path) != nil {
		return path, true
	}
	path = ""
	param.Parts(component, func(name string, part any) {
		if _, rule := part.(methods.StepRule); !rule || ok {
			return
		}
		if inner, found := RatePath(part); found {
			path, ok = name+"."+inner, true
		}
	})
	return path, ok
}

// Units are the units of what a component makes, by its own word or what follows from its
// parts; see methods.Measured. The parameters must be resolved.
func Units(component any) (u methods.Units, known bool) {
	if preset, ok := component.(methods.Preset); ok { // it may embed a part that is measured
		return Units(preset.Method())
	}
	if m, ok := component.(methods.Measured); ok {
		return m.Units(), true
	}
	if d, ok := component.(*methods.Descent); ok {
		along, known := Units(d.Direction)
		t, given := Units(d.Rule)
		return along.Times(t), known && given
	}
	path, _, rated := LearningRate(component)
	length := param.LengthAt(component, path)
	if !rated || length == nil {
		return methods.Units{}, false
	}
	if _, rule := component.(methods.StepRule); rule {
		return methods.LengthUnits(*length), true
	}
	_, recurrent := component.(methods.Recurrent)
	return methods.GradientUnits.Times(methods.LengthUnits(*length)), recurrent
}

// Requires lists the facts without which a component with its settings does not run on an
// oracle: the constants in its expressions, and what its parts ask for. They are sorted.
func Requires(component any, o *methods.Oracle) []string {
	m := methods.Unwrap(component)
	out := append(param.ConstantsIn(component), param.ConstantsIn(m)...)
	param.Visit(m, func(part any) {
		if i, ok := part.(methods.Informed); ok {
			out = append(out, i.Requires(o)...)
		}
	})
	slices.Sort(out)
	return slices.Compact(out)
}

// Needs are what a component with its settings needs of a problem besides facts: what a whole method that
// knows no constraint or no nonsmooth part lacks, and what its parts declare.
func Needs(component any) []problems.Need {
	var out []problems.Need
	add := func(n problems.Need) {
		if !slices.ContainsFunc(out, func(o problems.Need) bool { return o.What == n.What }) {
			out = append(out, n)
		}
	}
	m := methods.Unwrap(component)
	if proximal, ok := m.(methods.Proximal); !ok || !proximal.Proximal() { // the projection is a proximal operator
		add(problems.NeedsSmooth)
		if feasible, ok := m.(methods.Feasible); !ok || !feasible.Feasible() {
			add(problems.NeedsNoConstraint)
		}
	}
	for _, n := range PartsNeed(m) {
		add(n)
	}
	return out
}

// PartsNeed are the needs that a component and its parts declare.
func PartsNeed(component any) (out []problems.Need) {
	param.Visit(component, func(part any) {
		if n, ok := part.(methods.Needing); ok {
			out = append(out, n.Needs()...)
		}
	})
	return out
}

// FromBoundary is what a method does where it cannot leave the boundary of a constraint, on which its
// descent begins; "" where it can. See methods.Interior.
func FromBoundary(component any) (said string) {
	param.Visit(methods.Unwrap(component), func(part any) {
		if inside, ok := part.(methods.Interior); ok {
			said = inside.FromBoundary()
		}
	})
	return said
}

// Family is what a component of an entry is a variant of: the family of its registration;
// without one, that of a descent's direction; otherwise its own name.
func Family(e *param.Entry, component any) string {
	if e.Family != "" {
		return e.Family
	}
	if h, ok := component.(param.Holder); ok {
		component = h.Component()
	}
	var m methods.Method
	switch c := component.(type) {
	case methods.Preset:
		m = methods.Unwrap(c)
	case methods.Method:
		m = c
	}
	if d, ok := m.(*methods.Descent); ok {
		if direction := param.Of[methods.Direction]().Of(d.Direction); direction != nil {
			return direction.FamilyOrName()
		}
	}
	return e.Name
}
