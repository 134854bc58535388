package results

import (
	"maps"
	"slices"
)

// AppendLine appends the record to b as its sealed line of runs.jsonl, the end of line
// included. It is what json.Encoder would write, but allocates nothing: writing is what a
// short run costs most.
func (r *Record) AppendLine(b []byte) ([]byte, error) {
	e := encoder{b: b}
	e.record(r)
	if e.err != nil {
		return nil, e.err
	}
	return append(seal(e.b, len(b)), '\n'), nil
}

// The names of the keys below are those of the tags in record.go, and in their order; a
// test compares the two.

func (e *encoder) record(r *Record) {
	e.open()
	e.text("id", r.ID)
	e.text("definition", r.Definition)
	e.text("conditions", r.Conditions)
	e.key("problem")
	e.component(&r.Problem)
	e.key("method")
	e.component(&r.Method)
	e.key("written")
	e.open()
	e.texts("problem", r.Written.Problem)
	e.texts("method", r.Written.Method)
	e.close()
	e.key("labels")
	e.open()
	e.text("problem", r.Labels.Problem)
	e.text("method", r.Labels.Method)
	e.close()
	e.known(r)
	e.int("repeat", int64(r.Repeat))
	e.bool("deterministic", r.Deterministic)
	e.text("status", string(r.Status))
	e.text("message", r.Message)
	e.int("iterations", int64(r.Iterations))
	e.minimum(r.Minimum)
	e.counts(&r.Counts)
	if r.Samples != 0 {
		e.int("dataset_samples", int64(r.Samples))
	}
	e.start(r.Start)
	e.final(r.Final)
	e.best(r.Best)
	e.targets(r.Targets)
	e.trace(r.Trace)
	e.theorems(r.Theorems)
	e.jittered(r.Jitter)
	e.number("seconds", r.Seconds)
	e.close()
}

// known writes what a reader must know about the components.
func (e *encoder) known(r *Record) {
	if f := r.Families; f != nil {
		e.key("families")
		e.open()
		e.text("problem", f.Problem)
		e.text("method", f.Method)
		e.close()
	}
	if l := r.LearningRate; l != nil {
		e.key("learning_rate")
		e.open()
		e.text("parameter", l.Parameter)
		e.number("value", l.Value)
		e.close()
	}
	if s := r.Stability; s != nil {
		e.key("stability")
		e.open()
		e.number("curvature", s.Curvature)
		e.number("limit", s.Limit)
		e.text("formula", s.Formula)
		e.close()
	}
	if len(r.Uses) > 0 {
		e.key("uses")
		e.begin('[')
		for _, fact := range r.Uses {
			e.comma()
			e.string(fact)
		}
		e.b = append(e.b, ']')
	}
}

func (e *encoder) minimum(m *Minimum) {
	if e.key("minimum"); e.absent(m == nil) {
		return
	}
	e.open()
	e.number("value", m.Value)
	e.text("source", m.Source)
	e.number("accuracy", m.Accuracy)
	e.close()
}

func (e *encoder) counts(c *Counts) {
	e.key("counts")
	e.open()
	e.totals(c)
	e.close()
}

func (e *encoder) totals(c *Counts) {
	for count, n := range c.Each {
		e.int(count.Key(), *n)
	}
}

func (e *encoder) start(s *Start) {
	if e.key("start"); e.absent(s == nil) {
		return
	}
	e.open()
	e.number("value", s.Value)
	e.number("gap", s.Gap)
	e.number("gradient_norm", s.GradientNorm)
	e.number("distance", s.Distance)
	e.close()
}

func (e *encoder) final(f *Final) {
	if e.key("final"); e.absent(f == nil) {
		return
	}
	e.open()
	e.number("value", f.Value)
	e.number("gap", f.Gap)
	e.number("gradient_norm", f.GradientNorm)
	e.number("distance", f.Distance)
	e.someText("critical_point", f.CriticalPoint)
	if f.X != nil {
		e.series("x", *f.X)
	}
	e.close()
}

func (e *encoder) best(b *Best) {
	if e.key("best"); e.absent(b == nil) {
		return
	}
	e.open()
	e.number("value", b.Value)
	e.number("gap", b.Gap)
	e.int("iteration", int64(b.Iteration))
	e.close()
}

func (e *encoder) targets(targets []Target) {
	if e.key("targets"); e.absent(targets == nil) {
		return
	}
	e.begin('[')
	for i := range targets {
		e.comma()
		e.target(&targets[i])
	}
	e.b = append(e.b, ']')
}

func (e *encoder) target(t *Target) {
	e.open()
	e.number("target", t.Target)
	e.someText("kind", t.Kind)
	e.someText("message", t.Message)
	e.optional("iteration", t.Iteration)
	e.optional("since", t.Since)
	e.totals(&t.Counts)
	e.close()
}

func (e *encoder) trace(t *Trace) {
	if t == nil {
		return
	}
	e.key("trace")
	e.open()
	e.ints("iteration", t.Iteration)
	e.series("value", t.Value)
	e.series("gap", t.Gap)
	e.series("gradient_norm", t.GradientNorm)
	e.series("distance", t.Distance)
	e.series("step_length", t.StepLength)
	e.ints("trials", t.Trials)
	e.series("slope", t.Slope)
	for count, column := range t.Each {
		if !count.Rare() || len(*column) > 0 {
			e.ints(count.Key(), *column)
		}
	}
	e.series("seconds", t.Seconds)
	e.path(t.X)
	if len(t.Diagnostics) > 0 {
		e.key("diagnostics")
		e.open()
		for _, name := range slices.Sorted(maps.Keys(t.Diagnostics)) {
			e.series(name, t.Diagnostics[name])
		}
		e.close()
	}
	e.close()
}

func (e *encoder) path(x []Series) {
	if len(x) == 0 {
		return
	}
	e.key("x")
	e.begin('[')
	for _, point := range x {
		e.comma()
		e.b = appendSeries(e.b, point)
	}
	e.b = append(e.b, ']')
}

func (e *encoder) theorems(theorems []Theorem) {
	if len(theorems) == 0 {
		return
	}
	e.key("theorems")
	e.begin('[')
	for i := range theorems {
		e.comma()
		e.theorem(&theorems[i])
	}
	e.b = append(e.b, ']')
}

func (e *encoder) theorem(t *Theorem) {
	e.open()
	e.text("name", t.Name)
	e.text("statement", t.Statement)
	e.text("source", t.Source)
	e.someText("doi", t.DOI)
	e.bool("tight", t.Tight)
	e.bool("in_expectation", t.InExpectation)
	e.text("outcome", t.Outcome)
	e.number("ratio", t.Ratio)
	e.int("iteration", int64(t.At))
	e.int("compared", int64(t.Compared))
	e.someText("message", t.Message)
	e.someText("quantity", t.Quantity)
	if len(t.Iteration) > 0 {
		e.ints("iterations", t.Iteration)
	}
	e.someSeries("bound", t.Bound)
	e.someSeries("ratios", t.Ratios)
	e.someSeries("measured", t.Measured)
	e.someSeries("floor", t.Floor)
	e.close()
}

func (e *encoder) jittered(jitter []Jittered) {
	if len(jitter) == 0 {
		return
	}
	e.key("jitter")
	e.begin('[')
	for i := range jitter {
		e.comma()
		j := &jitter[i]
		e.open()
		e.text("status", string(j.Status))
		e.int("iterations", int64(j.Iterations))
		e.counts(&j.Counts)
		e.number("gap", j.Gap)
		e.number("gradient_norm", j.GradientNorm)
		e.targets(j.Targets)
		e.close()
	}
	e.b = append(e.b, ']')
}
