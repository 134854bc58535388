package problems_test

import (
	"errors"
	"math"
	"slices"
	"testing"

	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/problems"
)

// placed has the standard start (10, −10, 0).
var placed = &problems.Facts{Starts: []problems.Start{{Name: "standard", X: []float64{10, -10, 0}}, {Name: "far", X: []float64{1, 2, 3}}}}

func begin(t *testing.T, rule problems.StartRule, f *problems.Facts, repeat int) []float64 {
	t.Helper()
	x := []float64{9, 9, 9} // what a start must overwrite
	if err := rule.Start(f, x, problems.Seed{Suite: 1, Problem: "p", Repeat: repeat}.Rand("start")); err != nil {
		t.Fatal(err)
	}
	return x
}

func TestFixedStarts(t *testing.T) {
	for _, c := range []struct {
		rule  problems.StartRule
		facts *problems.Facts
		want  []float64
	}{
		{problems.StandardStart{}, placed, []float64{10, -10, 0}},
		{problems.StandardStart{}, &problems.Facts{}, []float64{0, 0, 0}},
		{&problems.NamedStart{Of: "far"}, placed, []float64{1, 2, 3}},
		{&problems.PointStart{X: []float64{4, 5, 6}}, placed, []float64{4, 5, 6}},
		{&problems.NormalStart{}, placed, []float64{10, -10, 0}},
	} {
		if got := begin(t, c.rule, c.facts, 0); !slices.Equal(got, c.want) {
			t.Errorf("%T begins at %v, want %v", c.rule, got, c.want)
		}
	}
	var missing *problems.Missing
	if err := (&problems.NamedStart{Of: "near"}).Start(placed, make([]float64, 3), nil); !errors.As(err, &missing) {
		t.Errorf("an unknown start: %v", err)
	}
	if err := (&problems.PointStart{X: []float64{1}}).Start(placed, make([]float64, 3), nil); err == nil {
		t.Error("a start with too few coordinates was accepted")
	}
}

// Moments over 20000 repeats, within four standard errors.
func TestRandomStarts(t *testing.T) {
	const n = 20000
	for _, c := range []struct {
		name      string
		rule      problems.StartRule
		mean      []float64
		variance  float64
		fourth    float64 // central moment, for the variance's standard error
		radius    float64 // 0: none
		low, high float64
	}{
		{"normal", &problems.NormalStart{Scale: 2}, []float64{10, -10, 0}, 4, 3 * 16, 0, math.Inf(-1), math.Inf(1)},
		{"normal about the origin", &problems.NormalStart{Scale: 2, Origin: true}, []float64{0, 0, 0}, 4, 3 * 16, 0, math.Inf(-1), math.Inf(1)},
		{"box", &problems.BoxStart{Low: -1, High: 5}, []float64{2, 2, 2}, 3, 81. / 5, 0, -1, 5},
		// A coordinate of the unit sphere in ℝ³ is uniform in [−1, 1] (Archimedes).
		{"sphere", &problems.SphereStart{Radius: 3}, []float64{10, -10, 0}, 3, 81. / 5, 3, math.Inf(-1), math.Inf(1)},
	} {
		sum, squares := make([]float64, 3), make([]float64, 3)
		for repeat := range n {
			x := begin(t, c.rule, placed, repeat)
			d := make([]float64, 3)
			vec.AddScaled(d, x, -1, c.mean)
			if r := vec.Norm(d); c.radius > 0 && math.Abs(r-c.radius) > 1e-14*10 {
				t.Fatalf("%s: distance %v from the centre", c.name, r)
			}
			for i, v := range d {
				sum[i] += v
				squares[i] += v * v
				if x[i] < c.low || x[i] > c.high {
					t.Fatalf("%s: %v lies outside", c.name, x)
				}
			}
		}
		for i := range sum {
			if mean := sum[i] / n; math.Abs(mean) > 4*math.Sqrt(c.variance/n) {
				t.Errorf("%s: coordinate %d is off by %g in the mean", c.name, i, mean)
			}
			if v := squares[i] / n; math.Abs(v-c.variance) > 4*math.Sqrt((c.fourth-c.variance*c.variance)/n) {
				t.Errorf("%s: coordinate %d has the variance %g, want %g", c.name, i, v, c.variance)
			}
		}
	}
}

// A start hangs on suite, problem and repeat; random numbers of other purposes do not
// move it.
func TestStartStream(t *testing.T) {
	first := func(s problems.Seed, purpose string) float64 { return s.Rand(purpose).Float64() }
	base := problems.Seed{Suite: 1, Problem: "p", Repeat: 2}
	if first(base, "start") != first(base, "start") {
		t.Error("equal seeds give different streams")
	}
	seen := map[float64]bool{first(base, "start"): true}
	for _, other := range []float64{
		first(problems.Seed{Suite: 2, Problem: "p", Repeat: 2}, "start"),
		first(problems.Seed{Suite: 1, Problem: "q", Repeat: 2}, "start"),
		first(problems.Seed{Suite: 1, Problem: "p", Repeat: 3}, "start"),
		first(base, "batches"), first(base, "noise"), first(base, "method"),
	} {
		if seen[other] {
			t.Error("two streams are the same")
		}
		seen[other] = true
	}
}

func TestGlobal(t *testing.T) {
	f := &problems.Facts{Constants: map[string]problems.Constant{
		"L": {Value: 4, Scope: problems.Global}, "mu": {Scope: problems.Global}, "M": {Value: 1, Scope: problems.Sublevel},
	}}
	if v, err := f.Global("L"); v != 4 || err != nil {
		t.Errorf("L = %v (%v)", v, err)
	}
	for name, want := range map[string]string{
		"PL": "needs the constant PL, which is not known for this problem",
		"mu": "needs a constant mu that is not zero",
		"M":  "needs a global constant M; the known one is sublevel",
	} {
		var missing *problems.Missing
		if v, err := f.Global(name); !math.IsNaN(v) || !errors.As(err, &missing) || err.Error() != want {
			t.Errorf("%s = %v: %v, want %s", name, v, err, want)
		}
	}
}

func TestDistance(t *testing.T) {
	none := &problems.Facts{}
	unknown := &problems.Facts{Minimum: &problems.Minimum{}}
	two := &problems.Facts{Minimum: &problems.Minimum{Points: [][]float64{{0, 0}, {6, 8}}}}
	x := []float64{3, 4.5}
	if !math.IsNaN(none.Distance(x)) || !math.IsNaN(unknown.Distance(x)) {
		t.Error("a distance to no point")
	}
	if got, want := two.Distance(x), math.Sqrt(9+3.5*3.5); math.Abs(got-want) > 1e-15*want {
		t.Errorf("distance %v, want %v to the nearer of two", got, want)
	}
	if got := two.Distance([]float64{3e200, 4e200}); math.Abs(got/5e200-1) > 1e-15 {
		t.Errorf("distance %v overflows", got)
	}
}
