package adaptive

import (
	"math"
	"testing"

	"github.com/gdbench/gdbench/internal/methods/methodtest"
	"github.com/gdbench/gdbench/internal/random"
	"github.com/gdbench/gdbench/problems"
)

// The rule is written out here from the paper, with the random vectors of the same stream. On a
// diagonal quadratic u∘(Hu) is u²λ.
func TestSophia(t *testing.T) {
	p := methodtest.Diagonal(4, 0.5, 0.01)
	x := []float64{1, -2, 3}
	seed := problems.Seed{Suite: 5}
	run, err := methodtest.Start(t, "{name: sophia, lr: 0.1, every: 3, gamma: 2, weight_decay: 0.1}", p, x, problems.OracleOptions{Seed: seed})
	if err != nil {
		t.Fatal(err)
	}
	rng := seed.Rand("method")
	var m, h [3]float64
	for k, at := range run.Path(t, 10) {
		for i := range x {
			if math.Abs(at[i]-x[i]) > 1e-12 {
				t.Fatalf("step %d: %v; expected %v", k, at, x)
			}
		}
		estimate := k%3 == 0
		for i, curvature := range []float64{4, 0.5, 0.01} {
			if estimate {
				u := random.Normal(rng)
				h[i] = 0.99*h[i] + 0.01*u*u*curvature
			}
			m[i] = 0.96*m[i] + 0.04*curvature*x[i]
			step := m[i] / math.Max(2*h[i], 1e-12)
			x[i] -= 0.1 * (math.Max(-1, math.Min(1, step)) + 0.1*x[i])
		}
	}
	c := run.Oracle.Counts()
	if c.HessianProducts != 4 || c.Gradients != 10 {
		t.Errorf("10 steps with an estimate every 3 cost %d Hessian products and %d gradients", c.HessianProducts, c.Gradients)
	}
}

func TestSophiaLaws(t *testing.T) {
	methodtest.Keep(t, methodtest.Law{Text: "sophia", PerStep: 1, Unbatched: true})
}
