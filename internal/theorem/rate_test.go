package theorem

import (
	"math"
	"math/rand/v2"
	"testing"
)

// curve tabulates f at iterations 0 … n−1.
func curve(n int, f func(k float64) float64) (k []int64, v []float64) {
	for i := range n {
		k, v = append(k, int64(i)), append(v, f(float64(i)))
	}
	return k, v
}

func TestFitRate(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	tests := []struct {
		name  string
		n     int
		f     func(k float64) float64
		floor float64
		law   Law
		want  float64 // factor or power
	}{
		{"linear", 100, func(k float64) float64 { return 3 * math.Pow(0.9, k) }, 0, Linear, 0.9},
		{"linear after a plateau", 200, func(k float64) float64 { return math.Min(1, math.Pow(0.8, k-60)) }, 0, Linear, 0.8},
		{"linear, noisy", 200, func(k float64) float64 { return math.Pow(0.9, k) * math.Exp(0.3*rng.NormFloat64()) }, 0, Linear, 0.9},
		{"linear, then rounding", 400, func(k float64) float64 { return math.Max(math.Pow(0.9, k), 1e-16) }, 2e-16, Linear, 0.9},
		{"power law", 1000, func(k float64) float64 { return 2 / (k*k + 3*k + 7) }, 0, PowerLaw, 2},
		{"power law, noisy", 1000, func(k float64) float64 { return math.Exp(0.1*rng.NormFloat64()) / (1 + k) }, 0, PowerLaw, 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			k, v := curve(test.n, test.f)
			rate, ok := FitRate(k, v, test.floor)
			got := rate.Factor
			if test.law == PowerLaw {
				got = rate.Power
			}
			if !ok || rate.Law != test.law || math.Abs(got.Value-test.want) > 0.03*test.want {
				t.Fatalf("found %+v, %v; expected %s with %g", rate, ok, test.law, test.want)
			}
			if slack := 0.02 * test.want; got.Low-slack > test.want || got.High+slack < test.want {
				t.Errorf("the interval [%g, %g] misses %g", got.Low, got.High, test.want)
			}
		})
	}
}

func TestOrder(t *testing.T) {
	k, v := curve(7, func(k float64) float64 { return math.Pow(0.5, math.Pow(2, k)) })
	rate, ok := FitRate(k, v, 0)
	if !ok || rate.Law != Superlinear || math.Abs(rate.Order.Value-2) > 1e-9 {
		t.Errorf("quadratic convergence: found %+v", rate)
	}
	k, v = curve(20, func(k float64) float64 { return math.Pow(0.5, k) })
	if rate, _ := FitRate(k, v, 0); math.Abs(rate.Order.Value-1) > 1e-9 {
		t.Errorf("linear convergence: found order %+v", rate.Order)
	}
}

// A curve that ripples, as Nesterov's do, is not superlinear for its last dive; one whose
// fall becomes steeper at its end follows no power law of a high power.
func TestPretenders(t *testing.T) {
	k, v := curve(64, func(k float64) float64 { return math.Pow(0.9, k) * (1.001 + math.Cos(k/4)) })
	if rate, ok := FitRate(k, v, 0); !ok || rate.Order.Low < 1.2 || rate.Law == Superlinear {
		t.Errorf("a ripple in its dive: found %+v", rate)
	}
	k, v = curve(200, func(k float64) float64 { return 1e50 * math.Pow(k+200, -20) })
	if rate, ok := FitRate(k, v, 0); !ok || rate.Law != Linear {
		t.Errorf("a tail from %d to %d: found %+v", rate.From, rate.To, rate)
	}
}

func TestNoRate(t *testing.T) {
	for name, f := range map[string]func(float64) float64{
		"rising":  func(k float64) float64 { return 1 + k },
		"nothing": func(float64) float64 { return math.NaN() },
		"zero":    func(float64) float64 { return 0 },
	} {
		k, v := curve(50, f)
		if rate, ok := FitRate(k, v, 0); ok {
			t.Errorf("%s: found %+v", name, rate)
		}
	}
	if _, ok := FitRate(nil, nil, 0); ok {
		t.Error("a rate of nothing")
	}
	k, v := curve(4, func(k float64) float64 { return math.Pow(0.9, k) })
	if rate, ok := FitRate(k, v, 0); ok {
		t.Errorf("a rate of three points: %+v", rate)
	}
}

// The interval of noisy fits covers the truth about as often as it says.
func TestIntervalCovers(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	const runs = 400
	covered := 0
	for range runs {
		k, v := curve(100, func(k float64) float64 { return math.Pow(0.9, k) * math.Exp(0.2*rng.NormFloat64()) })
		rate, ok := FitRate(k, v, 0)
		if ok && rate.Factor.Low <= 0.9 && 0.9 <= rate.Factor.High {
			covered++
		}
	}
	if covered < runs*90/100 {
		t.Errorf("the 95 %% interval covers the truth in %d of %d runs", covered, runs)
	}
}
