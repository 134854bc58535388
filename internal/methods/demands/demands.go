// Package demands finds out what a method costs an iteration, and what it must be told of
// a problem, by trying it: the cost is counted, and a fact is needed where a run without
// it is refused. What is found so cannot fall out of step with the code, as a remark
// beside each method would.
package demands

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

// Subject is a problem to try methods on. It should offer much: Hessian, samples,
// constants, a minimum.
type Subject struct {
	Name    string
	Problem problems.Problem
	Facts   *problems.Facts
}

// Demands is what a component asks for with its default parameters; of a direction that
// of the descent with a fixed step, of a step rule that of the descent along −∇f.
type Demands struct {
	Told []string // facts without which it does not run: L, mu, f*, horizon; sorted
	Cost string   // of an iteration: "1 gradient, 2.5 values"
	On   string   // the subject on which the cost was counted

	Batches bool // it takes mini-batches
}

// most is the number of iterations that are counted.
const most = 10

// horizon is the iteration budget that a trial announces.
const horizon = 100

// Of tries a method, direction or step rule on the first subject that has what it needs.
func Of(e *param.Entry, subjects []Subject) (Demands, error) {
	var refused []error
	for _, s := range subjects {
		t := trial{text: alone(e), problem: s.Problem, facts: *s.Facts, horizon: horizon}
		counts, err := t.run()
		if err != nil {
			refused = append(refused, fmt.Errorf("%s: %w", s.Name, err))
			continue
		}
		batched := t
		batched.batch = 2
		_, err = batched.run()
		return Demands{Told: t.told(), Cost: counts, On: s.Name, Batches: err == nil}, nil
	}
	return Demands{}, fmt.Errorf("%s %s runs on no subject: %w", e.Kind, e.Name, errors.Join(refused...))
}

// Told is what a method with its settings, as a suite would write them in YAML or JSON,
// must be told. Constants behind numbers that the text has resolved are not among it.
func Told(text string, subjects []Subject) ([]string, error) {
	var refused []error
	for _, s := range subjects {
		t := trial{text: text, problem: s.Problem, facts: *s.Facts, horizon: horizon}
		if _, err := t.run(); err != nil {
			refused = append(refused, fmt.Errorf("%s: %w", s.Name, err))
			continue
		}
		return t.told(), nil
	}
	return nil, fmt.Errorf("%s runs on no subject: %w", text, errors.Join(refused...))
}

// alone is the text of a component with its defaults, within a descent where it is a part
// of one.
func alone(e *param.Entry) string {
	switch e.Kind {
	case methods.DirectionRegistry.Kind:
		return "{name: descent, direction: " + e.Name + ", step: 1e-3}"
	case methods.StepRegistry.Kind:
		return "{name: descent, step: " + e.Name + "}"
	}
	return "{name: " + e.Name + "}"
}

// trial is a short run of a method with some of a problem's facts.
type trial struct {
	text    string
	problem problems.Problem
	facts   problems.Facts
	horizon int
	batch   int // 0: all samples
}

// told withholds each fact in turn.
func (t trial) told() []string {
	var out []string
	try := func(name string, without trial) {
		if _, err := without.run(); err != nil {
			out = append(out, name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(t.facts.Constants)) {
		without := t
		without.facts.Constants = maps.Clone(t.facts.Constants)
		delete(without.facts.Constants, name)
		try(name, without)
	}
	without := t
	without.facts.Minimum = nil
	try("f*", without)
	without = t
	without.horizon = 0
	try("horizon", without)
	slices.Sort(out)
	return out
}

// run makes up to `most` iterations from the origin, and fewer where the gradient has all
// but vanished; its answer is the mean cost of one.
func (t trial) run() (string, error) {
	method, err := t.method()
	if err != nil {
		return "", err
	}
	o, err := problems.NewOracle(t.problem, &t.facts, problems.OracleOptions{Horizon: t.horizon, Batch: t.batch})
	if err != nil {
		return "", err
	}
	n := t.problem.Dim()
	at := &methods.Iterate{Point: methods.Point{X: make([]float64, n), Grad: make([]float64, n)}}
	g := make([]float64, n)
	t.problem.Evaluate(at.X, g)
	small := 1e-6 * vec.Norm(g)
	if err := method.Init(o, at); err != nil {
		return "", err
	}
	before, done := *o.Counts(), 0
	for done < most && (done == 0 || vec.Norm(g) > small) {
		if err := method.Step(at); errors.Is(err, methods.ErrStalled) && done > 0 {
			break
		} else if err != nil {
			return "", err
		}
		done++
		t.problem.Evaluate(at.X, g)
	}
	return t.cost(before, *o.Counts(), float64(done)), nil
}

// method builds the method from its text.
func (t trial) method() (methods.Method, error) {
	var document yaml.Node
	if err := yaml.Unmarshal([]byte(t.text), &document); err != nil {
		return nil, err
	}
	spec, err := methods.Registry.Only(param.Source(t.text), document.Content[0], nil)
	if err != nil {
		return nil, err
	}
	component, err := spec.New()
	if err != nil {
		return nil, err
	}
	if err := param.Resolve(component, t.facts.Global); err != nil {
		return nil, err
	}
	if p, ok := component.(methods.Proximal); ok && p.Proximal() {
		if _, composite := problems.As[problems.Composite](t.problem); !composite {
			return nil, errors.New("is for composite objectives")
		}
	}
	return methods.Unwrap(component), nil
}

// cost words the mean cost of an iteration.
func (t trial) cost(before, after problems.Counts, iterations float64) string {
	var parts []string
	add := func(total int64, one, more string) {
		switch mean := float64(total) / iterations; {
		case mean == 1:
			parts = append(parts, "1 "+one)
		case mean > 0:
			parts = append(parts, strconv.FormatFloat(mean, 'g', 3, 64)+" "+more)
		}
	}
	evaluations := after.Evaluations - before.Evaluations
	add(after.Gradients-before.Gradients, "gradient", "gradients")
	add(after.Values-before.Values, "value", "values")
	add(after.Hessians-before.Hessians, "Hessian", "Hessians")
	add(after.HessianProducts-before.HessianProducts, "Hessian product", "Hessian products")
	add(after.Prox-before.Prox, "prox", "proxes")
	if sum, ok := problems.As[problems.FiniteSum](t.problem); ok {
		if samples := after.Samples - before.Samples; samples < evaluations*int64(sum.Samples()) {
			add(samples, "sample in all", fmt.Sprintf("samples of %d in all", sum.Samples()))
		}
	}
	return strings.Join(parts, ", ")
}
