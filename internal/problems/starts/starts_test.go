package starts_test

import (
	"math"
	"slices"
	"testing"

	"github.com/gdbench/gdbench/internal/problems/starts"
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
		{starts.Standard{}, placed, []float64{10, -10, 0}},
		{starts.Standard{}, &problems.Facts{}, []float64{0, 0, 0}},
		{&starts.Named{Of: "far"}, placed, []float64{1, 2, 3}},
		{&starts.Point{X: []float64{4, 5, 6}}, placed, []float64{4, 5, 6}},
		{&starts.Normal{}, placed, []float64{10, -10, 0}},
	} {
		if got := begin(t, c.rule, c.facts, 0); !slices.Equal(got, c.want) {
			t.Errorf("%T begins at %v, want %v", c.rule, got, c.want)
		}
	}
	if err := (&starts.Named{Of: "near"}).Start(placed, make([]float64, 3), nil); err == nil {
		t.Error("a start with an unknown name was accepted")
	}
	if err := (&starts.Point{X: []float64{1}}).Start(placed, make([]float64, 3), nil); err == nil {
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
		{"normal", &starts.Normal{Scale: 2}, []float64{10, -10, 0}, 4, 3 * 16, 0, math.Inf(-1), math.Inf(1)},
		{"normal about the origin", &starts.Normal{Scale: 2, Origin: true}, []float64{0, 0, 0}, 4, 3 * 16, 0, math.Inf(-1), math.Inf(1)},
		{"box", &starts.Box{Low: -1, High: 5}, []float64{2, 2, 2}, 3, 81. / 5, 0, -1, 5},
		// A coordinate of the unit sphere in ℝ³ is uniform in [−1, 1] (Archimedes).
		{"sphere", &starts.Sphere{Radius: 3}, []float64{10, -10, 0}, 3, 81. / 5, 3, math.Inf(-1), math.Inf(1)},
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
