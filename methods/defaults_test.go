package methods_test

import (
	"testing"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/methods"
)

// The defaults of directions and step rules, by hand from their sources: Boyd &
// Vandenberghe for backtracking, Nocedal & Wright for c1 and c2 and for the skip of SR1,
// Grippo, Lampariello & Lucidi for their memory, PyTorch for its schedulers' names.
func TestDefaults(t *testing.T) {
	guess := map[string]string{"initial": "1", "guess": "initial"}
	with := func(own map[string]string) map[string]string {
		for k, v := range guess {
			own[k] = v
		}
		return own
	}
	directions := map[string]map[string]string{
		"gradient":            {},
		"steepest":            {"norm": "l2", "normalized": "false", "matrix": "diagonal", "weights": ""},
		"coordinate":          {"order": "cyclic", "scaled": "false"},
		"newton":              {"indefinite": "none", "floor": "1e-10"},
		"newton-cg":           {"forcing": "0.5", "inner": "0"},
		"gauss-newton":        {},
		"levenberg-marquardt": {"damping": "1e-3", "scaling": "identity"},
		"conjugate-gradient":  {"beta": "pr+", "restart": "none", "period": "0"},
		"bfgs":                {"scale": "true"},
		"dfp":                 {"scale": "true"},
		"sr1":                 {"skip": "1e-8"},
		"lbfgs":               {"memory": "10"},
	}
	rules := map[string]map[string]string{
		"fixed":                  {"t": "1"},
		"diminishing":            {"c": "1", "p": "0.5"},
		"step-decay":             {"t": "1", "factor": "0.5", "every": "100"},
		"cosine":                 {"t": "1", "minimum": "0", "period": "0", "growth": "1"},
		"warmup":                 {"steps": "10", "factor": "0.1", "then": "fixed"},
		"cyclic":                 {"t": "1", "minimum": "0.1", "half": "100"},
		"dynamic":                {"t": "1/L"},
		"optimized":              {"t": "1/L", "goal": "value", "steps": "0"},
		"silver":                 {"t": "1/L"},
		"long-steps":             {"t": "1/L", "pattern": "7"},
		"exact":                  {"tolerance": "1e-10"},
		"backtracking":           with(map[string]string{"alpha": "0.3", "beta": "0.8"}),
		"nonmonotone":            with(map[string]string{"memory": "10", "alpha": "1e-4", "beta": "0.5"}),
		"goldstein":              with(map[string]string{"c": "0.25"}),
		"wolfe":                  with(map[string]string{"c1": "1e-4", "c2": "0.9"}),
		"strong-wolfe":           with(map[string]string{"c1": "1e-4", "c2": "0.9"}),
		"golden-section":         with(map[string]string{"tolerance": "1e-6"}),
		"polyak":                 {"factor": "1", "minimum": "known", "delta": "1", "bound": "0", "longest": "0"},
		"barzilai-borwein":       {"variant": "long", "first": "1e-3", "radius": "1"},
		"adgd":                   {"first": "1e-10"},
		"alig":                   {"bound": "0", "longest": "1", "eps": "1e-5"},
		"adagrad-norm":           {"eta": "1", "b0": "0.01"},
		"lipschitz-backtracking": {"L": "1", "increase": "2", "decrease": "0.5"},
	}
	for _, c := range []struct {
		registry *param.Registry
		want     map[string]map[string]string
	}{{param.Of[methods.Direction](), directions}, {param.Of[methods.StepRule](), rules}} {
		for _, name := range shipped(c.registry) {
			e, err := c.registry.Lookup(name)
			if err != nil {
				t.Fatal(err)
			}
			want, ok := c.want[name]
			if !ok || len(e.Fields()) != len(want) {
				t.Errorf("%s has %d parameters; the table has %d", name, len(e.Fields()), len(want))
			}
			for _, f := range e.Fields() {
				if f.Default != want[f.Name] {
					t.Errorf("%s: the default of %s is %q; expected %q", name, f.Name, f.Default, want[f.Name])
				}
			}
		}
		if len(shipped(c.registry)) != len(c.want) {
			t.Errorf("%d names are registered; the table has %d", len(shipped(c.registry)), len(c.want))
		}
	}
}
