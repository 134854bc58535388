package adaptive

import (
	"math"
	"slices"
	"testing"

	"github.com/gdbench/gdbench/internal/methods/methodtest"
	"github.com/gdbench/gdbench/methods"
	"gonum.org/v1/gonum/mat"
)

func TestTrajectories(t *testing.T) {
	for _, c := range []struct{ reference, text string }{
		{"adam", "{name: adam, lr: 0.01}"},
		{"adamw", "{name: adamw, lr: 0.01}"},
		{"amsgrad", "{name: amsgrad, lr: 0.01}"},
		{"rmsprop", "rmsprop"},
		{"rmsprop_centered", "{name: rmsprop, centered: true}"},
		{"adagrad", "adagrad"},
		{"adadelta", "adadelta"},
		{"nadam", "nadam"},
		{"adamax", "adamax"},
		{"rprop", "rprop"},
	} {
		t.Run(c.reference, func(t *testing.T) { methodtest.Follow(t, c.reference, c.text) })
	}
}

func TestRecentTrajectories(t *testing.T) {
	methodtest.FollowRecent(t, "ademamix", "radam", "signum", "prodigy")
}

func TestLaws(t *testing.T) {
	names := []string{
		"ademamix", "radam", "signum", "prodigy",
		"adam", "adamw", "amsgrad", "adamax", "nadam", "rmsprop", "adagrad", "adadelta",
		"rprop", "sign-momentum", "dog", "clipped-gradient", "gradient-noise",
	}
	methodtest.Catalogue(t, append(names, "cma-es", "sophia", "muon", "shampoo", "soap"), "descent")
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			methodtest.Keep(t, methodtest.Law{Text: name, PerStep: 1})
		})
	}
}

// TestDefaults holds the defaults against those of torch.optim 2.x and of the papers.
func TestDefaults(t *testing.T) {
	methodtest.Defaults(t, map[string]map[string]string{
		"ademamix":      {"lr": "0.001", "betas": "[0.9, 0.999, 0.9999]", "alpha": "2", "eps": "1e-8", "weight_decay": "0", "warmup": "0"},
		"radam":         {"lr": "0.001", "betas": "[0.9, 0.999]", "eps": "1e-8", "weight_decay": "0"},
		"signum":        {"lr": "0.0001", "momentum": "0.9"},
		"prodigy":       {"lr": "1", "betas": "[0.9, 0.999]", "eps": "1e-8", "weight_decay": "0", "d0": "1e-6", "d_coef": "1"},
		"muon":          {"lr": "0.02", "momentum": "0.95", "nesterov": "true", "orthogonalize": "newton-schulz", "weight_decay": "0", "others": "adamw"},
		"shampoo":       {"lr": "1", "momentum": "0", "eps": "1e-4", "precondition_frequency": "1", "others": "adamw"},
		"soap":          {"lr": "0.003", "betas": "[0.95, 0.95]", "shampoo_beta": "-1", "eps": "1e-8", "weight_decay": "0.01", "precondition_frequency": "10", "others": "adamw"},
		"sophia":        {"lr": "0.001", "betas": "[0.96, 0.99]", "gamma": "0.01", "eps": "1e-12", "every": "10", "weight_decay": "0"},
		"adam":          {"lr": "0.001", "betas": "[0.9, 0.999]", "eps": "1e-8", "weight_decay": "0"},
		"adamw":         {"lr": "0.001", "betas": "[0.9, 0.999]", "eps": "1e-8", "weight_decay": "0.01"},
		"amsgrad":       {"lr": "0.001", "betas": "[0.9, 0.999]", "eps": "1e-8", "weight_decay": "0"},
		"adamax":        {"lr": "0.002", "betas": "[0.9, 0.999]", "eps": "1e-8", "weight_decay": "0"},
		"nadam":         {"lr": "0.002", "betas": "[0.9, 0.999]", "eps": "1e-8", "weight_decay": "0", "momentum_decay": "0.004"},
		"rmsprop":       {"lr": "0.01", "alpha": "0.99", "eps": "1e-8", "weight_decay": "0", "momentum": "0", "centered": "false"},
		"adagrad":       {"lr": "0.01", "lr_decay": "0", "weight_decay": "0", "initial_accumulator_value": "0", "eps": "1e-10"},
		"adadelta":      {"lr": "1", "rho": "0.9", "eps": "1e-6", "weight_decay": "0"},
		"rprop":         {"lr": "0.01", "etas": "[0.5, 1.2]", "step_sizes": "[1e-6, 50]"},
		"sign-momentum": {"lr": "0.0001", "betas": "[0.9, 0.99]", "weight_decay": "0"},
		"dog":           {"lr": "1", "reps_rel": "1e-6", "eps": "1e-8"},

		"clipped-gradient": {"lr": "1/L", "max_norm": "1"},
		"gradient-noise":   {"lr": "1/L", "radius": "0.01", "threshold": "0.001", "wait": "50"},
	})
}

// TestWeightDecay: decay on f is no decay on f + λ‖x‖²/2.
func TestWeightDecay(t *testing.T) {
	start := []float64{1, -2, 3}
	plain := methodtest.NewQuadratic(mat.NewSymDense(3, []float64{4, 1, 0, 1, 3, -1, 0, -1, 2}), []float64{1, 0, -2})
	const lambda = 0.375
	heavier := methodtest.NewQuadratic(mat.NewSymDense(3, []float64{4 + lambda, 1, 0, 1, 3 + lambda, -1, 0, -1, 2 + lambda}), []float64{1, 0, -2})
	for _, name := range []string{"adam", "amsgrad", "adamax", "nadam", "rmsprop", "adagrad", "adadelta"} {
		path := func(p *methodtest.Quadratic, text string) [][]float64 {
			return methodtest.Begin(t, text, p, start).Path(t, 20)
		}
		decayed := path(plain, "{name: "+name+", weight_decay: 0.375}")
		expected := path(heavier, name)
		for k := range decayed {
			for i := range decayed[k] {
				if math.Abs(decayed[k][i]-expected[k][i]) > 1e-12 {
					t.Fatalf("%s: x[%d] after %d steps is %g; expected %g", name, i, k, decayed[k][i], expected[k][i])
				}
			}
		}
	}
}

// feed hands a method in one variable the given gradients and returns x after each.
func feed(t *testing.T, text string, x0 float64, gradients ...float64) []float64 {
	t.Helper()
	run := methodtest.Begin(t, text, methodtest.Diagonal(1), []float64{x0})
	x := []float64{x0}
	var path []float64
	for _, g := range gradients {
		run.Method.(methods.Update).Update(x, []float64{g})
		path = append(path, x[0])
	}
	return path
}

func expect(t *testing.T, got, want []float64) {
	t.Helper()
	for k := range want {
		if !(math.Abs(got[k]-want[k]) <= 1e-14*math.Max(1, math.Abs(want[k]))) {
			t.Errorf("x after %d steps is %.17g; expected %.17g", k+1, got[k], want[k])
		}
	}
}

// With a constant gradient c, vₖ = (1 − αᵏ)c².
func TestRMSpropMomentum(t *testing.T) {
	got := feed(t, "{name: rmsprop, lr: 0.5, alpha: 0.75, eps: 0.25, momentum: 0.8}", 1, -3, -3, -3)
	d := func(k float64) float64 { return -3 / (3*math.Sqrt(1-math.Pow(0.75, k)) + 0.25) }
	u1 := d(1)
	u2 := 0.8*u1 + d(2)
	u3 := 0.8*u2 + d(3)
	expect(t, got, []float64{1 - 0.5*u1, 1 - 0.5*(u1+u2), 1 - 0.5*(u1+u2+u3)})
}

func TestAdaGradParameters(t *testing.T) {
	got := feed(t, "{name: adagrad, lr: 2, lr_decay: 0.5, initial_accumulator_value: 3, eps: 0.125}", 1, 1, 1)
	first := 1 - 2.0/(2+0.125)
	expect(t, got, []float64{first, first - 2/1.5/(math.Sqrt(5)+0.125)})
}

// A coordinate without a gradient stays where it is, ε or no ε.
func TestNoGradientNoStep(t *testing.T) {
	for _, text := range []string{
		"{name: adam, eps: 0}", "{name: adamw, eps: 0, weight_decay: 0}", "{name: amsgrad, eps: 0}",
		"{name: adamax, eps: 0}", "{name: nadam, eps: 0}", "{name: rmsprop, eps: 0}",
		"{name: rmsprop, eps: 0, centered: true}", "{name: adagrad, eps: 0}", "adadelta",
		"rprop", "sign-momentum", "{name: dog, eps: 0}", "clipped-gradient",
	} {
		if got := feed(t, text, 3, 0, 0); got[0] != 3 || got[1] != 3 {
			t.Errorf("%s goes from 3 to %v without a gradient", text, got)
		}
	}
	run := methodtest.Begin(t, "{name: dog, eps: 0}", methodtest.Diagonal(1), []float64{0})
	if run.Next(t); run.At.Length != 0 {
		t.Errorf("the step length of DoG is %g without a gradient; expected 0", run.At.Length)
	}
}

func TestRpropLimits(t *testing.T) {
	expect(t, feed(t, "{name: rprop, lr: 30}", 200, 1, 1, 1, 1), []float64{170, 134, 90.8, 40.8})
	expect(t, feed(t, "{name: rprop, lr: 1.5e-6}", 0, 1, -1, -1), []float64{-1.5e-6, -1.5e-6, -0.5e-6})
}

// The second gradient lies just beyond, or just short of, where it outweighs the momentum:
// 0.9·0.01 against 0.1·g.
func TestSignMomentum(t *testing.T) {
	expect(t, feed(t, "{name: sign-momentum, lr: 0.5}", 0, 1, -0.0899), []float64{-0.5, -1})
	expect(t, feed(t, "{name: sign-momentum, lr: 0.5}", 0, 1, -0.0901), []float64{-0.5, 0})
	expect(t, feed(t, "{name: sign-momentum, lr: 0.5, weight_decay: 0.25}", 2, 1), []float64{2 - 0.5*(1+0.25*2)})
}

func TestDoG(t *testing.T) {
	got := feed(t, "{name: dog, lr: 1000, reps_rel: 1e-6, eps: 5}", 3, 2, -1)
	first := 3 - 2*1000*4e-6/3.0 // r̄ = 1e-6·(1 + 3), √(2² + 5) = 3
	moved := 3 - first
	expect(t, got, []float64{first, first + 1000*moved/math.Sqrt(4+1+5)})
}

func TestClipped(t *testing.T) {
	run := methodtest.Begin(t, "{name: clipped-gradient, lr: 0.5, max_norm: 2}", methodtest.Diagonal(1, 1), []float64{3, 4})
	x := run.Path(t, 1)[1]
	expect(t, x, []float64{3 - 0.6, 4 - 0.8})
	if math.Abs(run.At.Length-0.2) > 1e-15 {
		t.Errorf("the step length is %g; expected 0.2", run.At.Length)
	}
	if want := -0.2 * 25; math.Abs(run.At.Slope-want) > 1e-14 {
		t.Errorf("the slope is %g; expected %g", run.At.Slope, want)
	}
	expect(t, feed(t, "{name: clipped-gradient, lr: 0.5, max_norm: 2}", 1, 2), []float64{0})
}

// saddle is x² − y² capped by y⁴: from the origin plain descent does not move.
type saddle struct{}

func (saddle) Dim() int { return 2 }
func (saddle) Evaluate(x, g []float64) float64 {
	if g != nil {
		g[0], g[1] = 2*x[0], -2*x[1]+4*x[1]*x[1]*x[1]
	}
	return x[0]*x[0] - x[1]*x[1] + math.Pow(x[1], 4)
}

func TestGradientNoiseEscapes(t *testing.T) {
	const text = "{name: gradient-noise, lr: 0.1, threshold: 0.001, radius: 0.01, wait: 60}"
	run := methodtest.Begin(t, text, saddle{}, []float64{0, 0})
	path := run.Path(t, 1)
	first := slices.Clone(run.Method.(*GradientNoise).noise)
	path = append(path, run.Path(t, 60)[1:]...)
	if f := (saddle{}).Evaluate(path[61], nil); f > -0.2499 {
		t.Errorf("f = %g after 61 steps; expected the minimum −1/4", f)
	}
	if r := math.Hypot(path[1][0], path[1][1]); r == 0 || r > 0.01 || path[1][0] != first[0] || path[1][1] != first[1] {
		t.Errorf("the first disturbance is %v, drawn as %v; expected a length of at most 0.01", path[1], first)
	}
	for k := 1; k < 61; k++ { // between disturbances it is gradient descent
		if want := 0.8 * path[k][0]; math.Abs(path[k+1][0]-want) > 1e-17 {
			t.Fatalf("step %d is no gradient step", k+1)
		}
	}
	next := run.Path(t, 1)
	if d := math.Abs(next[1][0] - 0.8*next[0][0]); d < 1e-6 {
		t.Error("no disturbance 61 steps after the first, at a minimizer")
	}
}

// In a ball of n dimensions (‖ξ‖/r)ⁿ is uniform, and ξ has no preferred direction.
func TestGradientNoiseIsUniformInTheBall(t *testing.T) {
	run := methodtest.Begin(t, "{name: gradient-noise, radius: 2}", methodtest.Diagonal(1, 1, 1), make([]float64, 3))
	m := run.Method.(*GradientNoise)
	const draws = 4000
	var volume, square, first float64
	for range draws {
		m.draw()
		v := math.Pow(math.Sqrt(m.noise[0]*m.noise[0]+m.noise[1]*m.noise[1]+m.noise[2]*m.noise[2])/2, 3)
		if v > 1 {
			t.Fatalf("a disturbance outside the ball: %v", m.noise)
		}
		volume += v / draws
		square += v * v / draws
		first += m.noise[0] / draws
	}
	// five standard deviations of the means of a uniform variable, its square, and a coordinate
	if math.Abs(volume-1./2) > 5*math.Sqrt(1./12/draws) || math.Abs(square-1./3) > 5*math.Sqrt(4./45/draws) ||
		math.Abs(first) > 5*2*math.Sqrt(1./5/draws) {
		t.Errorf("the moments are %g, %g, %g; expected 1/2, 1/3, 0", volume, square, first)
	}
}

func TestBadParameters(t *testing.T) {
	for _, text := range []string{
		"{name: adam, betas: [0.9]}",
		"{name: adam, betas: [0.9, 1]}",
		"{name: adam, lr: 0}",
		"{name: adamw, betas: [0.9, 0.99, 0.999]}",
		"{name: sign-momentum, betas: [0.9]}",
		"{name: rprop, etas: [1.2, 0.5]}",
		"{name: rprop, etas: [0.5]}",
		"{name: rprop, etas: [1.1, 1.2]}",
		"{name: rprop, etas: [0.5, 0.9]}",
		"{name: rprop, step_sizes: [50, 1e-6]}",
		"{name: rmsprop, alpha: 1}",
		"{name: dog, reps_rel: 0}",
	} {
		if _, err := methodtest.Read(text, methodtest.Diagonal(1)); err == nil {
			t.Errorf("%s was accepted", text)
		}
	}
}
