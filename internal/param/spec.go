package param

import (
	"encoding"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/gdbench/gdbench/internal/text"
	"gopkg.in/yaml.v3"
)

// Spec is a component as written, with no axis left in it.
type Spec struct {
	Entry    *Entry
	Args     []Arg // what was written, in declared order
	Extra    []Arg // keys that belong to the caller (label, batch, …)
	Position Position
}

// Arg is one written parameter.
type Arg struct {
	Field *Field
	Value any    // a Go value of the field's type, or *Spec, []*Spec for components
	Text  string // canonical text of Value
	Axis  bool   // one of several values
	inner bool   // the values are one component with different parameters
}

// Default reports whether the written value is the one that would hold anyway.
func (a *Arg) Default() bool {
	return !a.Field.Required && a.Field.defaultText() == a.Text
}

// Text is the canonical text of the component: its name, and in declared order the
// parameters that differ from their defaults. Extra keys are part of it where they are
// named.
func (s *Spec) Text(extra ...string) string {
	var room [256]byte // a large grid has millions of texts, most of them short
	b := append(append(room[:0], "{name: "...), s.Entry.Name...)
	write := func(a *Arg) {
		for _, part := range [...]string{", ", a.Field.Name, ": ", a.Text} {
			b = append(b, part...)
		}
	}
	for i := range s.Args {
		if a := &s.Args[i]; !a.Default() {
			write(a)
		}
	}
	for i := range s.Extra {
		if a := &s.Extra[i]; slices.Contains(extra, a.Field.Name) && !a.Default() {
			write(a)
		}
	}
	return string(append(b, '}'))
}

// FullText is the text of the component with every default written out, but of parameters that were added later, and the
// version of every part: two components with the same full text give the same results.
func (s *Spec) FullText() string {
	var b strings.Builder
	fmt.Fprintf(&b, "{name: %s, version: %d", s.Entry.Name, s.Entry.Version)
	if s.Entry.Edition != "" {
		fmt.Fprintf(&b, ", edition: %q", s.Entry.Edition)
	}
	for _, f := range s.Entry.Fields() {
		if s.asBefore(f) {
			continue
		}
		b.WriteString(", " + f.Name + ": " + fullText(s.Value(f)))
	}
	return b.String() + "}"
}

// asBefore reports whether a parameter that was added later has the value that it used to have without it.
func (s *Spec) asBefore(f *Field) bool {
	return f.Later && Text(s.Value(f)) == Text((&Spec{}).Value(f))
}

func fullText(value any) string {
	switch v := value.(type) {
	case *Spec:
		return v.FullText()
	case []*Spec:
		parts := make([]string, len(v))
		for i, s := range v {
			parts[i] = s.FullText()
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	return Text(value)
}

// Value is the value of a parameter, written or by default: a Go value of the field's
// type, or *Spec, []*Spec for components; nil for a component that is absent.
func (s *Spec) Value(f *Field) any {
	for _, args := range [][]Arg{s.Args, s.Extra} {
		for _, a := range args {
			if a.Field == f {
				return a.Value
			}
		}
	}
	v, _ := f.DefaultValue()
	return f.orZero(v)
}

// Label is the component for human eyes: its name and what was written.
func (s *Spec) Label() string {
	if len(s.Args) == 0 {
		return s.Entry.Name
	}
	return s.Entry.Name + " " + ArgsLabel(s.Args, false)
}

func (a *Arg) label() string {
	if text, ok := a.Value.(string); ok {
		return text
	}
	switch v := a.Value.(type) {
	case *Spec:
		return v.short()
	case []*Spec:
		parts := make([]string, len(v))
		for i, spec := range v {
			parts[i] = spec.short()
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	return a.Text
}

// short is the component within the label of another.
func (s *Spec) short() string {
	if len(s.Args) == 0 {
		return s.Entry.Name
	}
	return s.Entry.Name + "(" + joinLabels(s.Args, ", ") + ")"
}

func joinLabels(args []Arg, separator string) string {
	var room [256]byte
	b := room[:0]
	for i := range args {
		if i > 0 {
			b = append(b, separator...)
		}
		b = append(append(b, args[i].Field.Name...), '=')
		b = append(b, args[i].label()...)
	}
	return string(b)
}

// ArgsLabel names written values for human eyes; with axesOnly those alone that the grid
// varies, for components with a label of their own.
func ArgsLabel(args []Arg, axesOnly bool) string {
	if axesOnly {
		args = axes(args)
	}
	return joinLabels(args, " ")
}

// axes are the arguments that vary; where one component varies in its parameters, they are
// those parameters.
func axes(args []Arg) []Arg {
	var out []Arg
	for _, a := range args {
		switch {
		case a.Axis && a.inner:
			out = append(out, axes(a.Value.(*Spec).Args)...)
		case a.Axis:
			out = append(out, a)
		}
	}
	return out
}

// Validator is a component that checks what no single field can.
type Validator interface{ Validate() error }

// New builds the component: defaults, then what was written, then its own Validate.
func (s *Spec) New() (any, error) {
	component := s.Entry.make()
	target := inside(reflect.ValueOf(component)).Elem()
	if err := setDefaults(target, s.Entry.Fields()); err != nil {
		return nil, err
	}
	for _, a := range s.Args {
		if err := assign(target.FieldByIndex(a.Field.index), a.Value); err != nil {
			return nil, err
		}
	}
	if v, ok := component.(Validator); ok {
		if err := v.Validate(); err != nil {
			return nil, &Error{s.Position, fmt.Sprintf("%s %s: %v", s.Entry.Kind, s.Entry.Name, err)}
		}
	}
	return component, nil
}

// assign sets a field, building the components of a Spec.
func assign(field reflect.Value, value any) error {
	switch v := value.(type) {
	case *Spec:
		component, err := v.New()
		if err != nil {
			return err
		}
		if !reflect.TypeOf(component).AssignableTo(field.Type()) {
			return &Error{v.Position, fmt.Sprintf("%s %s is put together from other components and cannot be a part of one; choose another", v.Entry.Kind, v.Entry.Name)}
		}
		field.Set(reflect.ValueOf(component))
	case []*Spec:
		list := reflect.MakeSlice(field.Type(), len(v), len(v))
		for i, spec := range v {
			if err := assign(list.Index(i), spec); err != nil {
				return err
			}
		}
		field.Set(list)
	default:
		field.Set(reflect.ValueOf(value))
	}
	return nil
}

// Text is the canonical text of a parameter's value: shortest numbers, flow style.
func Text(value any) string {
	switch v := value.(type) {
	case nil:
		return "none"
	case *Spec:
		return v.Text()
	case []*Spec:
		parts := make([]string, len(v))
		for i, s := range v {
			parts[i] = s.Text()
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case Length:
		return v.text
	case encoding.TextMarshaler:
		text, err := v.MarshalText()
		if err != nil {
			return err.Error()
		}
		return string(text)
	case string:
		return quoteIfNeeded(v)
	case float64:
		return text.Exact(v)
	}
	v := reflect.ValueOf(value)
	if v.Kind() != reflect.Slice {
		return fmt.Sprint(value)
	}
	parts := make([]string, v.Len())
	for i := range parts {
		parts[i] = Text(v.Index(i).Interface())
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

// quoteIfNeeded keeps plain words plain and makes every other text unambiguous.
func quoteIfNeeded(text string) string {
	if isWord(text) {
		return text
	}
	var n yaml.Node
	if err := yaml.Unmarshal([]byte("["+text+"]"), &n); err == nil && len(n.Content) == 1 {
		if list := n.Content[0]; len(list.Content) == 1 && list.Content[0].Tag == "!!str" && list.Content[0].Value == text {
			return text
		}
	}
	return strconv.Quote(text)
}

// isWord reports whether a text is a word of small letters that YAML takes for nothing else. Most values
// are, and a parser takes longer to say so than a small cell takes.
func isWord(text string) bool {
	for i, c := range []byte(text) {
		if !('a' <= c && c <= 'z') && (i == 0 || c != '-') {
			return false
		}
	}
	return len(text) > len("false") // longer than all words with a meaning
}

// Keys lists the names of all parameters, extra ones as far as they were written.
func (s *Spec) Keys() []string {
	keys := names(s.Entry.Fields())
	for _, a := range s.Extra {
		keys = append(keys, a.Field.Name)
	}
	return keys
}

// Parameter is the parameter of that name: one of the component's own, or an extra one that
// was written. It is nil where there is none.
func (s *Spec) Parameter(key string) *Field {
	for _, a := range s.Extra {
		if a.Field.Name == key {
			return a.Field
		}
	}
	return find(s.Entry.Fields(), key)
}

// Answers are the texts of Asked that the value of a parameter answers to: its own and, for
// a component, that of its name.
func (s *Spec) Answers(f *Field) []string {
	value := s.Value(f)
	if inner, ok := value.(*Spec); ok {
		return []string{Text(value), named + inner.Entry.Name}
	}
	return []string{Text(value)}
}

// Asked is the text by which a node asks for a value of the parameter, and an error where the
// parameter cannot have such a value.
func (s Source) Asked(n *yaml.Node, f *Field) (string, error) {
	if registry := kinds[f.Element()]; registry != nil && n.Kind == yaml.ScalarNode {
		if entry, err := registry.Lookup(n.Value); err == nil {
			return named + entry.Name, nil
		}
	}
	wanted, err := s.decode(n, f)
	if err != nil {
		return "", err
	}
	return Text(wanted), nil
}

// named begins the text of a component that is asked for by its name alone.
const named = "name "

// ExtraValue is the value of an extra key, written or by its default in the struct that
// keys points to.
func (s *Spec) ExtraValue(keys any, name string) any {
	for _, a := range s.Extra {
		if a.Field.Name == name {
			return a.Value
		}
	}
	return (&Spec{}).Value(find(Fields(reflect.TypeOf(keys).Elem()), name))
}

// Writes reports whether an extra key is written.
func (s *Spec) Writes(name string) bool {
	return slices.ContainsFunc(s.Extra, func(a Arg) bool { return a.Field.Name == name })
}

// ExtraVaries reports whether an extra key is an axis.
func (s *Spec) ExtraVaries() bool {
	return slices.ContainsFunc(s.Extra, func(a Arg) bool { return a.Axis })
}

// ExtraSpecs are the components that are written as extra keys.
func (s *Spec) ExtraSpecs() []*Spec {
	var out []*Spec
	for _, a := range s.Extra {
		switch v := a.Value.(type) {
		case *Spec:
			out = append(out, v)
		case []*Spec:
			out = append(out, v...)
		}
	}
	return out
}

// ExtraText is the full text of an extra key.
func (s *Spec) ExtraText(keys any, name string) string { return fullText(s.ExtraValue(keys, name)) }

// StructText is the text of a plain struct's parameters.
func StructText(v any) string {
	value := reflect.ValueOf(v)
	var parts []string
	for _, f := range Fields(value.Type()) {
		text := Text(value.FieldByIndex(f.index).Interface())
		if !f.Later || text != Text((&Spec{}).Value(f)) {
			parts = append(parts, f.Name+": "+text)
		}
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// Written is a component in the suite language: its name, and the parameters of the struct that
// it points to that differ from the defaults of their tags.
func Written(name string, component any) string {
	v := pointee(component)
	var b strings.Builder
	b.WriteString("{name: " + name)
	for _, f := range Fields(v.Type()) {
		if text := Text(v.FieldByIndex(f.index).Interface()); f.Required || text != Text((&Spec{}).Value(f)) {
			b.WriteString(", " + f.Name + ": " + text)
		}
	}
	return b.String() + "}"
}
