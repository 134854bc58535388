package functions_test

import (
	"math"
	"testing"

	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/problems"
)

// descend takes steps of a fixed length from the standard start, and returns the gap, the
// gradient norm and the distance at its end.
func descend(p problem, length float64, steps int) (gap, norm, distance float64) {
	facts := p.Facts()
	x, grad := append([]float64(nil), facts.Starts[0].X...), make([]float64, p.Dim())
	for range steps {
		p.Evaluate(x, grad)
		vec.AddScaled(x, x, -length, grad)
	}
	f := p.Evaluate(x, grad)
	return f - facts.Minimum.Value, vec.Norm(grad), facts.Distance(x)
}

// TestWorstCases checks that each worst case attains the bound that it is the worst case
// of, which fixes every constant in it.
func TestWorstCases(t *testing.T) {
	t.Run("huber1d", func(t *testing.T) {
		// Drori and Teboulle 2014, theorem 3.1: LR²/(4N + 2).
		for _, text := range []string{"{name: huber1d}", "{name: huber1d, smoothness: 5}"} {
			p := build(t, text)
			l, _ := p.Facts().Global(problems.SmoothnessL)
			if gap, _, _ := descend(p, 1/l, 10); !near(gap/l, 1./42, 1e-15) {
				t.Errorf("%s: gap %v after 10 steps, want %v", text, gap, l/42)
			}
		}
	})
	t.Run("huber-ridge1d", func(t *testing.T) {
		// Taylor, Hendrickx and Glineur 2017: (LR²/2)·q/(q − 1 + (1−q)^(−2N)).
		want := 0.05 / (0.1 - 1 + math.Pow(0.9, -14))
		if gap, _, _ := descend(build(t, "{name: huber-ridge1d}"), 1, 7); math.Abs(gap-want) > 1e-15 {
			t.Errorf("gap %v after 7 steps, want %v", gap, want)
		}
	})
	t.Run("sawtooth", func(t *testing.T) {
		// Abbaszadehpeivasti, de Klerk and Zamani 2022: min ‖g‖² = 4Δ₀/(N(4h − h²) + 2).
		for text, h := range map[string]float64{"{name: sawtooth}": 1, "{name: sawtooth, step: 0.5}": 0.5} {
			p := build(t, text)
			x0 := p.Facts().Starts[0].X
			bound := math.Sqrt(4 * (p.Evaluate(x0, nil) - p.Facts().Minimum.Value) / (8*(4*h-h*h) + 2))
			for steps := range 9 {
				if _, norm, _ := descend(p, h, steps); !near(norm, bound, 1e-14) {
					t.Errorf("%s: gradient norm %v after %d steps, want %v", text, norm, steps, bound)
				}
			}
			if _, norm, _ := descend(p, h, 10); !(norm < 0.9) {
				t.Errorf("%s: gradient norm %v after 10 steps, want less", text, norm)
			}
		}
	})
	t.Run("hb-counterexample", func(t *testing.T) {
		p := build(t, "{name: hb-counterexample}")
		x, before, grad := []float64{3.3}, 3.3, make([]float64, 1)
		for range 300 {
			p.Evaluate(x, grad)
			x[0], before = x[0]-grad[0]/9+4./9*(x[0]-before), x[0]
		}
		// The cycle of Lessard, Recht and Packard 2016, section 4.6.
		cycle := []float64{792. / 1225, -2208. / 1225, 2592. / 1225}
		for _, want := range cycle {
			if math.Abs(x[0]-want) < 1e-9 {
				return
			}
		}
		t.Errorf("the heavy ball is at %v after 300 steps, want one of %v", x[0], cycle)
	})
	t.Run("nesterov-worst", func(t *testing.T) {
		// Nesterov 2004, theorem 2.1.7: no first-order method gets below in k steps.
		for k := 1; k <= 12; k++ {
			p := buildDim(t, "nesterov-worst", 2*k+1)
			r := p.Facts().Distance(p.Facts().Starts[0].X)
			if gap, _, _ := descend(p, 1, k); gap < 3*r*r/(32*float64((k+1)*(k+1))) {
				t.Errorf("gap %v after %d steps lies below the lower bound", gap, k)
			}
		}
	})
}

// TestSecondMinimum checks the minimum of the chained Rosenbrock function that is not
// global, wherever it is stated.
func TestSecondMinimum(t *testing.T) {
	for n := 4; n <= 30; n++ {
		p := buildDim(t, "rosenbrock", n)
		x := p.Facts().Critical[0].X
		grad := make([]float64, n)
		f := p.Evaluate(x, grad)
		if !(vec.Norm(grad) < 1e-10) || !(eigenvalues(t, p, x)[0] > 0.1) || !(x[0] < -0.7) {
			t.Errorf("n = %d: %v with f = %v, ‖∇f‖ = %v is no minimum near (−1, 1, …)", n, x, f, vec.Norm(grad))
		}
	}
}
