package param

import (
	"encoding"
	"fmt"
	"reflect"
	"strconv"
	"strings"

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
}

// Default reports whether the written value is the one that would hold anyway.
func (a Arg) Default() bool {
	v, err := a.Field.DefaultValue()
	if err != nil {
		return false
	}
	if v == nil {
		v = reflect.Zero(a.Field.Type).Interface()
	}
	return Text(v) == a.Text
}

// Text is the canonical text of the component: its name, and in declared order the
// parameters that differ from their defaults.
func (s *Spec) Text() string {
	var b strings.Builder
	b.WriteString("{name: " + s.Entry.Name)
	for _, a := range s.Args {
		if !a.Default() {
			b.WriteString(", " + a.Field.Name + ": " + a.Text)
		}
	}
	return b.String() + "}"
}

// Label is the component for human eyes: its name and what was written.
func (s *Spec) Label() string {
	parts := []string{s.Entry.Name}
	for _, a := range s.Args {
		parts = append(parts, a.Field.Name+"="+a.label())
	}
	return strings.Join(parts, " ")
}

func (a Arg) label() string {
	spec, ok := a.Value.(*Spec)
	if !ok {
		return a.Text
	}
	if len(spec.Args) == 0 {
		return spec.Entry.Name
	}
	inner := make([]string, len(spec.Args))
	for i, arg := range spec.Args {
		inner[i] = arg.Field.Name + "=" + arg.label()
	}
	return spec.Entry.Name + "(" + strings.Join(inner, ", ") + ")"
}

// AxisLabel names the values that the grid varies, for components with a label of
// their own.
func AxisLabel(args []Arg) string {
	var parts []string
	for _, a := range args {
		if a.Axis {
			parts = append(parts, a.Field.Name+"="+a.label())
		}
	}
	return strings.Join(parts, " ")
}

// Validator is a component that checks what no single field can.
type Validator interface{ Validate() error }

// New builds the component: defaults, then what was written, then its own Validate.
func (s *Spec) New() (any, error) {
	component := s.Entry.make()
	target := reflect.ValueOf(component).Elem()
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

// assign sets a field, building the components that stand behind a Spec.
func assign(field reflect.Value, value any) error {
	switch v := value.(type) {
	case *Spec:
		component, err := v.New()
		if err != nil {
			return err
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
	case encoding.TextMarshaler:
		text, err := v.MarshalText()
		if err != nil {
			return err.Error()
		}
		return string(text)
	case string:
		return quoteIfNeeded(v)
	case float64:
		return Number(v)
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
	var n yaml.Node
	if err := yaml.Unmarshal([]byte("["+text+"]"), &n); err == nil && len(n.Content) == 1 {
		if list := n.Content[0]; len(list.Content) == 1 && list.Content[0].Tag == "!!str" && list.Content[0].Value == text {
			return text
		}
	}
	return strconv.Quote(text)
}
