package data

import (
	"math"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/problems"
)

// The condition number of XᵀX/m is the one asked for, by an eigenvalue solver.
func TestCondition(t *testing.T) {
	for _, text := range []string{
		"{name: regression, samples: 80, features: 7, condition: 1e4}",
		"{name: classification, samples: 7, features: 7, condition: 1e4}",
		"{name: regression, samples: 7, features: 30, condition: 1e4}",
	} {
		s, err := load(t, "", text)
		if err != nil {
			t.Fatal(err)
		}
		m, d := s.X.Dims()
		x := mat.NewDense(m, d, slices.Concat(dense(s.X)...))
		var gram mat.SymDense
		gram.SymOuterK(1/float64(m), x.T())
		var eigen mat.EigenSym
		if !eigen.Factorize(&gram, false) {
			t.Fatal("no eigenvalues")
		}
		values := eigen.Values(nil)
		for len(values) > 7 && math.Abs(values[0]) < 1e-14 { // more features than samples
			values = values[1:]
		}
		if math.Abs(values[0]-1e-4) > 1e-13 || math.Abs(values[6]-1) > 1e-13 || len(values) != 7 || math.Abs(values[3]-1e-2) > 1e-12 {
			t.Errorf("%s: eigenvalues %v, want 1e-4 to 1", text, values)
		}
	}
}

// Without noise the labels are linear in the features; with it, off by about as much.
func TestRegressionNoise(t *testing.T) {
	for text, noise := range map[string]float64{
		"{name: regression, samples: 400, features: 3, noise: 0}":   0,
		"{name: regression, samples: 400, features: 3, noise: 0.5}": 0.5,
	} {
		s, err := load(t, "", text)
		if err != nil {
			t.Fatal(err)
		}
		x := mat.NewDense(400, 3, slices.Concat(dense(s.X)...))
		y := mat.NewVecDense(400, s.Y)
		var w, r mat.VecDense
		if err := w.SolveVec(x, y); err != nil {
			t.Fatal(err)
		}
		r.MulVec(x, &w)
		r.SubVec(&r, y)
		if spread := mat.Norm(&r, 2) / math.Sqrt(397); math.Abs(spread-noise) > 0.1*noise+1e-13 {
			t.Errorf("%s: residual deviation %g", text, spread)
		}
	}
}

// Label noise exchanges its share of the labels, and nothing else.
func TestFlip(t *testing.T) {
	for _, set := range []string{"classification", "two-moons", "spirals"} {
		clean, err := load(t, "", "{name: "+set+", samples: 200}")
		if err != nil {
			t.Fatal(err)
		}
		noisy, err := load(t, "", "{name: "+set+", samples: 200, flip: 0.15}")
		if err != nil {
			t.Fatal(err)
		}
		exchanged := 0
		for i, y := range noisy.Y {
			if y != clean.Y[i] {
				exchanged++
			}
		}
		if exchanged != 30 || !slices.Equal(slices.Concat(dense(clean.X)...), slices.Concat(dense(noisy.X)...)) {
			t.Errorf("%s: %d of 200 labels exchanged, want 30", set, exchanged)
		}
		if ones := slices.Index(clean.Y, 1); ones < 0 || slices.Index(clean.Y, 0) < 0 {
			t.Errorf("%s: one class only", set)
		}
	}
}

// The same seed gives the same samples, also for another problem; another seed or draw
// gives others.
func TestStreams(t *testing.T) {
	for _, set := range []Set{
		&Regression{Gaussian: Gaussian{Samples: 9, Features: 2, Condition: 1, Draw: 1}, Noise: 1},
		&Classification{Gaussian: Gaussian{Samples: 9, Features: 2, Condition: 1, Draw: 1}, Noise: 1},
		&Moons{Shape{Samples: 9, Noise: 1, Draw: 1}},
		&Spirals{Shape{Samples: 9, Noise: 1, Draw: 1}, 1},
	} {
		first := func(seed uint64, problem string) float64 {
			s, err := set.Load(problems.Env{Seed: seed, Name: problem})
			if err != nil {
				t.Fatal(err)
			}
			return dense(s.X)[0][0]
		}
		if a, b := first(1, "logistic"), first(1, "huber"); a != b {
			t.Errorf("%T: %g for one problem, %g for another", set, a, b)
		}
		if a, b := first(1, "logistic"), first(2, "logistic"); a == b {
			t.Errorf("%T: %g for two seeds", set, a)
		}
	}
	one, _ := load(t, "", "{name: two-moons, noise: 1}")
	two, _ := load(t, "", "{name: two-moons, noise: 1, draw: 2}")
	if dense(one.X)[0][0] == dense(two.X)[0][0] {
		t.Error("two draws are the same")
	}
}

// Points of the curves, worked out by hand.
func TestShapes(t *testing.T) {
	moons, err := load(t, "", "{name: two-moons, samples: 6}")
	if err != nil {
		t.Fatal(err)
	}
	spirals, err := load(t, "", "{name: spirals, samples: 6, turns: 1}")
	if err != nil {
		t.Fatal(err)
	}
	a, b := 0.5/8, (0.5+math.Pi)/8
	for _, c := range []struct {
		set  *Samples
		want [][]float64
	}{
		{moons, [][]float64{{1, 0}, {0, 1}, {-1, 0}, {0, 0.5}, {1, -0.5}, {2, 0.5}}},
		{spirals, [][]float64{
			{a * math.Cos(0.5), a * math.Sin(0.5)}, {-b * math.Cos(0.5), -b * math.Sin(0.5)}, {(0.5 + 2*math.Pi) / 8 * math.Cos(0.5), (0.5 + 2*math.Pi) / 8 * math.Sin(0.5)},
			{-a * math.Cos(0.5), -a * math.Sin(0.5)}, {b * math.Cos(0.5), b * math.Sin(0.5)}, {-(0.5 + 2*math.Pi) / 8 * math.Cos(0.5), -(0.5 + 2*math.Pi) / 8 * math.Sin(0.5)},
		}},
	} {
		for i, row := range dense(c.set.X) {
			for j, v := range row {
				if math.Abs(v-c.want[i][j]) > 1e-15 {
					t.Errorf("%s: point %d is %v, want %v", c.set.Name, i, row, c.want[i])
				}
			}
		}
		if !slices.Equal(c.set.Y, []float64{0, 0, 0, 1, 1, 1}) {
			t.Errorf("%s: labels %v", c.set.Name, c.set.Y)
		}
	}
}

func TestSyntheticErrors(t *testing.T) {
	for text, want := range map[string]string{
		"{name: regression, samples: 10000000, features: 2000}": "too many",
		"{name: minstd, features: 3, weights: [1, 2]}":          "2 weights for 3 features",
	} {
		if _, err := load(t, "", text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want one with %q", text, err, want)
		}
	}
}
