// Package demands finds out what a method costs per iteration, by running it and counting:
// what is counted cannot fall out of step with the code, as a remark beside each method
// would.
package demands

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/gdbench/gdbench/internal/counts"
	"github.com/gdbench/gdbench/internal/methods/traits"
	"github.com/gdbench/gdbench/internal/methods/wrap"
	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

// Subject is a problem to try methods on. It should offer a lot: Hessian, samples,
// constants, a minimum.
type Subject struct {
	Name    string
	Problem problems.Problem
	Facts   *problems.Facts
}

// Demands is what a component asks for with its default parameters. A direction is tried
// with a fixed step, a step rule along −∇f, a wrapper or schedule around a method with fixed steps.
type Demands struct {
	Requires []string // facts without which it does not run: L, mu, f*, horizon; sorted
	Needs    []string // what else a problem must have: "a bounded constraint"
	Cost     string   // of an iteration: "2.5 values, 1 gradient"
	On       string   // the subject on which the cost was counted
	Memory   string   // numbers that it keeps beside iterate and gradient: "2n numbers for n variables"

	Batches   bool   // it accepts mini-batches
	ScaleFree string // in which units iterates stay the same, and with which settings; of no wrapper or schedule

	// Of a wrapper or schedule: the method that it was tried around, and what that costs and keeps alone.
	Around, AloneCost, AloneMemory string
}

// most is the number of iterations that are counted. It is that large since some do rarely what costs
// much, such as the gradient of all samples at a snapshot of SVRG: their mean has many of these. It is one
// more than a round number, since the first is not counted.
const most = 10_001

// horizon is the iteration budget that a trial announces.
const horizon = 100

// Of tries a method, direction, step rule, wrapper or schedule on the first subject that has what it needs and on which it
// takes more than one step, since the first asks for what later ones inherit; or else on the first that has what it
// needs. The sized subjects have the Sizes; on them its memory is counted.
func Of(e *param.Entry, subjects, sized []Subject) (Demands, error) {
	var refused []error
	var first *Demands
	for _, s := range subjects {
		t := trial{text: alone(e), problem: s.Problem, facts: *s.Facts, horizon: horizon, outer: outer(e)}
		ran, err := t.run()
		if err != nil {
			refused = append(refused, fmt.Errorf("%s: %w", s.Name, err))
			continue
		}
		if first != nil && ran.iterations < 2 {
			continue
		}
		d, err := t.demands(e, ran, s.Name, sized)
		if err != nil || ran.iterations > 1 {
			return d, err
		}
		first = &d
	}
	if first != nil {
		return *first, nil
	}
	return Demands{}, fmt.Errorf("%s %s runs on no subject: %w", e.Kind, e.Name, errors.Join(refused...))
}

// demands are what a component asks for that ran on a subject.
func (t trial) demands(e *param.Entry, ran ran, on string, sized []Subject) (Demands, error) {
	if t.outer != nil {
		return t.around(ran, on, sized)
	}
	batched := t
	batched.batch, batched.short = 2, true
	_, err := batched.run()
	return Demands{
		Requires: ran.requires, Needs: t.needs(e), Cost: ran.cost, On: on, Memory: t.memory(sized), Batches: err == nil, ScaleFree: scaleFree(e, t.part(e)),
	}, nil
}

// alone is the text of a component with its defaults, within a descent where it is a part
// of one.
func alone(e *param.Entry) string {
	switch e.Kind {
	case param.Of[methods.Direction]().Kind:
		return "{name: descent, direction: " + e.Name + ", step: 1e-3}"
	case param.Of[methods.StepRule]().Kind:
		return "{name: descent, step: " + e.Name + "}"
	case wrap.Registry.Kind, wrap.ScheduleRegistry.Kind:
		return bare
	}
	return "{name: " + e.Name + "}"
}

// trial is a short run of a method with some of a problem's facts.
type trial struct {
	text    string
	problem problems.Problem
	facts   problems.Facts
	horizon int
	batch   int          // 0: all samples
	outer   *param.Entry // the wrapper or schedule around the method; nil: none
	watch   *problems.Watch
	short   bool // whether it runs matters, not what it costs
}

// ran is what a trial has shown.
type ran struct {
	cost       string   // the mean of an iteration
	requires   []string // facts
	iterations int
}

// run makes up to `most` iterations from the origin, and fewer where x is nearly stationary. The
// cost is without the first of them where there are more. What an iteration has asked for that
// was not completed, since the method stalled in it, is not counted.
func (t trial) run() (ran, error) {
	t.watch = new(problems.Watch)
	component, o, at, err := t.begin()
	if err != nil {
		return ran{}, err
	}
	method, requires := methods.Unwrap(component), traits.Requires(component, o)
	_, confined := problems.As[problems.Constrained](t.problem)
	if f, ok := method.(methods.Feasible); confined != (ok && f.Feasible()) {
		return ran{}, errors.New("is for constraints, or knows none")
	}
	still := t.stillness(at.X)
	defer traits.Release(method)
	if err := method.Init(o, at); err != nil {
		return ran{}, err
	}
	begun, first, last, done := *o.Counts(), problems.Counts{}, problems.Counts{}, 0
	for limit := t.limit(); done < limit && !(looks(done) && still(at.X)); {
		if err := method.Step(at); errors.Is(err, methods.ErrStalled) && done > 0 {
			break
		} else if err != nil {
			return ran{}, err
		}
		t.watch.Free(t.problem, &at.Point) // as the observer of a run does, which can spare a method a value
		done++
		if last = *o.Counts(); done == 1 {
			first = last
		}
	}
	if done == 1 {
		return ran{t.cost(begun, last, 1), requires, done}, nil
	}
	return ran{t.cost(first, last, float64(done-1)), requires, done}, nil
}

func (t trial) limit() int {
	if t.short {
		return 10
	}
	return most
}

// looks reports whether it is asked after so many iterations if x is stationary: often at first,
// where fast methods end, and later where a round number of iterations is counted.
func looks(done int) bool { return done > 0 && (done < 100 || done%100 == 1) }

// stillness returns whether x is nearly stationary: ∇f, or where there is a constraint or another
// nonsmooth part the step of a proximal gradient, is a millionth of what it is at the start.
func (t trial) stillness(start []float64) func(x []float64) bool {
	g, to := make([]float64, len(start)), make([]float64, len(start))
	length := 1.0
	if l, err := t.facts.Global(problems.SmoothnessL); err == nil {
		length = 1 / l
	}
	composite, _ := problems.As[problems.Composite](t.problem)
	move := func(x []float64) float64 {
		t.problem.Evaluate(x, g)
		if composite == nil {
			return vec.Norm(g)
		}
		vec.AddScaled(to, x, -length, g)
		composite.Prox(to, to, length)
		vec.AddScaled(to, to, -1, x)
		return vec.Norm(to)
	}
	small := 1e-6 * move(start)
	return func(x []float64) bool { return move(x) <= small }
}

// begin builds the method, before its Init at the origin.
func (t trial) begin() (component any, o *problems.Oracle, at *methods.Iterate, err error) {
	if component, err = t.component(); err != nil {
		return nil, nil, nil, err
	}
	o, err = problems.NewOracle(t.problem, &t.facts, problems.OracleOptions{Horizon: t.horizon, Batch: t.batch, Watch: t.watch})
	n := t.problem.Dim()
	x := make([]float64, n)
	if err == nil {
		o.Project(x, x)
		*o.Counts() = problems.Counts{}
	}
	return component, o, &methods.Iterate{Point: methods.Point{X: x, Grad: make([]float64, n)}}, err
}

// component builds the method, or the preset that is short for it, from its text.
func (t trial) component() (any, error) {
	var document yaml.Node
	if err := yaml.Unmarshal([]byte(t.text), &document); err != nil {
		return nil, err
	}
	spec, err := param.Of[methods.Method]().Only(param.Source(t.text), document.Content[0], nil)
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
	if component, err = t.wrapped(component); err != nil {
		return nil, err
	}
	_, composite := problems.As[problems.Composite](t.problem)
	if _, confined := problems.As[problems.Constrained](t.problem); !confined {
		switch p, ok := methods.Unwrap(component).(methods.Proximal); {
		case ok && p.Proximal() && !composite:
			return nil, errors.New("is for composite objectives")
		case composite && !(ok && p.Proximal()):
			return nil, errors.New("is for smooth objectives")
		}
	}
	return component, nil
}

// part is the component of an entry itself, with its defaults and without a descent around it;
// nil where its parameters do not resolve.
func (t trial) part(e *param.Entry) any {
	if e.Kind == param.Of[methods.Method]().Kind {
		component, _ := t.component() // it has just run
		return component
	}
	component := e.Prototype()
	if param.SetDefaults(component) != nil || param.Resolve(component, t.facts.Global) != nil {
		return nil
	}
	return component
}

// needs are what an entry needs of a problem besides facts.
func (t trial) needs(e *param.Entry) (out []string) {
	part, of := t.part(e), traits.PartsNeed
	if e.Kind == param.Of[methods.Method]().Kind {
		of = traits.Needs
	}
	for _, n := range of(part) {
		out = append(out, n.What)
	}
	return out
}

// cost describes the mean cost of an iteration.
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
	asked := counts.Difference(after, before)
	for count, total := range asked.Each {
		if count.Asked() {
			add(*total, count.Noun(1), count.Noun(2))
		}
	}
	if sum, ok := problems.As[problems.FiniteSum](t.problem); ok {
		if asked.Samples < asked.Evaluations*int64(sum.Samples()) {
			all := fmt.Sprintf(" in all (the data has %d)", sum.Samples())
			add(asked.Samples, "sample"+all, "samples"+all)
		}
	}
	return strings.Join(parts, ", ")
}
