package results

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"unicode/utf8"
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

// encoder appends JSON. The names of the keys are those of the tags in record.go, and in
// their order; a test compares the two.
type encoder struct {
	b   []byte
	err error
}

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
	e.int("values", c.Values)
	e.int("gradients", c.Gradients)
	e.int("evaluations", c.Evaluations)
	e.int("hessians", c.Hessians)
	e.int("hessian_products", c.HessianProducts)
	e.int("prox", c.Prox)
	e.int("samples", c.Samples)
	e.close()
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
	e.int("values", t.Values)
	e.int("gradients", t.Gradients)
	e.int("evaluations", t.Evaluations)
	e.int("hessians", t.Hessians)
	e.int("hessian_products", t.HessianProducts)
	e.int("samples", t.Samples)
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
	e.ints("values", t.Values)
	e.ints("gradients", t.Gradients)
	e.ints("evaluations", t.Evaluations)
	e.ints("hessians", t.Hessians)
	e.ints("hessian_products", t.HessianProducts)
	e.ints("samples", t.Samples)
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

func (e *encoder) component(c *Component) {
	e.open()
	e.text("name", c.Name)
	for _, p := range c.Parameters {
		e.key(p.Name)
		e.value(p.Value)
	}
	e.close()
}

// value writes the value of a parameter.
func (e *encoder) value(value any) {
	switch v := value.(type) {
	case float64:
		e.b = appendNumber(e.b, v)
	case int64:
		e.b = strconv.AppendInt(e.b, v, 10)
	case bool:
		e.b = strconv.AppendBool(e.b, v)
	case string:
		e.string(v)
	case Component:
		e.component(&v)
	case []any:
		e.begin('[')
		for _, entry := range v {
			e.comma()
			e.value(entry)
		}
		e.b = append(e.b, ']')
	default:
		e.other(value)
	}
}

// other writes what is rare enough for the standard library.
func (e *encoder) other(value any) {
	var text bytes.Buffer
	plain := json.NewEncoder(&text)
	plain.SetEscapeHTML(false)
	if err := plain.Encode(value); err != nil && e.err == nil {
		e.err = err
	}
	e.b = append(e.b, bytes.TrimSpace(text.Bytes())...)
}

func (e *encoder) open()        { e.begin('{') }
func (e *encoder) close()       { e.b = append(e.b, '}') }
func (e *encoder) begin(c byte) { e.b = append(e.b, c) }

// comma parts an entry from the one before, if there is one.
func (e *encoder) comma() {
	if last := e.b[len(e.b)-1]; last != '{' && last != '[' {
		e.b = append(e.b, ',')
	}
}

func (e *encoder) key(name string) {
	e.comma()
	e.string(name)
	e.b = append(e.b, ':')
}

// absent writes null for what is not there.
func (e *encoder) absent(absent bool) bool {
	if absent {
		e.b = append(e.b, "null"...)
	}
	return absent
}

func (e *encoder) text(name, value string) {
	e.key(name)
	e.string(value)
}

func (e *encoder) someText(name, value string) {
	if value != "" {
		e.text(name, value)
	}
}

func (e *encoder) texts(name string, values map[string]string) {
	if len(values) == 0 {
		return
	}
	e.key(name)
	e.open()
	for _, key := range slices.Sorted(maps.Keys(values)) {
		e.text(key, values[key])
	}
	e.close()
}

func (e *encoder) bool(name string, value bool) {
	e.key(name)
	e.b = strconv.AppendBool(e.b, value)
}

func (e *encoder) int(name string, value int64) {
	e.key(name)
	e.b = strconv.AppendInt(e.b, value, 10)
}

func (e *encoder) optional(name string, value *int) {
	if e.key(name); !e.absent(value == nil) {
		e.b = strconv.AppendInt(e.b, int64(*value), 10)
	}
}

func (e *encoder) number(name string, value Number) {
	e.key(name)
	e.b = appendNumber(e.b, float64(value))
}

func (e *encoder) series(name string, values Series) {
	e.key(name)
	e.b = appendSeries(e.b, values)
}

func (e *encoder) someSeries(name string, values Series) {
	if len(values) > 0 {
		e.series(name, values)
	}
}

func (e *encoder) ints(name string, values []int64) {
	if e.key(name); e.absent(values == nil) {
		return
	}
	e.begin('[')
	for _, v := range values {
		e.comma()
		e.b = strconv.AppendInt(e.b, v, 10)
	}
	e.b = append(e.b, ']')
}

// string writes a text. What JSON has to escape is left to the standard library.
func (e *encoder) string(text string) {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c == '"' || c == '\\' || c >= utf8.RuneSelf && !plain(text[i:]) {
			e.other(text)
			return
		}
	}
	e.b = append(append(append(e.b, '"'), text...), '"')
}

// plain reports whether text begins with a character, or in the middle of one, that JSON
// writes as it is.
func plain(text string) bool {
	if !utf8.RuneStart(text[0]) {
		return true // its first byte was looked at
	}
	r, size := utf8.DecodeRuneInString(text)
	return !(r == utf8.RuneError && size == 1) && r != '\u2028' && r != '\u2029'
}
