package prepare

import (
	"github.com/gdbench/gdbench/internal/methods/traits"
	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/problems"
)

// Method makes the method of a suite entry for a problem, with expressions such as 1/L
// resolved by the facts. Where the method cannot run on the problem, err says why; the
// method is then returned too, as far as it is resolved, to be described.
func Method(m *suite.Method, b *Built) (method any, err error) {
	if method, err = m.Spec.New(); err != nil {
		return nil, err
	}
	if method, err = m.Around(method); err != nil {
		return nil, err
	}
	return method, Resolve(method, b)
}

// Resolve finds the numbers behind the expressions of a method by the facts of a problem,
// and says why the method cannot run there, if so.
func Resolve(method any, b *Built) error {
	if err := param.Resolve(method, b.Facts.Global); err != nil {
		return err
	}
	m, err := traits.Behind(method, b.Facts)
	if err != nil {
		return err
	}
	_, composite := problems.As[problems.Composite](b.Problem)
	if _, confined := problems.As[problems.Constrained](b.Problem); !composite && !confined {
		return nil // what parts need they find out in their Init
	}
	o, err := problems.NewOracle(b.Problem, b.Facts, problems.OracleOptions{})
	if err != nil {
		return err
	}
	return o.Need(traits.Needs(m)...)
}
