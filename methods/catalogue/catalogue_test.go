package catalogue_test

import (
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/methods"
	_ "github.com/gdbench/gdbench/methods/catalogue"
)

// names are those that users are promised, by registry.
var names = []struct {
	registry *param.Registry
	names    string
}{
	{methods.DirectionRegistry, `gradient steepest coordinate newton newton-cg gauss-newton levenberg-marquardt
		conjugate-gradient bfgs lbfgs dfp sr1`},
	{methods.StepRegistry, `fixed diminishing step-decay cosine warmup cyclic silver exact backtracking nonmonotone
		goldstein wolfe strong-wolfe golden-section polyak barzilai-borwein adagrad-norm lipschitz-backtracking`},
	{methods.Registry, `descent steepest heavy-ball nesterov optimized-gradient triple-momentum linear-cg trust-region
		cubic-newton clipped-gradient gradient-noise sign-momentum rmsprop adagrad adadelta adam adamw amsgrad adamax
		nadam rprop proximal-gradient fista svrg sag saga schedule-free dog stochastic-line-search stochastic-polyak
		gonum-gradient-descent gonum-bfgs gonum-lbfgs gonum-cg gonum-newton`},
}

func TestNames(t *testing.T) {
	for _, r := range names {
		for _, name := range strings.Fields(r.names) {
			if !r.registry.Has(name) {
				t.Errorf("no %s is called %s", r.registry.Kind, name)
			}
		}
	}
}

// choices are the variants that users are promised, by the parameter that chooses them.
var choices = []struct {
	registry                *param.Registry
	name, parameter, values string
}{
	{methods.DirectionRegistry, "steepest", "norm", "l1 l2 linf quadratic"},
	{methods.DirectionRegistry, "coordinate", "order", "cyclic random lipschitz"},
	{methods.DirectionRegistry, "newton", "indefinite", "none modified shift saddle-free"},
	{methods.DirectionRegistry, "conjugate-gradient", "beta", "fr pr+ hs dy hz"},
	{methods.StepRegistry, "polyak", "minimum", "known estimated"},
	{methods.StepRegistry, "barzilai-borwein", "variant", "long short alternating stabilized"},
	{methods.Registry, "nesterov", "restart", "never function gradient"},
	{methods.Registry, "trust-region", "subproblem", "steihaug dogleg"},
}

func TestChoices(t *testing.T) {
	for _, c := range choices {
		e, err := c.registry.Lookup(c.name)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range e.Fields() {
			if f.Name == c.parameter {
				if got := strings.Join(f.OneOf, " "); got != c.values {
					t.Errorf("%s: %s may be %q; expected %q", c.name, c.parameter, got, c.values)
				}
				c.parameter = ""
			}
		}
		if c.parameter != "" {
			t.Errorf("%s has no parameter %s", c.name, c.parameter)
		}
	}
}
