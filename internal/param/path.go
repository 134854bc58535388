package param

import (
	"math"
	"reflect"
	"slices"
	"strings"
)

// ValueAt is a numeric parameter of a built component by its path: "lr", "step.t". ok is
// false where there is no such number, or an expression that is not resolved.
func ValueAt(component any, path string) (value float64, ok bool) {
	head, rest, nested := strings.Cut(path, ".")
	v := pointee(component)
	if !v.IsValid() {
		return 0, false
	}
	f := find(Fields(v.Type()), head)
	if f == nil {
		return 0, false
	}
	field := v.FieldByIndex(f.index)
	if nested {
		if kinds[f.Element()] == nil || field.Kind() != reflect.Interface || field.IsNil() {
			return 0, false
		}
		return ValueAt(field.Interface(), rest)
	}
	value, ok = plain(field).(float64)
	return value, ok && !math.IsNaN(value)
}

// LengthAt is a parameter of kind Length by its path, nil where there is none.
func LengthAt(component any, path string) *Length {
	head, rest, nested := strings.Cut(path, ".")
	v := pointee(component)
	if !v.IsValid() {
		return nil
	}
	f := find(Fields(v.Type()), head)
	if f == nil {
		return nil
	}
	field := v.FieldByIndex(f.index)
	if nested {
		if kinds[f.Element()] == nil || field.Kind() != reflect.Interface || field.IsNil() {
			return nil
		}
		return LengthAt(field.Interface(), rest)
	}
	l, _ := field.Addr().Interface().(*Length)
	return l
}

// Parts calls visit with the components that are parameters of a component, in declared
// order.
func Parts(component any, visit func(name string, part any)) {
	v := pointee(component)
	if !v.IsValid() {
		return
	}
	for _, f := range Fields(v.Type()) {
		if kinds[f.Element()] == nil {
			continue
		}
		for _, inner := range components(v.FieldByIndex(f.index)) {
			if inner.Kind() == reflect.Interface && !inner.IsNil() {
				visit(f.Name, inner.Interface())
			}
		}
	}
}

// pointee is the struct behind a component, invalid where it is no pointer to one.
func pointee(component any) reflect.Value {
	v := reflect.ValueOf(component)
	for v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	if v.IsValid() {
		v = inside(v)
	}
	if !v.IsValid() || v.Kind() != reflect.Pointer || v.IsNil() || v.Elem().Kind() != reflect.Struct {
		return reflect.Value{}
	}
	return v.Elem()
}

// ConstantsIn lists the constants that expressions of a component, and of those inside it,
// are written in, sorted: L and mu for 2/(L+mu).
func ConstantsIn(component any) []string {
	var out []string
	for _, e := range ExpressionsIn(component) {
		out = append(out, e.Constants...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Expression is the value of a parameter that is written in the constants of a problem.
type Expression struct {
	Position  Position
	Field     *Field
	Text      string
	Constants []string
	length    *Length
}

// Possible reports whether the expression has a value that the parameter may have, with these
// constants.
func (e *Expression) Possible(constants Constants) bool {
	v, err := evaluate(e.length.expr.Expr, constants)
	return err == nil && !math.IsNaN(v) && !math.IsInf(v, 0) && e.Field.Range.Holds(v)
}

// ExpressionsIn lists the expressions of a component and of those inside it.
func ExpressionsIn(component any) []Expression {
	var out []Expression
	_ = walk(reflect.ValueOf(component), func(f *Field, v reflect.Value) error {
		if l, ok := v.Addr().Interface().(*Length); ok && l.expr != nil {
			out = append(out, Expression{Position: l.expr.at, Field: f, Text: l.text, Constants: l.constants(), length: l})
		}
		return nil
	})
	return out
}

// Of is the entry whose components have the type of this one, nil where none or more than
// one has.
func (r *Registry) Of(component any) *Entry {
	var found *Entry
	r.mu.RLock()
	defer r.mu.RUnlock()
	for _, name := range r.names {
		if e := r.entries[name]; reflect.TypeOf(e.make()) == reflect.TypeOf(component) {
			if found != nil {
				return nil
			}
			found = e
		}
	}
	return found
}

// FamilyOrName is the family of an entry; one without is its own.
func (e *Entry) FamilyOrName() string {
	if e.Family != "" {
		return e.Family
	}
	return e.Name
}
