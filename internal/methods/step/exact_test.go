package step_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/gdbench/gdbench/internal/methods/methodtest"
	"github.com/gdbench/gdbench/internal/problems/functions"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

// wave is a function of one variable with many minima.
type wave struct {
	f, slope func(x float64) float64
}

func (wave) Dim() int { return 1 }
func (w wave) Evaluate(x, g []float64) float64 {
	if g != nil {
		g[0] = w.slope(x[0])
	}
	return w.f(x[0])
}

// firstMinimum scans the ray from x along −∇f in steps of 1e-4 in x, up to 200, for the first
// point from which f rises; NaN where it falls all the way.
func firstMinimum(p problems.Problem, x []float64) float64 {
	n := len(x)
	g, y := make([]float64, n), make([]float64, n)
	p.Evaluate(x, g)
	norm := 0.0
	for _, v := range g {
		norm += v * v
	}
	norm = math.Sqrt(norm)
	const step = 1e-4
	last := math.Inf(1)
	for k := 0; k < 2_000_000; k++ {
		for i := range y {
			y[i] = x[i] - float64(k)*step*g[i]/norm
		}
		f := p.Evaluate(y, nil)
		if f > last {
			return (float64(k) - 1) * step
		}
		last = f
	}
	return math.NaN()
}

// The exact search goes to the first local minimizer along the ray, as a dense scan of the ray
// finds it, from wherever the steps before have led.
func TestExactFindsTheFirstMinimizer(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	waves := map[string]wave{
		"cosine on a parabola": {func(x float64) float64 { return x*x + 10*(1-math.Cos(2*math.Pi*x)) }, func(x float64) float64 { return 2*x + 20*math.Pi*math.Sin(2*math.Pi*x) }},
		"sine":                 {math.Sin, math.Cos},
		"sine on a slope":      {func(x float64) float64 { return 100 + x + 3*math.Sin(x) }, func(x float64) float64 { return 1 + 3*math.Cos(x) }},
		"offset":               {func(x float64) float64 { return 1e4 + math.Sin(3*x) + 0.1*x*x }, func(x float64) float64 { return 3*math.Cos(3*x) + 0.2*x }},
		"two scales":           {func(x float64) float64 { return x*x/50 + math.Sin(x)*math.Sin(3*x) }, func(x float64) float64 { return x/25 + math.Cos(x)*math.Sin(3*x) + 3*math.Sin(x)*math.Cos(3*x) }},
		"flat":                 {func(x float64) float64 { return -math.Exp(-x*x) - 0.5*math.Exp(-(x-6)*(x-6)) }, func(x float64) float64 { return 2*x*math.Exp(-x*x) + (x-6)*math.Exp(-(x-6)*(x-6)) }},
	}
	found, trials := 0, 0
	check := func(name string, p problems.Problem, x0 []float64) {
		r := methodtest.Begin(t, "{name: descent, step: exact}", p, x0)
		for range 3 {
			x := append([]float64(nil), r.At.X...)
			want := firstMinimum(p, x)
			err := r.Step(r.At)
			if errors.Is(err, methods.ErrStalled) {
				if want > 1e-3 {
					t.Errorf("%s from %v: %v, and there is a minimizer at the distance %g", name, x, err, want)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			far := 0.0
			for i := range x {
				far += (r.At.X[i] - x[i]) * (r.At.X[i] - x[i])
			}
			if far = math.Sqrt(far); math.Abs(far-want) > 3e-4 {
				t.Errorf("%s from %v: goes %g, the first minimizer is at %g", name, x, far, want)
			}
			found, trials = found+1, trials+r.At.Trials
			if want < 1e-2 {
				return
			}
		}
	}
	for name, w := range waves {
		for range 20 {
			check(name, w, []float64{10*rng.Float64() - 5})
		}
	}
	for range 8 {
		at := func() float64 { return 8*rng.Float64() - 4 }
		check("ackley", &functions.Ackley{N: 2}, []float64{at(), at()})
		check("rosenbrock", &functions.Rosenbrock{N: 3}, []float64{at(), at(), at()})
	}
	if mean := float64(trials) / float64(found); found < 100 || mean > 20 {
		t.Errorf("%d searches with %g trials each; expected many with few", found, mean)
	}
	t.Logf("%d searches, %.3g trials each", found, float64(trials)/float64(found))
}

// Along a convex function with a kink the first minimizer is the kink.
func TestExactFindsAKink(t *testing.T) {
	p := wave{func(x float64) float64 { return math.Abs(x-1) + 0.1*math.Abs(x) }, func(x float64) float64 {
		return math.Copysign(1, x-1) + 0.1*math.Copysign(1, x)
	}}
	for _, x0 := range []float64{3, -7, 100} {
		r := methodtest.Begin(t, "{name: descent, step: exact}", p, []float64{x0})
		if r.Next(t); math.Abs(r.At.X[0]-1) > 1e-12 || r.At.Trials > 150 {
			t.Errorf("from %g to %v in %d trials", x0, r.At.X, r.At.Trials)
		}
	}
}
