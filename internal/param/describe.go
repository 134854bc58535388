package param

import (
	"encoding"
	"fmt"
	"reflect"

	"github.com/gdbench/gdbench/internal/text"
)

// Described is a component with every parameter, defaults included, as plain values:
// numbers, texts, booleans, lists of them, and Described for components.
type Described struct {
	Name       string
	Parameters []Parameter
}

// Parameter is a name with its value.
type Parameter struct {
	Name  string
	Value any
}

// Resolver is a parameter whose number depends on the problem.
type Resolver interface {
	Resolve(Constants) error
}

// Resolve finds the numbers behind expressions, in the component and in those that it
// is made of.
func Resolve(component any, constants Constants) error {
	return walk(reflect.ValueOf(component), func(f *Field, v reflect.Value) error {
		if r, ok := v.Addr().Interface().(Resolver); ok {
			if err := r.Resolve(constants); err != nil {
				return fmt.Errorf("%s = %w", f.Name, err)
			}
			if q, ok := v.Addr().Interface().(*Length); ok && q.expr != nil && !f.Range.Holds(q.Value) {
				return fmt.Errorf("%s = %s has the value %s on this problem; expected a number %s", f.Name, q.text, text.Exact(q.Value), f.Range)
			}
		}
		return nil
	})
}

// Holder is a component that only holds another one: what it holds has the parameters.
type Holder interface{ Component() any }

// inside is the component that v holds, v itself where it is no Holder.
func inside(v reflect.Value) reflect.Value {
	if h, ok := v.Interface().(Holder); ok {
		return reflect.ValueOf(h.Component())
	}
	return v
}

// walk visits the parameters of a component and of the components inside it.
func walk(v reflect.Value, visit func(*Field, reflect.Value) error) error {
	for v.Kind() == reflect.Interface || v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return nil
		}
		v = inside(v).Elem()
	}
	if v.Kind() != reflect.Struct || !v.CanAddr() { // made in code, with no parameters to set
		return nil
	}
	for _, f := range Fields(v.Type()) {
		field := v.FieldByIndex(f.index)
		if kinds[f.Element()] != nil {
			if err := walkParts(field, visit); err != nil {
				return err
			}
			continue
		}
		if err := visit(f, field); err != nil {
			return err
		}
	}
	return nil
}

// walkParts walks the component that a field holds, or each of its list.
func walkParts(field reflect.Value, visit func(*Field, reflect.Value) error) error {
	if field.Kind() != reflect.Slice {
		return walk(field, visit)
	}
	for i := range field.Len() {
		if err := walk(field.Index(i), visit); err != nil {
			return err
		}
	}
	return nil
}

func components(field reflect.Value) []reflect.Value {
	if field.Kind() != reflect.Slice {
		return []reflect.Value{field}
	}
	list := make([]reflect.Value, field.Len())
	for i := range list {
		list[i] = field.Index(i)
	}
	return list
}

// Describe lists the parameters that a component built from spec has now.
func (s *Spec) Describe(component any) Described {
	d := Described{Name: s.Entry.Name}
	v := inside(reflect.ValueOf(component)).Elem()
	for _, f := range s.Entry.Fields() {
		if s.asBefore(f) {
			continue
		}
		field := v.FieldByIndex(f.index)
		switch spec := s.Value(f).(type) {
		case *Spec:
			d.Parameters = append(d.Parameters, Parameter{f.Name, spec.Describe(field.Elem().Interface())})
		case []*Spec:
			list := make([]any, len(spec))
			for i, one := range spec {
				list[i] = one.Describe(field.Index(i).Elem().Interface())
			}
			d.Parameters = append(d.Parameters, Parameter{f.Name, list})
		default:
			if kinds[f.Element()] == nil && !(field.Kind() == reflect.Slice && field.IsNil()) {
				d.Parameters = append(d.Parameters, Parameter{f.Name, plain(field)})
			}
		}
	}
	return d
}

// Values are the parameters that a component has now, as plain values by their names. It has
// no components inside it.
func Values(component any) map[string]any {
	out := map[string]any{}
	v := pointee(component)
	for _, f := range Fields(v.Type()) {
		out[f.Name] = plain(v.FieldByIndex(f.index))
	}
	return out
}

// Plain turns the value of a parameter into numbers, texts, booleans, lists of them and
// Described.
func Plain(value any) any {
	switch v := value.(type) {
	case *Spec:
		component, err := v.New()
		if err != nil {
			return err.Error()
		}
		return v.Describe(component)
	case []*Spec:
		list := make([]any, len(v))
		for i, spec := range v {
			list[i] = Plain(spec)
		}
		return list
	}
	addressable := reflect.New(reflect.TypeOf(value)).Elem()
	addressable.Set(reflect.ValueOf(value))
	return plain(addressable)
}

// plain turns a parameter into a number, text, boolean or list.
func plain(v reflect.Value) any {
	if v.CanAddr() {
		switch p := v.Addr().Interface().(type) {
		case *Length:
			return p.Value
		case Quantity:
			if number, ok := p.Literal(); ok {
				return number
			}
		}
	}
	if m, ok := v.Interface().(encoding.TextMarshaler); ok {
		text, _ := m.MarshalText()
		return string(text)
	}
	switch v.Kind() {
	case reflect.Int, reflect.Int64:
		return v.Int()
	case reflect.Uint64:
		return v.Uint()
	case reflect.Float64:
		return v.Float()
	case reflect.Bool:
		return v.Bool()
	case reflect.Slice:
		list := make([]any, v.Len())
		for i := range list {
			list[i] = plain(v.Index(i))
		}
		return list
	}
	return fmt.Sprint(v.Interface())
}

// Expressions lists the parameters that are expressions and not numbers, by
// their path ("lr", "step.t").
func (s *Spec) Expressions() []Parameter {
	var out []Parameter
	for _, f := range s.Entry.Fields() {
		switch v := s.Value(f).(type) {
		case Length:
			if v.expr != nil {
				out = append(out, Parameter{f.Name, v.text})
			}
		case *Spec:
			for _, p := range v.Expressions() {
				out = append(out, Parameter{f.Name + "." + p.Name, p.Value})
			}
		}
	}
	return out
}

// Visit calls visit with the component, what it holds where it is a Holder, and every component
// inside it.
func Visit(component any, visit func(any)) {
	v := pointee(component)
	if !v.IsValid() {
		return
	}
	if h, ok := component.(Holder); ok {
		visit(h)
	}
	v = v.Addr()
	visit(v.Interface())
	for _, f := range Fields(v.Type().Elem()) {
		if kinds[f.Element()] == nil {
			continue
		}
		for _, inner := range components(v.Elem().FieldByIndex(f.index)) {
			if inner.Kind() == reflect.Interface && !inner.IsNil() {
				Visit(inner.Interface(), visit)
			}
		}
	}
}
