package problems

import (
	"fmt"

	"github.com/gdbench/gdbench/internal/param"
)

// New makes a registered problem, ready to be evaluated: its data are loaded and f* is
// found where the problem has a reference solve. Settings are Go values by the names of
// the problem's parameters: numbers, booleans, texts, slices, and for parameters that are
// components (a data set, the problem inside a wrapper) a name, a map[string]any with
// "name" and settings, or a text in the suite language such as "{name: two-moons}". What is
// left out has its default. The problems that come with gdbench are registered by importing
// problems/catalogue.
//
// Paths of data files start from the working directory, and random data are those of a
// suite with seed 1; NewIn chooses both.
//
// The error names the parameter, the value and what was expected; for an unknown name it
// names the nearest known one.
func New(name string, settings map[string]any) (Problem, error) {
	return NewIn(Env{Seed: 1}, name, settings)
}

// NewIn is New in an environment: the folder that paths of data files start from, and the
// seed of random data. Where env has no Name it is the text by which a suite would name the
// problem, so that random data are the same.
func NewIn(env Env, name string, settings map[string]any) (Problem, error) {
	spec, err := registry.FromSettings(name, settings)
	if err != nil {
		return nil, err
	}
	component, err := spec.New()
	if err != nil {
		return nil, err
	}
	if env.Name == "" {
		env.Name = spec.Text()
	}
	p := component.(Problem)
	if err := Build(p, env); err != nil {
		return nil, fmt.Errorf("problem %s: %w", name, err)
	}
	return p, nil
}

// Build prepares a problem that was made as a struct literal, as New does: it calls the
// problem's own Build where it is a Builder, and refuses a problem without variables.
func Build(p Problem, env Env) error {
	if b, ok := p.(Builder); ok {
		if err := b.Build(env); err != nil {
			return err
		}
	}
	if n := p.Dim(); n < 1 {
		return fmt.Errorf("the problem has %d variables; expected at least 1", n)
	}
	return nil
}

// Names lists the registered problems, sorted, without aliases.
func Names() []string { return registry.Names() }

// Defaults sets the parameters of a problem or starting rule made as a struct literal to
// the defaults of their tags: all of them, so that own settings come after it. A parameter
// without a default keeps its value. The component is a pointer to a struct. It is an error
// if a default names a component that is not registered.
func Defaults(component any) error { return param.SetDefaults(component) }
