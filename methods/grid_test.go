package methods_test

import (
	"errors"
	"fmt"
	"math"
	"testing"

	"github.com/gdbench/gdbench/methods"
	_ "github.com/gdbench/gdbench/methods/catalogue"
	"github.com/gdbench/gdbench/methods/internal/methodtest"
	"github.com/gdbench/gdbench/methods/internal/pascal"
	"github.com/gdbench/gdbench/problems"
	"gonum.org/v1/gonum/mat"
)

// squares is the Pascal quadratic as ½‖r(x)‖², r = Uᵀx − e₁ with Pascal's triangle U, so
// that it offers everything that a direction may ask for. Its minimum is 0.
type squares struct{ quadratic }

type quadratic = pascal.Quadratic

var (
	_ problems.Residuals = squares{}
	_ problems.Quadratic = squares{}
)

func (s squares) Evaluate(x, grad []float64) float64 { return s.quadratic.Evaluate(x, grad) + 0.5 }

func (s squares) Facts() *problems.Facts {
	f := *s.quadratic.Facts()
	minimum := *f.Minimum
	minimum.Value = 0
	f.Minimum = &minimum
	return &f
}

func (squares) ResidualCount() int { return 5 }

func (squares) Residuals(x, r []float64) {
	for i := range r {
		r[i] = 0
		for j := i; j < len(x); j++ {
			r[i] += binomial(j, i) * x[j]
		}
	}
	r[0]--
}

func (squares) Jacobian(_ []float64, jac *mat.Dense) {
	jac.Zero()
	for i := range 5 {
		for j := i; j < 5; j++ {
			jac.Set(i, j, binomial(j, i))
		}
	}
}

func binomial(n, k int) float64 {
	v := 1.0
	for i := range k {
		v = v * float64(n-i) / float64(i+1)
	}
	return v
}

// units are step lengths that suit a direction of the gradient's scale, one that begins
// there and learns the Hessian's, and one that has it.
var units = map[string]float64{
	"gradient": 0.003, "steepest": 0.003, "conjugate-gradient": 0.003,
	"bfgs": 0.02, "dfp": 0.02, "lbfgs": 0.02, "sr1": 0.02,
	"coordinate": 0.5, "gauss-newton": 0.5, "levenberg-marquardt": 0.5, "newton": 0.5, "newton-cg": 0.5,
}

// lengths are the parameters of the rules that do not find a length by themselves.
func lengths(rule string, unit float64) string {
	switch rule {
	case "fixed", "step-decay", "silver":
		return fmt.Sprintf(", t: %g", unit)
	case "cosine":
		return fmt.Sprintf(", t: %g, period: 50", unit)
	case "cyclic":
		return fmt.Sprintf(", t: %g, minimum: %g", unit, unit/3)
	case "diminishing":
		return fmt.Sprintf(", c: %g, p: 0.1", unit)
	case "warmup":
		return fmt.Sprintf(", then: %g", unit)
	case "adagrad-norm":
		return fmt.Sprintf(", eta: %g", 300*unit)
	case "polyak":
		return ", longest: 1"
	}
	return ""
}

// Every direction goes with every step rule: in 120 steps each pair takes f to a tenth at
// most, or says why it cannot go on.
func TestEveryDirectionWithEveryRule(t *testing.T) {
	p := squares{}
	f0 := p.Evaluate(pascal.Start(), nil)
	for _, direction := range methods.DirectionRegistry.Names() {
		for _, rule := range methods.StepRegistry.Names() {
			written := direction
			if direction == "coordinate" {
				written = "{name: coordinate, scaled: true}"
			}
			method := fmt.Sprintf("{name: descent, direction: %s, step: {name: %s%s}}", written, rule, lengths(rule, units[direction]))
			t.Run(direction+"/"+rule, func(t *testing.T) {
				r := methodtest.Begin(t, method, p, pascal.Start())
				best := f0
				for range 120 {
					if err := r.Step(r.At); err != nil {
						if !errors.Is(err, methods.ErrStalled) {
							t.Fatal(err)
						}
						break
					}
					f := p.Evaluate(r.At.X, nil)
					if math.IsNaN(f) {
						t.Fatal("f is NaN")
					}
					best = math.Min(best, f)
				}
				if !(best <= f0/10) {
					t.Errorf("f fell from %g to %g only", f0, best)
				}
			})
		}
	}
}
