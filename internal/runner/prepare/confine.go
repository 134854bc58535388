package prepare

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/gdbench/gdbench/internal/random"
	"github.com/gdbench/gdbench/internal/runner/suite"
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

// startNotes say which starts do not satisfy the constraint, of those that are not drawn.
func startNotes(s *suite.Suite, built Problems) []string {
	var out []string
	for _, p := range s.Problems {
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
	}
	return out
}
