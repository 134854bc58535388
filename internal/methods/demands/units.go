package demands

import (
	"strings"

	"github.com/gdbench/gdbench/internal/methods/traits"
	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/methods"
)

// inTermsOfFacts is a learning rate that has units.
const inTermsOfFacts = "1/L"

// scaleFree says in which units a component makes a descent the same, and under what
// conditions: "f and x with lr such as 1/L, f otherwise"; "no" for none, "not stated" where the
// component does not say.
func scaleFree(e *param.Entry, component any) string {
	plain, known := traits.Units(component)
	if !known {
		return "not stated"
	}
	var found []string
	add := func(u methods.Units, condition string) {
		value, variables := u.ScaleFree()
		var units []string
		if value {
			units = append(units, "f")
		}
		if variables {
			units = append(units, "x")
		}
		if len(units) > 0 {
			found = append(found, strings.TrimSpace(strings.Join(units, " and ")+" "+condition))
		}
	}
	given := methods.Units{Value: -1, Variables: 2} // of inTermsOfFacts
	path, _, rated := traits.LearningRate(component)
	number := rated && isNumber(component, path)
	switch e.Kind {
	case param.Of[methods.Direction]().Kind:
		add(plain, "with a number as the step length")
		add(plain.Times(given), "with a step length such as "+inTermsOfFacts)
		if len(found) == 0 {
			add(plain.Times(methods.Units{Value: methods.Any, Variables: methods.Any}), "with a step rule that suits any direction")
		}
	case param.Of[methods.StepRule]().Kind:
		add(methods.NaturalUnits.Times(plain), "along a Newton direction")
		add(methods.GradientUnits.Times(plain), "along −∇f")
		if number {
			add(methods.GradientUnits.Times(plain).Times(given), "along −∇f with "+path+" such as "+inTermsOfFacts)
		}
	default:
		add(plain, "")
		if number {
			add(plain.Times(given), "with "+path+" such as "+inTermsOfFacts)
		}
	}
	if len(found) == 0 {
		return "no"
	}
	return strings.Join(found, "; ")
}

// isNumber reports whether a learning rate is a Length that is written as a number.
func isNumber(component any, path string) bool {
	length := param.LengthAt(component, path)
	if length == nil {
		return false
	}
	_, literal := length.Literal()
	return literal
}
