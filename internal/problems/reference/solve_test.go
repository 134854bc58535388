package reference

import (
	"errors"
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/problems"
)

// separable is Σ scaleᵢ·φ(xᵢ − i), with φ, φ′ and φ″ given: minima in closed form.
type separable struct {
	scale []float64
	phi   func(t float64) (value, slope, curvature float64)
}

func (p *separable) Dim() int { return len(p.scale) }

func (p *separable) Evaluate(x, grad []float64) (f float64) {
	for i, s := range p.scale {
		value, slope, _ := p.phi(x[i] - float64(i))
		f += s * value
		if grad != nil {
			grad[i] = s * slope
		}
	}
	return f
}

func (p *separable) HessianProduct(x, v, hv []float64) {
	for i, s := range p.scale {
		_, _, curvature := p.phi(x[i] - float64(i))
		hv[i] = s * curvature * v[i]
	}
}

type denseSeparable struct{ separable }

func (p *denseSeparable) Hessian(x []float64, h *mat.SymDense) {
	h.Zero()
	for i, s := range p.scale {
		_, _, curvature := p.phi(x[i] - float64(i))
		h.SetSym(i, i, s*curvature)
	}
}

// coshOf is cosh t + 1: minimum 2 at 0, and far from quadratic.
func coshOf(t float64) (value, slope, curvature float64) {
	return math.Cosh(t) + 1, math.Sinh(t), math.Cosh(t)
}

// soft is log(1 + exp t): convex, infimum 0 not attained.
func soft(t float64) (value, slope, curvature float64) {
	e := math.Exp(-math.Abs(t))
	return math.Log1p(e) + math.Max(t, 0), 1 / (1 + math.Exp(-t)), e / ((1 + e) * (1 + e))
}

func spread(n int) []float64 {
	scale := make([]float64, n)
	for i := range scale {
		scale[i] = math.Pow(10, 4*float64(i)/float64(n))
	}
	return scale
}

func TestSolve(t *testing.T) {
	scale := spread(12)
	var want float64
	for _, s := range scale {
		want += 2 * s
	}
	for name, p := range map[string]problems.Problem{
		"factorized": &denseSeparable{separable{scale, coshOf}},
		"conjugate":  &separable{scale, coshOf},
	} {
		m, err := Solve(p)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if off := math.Abs(m.Value - want); off > 1e-14*want || off > m.Accuracy || m.Source != problems.Solved {
			t.Errorf("%s: f* = %.17g ± %g from %q, want %.17g", name, m.Value, m.Accuracy, m.Source, want)
		}
		if len(m.Points) != 1 {
			t.Fatalf("%s: %d points", name, len(m.Points))
		}
		for i, v := range m.Points[0] {
			if math.Abs(v-float64(i)) > 1e-13 {
				t.Errorf("%s: x*[%d] = %.17g", name, i, v)
			}
		}
	}
}

// A direction without curvature leaves f* known and the minimizer not unique.
func TestSolveSingular(t *testing.T) {
	for name, p := range map[string]problems.Problem{
		"factorized": &denseSeparable{separable{[]float64{1, 0, 3}, coshOf}},
		"conjugate":  &separable{[]float64{1, 0, 3}, coshOf},
	} {
		m, err := Solve(p)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if math.Abs(m.Value-8) > 1e-13 {
			t.Errorf("%s: f* = %.17g", name, m.Value)
		}
		if name == "factorized" && m.Points != nil {
			t.Errorf("%s: points %v", name, m.Points)
		}
	}
}

func TestSolveRefuses(t *testing.T) {
	concave := func(t float64) (float64, float64, float64) { return -math.Cosh(t), -math.Sinh(t), -math.Cosh(t) }
	line := func(t float64) (float64, float64, float64) { return t, 1, 0 }
	nan := func(float64) (float64, float64, float64) { return math.NaN(), math.NaN(), math.NaN() }
	for _, c := range []struct {
		name string
		phi  func(float64) (float64, float64, float64)
		want string
	}{
		{"infimum not attained", soft, "not attained"},
		{"concave", concave, "is the problem convex?"},
		{"unbounded", line, "after 100 Newton steps"},
		{"not a number", nan, "NaN at the start"},
	} {
		_, err := Solve(&denseSeparable{separable{[]float64{1, 2}, c.phi}})
		var unsolved *Unsolved
		if !errors.As(err, &unsolved) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want one with %q", c.name, err, c.want)
		}
	}
}
