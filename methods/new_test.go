//go:build !playground

package methods_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/problems/constraint"
	"github.com/gdbench/gdbench/internal/problems/wrappers"
	"github.com/gdbench/gdbench/methods"
	_ "github.com/gdbench/gdbench/methods/catalogue"
	"github.com/gdbench/gdbench/problems"
	_ "github.com/gdbench/gdbench/problems/catalogue"
)

func made(t *testing.T, name string, settings map[string]any) problems.Problem {
	t.Helper()
	p, err := problems.New(name, settings)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func oracle(t *testing.T, p problems.Problem) *methods.Oracle {
	t.Helper()
	o, err := problems.NewOracle(p, problems.FactsOf(p), problems.OracleOptions{Horizon: 10})
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// moved reports whether a method leaves (1.2, 1.2, …) within three steps, and by what error
// it ends.
func moved(t *testing.T, m methods.Method, p problems.Problem) (bool, error) {
	t.Helper()
	start := make([]float64, p.Dim())
	for i := range start {
		start[i] = 1.2
	}
	at := &methods.Iterate{Point: methods.Point{X: slices.Clone(start), Grad: make([]float64, len(start))}}
	err := m.Init(oracle(t, p), at)
	for k := 0; k < 3 && err == nil; k++ {
		err = m.Step(at)
	}
	return !slices.Equal(start, at.X), err
}

// onSimplex is a problem on the simplex that the start (1, 1, 1) lies in.
func onSimplex(t *testing.T, p problems.Problem) problems.Problem {
	t.Helper()
	c := wrappers.Constrain(p, &constraint.Simplex{Radius: 3})
	if err := c.Build(problems.Env{Seed: 1}); err != nil {
		t.Fatal(err)
	}
	return c
}

// Every method, direction and step rule made without settings moves on a small problem, or
// says what the problem lacks.
func TestNewWithoutSettings(t *testing.T) {
	small := []problems.Problem{
		made(t, "quadratic", map[string]any{"dim": 3, "condition": 10}),
		made(t, "rosenbrock", nil),
		made(t, "logistic", map[string]any{"data": "two-moons", "l2": 0.1}),
		made(t, "mccormick", nil),
		made(t, "softmax", nil),
		onSimplex(t, made(t, "quadratic", map[string]any{"dim": 3, "condition": 10})),
	}
	try := func(kind, name string, newMethod func() (methods.Method, error)) {
		moves := 0
		for _, p := range small {
			m, err := newMethod()
			if err != nil {
				t.Errorf("%s %s: %v", kind, name, err)
				return
			}
			did, err := moved(t, m, p)
			var missing *problems.Missing
			switch {
			case errors.As(err, &missing) && missing.What != "":
			case err != nil && !errors.Is(err, methods.ErrStalled):
				t.Errorf("%s %s on %T: %v", kind, name, p, err)
			case did:
				moves++
			}
		}
		if moves == 0 {
			t.Errorf("%s %s moves nowhere", kind, name)
		}
	}
	for _, name := range methods.Names() {
		try("method", name, func() (methods.Method, error) { return methods.New(name, nil) })
	}
	for _, name := range param.Of[methods.Direction]().Names() {
		try("direction", name, func() (methods.Method, error) {
			d, err := methods.NewDirection(name, nil)
			if err != nil {
				return nil, err
			}
			r, err := methods.NewStep("backtracking", nil)
			return &methods.Descent{Direction: d, Rule: r}, err
		})
	}
	for _, name := range param.Of[methods.StepRule]().Names() {
		try("step rule", name, func() (methods.Method, error) {
			d, err := methods.NewDirection("gradient", nil)
			if err != nil {
				return nil, err
			}
			r, err := methods.NewStep(name, nil)
			return &methods.Descent{Direction: d, Rule: r}, err
		})
	}
}

// A method made by New takes the same steps as the one that a suite names, whether it is a
// preset, has an expression or is put together from parts.
func TestNewAgrees(t *testing.T) {
	p := made(t, "quadratic", map[string]any{"dim": 4, "condition": 7})
	for name, makers := range map[string][2]func() (methods.Method, error){
		"expression": {
			func() (methods.Method, error) { return methods.New("fixed-step", map[string]any{"lr": "1/L"}) },
			func() (methods.Method, error) { return methods.New("fixed-step", map[string]any{"lr": 1.0 / 7}) },
		},
		"parts": {
			func() (methods.Method, error) {
				return methods.New("descent", map[string]any{"direction": "lbfgs", "step": map[string]any{"name": "wolfe", "c2": 0.5}})
			},
			func() (methods.Method, error) {
				return methods.New("descent", map[string]any{"direction": "{name: lbfgs}", "step": "{name: wolfe, c2: 0.5}"})
			},
		},
	} {
		var ends [2][]float64
		for i, maker := range makers {
			m, err := maker()
			if err != nil {
				t.Fatal(name, err)
			}
			at := &methods.Iterate{Point: methods.Point{X: []float64{1, 2, 3, 4}, Grad: make([]float64, 4)}}
			if err := m.Init(oracle(t, p), at); err != nil {
				t.Fatal(name, err)
			}
			for range 3 {
				if err := m.Step(at); err != nil {
					t.Fatal(name, err)
				}
			}
			ends[i] = at.X
		}
		if !slices.Equal(ends[0], ends[1]) || ends[0][0] == 1 {
			t.Errorf("%s: %v and %v", name, ends[0], ends[1])
		}
	}
}

func TestNewRefuses(t *testing.T) {
	for _, c := range []struct {
		name     string
		settings map[string]any
		want     string
	}{
		{"adm", nil, `unknown method "adm"; did you mean "adam"?`},
		{"adam", map[string]any{"lr": -1}, `method adam: lr: -1 is out of range; expected a number > 0`},
		{"descent", map[string]any{"step": map[string]any{"name": "wolf"}}, `method descent: step: unknown step rule "wolf"; did you mean "wolfe"?`},
	} {
		if _, err := methods.New(c.name, c.settings); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %s", c.name, err, c.want)
		}
	}
	if _, err := methods.NewStep("wolf", nil); err == nil {
		t.Error("no error for an unknown step rule")
	}
	if _, err := methods.NewDirection("gradent", nil); err == nil {
		t.Error("no error for an unknown direction")
	}
}

// An expression in a constant that the problem does not have is Missing, in Init and in
// Resolve.
func TestUnknownConstant(t *testing.T) {
	p := made(t, "rosenbrock", nil)
	m, err := methods.New("adam", map[string]any{"lr": "1/L"})
	if err != nil {
		t.Fatal(err)
	}
	var missing *problems.Missing
	if err := methods.Resolve(m, problems.FactsOf(p)); !errors.As(err, &missing) {
		t.Errorf("Resolve gives %v", err)
	}
	if _, err := moved(t, m, p); !errors.As(err, &missing) {
		t.Errorf("Init gives %v", err)
	}
}

// A Descent made as a literal says what it lacks, and Defaults give it that.
func TestDefaultsOfDescent(t *testing.T) {
	p := made(t, "quadratic", nil)
	m := &methods.Descent{}
	if _, err := moved(t, m, p); err == nil || !strings.Contains(err.Error(), "needs both a Direction and a Rule") {
		t.Errorf("an empty Descent gives %v", err)
	}
	if err := methods.Defaults(m); err != nil {
		t.Fatal(err)
	}
	if did, err := moved(t, m, p); err != nil || !did {
		t.Errorf("with its defaults: moved %t, %v", did, err)
	}
}
