package problems

import (
	"fmt"
	"math"
	"math/rand/v2"
)

// StartRule chooses where a descent begins.
type StartRule interface {
	// Start writes x0 into x (n entries). The stream depends on suite, problem and
	// repeat, never on the method.
	Start(f *Facts, x []float64, rng *rand.Rand) error
}

// Random is a component whose outcome depends on the repeat: a start, a method, an
// oracle. A cell in which nothing is random runs once.
type Random interface {
	Random() bool
}

func init() {
	RegisterStart("standard", Info{Summary: "the problem's own first starting point; the origin where it has none"},
		func() StartRule { return new(StandardStart) })
	RegisterStart("named", Info{Summary: "one of the problem's named starting points"},
		func() StartRule { return new(NamedStart) })
	RegisterStart("point", Info{Summary: "a given vector; a plain list of numbers is short for it"},
		func() StartRule { return new(PointStart) })
	RegisterStart("normal", Info{Summary: "independent normal variables around the standard start"},
		func() StartRule { return new(NormalStart) })
	RegisterStart("box", Info{Summary: "uniform in a box"},
		func() StartRule { return new(BoxStart) })
	RegisterStart("sphere", Info{Summary: "uniform on a sphere around the standard start"},
		func() StartRule { return new(SphereStart) })
}

// StandardStart is the first of the problem's starts, the origin where it has none.
type StandardStart struct{}

func (StandardStart) Start(f *Facts, x []float64, _ *rand.Rand) error {
	clear(x)
	if len(f.Starts) > 0 {
		copy(x, f.Starts[0].X)
	}
	return nil
}

// NamedStart is a start that the problem names.
type NamedStart struct {
	Of string `param:"of" doc:"the name that the problem gives the start"`
}

func (s *NamedStart) Start(f *Facts, x []float64, _ *rand.Rand) error {
	for _, start := range f.Starts {
		if start.Name == s.Of {
			copy(x, start.X)
			return nil
		}
	}
	return &Missing{What: fmt.Sprintf("a start named %q, which this problem does not have", s.Of)}
}

// PointStart is a given vector.
type PointStart struct {
	X []float64 `param:"x" doc:"the n coordinates"`
}

func (s *PointStart) Start(_ *Facts, x []float64, _ *rand.Rand) error {
	if len(s.X) != len(x) {
		return fmt.Errorf("a start with %d coordinates for a problem in %d variables", len(s.X), len(x))
	}
	copy(x, s.X)
	return nil
}

// NormalStart is x0 + scale·z with z standard normal.
type NormalStart struct {
	Scale  float64 `param:"scale" default:"1" range:"[0,)" doc:"standard deviation of each coordinate"`
	Origin bool    `param:"origin" default:"false" doc:"around the origin instead of the standard start"`
}

func (s *NormalStart) Random() bool { return s.Scale > 0 }

func (s *NormalStart) Start(f *Facts, x []float64, rng *rand.Rand) error {
	centre(f, x, s.Origin)
	for i := range x {
		x[i] += float64(s.Scale * rng.NormFloat64())
	}
	return nil
}

// BoxStart is uniform in [low, high]ⁿ.
type BoxStart struct {
	Low  float64 `param:"low" default:"-1" doc:"least value of each coordinate"`
	High float64 `param:"high" default:"1" doc:"greatest value of each coordinate"`
}

// Validate refuses an empty box.
func (s *BoxStart) Validate() error {
	if s.Low > s.High {
		return fmt.Errorf("low = %g lies above high = %g", s.Low, s.High)
	}
	return nil
}

func (s *BoxStart) Random() bool { return s.Low < s.High }

func (s *BoxStart) Start(_ *Facts, x []float64, rng *rand.Rand) error {
	for i := range x {
		x[i] = s.Low + float64((s.High-s.Low)*rng.Float64())
	}
	return nil
}

// SphereStart is uniform on the sphere of the given radius.
type SphereStart struct {
	Radius float64 `param:"radius" default:"1" range:"(0,)" doc:"Euclidean distance from the centre"`
	Origin bool    `param:"origin" default:"false" doc:"around the origin instead of the standard start"`
}

func (*SphereStart) Random() bool { return true }

func (s *SphereStart) Start(f *Facts, x []float64, rng *rand.Rand) error {
	z := make([]float64, len(x))
	var norm float64
	for i := range z {
		z[i] = rng.NormFloat64()
		norm = math.Hypot(norm, z[i])
	}
	centre(f, x, s.Origin)
	for i := range x {
		x[i] += float64(s.Radius * z[i] / norm)
	}
	return nil
}

func centre(f *Facts, x []float64, origin bool) {
	clear(x)
	if !origin && len(f.Starts) > 0 {
		copy(x, f.Starts[0].X)
	}
}
