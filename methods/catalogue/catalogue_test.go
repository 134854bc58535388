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
	{param.Of[methods.Direction](), `gradient steepest coordinate newton newton-cg gauss-newton levenberg-marquardt
		conjugate-gradient bfgs lbfgs dfp sr1`},
	{param.Of[methods.StepRule](), `fixed diminishing step-decay cosine warmup cyclic silver dynamic optimized long-steps exact backtracking nonmonotone
		goldstein wolfe strong-wolfe golden-section polyak barzilai-borwein adagrad-norm lipschitz-backtracking adgd alig`},
	{param.Of[methods.Method](), `descent steepest heavy-ball nesterov optimized-gradient triple-momentum linear-cg trust-region
		cubic-newton clipped-gradient gradient-noise sign-momentum rmsprop adagrad adadelta adam adamw amsgrad adamax
		nadam rprop proximal-gradient fista svrg sag saga schedule-free dog stochastic-line-search stochastic-polyak
		gonum-gradient-descent gonum-bfgs gonum-lbfgs gonum-cg gonum-newton gonum-nelder-mead gonum-cma-es cma-es ademamix radam signum prodigy
		sophia schedule-free-adamw ogm-g item sarah page l-svrg katyusha adaptive-cubic muon shampoo soap projected-gradient frank-wolfe mirror-descent lbfgsb`},
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
	{param.Of[methods.Direction](), "steepest", "norm", "l1 l2 linf quadratic spectral"},
	{param.Of[methods.Direction](), "coordinate", "order", "cyclic random lipschitz"},
	{param.Of[methods.Direction](), "newton", "indefinite", "none modified shift saddle-free"},
	{param.Of[methods.Direction](), "conjugate-gradient", "beta", "fr pr+ hs dy hz"},
	{param.Of[methods.StepRule](), "polyak", "minimum", "known estimated"},
	{param.Of[methods.StepRule](), "barzilai-borwein", "variant", "long short alternating stabilized"},
	{param.Of[methods.Method](), "nesterov", "restart", "never function gradient adaptive"},
	{param.Of[methods.Method](), "trust-region", "subproblem", "steihaug dogleg"},
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
