package wrappers_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/gdbench/gdbench/internal/problems/critical"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/problems"
	"gonum.org/v1/gonum/mat"
)

// modes are the wrappers that make a problem harder by a dose.
var modes = []struct{ name, dose string }{
	{"bend", "curvature"}, {"fold", "near"}, {"recede", "coordinates"}, {"kinks", "weight"}, {"plateau", "depth"},
}

// At the dose 0 a problem is the wrapped one, bit by bit and fact by fact.
func TestDoseZero(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 3))
	for _, inside := range []string{"{name: rosenbrock}", "{name: quadratic, dim: 8, condition: 10}", "{name: logistic, data: iris, positive: 0}", "{name: lasso}", "{name: himmelblau}"} {
		plain := build(t, inside)
		n := plain.Dim()
		x, want, got := make([]float64, n), make([]float64, n), make([]float64, n)
		for _, mode := range modes {
			text := fmt.Sprintf("{name: %s, of: %s, %s: 0}", mode.name, inside, mode.dose)
			p := build(t, text)
			if is, was := problems.FactsOf(p), problems.FactsOf(plain); is.Convexity != was.Convexity || !reflect.DeepEqual(is.Constants, was.Constants) || !reflect.DeepEqual(is.Minimum, was.Minimum) || !reflect.DeepEqual(is.Critical, was.Critical) {
				t.Errorf("%s has other facts", text)
			}
			for range 20 {
				for i := range x {
					x[i] = 3 * rng.NormFloat64()
				}
				if f, g := plain.Evaluate(x, want), p.Evaluate(x, got); math.Float64bits(f) != math.Float64bits(g) || !vec.SameBits(want, got) {
					t.Errorf("%s: %v %v, want %v %v", text, g, got, f, want)
				}
			}
			if is, was := offers[problems.FiniteSum](p), offers[problems.FiniteSum](plain); is != was {
				t.Errorf("%s offers a sum: %v", text, is)
			}
			if is, was := offers[problems.Residuals](p), offers[problems.Residuals](plain); is != was {
				t.Errorf("%s offers residuals: %v", text, is)
			}
		}
	}
}

// A bent quadratic is Rosenbrock's function: 100(x₂ − x₁²)² + (1 − x₁)².
func TestBentIsRosenbrock(t *testing.T) {
	bent := build(t, "{name: bend, of: {name: shift, of: {name: quadratic, matrix: [[2, 0], [0, 200]]}, by: [1, 0]}}")
	rosenbrock := build(t, "{name: rosenbrock}")
	rng := rand.New(rand.NewPCG(1, 2))
	x, want, got := make([]float64, 2), make([]float64, 2), make([]float64, 2)
	h, hessian := mat.NewSymDense(2, nil), mat.NewSymDense(2, nil)
	for range 50 {
		x[0], x[1] = rng.NormFloat64(), rng.NormFloat64()
		f, g := rosenbrock.Evaluate(x, want), bent.Evaluate(x, got)
		if !near(g, f, 1e-12) || !near(got[0], want[0], 1e-11) || !near(got[1], want[1], 1e-11) {
			t.Fatalf("at %v: %v %v, want %v %v", x, g, got, f, want)
		}
		rosenbrock.(problems.Hessian).Hessian(x, h)
		bent.(problems.Hessian).Hessian(x, hessian)
		for i := range 2 {
			for j := range 2 {
				if !near(hessian.At(i, j), h.At(i, j), 1e-11) {
					t.Fatalf("at %v: Hessian %v, want %v", x, hessian, h)
				}
			}
		}
	}
	if m := problems.FactsOf(bent).Minimum; m == nil || !slices.Equal(m.Points[0], []float64{1, 1}) || m.Value != 0 {
		t.Errorf("the minimum is %v, want 0 at (1, 1)", m)
	}
}

// A fold has two valleys alike about a ridge: with s the distance from the minimizer, g(−2/d − s) = g(s);
// at the minimizer its curvature is that of f, and on the ridge −2(√2 − 1) times that.
func TestFold(t *testing.T) {
	for _, d := range []float64{0.01, 0.5, 3} {
		p := build(t, fmt.Sprintf("{name: fold, of: {name: quadratic, matrix: [[4]], linear: [8]}, near: %g}", d)) // f = 2(x − 2)² − 8
		least := problems.FactsOf(p).Minimum.Value
		if least != -8 {
			t.Fatalf("f* = %g", least)
		}
		for _, s := range []float64{-1, 0, 0.3, 5} {
			if f, g := p.Evaluate([]float64{2 + s}, nil), p.Evaluate([]float64{2 - 2/d - s}, nil); !near(f, g, 1e-9) {
				t.Errorf("d = %g: f = %g at %g, %g at the mirror image", d, f, s, g)
			}
		}
		h := mat.NewSymDense(1, nil)
		for s, want := range map[float64]float64{0: 4, -1 / d: -8 * (math.Sqrt2 - 1), -2 / d: 4} {
			p.(problems.Hessian).Hessian([]float64{2 + s}, h)
			if !near(h.At(0, 0), want, 1e-9) {
				t.Errorf("d = %g: curvature %g at s = %g, want %g", d, h.At(0, 0), s, want)
			}
		}
	}
	flat := problems.FactsOf(build(t, "{name: fold, of: {name: quadratic, dim: 3}}"))
	if len(flat.Minimum.Points) != 8 || flat.Convexity != problems.Nonconvex {
		t.Errorf("%d minimizers, %q", len(flat.Minimum.Points), flat.Convexity)
	}
	if m := problems.FactsOf(build(t, "{name: fold, of: {name: quadratic, dim: 8}}")).Minimum; m.Points != nil {
		t.Errorf("%d of 256 minimizers are listed", len(m.Points))
	}
}

// Starts: a bent one has the value that it had; a folded one has slope 0 in the first half of the variables, and the
// old one is kept.
func TestModesStart(t *testing.T) {
	const inside = "{name: quadratic, dim: 5, condition: 50}"
	plain, bent, folded := build(t, inside), build(t, "{name: bend, of: "+inside+", curvature: 0.7}"), build(t, "{name: fold, of: "+inside+"}")
	was := problems.FactsOf(plain).Starts
	for i, s := range problems.FactsOf(bent).Starts {
		if got, want := bent.Evaluate(s.X, nil), plain.Evaluate(was[i].X, nil); !near(got, want, 1e-12) || s.Name != was[i].Name {
			t.Errorf("f = %g at the start %q, want %g at %q", got, s.Name, want, was[i].Name)
		}
	}
	starts, g := problems.FactsOf(folded).Starts, make([]float64, 5)
	folded.Evaluate(starts[0].X, g)
	if len(starts) != len(was)+1 || starts[1].Name != "unfolded" || !slices.Equal(starts[1].X, was[0].X) || was[0].Name != problems.StandardStart {
		t.Errorf("starts %+v", starts)
	}
	if !slices.Equal(g[:3], []float64{0, 0, 0}) || g[3] == 0 {
		t.Errorf("gradient %g on the ridges", g)
	}
}

// The infimum is that of f, is approached, and is attained nowhere.
func TestRecede(t *testing.T) {
	p := build(t, "{name: recede, of: {name: quadratic, dim: 3, condition: 10}, coordinates: 2}")
	m := problems.FactsOf(p).Minimum
	if m == nil || m.Value != 0 || !m.Unattained || m.Points != nil {
		t.Fatalf("the minimum is %+v", m)
	}
	for _, u := range []float64{0, 5, 15} {
		want := 0.5 * (1 + math.Sqrt(10)) * math.Exp(-2*u)
		if got := p.Evaluate([]float64{u, u, 0}, nil); !near(got/want, 1, 1e-12) || !(got > 0) {
			t.Errorf("g = %g at %g, want %g", got, u, want)
		}
	}
}

// Where the infimum is not attained no end is a minimum, however small its gap; where it is, one is.
func TestNoMinimumAtInfinity(t *testing.T) {
	for text, want := range map[string]problems.Kind{
		"{name: recede, of: {name: quadratic, matrix: [[1]]}}":                 "",
		"{name: recede, of: {name: quadratic, matrix: [[1]]}, coordinates: 0}": problems.GlobalMinimum,
	} {
		p := build(t, text)
		start, x := []float64{1}, []float64{40}
		if want != "" {
			x[0] = 1e-12
		}
		g := make([]float64, 1)
		at := critical.Start{X: start, Value: p.Evaluate(start, g), GradientNorm: math.Abs(g[0])}
		if kind := critical.Classify(p, problems.FactsOf(p), x, at); kind != want {
			t.Errorf("%s: the end is a %q, want %q", text, kind, want)
		}
	}
}

// A plateau keeps level sets and directions, shortens gradients, the more the deeper it is, and
// is φ(t) = ∫φ′, here by Simpson's rule.
func TestPlateau(t *testing.T) {
	const n = 4
	plain := build(t, "{name: quadratic, dim: 4, condition: 10}")
	rng := rand.New(rand.NewPCG(4, 5))
	x, before, after, g := make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)
	dose := func(d float64) problems.Problem {
		return build(t, fmt.Sprintf("{name: plateau, of: {name: quadratic, dim: 4, condition: 10}, depth: %g, low: 0.2, high: 8}", d))
	}
	shallow, deep := dose(1), dose(20)
	for range 200 {
		for i := range x {
			x[i] = rng.NormFloat64()
		}
		f := plain.Evaluate(x, g)
		one, two := shallow.Evaluate(x, before), deep.Evaluate(x, after)
		integral, steps := 0.0, 20000
		slope := func(t float64) float64 {
			if t <= 0.2 || t >= 8 {
				return 1
			}
			s := math.Sin(math.Pi * math.Log(t/0.2) / math.Log(40))
			return 1 - 20./21*s*s
		}
		for k := range steps {
			h := f / float64(steps)
			a := float64(k) * h
			integral += h / 6 * (slope(a) + 4*slope(a+h/2) + slope(a+h))
		}
		if !near(two, integral, 1e-6) || !(two <= one && one <= f) {
			t.Fatalf("f = %g becomes %g and %g, want %g", f, one, two, integral)
		}
		short, long := vec.Norm(after), vec.Norm(before)
		if !(short <= long && long <= vec.Norm(g)*(1+1e-12)) || !near(vec.Dot(after, g)/short/vec.Norm(g), 1, 1e-12) {
			t.Fatalf("‖∇f‖ = %g becomes %g and %g", vec.Norm(g), long, short)
		}
	}
}

// A kink adds to f, is no part of a sum of squares, and leaves the minimizer where it is.
func TestKinks(t *testing.T) {
	p := build(t, "{name: kinks, of: {name: rosenbrock}, weight: 3}")
	x, g, was := []float64{-1, 1}, make([]float64, 2), make([]float64, 2)
	f := build(t, "{name: rosenbrock}").Evaluate(x, was)
	if got := p.Evaluate(x, g); got != f+6 || g[0] != was[0]-3 || g[1] != was[1] {
		t.Errorf("%v %v, want %v and %v with −3 in the first entry", got, g, f+6, was)
	}
	if offers[problems.Residuals](p) || !offers[problems.Hessian](p) {
		t.Error("residuals or no Hessian")
	}
	if _, err := compose("{name: kinks, of: {name: logistic, data: iris, positive: 0}}"); err == nil || err.Error() != "needs a wrapped problem whose minimizer is known in closed form" {
		t.Errorf("error %v", err)
	}
}

// Heavier tails multiply the same errors, each by at least 1, and have the law of a slash: with z normal and
// u uniform P(|z|u^(−1) > t) = ∫₀¹ P(|z| > tu) du.
func TestTails(t *testing.T) {
	const draws = 20000
	seen := map[string][]float64{}
	for _, tail := range []string{"0", "0.5", "1"} {
		p := build(t, "{name: noise, of: {name: quadratic, dim: 2}, gradient: 1, tail: "+tail+"}")
		o, err := problems.NewOracle(p, problems.FactsOf(p), problems.OracleOptions{Seed: problems.Seed{Suite: 1}})
		if err != nil {
			t.Fatal(err)
		}
		g := make([]float64, 2)
		for range draws {
			o.NextBatch()
			o.Gradient([]float64{0, 0}, g)
			seen[tail] = append(seen[tail], g[0])
		}
	}
	over := 0
	for i, z := range seen["0"] {
		if a, b, c := math.Abs(z), math.Abs(seen["0.5"][i]), math.Abs(seen["1"][i]); !(a <= b && b <= c) || z*seen["1"][i] < 0 {
			t.Fatalf("errors %g, %g, %g", a, b, c)
		}
		if math.Abs(seen["1"][i]) > 5 {
			over++
		}
	}
	want, steps := 0.0, 10000
	for k := range steps {
		want += math.Erfc(5*(float64(k)+0.5)/float64(steps)/math.Sqrt2) / float64(steps)
	}
	if share := float64(over) / draws; math.Abs(share-want) > 4*math.Sqrt(want*(1-want)/draws) {
		t.Errorf("%.4f of the errors are above 5, want %.4f", share, want)
	}
}

// A sparse gradient has the mean of the whole, the stated variance, and of two the sparser shows some of the
// entries that the other shows.
func TestSparsity(t *testing.T) {
	const draws = 20000
	exact, seen := []float64{3, 5}, map[string][][]float64{}
	for _, omega := range []string{"1", "4"} {
		p := build(t, "{name: noise, of: {name: quadratic, matrix: [[3, 0], [0, 5]]}, sparsity: "+omega+"}")
		o, err := problems.NewOracle(p, problems.FactsOf(p), problems.OracleOptions{Seed: problems.Seed{Suite: 1}})
		if err != nil {
			t.Fatal(err)
		}
		if !o.Batched() || o.NeedHessian() == nil {
			t.Error("the oracle claims to be exact")
		}
		for range draws {
			o.NextBatch()
			g := make([]float64, 2)
			if f := o.Evaluate([]float64{1, 1}, g); f != 4 {
				t.Fatalf("f = %g", f)
			}
			seen[omega] = append(seen[omega], g)
		}
	}
	for omega, variance := range map[string]float64{"1": 1, "4": 4} {
		for i, e := range exact {
			mean, squares := 0.0, 0.0
			for _, g := range seen[omega] {
				mean, squares = mean+g[i]/draws, squares+(g[i]-e)*(g[i]-e)/draws
			}
			if math.Abs(mean/e-1) > 4*math.Sqrt(variance/draws) || math.Abs(squares/(e*e)/variance-1) > 0.1 {
				t.Errorf("ω = %s, entry %d: mean %g, variance %g; want %g and %g", omega, i, mean, squares, e, variance*e*e)
			}
		}
	}
	for k, g := range seen["4"] {
		for i := range g {
			if g[i] != 0 && seen["1"][k][i] == 0 {
				t.Fatalf("draw %d shows entry %d at ω = 4 only", k, i)
			}
		}
	}
}
