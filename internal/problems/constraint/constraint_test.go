//go:build !playground

package constraint

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// read makes the set of ℝⁿ that a suite writes.
func read(t testing.TB, text string, n int) (Set, error) {
	t.Helper()
	var document yaml.Node
	if err := yaml.Unmarshal([]byte(text), &document); err != nil {
		t.Fatal(err)
	}
	spec, err := Registry.Only("suite.yaml", document.Content[0], nil)
	if err != nil {
		return nil, err
	}
	component, err := spec.New()
	if err != nil {
		return nil, err
	}
	set := component.(Set)
	return set, set.Fit(n)
}

func must(t testing.TB, text string, n int) Set {
	t.Helper()
	set, err := read(t, text, n)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return set
}

// Projections and linear minimizers worked out by hand.
func TestByHand(t *testing.T) {
	inf := math.Inf(1)
	for _, c := range []struct {
		set              string
		x, projection    []float64
		g, least         []float64 // nil: there is none
		active           int       // at the projection
		diameter, excess float64   // of x
	}{
		{"{box: {lower: -1, upper: [1, 2, 3]}}", []float64{-4, 1.5, 7}, []float64{-1, 1.5, 3}, []float64{1, -1, -2}, []float64{-1, 2, 3}, 2, math.Sqrt(4 + 9 + 16), 3},
		{"{box: {lower: [none, 0, 0], upper: 2}}", []float64{-4, -1, 3}, []float64{-4, 0, 2}, []float64{-1, 0, 1}, []float64{2, 0, 0}, 2, inf, 0.5},
		{"{box: {lower: [none, 0, 0], upper: 2}}", []float64{3, 1, 1}, []float64{2, 1, 1}, []float64{1, 0, 1}, nil, 1, inf, 0.5},
		{"nonnegative", []float64{-1, 0, 2}, []float64{0, 0, 2}, []float64{1, 0, 2}, []float64{0, 0, 0}, 2, inf, inf},
		{"nonnegative", []float64{1, 1, 2}, []float64{1, 1, 2}, []float64{1, -1e-300, 2}, nil, 0, inf, 0},
		{"{ball: {radius: 5}}", []float64{6, 0, 8}, []float64{3, 0, 4}, []float64{0, 2, 0}, []float64{0, -5, 0}, 1, 10, 1},
		{"{ball: 5}", []float64{1, 0, 2}, []float64{1, 0, 2}, []float64{3, 0, -4}, []float64{-3, 0, 4}, 0, 10, 0},
		// |x| = (3, 1, 0.5) on the simplex of sum 2: θ = 1 leaves (2, 0, 0).
		{"{ball: {radius: 2, norm: l1}}", []float64{-3, 1, 0.5}, []float64{-2, 0, 0}, []float64{1, -3, 2}, []float64{0, 2, 0}, 3, 4, 1.25},
		// (2, 1, 0): θ = (2 + 1 − 2)/2 = 1/2 leaves (3/2, 1/2, 0).
		{"{ball: {radius: 2, norm: l1}}", []float64{2, -1, 0}, []float64{1.5, -0.5, 0}, []float64{2, -3, 3}, []float64{0, 2, 0}, 2, 4, 0.5},
		// θ = (0.9 + 0.5 − 1)/2 = 0.2, and −0.3 lies below.
		{"simplex", []float64{0.9, 0.5, -0.3}, []float64{0.7, 0.3, 0}, []float64{2, -1, -1}, []float64{0, 1, 0}, 1, math.Sqrt2, 0.3},
		{"{simplex: {radius: 3}}", []float64{0, 0, 0}, []float64{1, 1, 1}, []float64{2, 1, 0}, []float64{0, 0, 3}, 0, 3 * math.Sqrt2, 1},
	} {
		s := must(t, c.set, 3)
		dst := make([]float64, 3)
		s.Project(dst, c.x)
		check(t, c.set+": projection", dst, c.projection)
		if got := s.Active(dst); got != c.active {
			t.Errorf("%s: %d are active at %v; expected %d", c.set, got, dst, c.active)
		}
		if got := s.Excess(c.x); !same(got, c.excess) {
			t.Errorf("%s: the excess of %v is %g; expected %g", c.set, c.x, got, c.excess)
		}
		if s.Bounded() == math.IsInf(c.diameter, 1) {
			t.Errorf("%s: bounded: %t, with a diameter of %g", c.set, s.Bounded(), c.diameter)
		}
		if got := s.Diameter(); !same(got, c.diameter) {
			t.Errorf("%s: diameter %g; expected %g", c.set, got, c.diameter)
		}
		if ok := s.LinearMinimizer(dst, c.g); ok != (c.least != nil) {
			t.Errorf("%s: a linear minimizer for %v: %t", c.set, c.g, ok)
		} else if ok {
			check(t, c.set+": linear minimizer", dst, c.least)
		}
		copy(dst, c.x)
		s.Fork().Project(dst, dst)
		check(t, c.set+": projection of a fork in place", dst, c.projection)
	}
}

func same(a, b float64) bool { return a == b || math.Abs(a-b) <= 1e-15*math.Abs(b) }

func check(t *testing.T, what string, got, want []float64) {
	t.Helper()
	for i := range want {
		if math.Abs(got[i]-want[i]) > 4e-16*math.Max(1, math.Abs(want[i])) {
			t.Errorf("%s: %v; expected %v", what, got, want)
			return
		}
	}
}

var all = []string{
	"{box: {lower: -1, upper: 2}}", "{box: {lower: [none, 0, 0, 1, -3], upper: [1, 1, none, 1, 2]}}", "nonnegative",
	"{ball: {radius: 0.7}}", "{ball: {radius: 0.7, norm: l1}}", "{simplex: {radius: 2}}",
}

// within draws points of each set by its definition, without its projection.
func within(rng *rand.Rand, text string) []float64 {
	x := make([]float64, 5)
	for i := range x {
		x[i] = 2*rng.Float64() - 1
	}
	size := func(p float64) float64 {
		sum := 0.0
		for _, v := range x {
			sum += math.Pow(math.Abs(v), p)
		}
		return math.Pow(sum, 1/p)
	}
	scale := func(by float64) {
		for i := range x {
			x[i] *= by
		}
	}
	switch {
	case strings.Contains(text, "lower: -1"):
		for i := range x {
			x[i] = 0.5 + 1.5*x[i]
		}
	case strings.Contains(text, "none"):
		x = []float64{1 - 9*rng.Float64(), rng.Float64(), 9 * rng.Float64(), 1, -3 + 5*rng.Float64()}
	case text == "nonnegative":
		for i := range x {
			x[i] = 9 * math.Abs(x[i])
		}
	case strings.Contains(text, "l1"):
		scale(0.7 * rng.Float64() / size(1))
	case strings.Contains(text, "ball"):
		scale(0.7 * rng.Float64() / size(2))
	default:
		for i := range x {
			x[i] = math.Abs(x[i])
		}
		scale(2 / size(1))
	}
	return x
}

// P(x) is the point of the set for which (x − P(x))ᵀ(y − P(x)) ≤ 0 for all y of the set, and a
// linear minimizer s the one with gᵀs ≤ gᵀy (Boyd & Vandenberghe 2004, §8.1.1).
func TestProjectionsAndLinearMinimizers(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, text := range all {
		s := must(t, text, 5)
		p, least, g := make([]float64, 5), make([]float64, 5), make([]float64, 5)
		for range 300 {
			x, scale := make([]float64, 5), math.Pow(10, float64(rng.IntN(4)-1))
			for i := range x {
				x[i], g[i] = scale*rng.NormFloat64(), rng.NormFloat64()
			}
			s.Project(p, x)
			if e := s.Excess(p); e > 1e-15 {
				t.Fatalf("%s: the projection %v of %v is outside by %g", text, p, x, e)
			}
			ok := s.LinearMinimizer(least, g)
			if ok && s.Excess(least) > 1e-15 {
				t.Fatalf("%s: the linear minimizer %v is outside", text, least)
			}
			for range 20 {
				y := within(rng, text)
				if e := s.Excess(y); e > 1e-15 {
					t.Fatalf("%s: %v is outside by %g", text, y, e)
				}
				angle, above := 0.0, 0.0
				for i := range y {
					angle += (x[i] - p[i]) * (y[i] - p[i])
					above += g[i] * (y[i] - least[i])
				}
				if angle > 1e-13*scale*scale {
					t.Fatalf("%s: %v is nearer to %v than %v", text, y, x, p)
				}
				if ok && above < -1e-13 {
					t.Fatalf("%s: gᵀs is less at %v than at %v", text, y, least)
				}
			}
		}
	}
}

// Far away and tiny points keep their digits.
func TestExtremePoints(t *testing.T) {
	dst := make([]float64, 2)
	must(t, "simplex", 2).Project(dst, []float64{1e17, 1e17 - 16})
	check(t, "simplex", dst, []float64{1, 0})
	must(t, "simplex", 2).Project(dst, []float64{-1e17, -1e17})
	check(t, "simplex", dst, []float64{0.5, 0.5})
	must(t, "{ball: {radius: 1e-200, norm: l2}}", 2).Project(dst, []float64{3e200, 4e200})
	for i, want := range []float64{6e-201, 8e-201} {
		if math.Abs(dst[i]/want-1) > 1e-15 {
			t.Errorf("ball: %v", dst)
		}
	}
}

// What is empty, contradictory, of another dimension or no number is refused, where it is written.
func TestBadConstraints(t *testing.T) {
	for _, c := range []struct{ text, at, message string }{
		{"{box: {lower: 2, upper: 1}}", "suite.yaml:1:1", "the lower bound 2 of x1 is above the upper bound 1"},
		{"{box: {lower: [0, 3], upper: [1, 2]}}", "suite.yaml:1:1", "the lower bound 3 of x2 is above the upper bound 2"},
		{"{box: {lower: 0, upper: [1, -1, 1]}}", "suite.yaml:1:1", "the lower bound 0 of x2 is above"},
		{"{box: {lower: [0, 1], upper: [1, 2, 3]}}", "suite.yaml:1:1", "lower has 2 numbers and upper 3 numbers"},
		{"box", "suite.yaml:1:1", "it has no bounds"},
		{"{box: {lower: none}}", "suite.yaml:1:1", "it has no bounds"},
		{"{box: {lower: .nan}}", "suite.yaml:1:15", `found ".nan"; expected a finite number, or none`},
		{"{box: {lower: [0, .inf]}}", "suite.yaml:1:19", "expected a finite number, or none"},
		{"{box: {lower: 1e999}}", "suite.yaml:1:15", "expected a finite number"},
		{"{ball: {radius: 0}}", "suite.yaml:1:17", "out of range"},
		{"{ball: {radius: -1}}", "suite.yaml:1:17", "out of range"},
		{"{ball: {norm: l3}}", "suite.yaml:1:15", "unknown value"},
		{"{simplex: {radius: .nan}}", "suite.yaml:1:20", "expected a number"},
		{"{simplex: {size: 1}}", "suite.yaml:1:12", `no parameter "size"`},
		{"{bal: 1}", "suite.yaml:1:2", `unknown constraint "bal"`},
		{"nonnegativ", "suite.yaml:1:1", `did you mean "nonnegative"`},
	} {
		if _, err := read(t, c.text, 2); err == nil || !strings.Contains(err.Error(), c.message) || !strings.HasPrefix(err.Error(), c.at) {
			t.Errorf("%s: %v; expected %s: … %s", c.text, err, c.at, c.message)
		}
	}
	if _, err := read(t, "{box: {lower: [0, 0, 0]}}", 2); err == nil || !strings.Contains(err.Error(), "lower has 3 numbers for a problem in 2 variables") {
		t.Errorf("three bounds for two variables: %v", err)
	}
}
