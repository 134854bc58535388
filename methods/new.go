package methods

import (
	"errors"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/problems"
)

// New makes a registered method. Settings are Go values by the names of the method's
// parameters: numbers, booleans, texts, slices, and for parameters that are components
// (the direction and step rule of "descent") a name, a map[string]any with "name" and
// settings, or a text in the suite language such as "{name: wolfe, c2: 0.1}". What is left
// out has its default. The methods that come with gdbench are registered by importing
// methods/catalogue.
//
// A learning rate may be an expression such as "1/L". The method then gets the number from
// the facts of the problem in Init; Resolve does the same earlier.
//
// The error names the parameter, the value and what was expected; for an unknown name it
// names the nearest known one.
func New(name string, settings map[string]any) (Method, error) {
	component, err := build(registry, name, settings)
	if err != nil {
		return nil, err
	}
	if m, ok := component.(Method); ok && !pending(component) {
		return m, nil
	}
	return &configured{component: component}, nil
}

// NewDirection makes a registered direction, as New makes a method.
func NewDirection(name string, settings map[string]any) (Direction, error) {
	component, err := build(directions, name, settings)
	if err != nil {
		return nil, err
	}
	return component.(Direction), nil
}

// NewStep makes a registered step rule, as New makes a method. An expression in it gets
// its number in the Init of the Descent that the rule is part of, or by Resolve.
func NewStep(name string, settings map[string]any) (StepRule, error) {
	component, err := build(stepRules, name, settings)
	if err != nil {
		return nil, err
	}
	return component.(StepRule), nil
}

func build(r *param.Registry, name string, settings map[string]any) (any, error) {
	spec, err := r.FromSettings(name, settings)
	if err != nil {
		return nil, err
	}
	return spec.New()
}

// Names lists the registered methods, sorted, without aliases.
func Names() []string { return registry.Names() }

// Defaults sets the parameters of a method, direction or step rule made as a struct
// literal to the defaults of their tags: all of them, so that own settings come after it.
// A parameter without a default keeps its value. The component is a pointer to a struct.
// It is an error if a default names a component that is not registered, such as the
// direction of a Descent without the import of methods/catalogue.
func Defaults(component any) error { return param.SetDefaults(component) }

// Resolve finds the numbers behind expressions such as 1/L in a method, direction or step
// rule, and in those that it is made of. The error wraps *problems.Missing where a constant
// is not known for the problem, or not valid globally.
func Resolve(component any, facts *problems.Facts) error {
	err := param.Resolve(component, facts.Global)
	if d, ok := component.(*Descent); ok && err == nil {
		d.resolved = facts
	}
	return err
}

// errPending is the answer of a problem about which nothing is known yet.
var errPending = errors.New("unresolved")

// pending reports whether a component has expressions.
func pending(component any) bool {
	return errors.Is(param.Resolve(component, func(string) (float64, error) { return 0, errPending }), errPending)
}

// configured is a method whose settings are resolved, or whose preset is unwrapped, when
// the problem is known.
type configured struct {
	component any
	method    Method
}

// Component is what parameters are read from.
func (c *configured) Component() any { return c.component }

// Method is the method of the component, with numbers only if it has been resolved.
func (c *configured) Method() Method { return Unwrap(c.component) }

func (c *configured) Init(o *Oracle, at *Iterate) error {
	if err := Resolve(c.component, o.Facts()); err != nil {
		return err
	}
	c.method = Unwrap(c.component)
	return c.method.Init(o, at)
}

func (c *configured) Step(at *Iterate) error { return c.method.Step(at) }
