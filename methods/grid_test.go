package methods_test

import (
	"errors"
	"fmt"
	"math"
	"regexp"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/methods/methodtest"
	"github.com/gdbench/gdbench/internal/methods/pascal"
	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/problems/functions"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
	_ "github.com/gdbench/gdbench/methods/catalogue"
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
	case "fixed", "step-decay", "silver", "dynamic", "long-steps":
		return fmt.Sprintf(", t: %g", unit)
	case "optimized":
		return fmt.Sprintf(", t: %g, steps: 50", unit)
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
	case "alig":
		return fmt.Sprintf(", longest: %g", unit)
	case "adgd":
		return fmt.Sprintf(", first: %g", unit)
	}
	return ""
}

// Every direction goes with every step rule: in 120 steps each pair takes f to a tenth at
// most, or says why it cannot go on.
func TestEveryDirectionWithEveryRule(t *testing.T) {
	p := squares{}
	f0 := p.Evaluate(pascal.Start(), nil)
	for _, direction := range shipped(param.Of[methods.Direction]()) {
		for _, rule := range shipped(param.Of[methods.StepRule]()) {
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

// pairs calls visit for every direction with every rule, with steps short enough for
// Rosenbrock's valley.
func pairs(visit func(name, method string)) {
	for _, direction := range shipped(param.Of[methods.Direction]()) {
		for _, rule := range shipped(param.Of[methods.StepRule]()) {
			visit(direction+"/"+rule, fmt.Sprintf("{name: descent, direction: %s, step: {name: %s%s}}", direction, rule, lengths(rule, 1e-4)))
		}
	}
}

// No step allocates, LAPACK's included.
func TestStepsDoNotAllocate(t *testing.T) {
	p := &functions.Rosenbrock{N: 4}
	pairs(func(name, method string) {
		x0 := []float64{-1.2, 1, -1.2, 1}
		if strings.HasPrefix(name, "newton/") {
			x0 = []float64{1.2, 1.2, 1.2, 1.2} // where the Hessian is positive definite
		}
		r := methodtest.Begin(t, method, p, x0)
		var err error
		step := func() {
			if e := r.Step(r.At); e != nil {
				err = e
			}
		}
		for range 3 {
			step()
		}
		if n := testing.AllocsPerRun(3, step); n != 0 || err != nil {
			t.Errorf("%s: a step allocates %g times, %v", name, n, err)
		}
	})
}

// The directions that promise descent keep it on a function that is not convex.
func TestDirectionsDescend(t *testing.T) {
	p := &functions.Rosenbrock{N: 4}
	for _, direction := range append(shipped(param.Of[methods.Direction]()),
		"{name: steepest, norm: l1}", "{name: steepest, norm: linf, normalized: true}",
		"{name: newton, indefinite: modified}", "{name: newton, indefinite: shift}", "{name: newton, indefinite: saddle-free}",
		"{name: coordinate, order: random}",
		"{name: conjugate-gradient, beta: fr}", "{name: conjugate-gradient, beta: hz}", "{name: conjugate-gradient, beta: dy}") {
		if direction == "newton" {
			continue // it promises nothing
		}
		r := methodtest.Begin(t, "{name: descent, direction: "+direction+", step: backtracking}", p, []float64{-1.2, 1, 0.5, -2})
		f := p.Evaluate(r.At.X, nil)
		for k := range 40 {
			if err := r.Step(r.At); err != nil {
				// It ends at one of two minima, as near as rounding lets it.
				g := make([]float64, p.N)
				if p.Evaluate(r.At.X, g); vec.Norm(g) > 1e-9 {
					t.Errorf("%s: step %d: %v", direction, k, err)
				}
				break
			}
			after := p.Evaluate(r.At.X, nil)
			if !(r.At.Slope < 0) || !(after <= f) {
				t.Errorf("%s: step %d: ∇fᵀΔx = %g, f from %g to %g", direction, k, r.At.Slope, f, after)
				break
			}
			f = after
		}
	}
}

// On mini-batches a pair either says at Init what it lacks, or runs: one batch a step,
// nothing claimed about the whole, no allocation.
func TestPairsOnBatches(t *testing.T) {
	p := methodtest.NewLeastSquares(24, 3)
	options := problems.OracleOptions{Batch: 8, Seed: problems.Seed{Suite: 1}}
	ran := 0
	pairs(func(name, method string) {
		r, err := methodtest.Start(t, method, p, []float64{1, -2, 3}, options)
		var missing *problems.Missing
		if errors.As(err, &missing) {
			return
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		ran++
		var failed error
		step := func() {
			if err := r.Step(r.At); err != nil {
				failed = err
			}
		}
		if n := testing.AllocsPerRun(5, step); failed == nil && n != 0 {
			t.Errorf("%s: a step allocates %g times", name, n)
		}
		if failed != nil && !errors.Is(failed, methods.ErrStalled) {
			t.Errorf("%s: %v", name, failed)
		}
		if r.At.HasF || r.At.HasGrad {
			t.Errorf("%s claims to know the full objective", name)
		}
		if f := p.Evaluate(r.At.X, nil); math.IsNaN(f) {
			t.Errorf("%s: f is NaN", name)
		}
	})
	// The directions without second derivatives or residuals.
	if want := 8 * len(shipped(param.Of[methods.StepRule]())); ran != want {
		t.Errorf("%d pairs ran on batches, want %d", ran, want)
	}
}

// Every direction and rule says what it is, where it comes from and what its parameters
// mean.
func TestDirectionsAndRulesAreDescribed(t *testing.T) {
	source := regexp.MustCompile(`^10\.\d{4,}/\S+$`)
	for _, registry := range []*param.Registry{param.Of[methods.Direction](), param.Of[methods.StepRule]()} {
		for _, name := range shipped(registry) {
			e, err := registry.Lookup(name)
			if err != nil {
				t.Fatal(err)
			}
			if e.Summary == "" || e.Formula == "" || e.Source == "" {
				t.Errorf("%s lacks a summary, a formula or a source", name)
			}
			if !source.MatchString(e.DOI) && !strings.Contains(e.Source, "arXiv:") {
				t.Errorf("%s has neither a DOI nor an arXiv number: %q", name, e.DOI)
			}
			for _, f := range e.Fields() {
				if f.Doc == "" {
					t.Errorf("%s: the parameter %s is not explained", name, f.Name)
				}
			}
		}
	}
}
