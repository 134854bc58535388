package prepare

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/gdbench/gdbench/internal/methods/traits"
	"github.com/gdbench/gdbench/internal/random"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/problems"
)

// Confine moves x to the nearest point that satisfies the constraint of p, if there is one. It
// returns how far that is, 0 where only rounding has been undone.
func Confine(p problems.Problem, x []float64) (distance float64) {
	c, ok := problems.As[problems.Constrained](p)
	if !ok {
		return 0
	}
	before, outside := slices.Clone(x), problems.Rest(p, x) > 0
	c.Constraint().Project(x, x)
	if !outside {
		return 0
	}
	vec.AddScaled(before, before, -1, x)
	return vec.Norm(before)
}

// BoundedSet is the constraint of p if it has a bounded one, over which each linear function has a
// minimum; otherwise nil.
func BoundedSet(p problems.Problem) problems.Set {
	c, ok := problems.As[problems.Constrained](p)
	if !ok || math.IsInf(c.Constraint().Diameter(), 1) {
		return nil
	}
	return c.Constraint()
}

// refused reports whether no cell of a method on a problem runs, since the problem lacks what the method
// needs. It may be false where only the descent finds that out.
func refused(m *suite.Method, b *Built) bool {
	component, err := Method(m, b)
	if err != nil {
		return true
	}
	o, err := problems.NewOracle(b.Problem, b.Facts, problems.OracleOptions{Batch: m.Keys.Batch.Size})
	return err != nil || o.Need(traits.Needs(component)...) != nil
}

// dualityNote says on which problems a stop at the duality gap does not apply.
func dualityNote(s *suite.Suite, run []*suite.Problem, built Problems) []string {
	if !s.Stop.MeasuresDuality() {
		return nil
	}
	var on []string
	for _, p := range run {
		if BoundedSet(built[p].Problem) == nil {
			on = append(on, p.Label)
		}
	}
	if len(on) == 0 {
		return nil
	}
	return []string{text.Some(on) + ": no bounded constraint, so the stop at a duality gap does not apply"}
}

// startNotes say which starts do not satisfy the constraint, of those that are not drawn.
func startNotes(s *suite.Suite, run []*suite.Problem, built Problems) []string {
	var out []string
	for _, p := range run {
		if p.DrawsStart() {
			continue
		}
		b := built[p]
		x := make([]float64, b.Problem.Dim())
		if err := p.Keys.Start.Start(b.Facts, x, rand.New(random.NewSource(s.Seed, "check of the start"))); err != nil {
			continue // its cells say so
		}
		if by := Confine(b.Fork(), x); by > 0 {
			out = append(out, fmt.Sprintf("%s: %s: the start does not satisfy the constraint; descents begin at its projection, at a distance of %.3g", p.StartPosition(), p.Label, by))
		}
		if c, ok := problems.As[problems.Constrained](b.Problem); ok && c.Constraint().Active(x) > 0 {
			out = append(out, boundaryNotes(s, p, b)...)
		}
	}
	return out
}

// boundaryNotes say what methods do that cannot leave the boundary, on which their descents begin.
func boundaryNotes(s *suite.Suite, on *suite.Problem, b *Built) []string {
	var out []string
	for p, m := range s.Pairs() {
		if p != on {
			continue
		}
		component, err := m.Spec.New()
		if err != nil || refused(m, b) {
			continue // its cells say so
		}
		says := traits.FromBoundary(component)
		if says == "" {
			continue
		}
		out = append(out, fmt.Sprintf("%s: %s on %s: %s", m.Spec.Position, m.Label, p.Label, says))
	}
	return out
}
