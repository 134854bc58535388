package export

import (
	"encoding/json"
	"math"
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/counts"
	"github.com/gdbench/gdbench/results"
)

// kind is the type of a column.
type kind int

const (
	null kind = iota // nothing but nulls, so far
	boolean
	whole
	number
	words
)

// value is an entry of a table; its kind is null where there is none.
type value struct {
	kind
	whole  int64
	number float64
	text   string
}

func str(s string) value {
	if s == "" {
		return value{}
	}
	return value{kind: words, text: s}
}

func integer[N int | int64](n N) value { return value{kind: whole, whole: int64(n)} }

// float is a number, null where it is not finite.
func float(v float64) value {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return value{}
	}
	return value{kind: number, number: v}
}

func truth(b bool) value {
	v := value{kind: boolean}
	if b {
		v.whole = 1
	}
	return v
}

// column is one of a table.
type column struct {
	name string
	kind kind
	of   func(*results.Record) value // of a column that is the same in all rows of a cell; nil: of the rows
}

// sheet is a table that is written cell by cell.
type sheet interface {
	// rows writes the rows of a cell: what they share, by columns, and the others of each row.
	// An entry of shared counts where the column is one of the cell.
	rows(shared []value, each [][]value) error
	close() error
}

// Row columns of the long table, in order.
const (
	rowKind = iota
	rowIteration
	rowValue
	rowGap
	rowGradientNorm
	rowDistance
	rowStepLength
	rowSlope
	rowTrials
	rowSeconds
	rowTarget
	rowTargetKind
	rowHit
	rowSince
	rowCounts // the first of the counts
)

// layout is a table of one row for each point of a trace, each target and the end of each cell.
type layout struct {
	cell        []column // the same in all rows of a cell
	diagnostics []string
}

// rowColumns are those that differ within a cell.
func (l *layout) rowColumns() []column {
	out := []column{
		rowKind: {name: "row", kind: words}, rowIteration: {name: "iteration", kind: whole},
		rowValue: {name: "value", kind: number}, rowGap: {name: "gap", kind: number},
		rowGradientNorm: {name: "gradient_norm", kind: number}, rowDistance: {name: "distance", kind: number},
		rowStepLength: {name: "step_length", kind: number}, rowSlope: {name: "slope", kind: number},
		rowTrials: {name: "trials", kind: whole}, rowSeconds: {name: "seconds", kind: number},
		rowTarget: {name: "target", kind: number}, rowTargetKind: {name: "target_kind", kind: words},
		rowHit: {name: "hit", kind: boolean}, rowSince: {name: "since", kind: whole},
	}
	for _, c := range counts.All {
		out = append(out, column{name: c.Key(), kind: whole})
	}
	for _, name := range l.diagnostics {
		out = append(out, column{name: "diagnostics." + name, kind: number})
	}
	return out
}

// columns are all of them: those of a cell, then those of its rows.
func (l *layout) columns() []column { return append(slices.Clone(l.cell), l.rowColumns()...) }

// survey is the layout that holds every cell of the run.
func (j *job) survey() (*layout, error) {
	suite := str(j.run.Manifest.Suite)
	l := &layout{cell: []column{
		{name: "suite", kind: words, of: func(*results.Record) value { return suite }},
		{name: "id", kind: words, of: func(r *results.Record) value { return str(r.ID) }},
		{name: "problem", kind: words, of: func(r *results.Record) value { return str(r.Labels.Problem) }},
		{name: "method", kind: words, of: func(r *results.Record) value { return str(r.Labels.Method) }},
		{name: "repeat", kind: whole, of: func(r *results.Record) value { return integer(r.Repeat) }},
		{name: "deterministic", kind: boolean, of: func(r *results.Record) value { return truth(r.Deterministic) }},
		{name: "status", kind: words, of: func(r *results.Record) value { return str(string(r.Status)) }},
		{name: "message", kind: words, of: func(r *results.Record) value { return str(r.Message) }},
		{name: "variables", kind: whole, of: positive(func(r *results.Record) int { return r.Variables })},
		{name: "dataset_samples", kind: whole, of: positive(func(r *results.Record) int { return r.Samples })},
		{name: "problem_family", kind: words, of: family(func(f *results.Families) string { return f.Problem })},
		{name: "method_family", kind: words, of: family(func(f *results.Families) string { return f.Method })},
		{name: "minimum", kind: number, of: minimum(func(m *results.Minimum) value { return float(float64(m.Value)) })},
		{name: "minimum_source", kind: words, of: minimum(func(m *results.Minimum) value { return str(m.Source) })},
		{name: "start_value", kind: number, of: start(func(s *results.Start) results.Number { return s.Value })},
		{name: "start_gap", kind: number, of: start(func(s *results.Start) results.Number { return s.Gap })},
		{name: "start_gradient_norm", kind: number, of: start(func(s *results.Start) results.Number { return s.GradientNorm })},
		{name: "best_value", kind: number, of: best(func(b *results.Best) value { return float(float64(b.Value)) })},
		{name: "best_gap", kind: number, of: best(func(b *results.Best) value { return float(float64(b.Gap)) })},
		{name: "best_iteration", kind: whole, of: best(func(b *results.Best) value { return integer(b.Iteration) })},
	}}
	problems, methods := parameters{}, parameters{}
	err := j.each(results.Columns{"diagnostics"}, func(r *results.Record) error {
		problems.add("", r.Problem)
		methods.add("", r.Method)
		if r.Trace != nil {
			for name := range r.Trace.Diagnostics {
				if !slices.Contains(l.diagnostics, name) {
					l.diagnostics = append(l.diagnostics, name)
				}
			}
		}
		return nil
	})
	slices.Sort(l.diagnostics)
	l.cell = append(l.cell, problems.columns("problem.", func(r *results.Record) *results.Component { return &r.Problem })...)
	l.cell = append(l.cell, methods.columns("method.", func(r *results.Record) *results.Component { return &r.Method })...)
	return l, err
}

func positive(of func(*results.Record) int) func(*results.Record) value {
	return func(r *results.Record) value {
		if n := of(r); n > 0 {
			return integer(n)
		}
		return value{}
	}
}

func family(of func(*results.Families) string) func(*results.Record) value {
	return func(r *results.Record) value {
		if r.Families == nil {
			return value{}
		}
		return str(of(r.Families))
	}
}

func minimum(of func(*results.Minimum) value) func(*results.Record) value {
	return func(r *results.Record) value {
		if r.Minimum == nil {
			return value{}
		}
		return of(r.Minimum)
	}
}

func start(of func(*results.Start) results.Number) func(*results.Record) value {
	return func(r *results.Record) value {
		if r.Start == nil {
			return value{}
		}
		return float(float64(of(r.Start)))
	}
}

func best(of func(*results.Best) value) func(*results.Record) value {
	return func(r *results.Record) value {
		if r.Best == nil {
			return value{}
		}
		return of(r.Best)
	}
}

// parameters are those of the components of a run, by their paths, in order of appearance.
type parameters struct {
	paths []string
	kinds map[string]kind
}

// add notes the parameters of a component and of the components in it.
func (p *parameters) add(prefix string, c results.Component) {
	if p.kinds == nil {
		p.kinds = map[string]kind{}
	}
	p.note(prefix+"name", words)
	for _, q := range c.Parameters {
		if inner, ok := q.Value.(results.Component); ok {
			p.add(prefix+q.Name+".", inner)
			continue
		}
		p.note(prefix+q.Name, plainValue(q.Value).kind)
	}
}

// note widens the kind of a parameter until it holds one more value.
func (p *parameters) note(path string, k kind) {
	known, ok := p.kinds[path]
	if !ok {
		p.paths = append(p.paths, path)
	}
	switch {
	case known == null:
		known = k
	case k == null || k == known:
	case known+k == whole+number:
		known = number
	default:
		known = words
	}
	p.kinds[path] = known
}

// columns are the parameters as columns of the cell. One without any value is text.
func (p *parameters) columns(prefix string, of func(*results.Record) *results.Component) []column {
	var out []column
	for _, path := range p.paths {
		k, way := p.kinds[path], strings.Split(path, ".")
		if k == null {
			k = words
		}
		out = append(out, column{name: prefix + path, kind: k, of: func(r *results.Record) value { return cast(parameter(of(r), way), k) }})
	}
	return out
}

// parameter is the value at the end of a path.
func parameter(c *results.Component, way []string) value {
	for _, name := range way[:len(way)-1] {
		inner, ok := c.Get(name).(results.Component)
		if !ok {
			return value{}
		}
		c = &inner
	}
	name := way[len(way)-1]
	if name == "name" {
		return str(c.Name)
	}
	if _, ok := c.Get(name).(results.Component); ok {
		return value{}
	}
	return plainValue(c.Get(name))
}

// plainValue is a parameter's value; a list is its JSON.
func plainValue(v any) value {
	switch v := v.(type) {
	case nil:
		return value{}
	case bool:
		return truth(v)
	case string:
		return value{kind: words, text: v}
	case int64:
		return integer(v)
	case float64:
		return float(v)
	}
	list, err := json.Marshal(v)
	if err != nil {
		return value{}
	}
	return str(string(list))
}

// cast is a value in a column of a wider kind.
func cast(v value, k kind) value {
	switch {
	case v.kind == k || v.kind == null:
		return v
	case k == number && v.kind == whole:
		return float(float64(v.whole))
	}
	return value{kind: words, text: string(v.append(nil))}
}
