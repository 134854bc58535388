package secondorder

import (
	"fmt"
	"math"
	"testing"

	"github.com/gdbench/gdbench/internal/methods/methodtest"
	"gonum.org/v1/gonum/mat"
)

// wells is x⁴/4 − x², whose curvature changes its sign.
type wells struct{}

func (wells) Dim() int { return 1 }

func (wells) Evaluate(x, g []float64) float64 {
	v := x[0]
	if g != nil {
		g[0] = v*v*v - 2*v
	}
	return v*v*v*v/4 - v*v
}

func (wells) Hessian(x []float64, h *mat.SymDense) { h.SetSym(0, 0, 3*x[0]*x[0]-2) }

// In one variable the minimizer of the model has |s| = r, the positive root of σr² + hr = |g|. The
// rule of the paper is written out here with it.
func TestAdaptiveCubic(t *testing.T) {
	for _, c := range []struct{ x, σ float64 }{{0.1, 1}, {0.5, 0.001}, {0.83, 1e-4}, {-3, 1}, {0.8, 10}} {
		run := methodtest.Begin(t, fmt.Sprintf("{name: adaptive-cubic, sigma: %g}", c.σ), wells{}, []float64{c.x})
		x, σ := c.x, c.σ
		refused, taken := 0, 0
		for k := range 12 {
			if math.Abs(run.At.X[0]-x) > 1e-9 {
				t.Fatalf("from %g, σ = %g: x after %d steps is %g; expected %g", c.x, c.σ, k, run.At.X[0], x)
			}
			f, g, h := x*x*x*x/4-x*x, x*x*x-2*x, 3*x*x-2
			if math.Abs(g) < 1e-7 { // ρ is a ratio of roundings
				break
			}
			run.Next(t)
			r := (math.Sqrt(h*h+4*σ*math.Abs(g)) - h) / (2 * σ)
			s := -math.Copysign(r, g)
			y := x + s
			ρ := (f - (y*y*y*y/4 - y*y)) / -(g*s + h*s*s/2 + σ*r*r*r/3)
			switch {
			case ρ < 0.1:
				σ *= 2
				refused++
				continue
			case ρ > 0.9:
				σ = math.Min(σ, math.Abs(g))
			}
			x = y
			taken++
		}
		counts := run.Oracle.Counts()
		if counts.Hessians != int64(taken)+1 && counts.Hessians != int64(taken) || counts.Values > int64(refused+taken+1) {
			t.Errorf("%d steps taken and %d refused cost %d Hessians and %d values", taken, refused, counts.Hessians, counts.Values)
		}
		if c.σ < 0.01 && refused == 0 {
			t.Errorf("from %g, σ = %g: no step was refused", c.x, c.σ)
		}
	}
}
