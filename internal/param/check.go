package param

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/text"
)

// Check looks at a component that was put together in code, as New and Resolve look at one
// that was written: its parameters must be in range, its parts present, and it must be
// content with itself (Validator). It needs no registration.
func Check(component any) error {
	return check(reflect.ValueOf(component), "")
}

func check(v reflect.Value, path string) error {
	for v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	if v.IsValid() {
		v = inside(v)
	}
	if v.Kind() != reflect.Pointer || v.IsNil() || v.Elem().Kind() != reflect.Struct {
		return nil
	}
	for _, f := range Fields(v.Elem().Type()) {
		at := path + f.Name
		field := v.Elem().FieldByIndex(f.index)
		if kinds[f.Element()] != nil {
			for _, part := range components(field) {
				if part.Kind() == reflect.Interface && part.IsNil() {
					return fmt.Errorf("%s is nil; expected a %s", at, kinds[f.Element()].Kind)
				}
				if err := check(part, at+"."); err != nil {
					return err
				}
			}
			continue
		}
		if err := f.checkValue(at, field); err != nil {
			return err
		}
	}
	if validator, ok := v.Interface().(Validator); ok {
		if err := validator.Validate(); err != nil {
			return fmt.Errorf("%s%w", path, err)
		}
	}
	return nil
}

// checkValue refuses a number that is out of range, and a word that is none of those that
// are allowed. The zero value of a parameter with the default "none" is no value.
func (f *Field) checkValue(at string, v reflect.Value) error {
	if v.IsZero() && !f.Required && f.Default == "" {
		return nil
	}
	if len(f.OneOf) > 0 && v.Kind() == reflect.String && !slices.Contains(f.OneOf, v.String()) {
		return fmt.Errorf("%s is %q; expected one of %s", at, v.String(), strings.Join(f.OneOf, ", "))
	}
	if v.Kind() == reflect.Slice && !isText(v.Type()) {
		for i := range v.Len() {
			if err := f.checkValue(fmt.Sprintf("%s.%d", at, i), v.Index(i)); err != nil {
				return err
			}
		}
		return nil
	}
	if number, ok := numberIn(v); ok && !f.Range.Holds(number) {
		return fmt.Errorf("%s is %s; expected a number %s", at, text.Exact(number), f.Range)
	}
	return nil
}

// numberIn is the number that a parameter has.
func numberIn(v reflect.Value) (float64, bool) {
	if v.CanAddr() {
		switch p := v.Addr().Interface().(type) {
		case *Length:
			return p.Value, true
		case Quantity:
			return p.Literal()
		}
	}
	switch v.Kind() {
	case reflect.Int, reflect.Int64:
		return float64(v.Int()), true
	case reflect.Uint64:
		return float64(v.Uint()), true
	case reflect.Float64:
		return v.Float(), true
	}
	return 0, false
}
