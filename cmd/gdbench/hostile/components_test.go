//go:build unix

package hostile

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/gdbench/gdbench/internal/methods/wrap"
	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/problems/constraint"
	"github.com/gdbench/gdbench/internal/problems/data"
	"github.com/gdbench/gdbench/methods"
	_ "github.com/gdbench/gdbench/methods/catalogue"
	"github.com/gdbench/gdbench/problems"
	_ "github.com/gdbench/gdbench/problems/catalogue"
)

// smallLimits leave room for vectors, so that memory that is not bounded by a limit is seen.
var smallLimits = []string{"GDBENCH_LIMITS=dense=10000000,variables=1000000,data=10000000,trace=1000000"}

// registries are those of components that a suite may write.
func registries() []*param.Registry {
	return []*param.Registry{param.Of[problems.Problem](), param.Of[methods.Method](), param.Of[methods.Direction](), param.Of[methods.StepRule](),
		param.Of[problems.StartRule](), constraint.Registry, data.Registry, wrap.Registry, wrap.ScheduleRegistry}
}

// settings are wild values of some parameters of a component, and of all that it requires.
func (w *words) settings(e *param.Entry, depth int) []string {
	var out []string
	for _, f := range e.Fields() {
		if f.Required || w.IntN(3) == 0 {
			out = append(out, f.Name+": "+w.parameter(f, depth))
		}
	}
	return out
}

// component is a component of a kind with wild parameters; now and then it is one of another kind, such as
// a preset in the place of a part.
func (w *words) component(r *param.Registry, depth int) string {
	if w.IntN(16) == 0 {
		r = of(w, registries()...)
	}
	name := of(w, r.Names()...)
	e, err := r.Lookup(name)
	if err != nil || depth == 0 {
		return name
	}
	return "{" + strings.Join(append([]string{"name: " + name}, w.settings(e, depth-1)...), ", ") + "}"
}

// parameter is a value of the type that a parameter has, often far too large or too long.
func (w *words) parameter(f *param.Field, depth int) string {
	if w.IntN(40) == 0 {
		return of(w, scalars...)
	}
	return w.nested(f, f.Depth(), depth)
}

func (w *words) nested(f *param.Field, lists, depth int) string {
	if lists == 0 {
		return w.element(f, depth)
	}
	parts := make([]string, of(w, 0, 1, 1, 2, 3, 50))
	for i := range parts {
		parts[i] = w.nested(f, lists-1, depth)
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

func (w *words) element(f *param.Field, depth int) string {
	switch kind := f.Element().Kind(); {
	case f.Registry() != nil:
		return w.component(f.Registry(), depth)
	case len(f.OneOf) > 0:
		return of(w, f.OneOf...)
	case kind == reflect.Int, kind == reflect.Int64, kind == reflect.Uint64:
		return w.size()
	case kind == reflect.Bool:
		return of(w, "true", "false")
	}
	if w.IntN(8) > 0 {
		return of(w, "0.5", "0.1", "1", "2", "1e-3")
	}
	return of(w, "0", "-1", "1e9", "1e-300", "1e300", "-1e300", ".nan", ".inf", "none", "1/L")
}

// size is a number of variables, samples or whatever else a parameter counts.
func (w *words) size() string {
	if w.IntN(8) > 0 {
		return of(w, "1", "2", "3", "10", "300", "3163", "20_000", "1e5", "999999", "1000000")
	}
	return of(w, "0", "-1", "1000001", "10000000", "100000000", "1000000000", "2147483648", "4294967296", "3037000500", "9223372036854775807")
}

// keys are what the entry of a problem may have beside its parameters.
func (w *words) keys() string {
	var out strings.Builder
	if w.IntN(3) == 0 {
		out.WriteString(", constraint: " + w.constraint())
	}
	if w.IntN(4) == 0 {
		out.WriteString(of(w, ", instances: "+w.size(), ", held-out: true", ", mode: noise, dose: "+of(w, scalars...)+", base: bowl", ", dose: 0.1", ", base: bowl",
			", mode: rotation, dose: "+w.size()+", base: 'b, c'", ", split: 0.2", ", start: "+w.component(param.Of[problems.StartRule](), 1)))
	}
	return out.String()
}

// ways are what the entry of a method may have beside its parameters.
func (w *words) ways() string {
	switch w.IntN(8) {
	case 0:
		return ", schedule: " + w.component(wrap.ScheduleRegistry, 1)
	case 1:
		return ", wrap: [" + w.component(wrap.Registry, 1) + "]"
	case 2:
		return of(w, ", batch: "+w.size(), ", multistart: true", ", sampling: replace", ", on: [bowl, nowhere]")
	}
	return ""
}

// constraint is a set that is often empty, or of another dimension.
func (w *words) constraint() string {
	bound := func() string {
		if w.IntN(2) == 0 {
			return of(w, "1", "2", "0.5")
		}
		return of(w, "0", "-1", "none", "1e-300", "1e300", "-1e308", ".inf", "-.inf", ".nan", "[1]", "[0, none]", "[none, none]", "[[1, 2]]", "[1, 2, 3]", "[]", w.size())
	}
	switch w.IntN(6) {
	case 0, 1:
		return fmt.Sprintf("{box: {lower: %s, upper: %s}}", bound(), bound())
	case 2:
		return fmt.Sprintf("{ball: {radius: %s, norm: %s}}", bound(), of(w, "l1", "l2", "linf", "2"))
	case 3:
		return fmt.Sprintf("{simplex: {radius: %s}}", bound())
	case 4:
		return fmt.Sprintf("[simplex, nonnegative, {box: {lower: %s}}, %s]", bound(), of(w, scalars...))
	}
	return w.component(constraint.Registry, 1)
}

// stops are what ends runs, and what is recorded of them.
func (w *words) stops() string {
	number := func() string {
		return of(w, "1e-6", "0.5", "0", "-1", "1", "2", "1e300", ".nan", "1e-400", "[1e-2, 1e-4]", w.size())
	}
	var out strings.Builder
	if w.IntN(2) == 0 {
		out.WriteString(of(w, "stop: {duality-gap: "+number()+"}", "stop: {duality-gap-absolute: "+number()+", gap: "+number()+"}", "diagnostics: [duality gap, sharpness]",
			"targets: {duality gap: "+number()+"}", "targets: {log: [1, 1e-8, "+w.size()+"]}", "trace: {points: "+w.size()+"}", "trace: {every: "+w.size()+", path: true}",
			"repeats: "+w.size(), "jitter: "+w.size(), "tune: default", "tune: "+w.tuning()) + "\n")
	}
	return out.String()
}

func (w *words) tuning() string {
	end := func() string { return of(w, "1e-3", "1", "0", "-1", "1e300", "1/L", "10/mu", ".nan", w.size()) }
	draw := fmt.Sprintf("{%s: [%s, %s]}", of(w, "uniform", "loguniform", "oneminus-log", "integer", "choice", "normal"), end(), end())
	return fmt.Sprintf("{trials: %s, studies: %s, scope: %s, sampler: %s, space: {%s: %s}}", of(w, "3", w.size()), of(w, "2", w.size()),
		of(w, "problem", "suite", "leave-one-out", "all"), of(w, "halton", "random", "grid"), of(w, "fixed-step", "adam", "sgd", "nowhere", "'*'"),
		of(w, "default", "{lr: "+draw+"}", "{lr: "+draw+", momentum: {uniform: [0, 1], when: {lr: [1]}}}", "{step.t: "+draw+"}", "{batch: "+draw+"}"))
}

// componentAttack gives a component of the catalogues wild parameters, through every command that makes one.
func componentAttack(w *words) attack {
	a := attack{long: true, env: smallLimits}
	problem, method := of(w, param.Of[problems.Problem]().Names()...), of(w, param.Of[methods.Method]().Names()...)
	set := func(r *param.Registry, name, prefix string) {
		e, err := r.Lookup(name)
		if err != nil {
			panic(err)
		}
		for _, s := range w.settings(e, 2) {
			key, value, _ := strings.Cut(s, ": ")
			a.args = append(a.args, "--set", prefix+key+"="+value)
		}
	}
	switch w.IntN(8) {
	case 0:
		a.args = []string{"eval", problem}
		if w.IntN(2) == 0 {
			a.args = append(a.args, "--json")
		}
		set(param.Of[problems.Problem](), problem, "")
	case 1:
		a.args = []string{"show", "problem", problem}
		set(param.Of[problems.Problem](), problem, "")
	case 2, 3:
		a.args = []string{"try", of(w, problem, "quadratic", "rosenbrock"), "--method", method, "--set", "budget.iterations=20"}
		set(param.Of[methods.Method](), method, "method.")
	case 4:
		a.args = []string{"try", problem, "--set", "budget.iterations=20"}
		set(param.Of[problems.Problem](), problem, "problem.")
		if w.IntN(2) == 0 {
			a.args = append(a.args, "--set", "constraint="+w.constraint())
		}
	default:
		a.suite = true
		a.files = map[string]string{"suite.yaml": w.composed()}
		a.args = of(w, []string{"run", "suite.yaml", "--dry-run"}, []string{"run", "suite.yaml", "--out", "out"}, []string{"show", "suite.yaml"}, []string{"power", "suite.yaml", "--pilot", "2"})
	}
	return a
}

// composed is a suite of components with wild parameters.
func (w *words) composed() string {
	entries := func(r *param.Registry, keys func() string, others ...string) string {
		for range w.IntN(2) {
			c := w.component(r, 2)
			if inner, ok := strings.CutSuffix(c, "}"); ok {
				c = inner + keys() + "}"
			}
			others = append(others, c)
		}
		return "[" + strings.Join(others, ", ") + "]"
	}
	return "suite: composed\nbudget: {iterations: 20}\n" + w.stops() +
		"problems: " + entries(param.Of[problems.Problem](), w.keys, "{name: quadratic, label: bowl}") + "\n" +
		"methods: " + entries(param.Of[methods.Method](), w.ways, "fixed-step") + "\n"
}
