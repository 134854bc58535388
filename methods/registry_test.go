package methods_test

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/gdbench/gdbench/internal/methods/methodtest"
	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/problems/functions"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

// What is promised of all methods, over the whole registry with their defaults. A method
// that belongs to one of these sets is there for the reason given.
var (
	// lacking need what a sum of squares has only where it offers its residuals, or variables that
	// form a matrix, or a constraint.
	lacking = set("gauss-newton", "levenberg-marquardt", "muon", "shampoo", "soap", "frank-wolfe", "mirror-descent")
	// inValley end at once on a quadratic, or use f*: they are tried on Rosenbrock's
	// function.
	inValley = set("newton", "damped-newton", "newton-cg", "trust-region", "gonum-newton", "polyak", "stochastic-polyak")
	// allocating have large dense algebra: eigenvectors, gonum's factorizations and updates.
	allocating = set("cubic-newton", "adaptive-cubic", "gonum-newton", "gonum-bfgs", "gonum-cma-es")
	// unbatched use second derivatives, rank values, or are gonum's, which do not know batches.
	unbatched = set("newton", "damped-newton", "newton-cg", "gauss-newton", "levenberg-marquardt", "cubic-newton", "trust-region", "linear-cg",
		"gonum-gradient-descent", "gonum-bfgs", "gonum-lbfgs", "gonum-cg", "gonum-newton", "gonum-nelder-mead", "gonum-cma-es", "cma-es", "sophia", "adaptive-cubic", "muon", "shampoo", "soap", "frank-wolfe", "mirror-descent", "lbfgsb")
)

// shipped are the names of a registry without those that the Examples of this package add.
func shipped(r *param.Registry) []string {
	examples := set("sign", "harmonic")
	return slices.DeleteFunc(r.Names(), func(name string) bool { return examples[name] })
}

func set(names ...string) map[string]bool {
	out := map[string]bool{}
	for _, name := range names {
		out[name] = true
	}
	return out
}

func TestRegistryAllocations(t *testing.T) {
	for _, name := range param.Of[methods.Method]().Names() {
		r := begun(t, name)
		if r == nil {
			continue
		}
		var failed error
		n := testing.AllocsPerRun(2, func() {
			if err := r.Step(r.At); err != nil {
				failed = err
			}
		})
		if failed != nil || (n != 0) != allocating[name] {
			t.Errorf("%s: a step allocates %g times, %v", name, n, failed)
		}
	}
}

// begun is a method on a sum of squares, or in the valley; nil where it is known to lack
// something.
func begun(t *testing.T, name string) *methodtest.Run {
	var p problems.Problem = methodtest.NewLeastSquares(40, 12)
	if inValley[name] {
		p = &functions.Rosenbrock{N: 4}
	}
	x0 := make([]float64, p.Dim())
	for i := range x0 {
		x0[i] = 1.2 // where the valley's Hessian is positive definite
	}
	text := name
	if name == "cubic-newton" { // its M is 0 on a quadratic
		text = "{name: cubic-newton, M: 10}"
	}
	r, err := methodtest.Start(t, text, p, x0, problems.OracleOptions{Horizon: 100})
	var missing *problems.Missing
	switch {
	case lacking[name] && errors.As(err, &missing):
		return nil
	case err != nil:
		t.Errorf("%s: %v", name, err)
		return nil
	}
	return r
}

// Every first-order method runs on mini-batches, drawn with or without replacement.
func TestRegistryBatches(t *testing.T) {
	p := methodtest.NewLeastSquares(24, 3)
	x0 := []float64{1, -2, 3}
	for _, name := range param.Of[methods.Method]().Names() {
		for _, replacement := range []bool{false, true} {
			options := problems.OracleOptions{Batch: 8, Replacement: replacement, Horizon: 30, Seed: problems.Seed{Suite: 3}}
			r, err := methodtest.Start(t, name, p, x0, options)
			var missing *problems.Missing
			if errors.As(err, &missing) {
				if !unbatched[name] {
					t.Errorf("%s: %v", name, err)
				}
				continue
			}
			for k := 0; err == nil && k < 30; k++ {
				err = r.Step(r.At)
			}
			if err != nil && !errors.Is(err, methods.ErrStalled) || unbatched[name] {
				t.Errorf("%s with replacement %t: %v", name, replacement, err)
				continue
			}
			if f := p.Evaluate(r.At.X, nil); math.IsNaN(f) || math.IsInf(f, 0) || slices.Equal(r.At.X, x0) {
				t.Errorf("%s with replacement %t: f = %g at %v", name, replacement, f, r.At.X)
			}
		}
	}
}

// A number out of a parameter's range is refused where it is written, whatever the component.
func TestRegistryRanges(t *testing.T) {
	tried := 0
	for _, registry := range []*param.Registry{param.Of[methods.Method](), param.Of[methods.Direction](), param.Of[methods.StepRule]()} {
		for _, name := range registry.Names() {
			e, err := registry.Lookup(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range e.Fields() {
				if !f.Range.Bounded() {
					continue
				}
				outside := f.Range.Low - 1
				if math.IsInf(outside, 0) {
					outside = f.Range.High + 1
				}
				tried++
				text := fmt.Sprintf("name: %s\n%s: %s%g%s\n", name, f.Name, strings.Repeat("[", f.Depth()), outside, strings.Repeat("]", f.Depth()))
				var document yaml.Node
				if err := yaml.Unmarshal([]byte(text), &document); err != nil {
					t.Fatal(err)
				}
				_, err := registry.Expand("suite.yaml", document.Content[0], nil)
				if err == nil || !strings.Contains(err.Error(), "suite.yaml:2:") || !strings.Contains(err.Error(), "out of range") {
					t.Errorf("%q gives %v", text, err)
				}
			}
		}
	}
	if tried < 100 {
		t.Errorf("only %d parameters have a range", tried)
	}
}
