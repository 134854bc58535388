package param

import (
	"fmt"
	"iter"
	"math"
	"reflect"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/limit"
	"github.com/gdbench/gdbench/internal/text"
)

// Expand reads a component and multiplies its axes, the first written varying slowest.
// Besides the component's own parameters it accepts those of extra (a pointer to a
// struct, or nil); they come back in Spec.Extra and may be axes too.
func (r *Registry) Expand(source Source, n *yaml.Node, extra any) ([]*Spec, error) {
	if r.Shorthand != nil {
		if long := r.Shorthand(n); long != nil {
			n = long
		}
	}
	if names := namesOf(n); names != nil {
		return r.expandNames(source, n, names, extra)
	}
	entry, err := r.entryOf(source, n)
	if err != nil {
		return nil, err
	}
	x := &expansion{source: source, entry: entry, own: entry.Fields()}
	if extra != nil {
		x.extra = Fields(reflect.TypeOf(extra).Elem())
	}
	if n.Kind == yaml.MappingNode {
		if err := x.readAxes(n); err != nil {
			return nil, err
		}
	}
	return x.multiply(n)
}

func (r *Registry) entryOf(source Source, n *yaml.Node) (*Entry, error) {
	name := n
	if n.Kind == yaml.MappingNode {
		name = nil
		for i := 0; i < len(n.Content); i += 2 {
			if n.Content[i].Value == "name" {
				name = n.Content[i+1]
			}
		}
		if several := r.keyedTwice(n); several != nil {
			return nil, source.Errorf(several, "%s is a %s of its own, beside %s in one map; expected one of them", several.Value, r.Kind, n.Content[0].Value)
		}
		if name == nil {
			return nil, source.Errorf(n, "this %s has no name; expected {name: NAME, PARAMETER: VALUE, …}", r.Kind)
		}
	}
	if name.Kind != yaml.ScalarNode || name.Tag == "!!null" {
		return nil, source.Errorf(name, "found %s; expected the name of a %s, or a map with name and parameters", describe(name), r.Kind)
	}
	entry, err := r.Lookup(name.Value)
	if err != nil {
		return nil, source.Errorf(name, "%v", err)
	}
	return entry, nil
}

// axis is a set of parameters that move together through a list of values.
type axis struct {
	fields []*Field
	values []any // the first of all fields, then the second of all, …
	args   []Arg // the same as written parameters
}

func (a *axis) len() int { return len(a.values) / len(a.fields) }

// write makes the parameters of an axis, once for all the combinations that they are in.
func (a *axis) write() {
	inner := make([]bool, len(a.fields))
	for j := range a.fields {
		inner[j] = a.oneComponent(j)
	}
	a.args = make([]Arg, len(a.values))
	for i, v := range a.values {
		j := i % len(a.fields)
		a.args[i] = Arg{Field: a.fields[j], Value: v, Text: Text(v), Axis: a.len() > 1, inner: inner[j]}
	}
}

// oneComponent reports whether all values of the j-th field are the same component, with
// different parameters.
func (a *axis) oneComponent(j int) bool {
	first, ok := a.values[j].(*Spec)
	for i := j; ok && i < len(a.values); i += len(a.fields) {
		var spec *Spec
		spec, ok = a.values[i].(*Spec)
		ok = ok && spec.Entry == first.Entry && slices.ContainsFunc(spec.Args, func(arg Arg) bool { return arg.Axis })
	}
	return ok
}

type expansion struct {
	source     Source
	entry      *Entry
	own, extra []*Field
	axes       []axis
	written    map[string]bool
}

func (x *expansion) readAxes(n *yaml.Node) error {
	x.written = map[string]bool{}
	for i := 0; i < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if key.Value == "name" {
			continue
		}
		fields, err := x.fieldsOf(key, value)
		if err != nil {
			return err
		}
		a, err := x.readAxis(fields, value)
		if err != nil {
			return err
		}
		a.write()
		x.axes = append(x.axes, a)
	}
	return nil
}

// fieldsOf finds the parameters that a key names: one, or several in a joint key.
func (x *expansion) fieldsOf(key, value *yaml.Node) ([]*Field, error) {
	var fields []*Field
	for _, name := range strings.Split(key.Value, ",") {
		name = strings.TrimSpace(name)
		f, outer := find(x.own, name), find(x.extra, name)
		if f == nil || outer != nil && f.Registry() != nil && !f.knows(value) && outer.knows(value) {
			f = outer
		}
		if f == nil {
			return nil, x.source.Errorf(key, "%s %s has no parameter %q%s", x.entry.Kind, x.entry.Name, name,
				text.Suggest(name, append(names(x.own), names(x.extra)...)))
		}
		if x.written[name] {
			return nil, x.source.Errorf(key, "duplicate parameter %q", name)
		}
		x.written[name] = true
		fields = append(fields, f)
	}
	return fields, nil
}

// knows reports whether a node, or the first of its list, names a component that the parameter
// may be. A component and its caller may both have a parameter of one name for which they know
// other components.
func (f *Field) knows(n *yaml.Node) bool {
	for n.Kind == yaml.SequenceNode && len(n.Content) > 0 {
		n = n.Content[0]
	}
	if name := Get(n, "name"); n.Kind == yaml.MappingNode && name != nil {
		n = name
	}
	registry := kinds[f.Element()]
	return registry != nil && n.Kind == yaml.ScalarNode && registry.Has(n.Value)
}

func (x *expansion) readAxis(fields []*Field, n *yaml.Node) (axis, error) {
	a := axis{fields: fields}
	if len(fields) == 1 {
		var err error
		a.values, err = x.source.alternatives(n, fields[0])
		return a, err
	}
	if n.Kind != yaml.SequenceNode || len(n.Content) == 0 {
		return a, x.source.Errorf(n, "found %s; expected a list of lists for parameters that change together, such as [[0.1, 1], [0.2, 32]]", describe(n))
	}
	for _, tuple := range n.Content {
		if tuple.Kind != yaml.SequenceNode || len(tuple.Content) != len(fields) {
			return a, x.source.Errorf(tuple, "found %s; expected a list of %s, one for each parameter of the key", describe(tuple), english.Count(len(fields), "value"))
		}
		for j, f := range fields {
			v, err := x.source.decode(tuple.Content[j], f)
			if err != nil {
				return a, err
			}
			a.values = append(a.values, v)
		}
	}
	return a, nil
}

// alternatives reads the values of one parameter: several where the node is a list
// deeper than the field's type, otherwise one.
func (s Source) alternatives(n *yaml.Node, f *Field) ([]any, error) {
	if kinds[f.Element()] != nil {
		return s.componentAlternatives(n, f)
	}
	if IsGenerator(n) && f.Depth() == 0 {
		numbers, err := s.numbers(n, f)
		if err != nil {
			return nil, err
		}
		return s.generatedAxis(n, numbers, f)
	}
	items, err := s.items(n, f)
	if err != nil {
		return nil, err
	}
	depth, err := s.depthOf(items, f)
	if err != nil {
		return nil, err
	}
	if depth <= f.Depth() {
		v, err := s.decode(n, f)
		return []any{v}, err
	}
	if len(items) == 0 {
		return nil, s.Errorf(n, "%s: the list of values is empty; %s", f.Name, f.expected())
	}
	return s.axisOf(slices.Values(items), len(items), f, slices.ContainsFunc(n.Content, IsGenerator))
}

// generatedAxis reads an axis that is the generator n alone. Each number is a node only while it is read: a million
// nodes take more room than what is read from them.
func (s Source) generatedAxis(n *yaml.Node, numbers []float64, f *Field) ([]any, error) {
	monotone := isMonotone(numbers)
	if monotone { // equal numbers follow each other
		numbers = slices.Compact(numbers)
	}
	var node yaml.Node
	nodes := func(yield func(*yaml.Node) bool) {
		for _, v := range numbers {
			if node = numberNode(n, v); !yield(&node) {
				return
			}
		}
	}
	return s.axisOf(nodes, len(numbers), f, !monotone)
}

// axisOf reads the values of an axis. One that a generator repeats, as where two grids overlap,
// is there once; one that is written twice stays, and is then a duplicate cell.
func (s Source) axisOf(nodes iter.Seq[*yaml.Node], count int, f *Field, overlapping bool) ([]any, error) {
	values := make([]any, 0, count)
	seen := map[string]bool{}
	for node := range nodes {
		v, err := s.decode(node, f)
		if err != nil {
			return nil, err
		}
		if overlapping {
			text := Text(v)
			if seen[text] {
				continue
			}
			seen[text] = true
		}
		values = append(values, v)
	}
	return values, nil
}

// isMonotone reports whether the numbers of a generator rise or fall throughout. Those of a grid finer than
// rounding may not.
func isMonotone(numbers []float64) bool {
	rising, falling, before := true, true, math.NaN()
	for _, v := range numbers {
		rising, falling = rising && !(v < before), falling && !(v > before)
		before = v
	}
	return rising || falling
}

// depthOf counts the nested lists of a node with these items, 0 where it is no list; an empty
// list counts as an axis, so that it is refused as one. Types with a text form of lists never
// get here.
func (s Source) depthOf(items []*yaml.Node, f *Field) (int, error) {
	switch {
	case items == nil:
		return 0, nil
	case len(items) == 0:
		return f.Depth() + 1, nil
	}
	deepest := 0
	for _, item := range items {
		if item.Kind == yaml.ScalarNode {
			continue
		}
		inner, err := s.items(item, f)
		if err != nil {
			return 0, err
		}
		depth, err := s.depthOf(inner, f)
		if err != nil {
			return 0, err
		}
		deepest = max(deepest, depth)
	}
	return deepest + 1, nil
}

func (s Source) componentAlternatives(n *yaml.Node, f *Field) ([]any, error) {
	registry := kinds[f.Element()]
	if registry.Shorthand != nil {
		if long := registry.Shorthand(n); long != nil {
			n = long
		}
	}
	if f.Depth() == 1 {
		nodes := []*yaml.Node{n}
		if n.Kind == yaml.SequenceNode && len(n.Content) > 0 && allSequences(n.Content) {
			nodes = n.Content
		}
		var values []any
		for _, node := range nodes {
			v, err := s.decode(node, f)
			if err != nil {
				return nil, err
			}
			values = append(values, v)
		}
		return values, nil
	}
	nodes := []*yaml.Node{n}
	if n.Kind == yaml.SequenceNode {
		if nodes = n.Content; len(nodes) == 0 {
			return nil, s.Errorf(n, "%s: the list of values is empty; %s", f.Name, f.expected())
		}
	}
	var values []any
	for _, node := range nodes {
		specs, err := registry.Expand(s, node, nil)
		if err != nil {
			return nil, err
		}
		for _, spec := range specs {
			values = append(values, spec)
		}
	}
	return values, nil
}

func allSequences(nodes []*yaml.Node) bool {
	return !slices.ContainsFunc(nodes, func(n *yaml.Node) bool { return n.Kind != yaml.SequenceNode })
}

// decodeComponents reads a component, or a list of them, in which nothing may vary.
func (s Source) decodeComponents(n *yaml.Node, f *Field, registry *Registry) (any, error) {
	one := func(n *yaml.Node) (*Spec, error) {
		specs, err := registry.Expand(s, n, nil)
		if err != nil {
			return nil, err
		}
		if len(specs) != 1 {
			return nil, s.Errorf(n, "%s: a list of alternatives is not allowed here; expected one %s", f.Name, registry.Kind)
		}
		return specs[0], nil
	}
	if f.Depth() == 0 {
		return one(n)
	}
	if n.Kind != yaml.SequenceNode { // one alone is a list of it
		spec, err := one(n)
		return []*Spec{spec}, err
	}
	list := make([]*Spec, len(n.Content))
	for i, item := range n.Content {
		var err error
		if list[i], err = one(item); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// multiply forms the product of the axes.
func (x *expansion) multiply(n *yaml.Node) ([]*Spec, error) {
	for _, f := range x.own {
		if f.Required && !x.written[f.Name] {
			return nil, x.source.Errorf(n, "%s %s needs the parameter %q (%s); %s", x.entry.Kind, x.entry.Name, f.Name, f.Doc, f.expected())
		}
	}
	total := 1
	for _, a := range x.axes {
		if total *= a.len(); int64(total) > limit.Axis.Max() {
			return nil, x.source.Errorf(n, "%s %s expands to more than %d combinations; split the entry or shorten its lists; %s", x.entry.Kind, x.entry.Name, limit.Axis.Max(), limit.Axis.Exceeded())
		}
	}
	specs, made := make([]*Spec, total), make([]Spec, total)
	own, extra := x.places(x.own), x.places(x.extra)
	args := make([]Arg, 0, total*(len(own)+len(extra))) // of all
	at := make([]int, len(x.axes))
	_, validates := x.entry.Prototype().(Validator)
	for i := range specs {
		spec := &made[i]
		spec.Entry, spec.Position = x.entry, x.source.At(n)
		rest, block := i, total
		for k := range x.axes {
			block /= x.axes[k].len()
			at[k], rest = rest/block, rest%block
		}
		spec.Args, args = x.pick(args, own, at)
		spec.Extra, args = x.pick(args, extra, at)
		if validates || i == 0 { // what the fields hold has been checked when they were read
			if _, err := spec.New(); err != nil {
				return nil, x.locate(n, err)
			}
		}
		specs[i] = spec
	}
	return specs, nil
}

func (x *expansion) locate(n *yaml.Node, err error) error {
	if _, ok := err.(*Error); ok {
		return err
	}
	return x.source.Errorf(n, "%v", err)
}

// place is where a written parameter is found: in which axis, and as which of its fields.
type place struct{ axis, field int }

// places are those of the written ones of some fields, in declared order.
func (x *expansion) places(fields []*Field) []place {
	var out []place
	for _, f := range fields {
		for k, a := range x.axes {
			if j := slices.Index(a.fields, f); j >= 0 {
				out = append(out, place{k, j})
			}
		}
	}
	return out
}

// pick appends the parameters at some places to room, where at says how far each axis is.
func (x *expansion) pick(room []Arg, places []place, at []int) (picked, all []Arg) {
	before := len(room)
	for _, p := range places {
		a := &x.axes[p.axis]
		room = append(room, a.args[at[p.axis]*len(a.fields)+p.field])
	}
	return room[before:len(room):len(room)], room
}

// Only expands a node that may not hold an axis, for single components such as those
// of `gdbench try`.
func (r *Registry) Only(source Source, n *yaml.Node, extra any) (*Spec, error) {
	specs, err := r.Expand(source, n, extra)
	if err != nil {
		return nil, err
	}
	if len(specs) != 1 {
		return nil, source.Errorf(n, "this is %s; expected one, without lists of alternatives", english.Count(len(specs), r.Kind))
	}
	return specs[0], nil
}

// FillExtra copies the extra keys of a spec into the struct that into points to, after
// its defaults.
func (s *Spec) FillExtra(into any) error {
	target := reflect.ValueOf(into).Elem()
	if err := setDefaults(target, Fields(target.Type())); err != nil {
		return err
	}
	for _, a := range s.Extra {
		if err := assign(target.FieldByIndex(a.Field.index), a.Value); err != nil {
			return fmt.Errorf("%s: %w", a.Field.Name, err)
		}
	}
	return nil
}
