package theorem

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// curve tabulates f at iterations 0 … n−1.
func curve(n int, f func(k float64) float64) (p Points) {
	for i := range n {
		p.Iteration, p.Value = append(p.Iteration, int64(i)), append(p.Value, f(float64(i)))
	}
	return p
}

func TestFitRate(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, test := range []struct {
		name string
		n    int
		f    func(k float64) float64
		law  Law
		want float64
	}{
		{"linear", 100, func(k float64) float64 { return 3 * math.Pow(0.9, k) }, Linear, 0.9},
		{"linear after a plateau", 200, func(k float64) float64 { return math.Min(1, math.Pow(0.8, k-60)) }, Linear, 0.8},
		{"linear, noisy", 200, func(k float64) float64 { return math.Pow(0.9, k) * math.Exp(0.3*rng.NormFloat64()) }, Linear, 0.9},
		{"linear, then exactly zero", 400, func(k float64) float64 { return math.Max(0, math.Pow(0.9, k)-1e-16) }, Linear, 0.9},
		{"power law", 1000, func(k float64) float64 { return 2 / (k*k + 3*k + 7) }, PowerLaw, 2},
		{"power law, noisy", 1000, func(k float64) float64 { return math.Exp(0.1*rng.NormFloat64()) / (1 + k) }, PowerLaw, 1},
		{"power law of a small step", 1000, func(k float64) float64 { return 1 / (k + 90) }, PowerLaw, 1},
		{"quadratic", 7, func(k float64) float64 { return math.Pow(0.5, math.Pow(2, k)) }, Superlinear, 2},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := curve(test.n, test.f)
			rate, ok := FitRate(p, p)
			if !ok || rate.Law != test.law || math.Abs(rate.Number.Value-test.want) > 0.03*test.want {
				t.Fatalf("found %+v, %v; expected %s with %g", rate, ok, test.law, test.want)
			}
			if slack := 0.02 * test.want; rate.Number.Low-slack > test.want || rate.Number.High+slack < test.want {
				t.Errorf("the interval [%g, %g] misses %g", rate.Number.Low, rate.Number.High, test.want)
			}
		})
	}
}

// What looks like a law and is none.
func TestNoRate(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	for name, p := range map[string]Points{
		"rising":                            curve(50, func(k float64) float64 { return 1 + k }),
		"nothing":                           curve(50, func(float64) float64 { return math.NaN() }),
		"zero":                              curve(50, func(float64) float64 { return 0 }),
		"no points":                         {},
		"four points":                       curve(4, func(k float64) float64 { return math.Pow(0.9, k) }),
		"a fall by 7 %":                     curve(1000, func(k float64) float64 { return 1.63 - 1.1e-4*k }),
		"e^−√k":                             curve(1000, func(k float64) float64 { return math.Exp(-math.Sqrt(k)) }),
		"a steep power far from its offset": curve(200, func(k float64) float64 { return 1e50 * math.Pow(k+200, -20) }),
		"three falls, one of order 1.55":    {[]int64{0, 1, 2}, []float64{1, 0.1, 0.1 * math.Pow(0.1, 1.55)}},
		"the last step of conjugate gradients": curve(12, func(k float64) float64 {
			return []float64{1, 0.8, 0.7, 0.4, 0.35, 0.2, 0.19, 0.1, 0.08, 0.07, 0.05, 1e-31}[int(k)]
		}),
		"noise at rest": curve(256, func(float64) float64 { return math.Exp(rng.NormFloat64()) }),
	} {
		if rate, ok := FitRate(p, p); ok {
			t.Errorf("%s: found %+v", name, rate)
		}
	}
}

// Momentum that grows as FISTA's does makes of a quadratic a gap like k^−3·e^(−k/κ) with a
// ripple, which is no power. The runs are computed here, one eigenvalue after the other.
func TestMomentumIsNoPower(t *testing.T) {
	for _, κ := range []float64{100, 300, 1000, 3000} {
		for _, length := range []int{500, 1000, 3000, 10000} {
			gaps := make([]float64, length)
			for i := range 100 {
				λ := math.Pow(κ, -float64(i)/99)
				x, before, weight := math.Cos(float64(i)), math.Cos(float64(i)), 1.0
				for k := range gaps {
					gaps[k] += λ / 2 * x * x
					next := (1 + math.Sqrt(1+4*weight*weight)) / 2
					x, before = (1-λ)*(x+(weight-1)/next*(x-before)), x
					weight = next
				}
			}
			var c Course
			c.Reset(1e-17, gaps[0], math.NaN())
			for k, gap := range gaps[1:] {
				c.Add(int64(k+1), int64(k+1), gap, math.NaN())
			}
			if _, rate, ok := c.Rate(); ok && rate.Law == PowerLaw && float64(length) > κ/3 {
				t.Errorf("κ = %g, %d iterations: found %+v", κ, length, rate)
			}
		}
	}
}

// A power is claimed where the data exclude an exponential beside it, also a steep one, and not
// where they do not.
func TestExponentialBesidePower(t *testing.T) {
	for _, test := range []struct {
		scale   float64 // K of k^−3·e^(−k/K)
		claimed bool
	}{{math.Inf(1), true}, {1e5, true}, {3000, false}, {1000, false}, {300, false}, {100, false}} {
		p := curve(3000, func(k float64) float64 { return math.Pow(k+1, -3) * math.Exp(-k/test.scale) })
		rate, ok := FitRate(p, p)
		if power := ok && rate.Law == PowerLaw; power != test.claimed || power && math.Abs(rate.Number.Value-3) > 0.1 {
			t.Errorf("K = %g: found %+v, %v", test.scale, rate, ok)
		}
	}
}

// A curve that ripples, as Nesterov's do, is not superlinear for its last dive.
func TestRippleDives(t *testing.T) {
	for n := 40; n < 90; n++ {
		p := curve(n, func(k float64) float64 { return math.Pow(0.9, k) * (1.001 + math.Cos(k/4)) })
		if rate, ok := FitRate(p, p); ok && rate.Law != Linear {
			t.Errorf("after %d iterations: found %+v", n, rate)
		}
	}
}

// The interval of noisy fits covers the truth about as often as it says.
func TestIntervalCovers(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	covered, claimed := 0, 0
	for range 400 {
		p := curve(200, func(k float64) float64 { return math.Pow(0.9, k) * math.Exp(0.2*rng.NormFloat64()) })
		rate, ok := FitRate(p, p)
		if ok {
			claimed++
		}
		if ok && rate.Number.Low <= 0.9 && 0.9 <= rate.Number.High {
			covered++
		}
	}
	if claimed < 380 || covered < claimed*92/100 {
		t.Errorf("the 95 %% interval covers the truth in %d of %d claims", covered, claimed)
	}
}

// What a theorem promises is the same at any density, and nothing where it is no law.
func TestFitFormula(t *testing.T) {
	for _, test := range []struct {
		name string
		f    func(k float64) float64
		law  Law
		want float64
	}{
		{"linear", func(k float64) float64 { return 3 * math.Pow(0.99, k) }, Linear, 0.99},
		{"power", func(k float64) float64 { return 5 / (2*k + 1) }, PowerLaw, 1},
		{"square", func(k float64) float64 { return 2 / (k*k + 5*k + 6) }, PowerLaw, 2},
		{"e^−√k", func(k float64) float64 { return math.Exp(-math.Sqrt(k)) }, "", 0},
		{"constant", func(float64) float64 { return 1 }, "", 0},
	} {
		for _, points := range []int{12, 30, 100} {
			var p Points
			for i := range points {
				k := int64(math.Round(math.Pow(1000, float64(i+1)/float64(points))))
				if n := len(p.Iteration); n == 0 || k > p.Iteration[n-1] {
					p.Iteration, p.Value = append(p.Iteration, k), append(p.Value, test.f(float64(k)))
				}
			}
			rate, ok := FitFormula(p)
			if rate.Law != test.law || ok != (test.law != "") || ok && math.Abs(rate.Number.Value-test.want) > 0.01*test.want {
				t.Errorf("%s at %d points: found %+v", test.name, points, rate)
			}
		}
	}
}

// A course keeps looks at equal distances, and the last steps of a fast end one by one.
func TestCourse(t *testing.T) {
	var c Course
	begin := 3000
	gap := func(k int) float64 {
		if k <= begin {
			return 1 + float64(begin-k)/1000
		}
		return math.Exp(-math.Pow(2, float64(k-begin)))
	}
	c.Reset(1e-40, gap(0), gap(0))
	for k := 1; k < 5000; k++ {
		c.Add(int64(k), int64(k), gap(k), gap(k))
	}
	all, end := c.Curve(Gap)
	for i, k := range all.Iteration {
		if k != int64(i)*16 {
			t.Fatalf("look %d is of iteration %d; expected every 16th", i, k)
		}
	}
	if n := len(all.Iteration); n != 188 { // up to 3000: what follows is below ε² of the start
		t.Errorf("%d looks", n)
	}
	n := len(end.Iteration)
	if want := []int64{3001, 3002, 3003, 3004, 3005}; n < 5 || !slices.Equal(end.Iteration[n-5:], want) {
		t.Errorf("the end is %v; expected %v", end.Iteration, want)
	}
	if of, rate, ok := c.Rate(); !ok || of != Gap || rate.Law != Superlinear || math.Abs(rate.Number.Value-2) > 0.01 {
		t.Errorf("found %+v", rate)
	}
}

// Where no gap is known the law is that of the gradient norm.
func TestCourseOfGradients(t *testing.T) {
	var c Course
	c.Reset(0, math.NaN(), 1)
	for k := int64(1); k < 100; k++ {
		c.Add(k, k, math.NaN(), math.Pow(0.81, float64(k)))
	}
	if of, rate, ok := c.Rate(); !ok || of != GradientNorm || math.Abs(rate.Number.Value-0.9) > 1e-9 {
		t.Errorf("found %+v of %v", rate, of)
	}
	if _, ok := c.Tail(); ok {
		t.Error("a tail of unknown gaps")
	}
}

// A line through ln of noise at rest changes by about its error; 1/k by −1.4 and 1/√k by half
// of that from the first quarter to the end (−ln 4 and −ln 2, less what a line makes of them).
func TestTail(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 10))
	noise := func() float64 { return math.Exp(0.2 * rng.NormFloat64()) }
	for name, test := range map[string]struct {
		f    func(k float64) float64
		want float64
	}{
		"rest":  {func(float64) float64 { return 0.01 * noise() }, 0},
		"1/k":   {func(k float64) float64 { return noise() / (1 + k) }, -1.35},
		"1/√k":  {func(k float64) float64 { return noise() / math.Sqrt(1+k) }, -0.675},
		"e^−5k": {func(k float64) float64 { return noise() * math.Exp(-5*k/1000) }, -3.75},
	} {
		tail, ok := FitTail(curve(1000, test.f))
		if !ok || math.Abs(tail.Change-test.want) > 4*tail.Error+0.03*math.Abs(test.want) || tail.Error > 0.15 || tail.From != 250 || tail.To != 999 {
			t.Errorf("%s: found %+v, %v; expected a change of %g", name, tail, ok, test.want)
		}
	}
}
