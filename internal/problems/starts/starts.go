// Package starts holds the rules that choose where a descent begins: the problem's own
// starts, a given vector, and random points.
package starts

import (
	"fmt"
	"math/rand/v2"

	"gopkg.in/yaml.v3"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/random"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	problems.RegisterStart("standard", problems.Info{Summary: "the problem's own first starting point; the origin where it has none"},
		func() problems.StartRule { return new(Standard) })
	problems.RegisterStart("named", problems.Info{Summary: "one of the problem's named starting points"},
		func() problems.StartRule { return new(Named) })
	problems.RegisterStart("point", problems.Info{Summary: "a given vector; a plain list of numbers is short for it"},
		func() problems.StartRule { return new(Point) })
	problems.RegisterStart("normal", problems.Info{Summary: "independent normal variables around the standard start"},
		func() problems.StartRule { return new(Normal) })
	problems.RegisterStart("box", problems.Info{Summary: "uniform in a box"},
		func() problems.StartRule { return new(Box) })
	problems.RegisterStart("sphere", problems.Info{Summary: "uniform on a sphere around the standard start"},
		func() problems.StartRule { return new(Sphere) })
	// A vector is short for {name: point, x: vector}.
	param.Of[problems.StartRule]().Shorthand = func(n *yaml.Node) *yaml.Node {
		if n.Kind != yaml.SequenceNode || len(n.Content) == 0 {
			return nil
		}
		for _, entry := range n.Content {
			if entry.Kind != yaml.ScalarNode || (entry.Tag != "!!int" && entry.Tag != "!!float") {
				return nil
			}
		}
		return param.Longhand(n, "point", "x")
	}
}

// Standard is the first of the problem's starts, the origin where it has none.
type Standard struct{}

func (Standard) OwnStart() string { return problems.StandardStart }

func (Standard) Start(f *problems.Facts, x []float64, rng *rand.Rand) error {
	centre(f, x, false, rng)
	return nil
}

// Named is a start that the problem names.
type Named struct {
	Of string `param:"of" doc:"name of the start"`
}

func (s *Named) OwnStart() string { return s.Of }

func (s *Named) Start(f *problems.Facts, x []float64, rng *rand.Rand) error {
	var names []string
	for _, start := range f.Starts {
		if start.Name == s.Of {
			start.Place(x, rng)
			return nil
		}
		names = append(names, start.Name)
	}
	return fmt.Errorf("the problem has no start named %q%s", s.Of, text.Suggest(s.Of, names))
}

// Point is a given vector.
type Point struct {
	X []float64 `param:"x" doc:"the n coordinates"`
}

func (s *Point) Start(_ *problems.Facts, x []float64, _ *rand.Rand) error {
	if len(s.X) != len(x) {
		return fmt.Errorf("the start has %s; expected %d, one for each variable", english.Count(len(s.X), "coordinate"), len(x))
	}
	copy(x, s.X)
	return nil
}

// Normal is x0 + scale·z with z standard normal.
type Normal struct {
	Scale  float64 `param:"scale" default:"1" range:"[0,)" doc:"standard deviation of each coordinate"`
	Origin bool    `param:"origin" default:"false" doc:"centre at the origin instead of the standard start"`
}

func (s *Normal) Random() bool { return s.Scale > 0 }

func (s *Normal) OwnStart() string { return around(s.Origin) }

func (s *Normal) Start(f *problems.Facts, x []float64, rng *rand.Rand) error {
	centre(f, x, s.Origin, rng)
	for i := range x {
		x[i] += float64(s.Scale * random.Normal(rng))
	}
	return nil
}

// Box is uniform in [low, high]ⁿ.
type Box struct {
	Low  float64 `param:"low" default:"-1" doc:"lower bound of each coordinate"`
	High float64 `param:"high" default:"1" doc:"upper bound of each coordinate"`
}

// Validate refuses an empty box.
func (s *Box) Validate() error {
	if s.Low > s.High {
		return fmt.Errorf("low = %g is greater than high = %g", s.Low, s.High)
	}
	return nil
}

func (s *Box) Random() bool { return s.Low < s.High }

func (s *Box) Start(_ *problems.Facts, x []float64, rng *rand.Rand) error {
	for i := range x {
		x[i] = s.Low + float64((s.High-s.Low)*rng.Float64())
	}
	return nil
}

// Sphere is uniform on the sphere of the given radius.
type Sphere struct {
	Radius float64 `param:"radius" default:"1" range:"(0,)" doc:"Euclidean distance from the centre"`
	Origin bool    `param:"origin" default:"false" doc:"centre at the origin instead of the standard start"`
}

func (*Sphere) Random() bool { return true }

func (s *Sphere) OwnStart() string { return around(s.Origin) }

func (s *Sphere) Start(f *problems.Facts, x []float64, rng *rand.Rand) error {
	z := make([]float64, len(x))
	var norm float64
	for i := range z {
		z[i] = random.Normal(rng)
		norm = elementary.Hypot(norm, z[i])
	}
	centre(f, x, s.Origin, rng)
	for i := range x {
		x[i] += float64(s.Radius * z[i] / norm)
	}
	return nil
}

// centre writes the standard start into x, the origin where there is none or that is meant.
func centre(f *problems.Facts, x []float64, origin bool, rng *rand.Rand) {
	clear(x)
	if !origin && len(f.Starts) > 0 {
		f.Starts[0].Place(x, rng)
	}
}

// around is the start that centre writes.
func around(origin bool) string {
	if origin {
		return ""
	}
	return problems.StandardStart
}
