package suite

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/random"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/problems"
)

// checkConstants refuses expressions that no problem can give a value: those with a constant
// that nothing knows, such as 1/l, and those without a number that the parameter may have,
// whatever the constants are, such as 0/L. A constant that gdbench knows and a problem lacks
// makes a skipped cell instead.
func (s *Suite) checkConstants() error {
	// What a component of the user's calls its constants is known only when it has been built.
	foreign := slices.ContainsFunc(s.Problems, func(p *Problem) bool { return p.Spec.Foreign() })
	for _, m := range s.Methods {
		for _, e := range m.expressions {
			for _, name := range e.Constants {
				if !foreign && !problems.KnownConstant(name) {
					return &param.Error{Position: e.Position, Message: fmt.Sprintf("%s: the expression %s has a constant %q, which no problem has%s",
						e.Field.Name, e.Text, name, text.Suggest(name, problems.ConstantNames()))}
				}
			}
			if !possible(e) {
				return &param.Error{Position: e.Position, Message: fmt.Sprintf("%s: the expression %s is never a number %s, whatever its constants are",
					e.Field.Name, e.Text, e.Field.Range)}
			}
		}
	}
	return nil
}

// possible tries an expression with constants of many sizes, each of them drawn on its own.
func possible(e param.Expression) bool {
	source := rand.New(random.NewSource(1, e.Text))
	for range 100 {
		drawn := map[string]float64{}
		constants := func(name string) (float64, error) {
			if _, ok := drawn[name]; !ok {
				drawn[name] = float64(sizes[source.IntN(len(sizes))] * (1 + float64(source.Float64())))
				if name == problems.SmallestCurve && source.Float64() < 0.5 {
					drawn[name] *= -1
				}
			}
			return drawn[name], nil
		}
		if e.Possible(constants) {
			return true
		}
	}
	return false
}

var sizes = []float64{1e-9, 1e-6, 1e-3, 1, 1e3, 1e6, 1e9}
