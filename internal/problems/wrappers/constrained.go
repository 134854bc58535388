package wrappers

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/problems/constraint"
	"github.com/gdbench/gdbench/problems"
)

// Constrained is a problem whose variables are confined to a set. No suite names it: it is what
// the key `constraint` of a problem's entry makes.
type Constrained struct {
	around

	set   constraint.Set
	facts *problems.Facts

	grad, least []float64 // scratch of the duality gap; nil: the set is unbounded
}

var (
	_ problems.Builder     = (*Constrained)(nil)
	_ problems.Forker      = (*Constrained)(nil)
	_ problems.Selective   = (*Constrained)(nil)
	_ problems.Constrained = (*Constrained)(nil)
	_ problems.Diagnostics = (*Constrained)(nil)
	_ param.Holder         = (*Constrained)(nil)
)

// Constrain is the problem on a set, to be built.
func Constrain(p problems.Problem, set constraint.Set) *Constrained {
	return &Constrained{around: around{valued{Of: p}}, set: set}
}

// Build builds the problem, and finds f* on the set.
func (c *Constrained) Build(env problems.Env) error {
	if err := c.around.Build(env); err != nil {
		return err
	}
	if c.composite != nil {
		return errors.New("constraint: the problem has a part with a proximal operator already, and that of both together is not known; leave out the constraint")
	}
	if err := c.set.Fit(c.Dim()); err != nil {
		return fmt.Errorf("constraint: %w", err)
	}
	c.facts = c.restrict(problems.FactsOf(c.Of))
	c.scratch()
	return nil
}

func (c *Constrained) scratch() {
	if c.set.Bounded() {
		c.grad, c.least = make([]float64, c.Dim()), make([]float64, c.Dim())
	}
}

// Component is the problem inside, which has the parameters.
func (c *Constrained) Component() any { return c.Of }

// Fork has its own scratch.
func (c *Constrained) Fork() problems.Problem {
	fork := &Constrained{around: around{c.forked()}, set: c.set.Fork(), facts: c.facts}
	fork.scratch()
	return fork
}

// Offers is what the problem inside offers, the constraint, and over a bounded one the duality gap.
func (c *Constrained) Offers(capability reflect.Type, inside bool) bool {
	switch capability {
	case reflect.TypeFor[problems.Composite](), reflect.TypeFor[problems.Constrained]():
		return true
	case reflect.TypeFor[problems.Diagnostics]():
		return inside || c.grad != nil
	}
	return inside
}

// dualityGap is the diagnostic of a bounded constraint, beside those of the problem inside.
const dualityGap = "duality gap"

// DiagnosticNames are those of the problem inside, and the duality gap.
func (c *Constrained) DiagnosticNames() []string {
	var names []string
	if c.diagnostics != nil {
		names = slices.Clone(c.diagnostics.DiagnosticNames())
	}
	if c.grad != nil {
		names = append(names, dualityGap)
	}
	return names
}

// Diagnostics are those of the problem inside, and the duality gap.
func (c *Constrained) Diagnostics(x, into []float64) {
	if c.grad != nil {
		last := len(into) - 1
		c.Of.Evaluate(x, c.grad)
		into[last] = constraint.DualityGap(c.set, x, c.grad, c.least)
		into = into[:last]
	}
	if c.diagnostics != nil {
		c.diagnostics.Diagnostics(x, into)
	}
}

// Facts are those on the set.
func (c *Constrained) Facts() *problems.Facts { return c.facts }

// Constraint is the set.
func (c *Constrained) Constraint() problems.Set { return c.set }

// Rest is 0 in the set, as far as rounding allows to tell, and infinite outside.
func (c *Constrained) Rest(x []float64) float64 {
	if c.set.Excess(x) <= constraint.Outside {
		return 0
	}
	return math.Inf(1)
}

// Prox is the projection.
func (c *Constrained) Prox(dst, x []float64, _ float64) { c.set.Project(dst, x) }

// restrict states the facts on the set.
func (c *Constrained) restrict(inside *problems.Facts) *problems.Facts {
	f := *inside
	f.Constants = map[string]problems.Constant{}
	for name, constant := range inside.Constants {
		// The start may move, and a gradient need not vanish at a minimizer.
		if constant.Scope != problems.Sublevel && name != problems.PLConstant {
			f.Constants[name] = constant
		}
	}
	f.Minimum, f.Critical = nil, nil
	for _, point := range inside.Critical {
		// The boundary may cut off the ways down from a saddle, or the ones up.
		if point.Kind == problems.LocalMinimum && c.contains(point.X) {
			f.Critical = append(f.Critical, point)
		}
	}
	if m := inside.Minimum; m != nil {
		at := *m
		at.Points = nil
		for _, x := range m.Points {
			if c.contains(x) {
				at.Points = append(at.Points, x)
			}
		}
		if len(at.Points) > 0 {
			f.Minimum = &at
			return &f
		}
	}
	if f.Convexity != problems.Convex && f.Convexity != problems.StronglyConvex {
		f.Notes = append(f.Notes[:len(f.Notes):len(f.Notes)], "f* is unknown: no known minimizer satisfies the constraint, and f is not known to be convex; targets by value or gradient can be measured")
		return &f
	}
	x := make([]float64, c.Dim())
	if len(inside.Starts) > 0 {
		copy(x, inside.Starts[0].X)
	}
	f.Minimum = constraint.Minimum(c.Of, inside, c.set, x)
	if f.Minimum != nil { // whatever the reason is for which f has none that is known
		f.Notes = slices.DeleteFunc(slices.Clone(f.Notes), func(note string) bool { return strings.HasPrefix(note, "f* is unknown") })
	} else {
		f.Notes = append(f.Notes[:len(f.Notes):len(f.Notes)], "f* is unknown: the duality gap could not certify a minimum on the constraint; targets by value or gradient can be measured")
	}
	return &f
}

func (c *Constrained) contains(x []float64) bool { return c.set.Excess(x) == 0 }
