package param

import (
	"encoding"
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

// FromSettings is the component of a name with settings as Go values: numbers, booleans,
// texts, slices of these, and for parameters that are components a name, a text in the
// suite language ("{name: wolfe, c1: 1e-3}") or a map with "name" and settings. A text for
// a number is read as a suite would read it ("1/L", "1e-3"). Lists of alternatives are
// refused: this is one component. An error names the component and the parameter, what was
// found and what was expected.
func (r *Registry) FromSettings(name string, settings map[string]any) (*Spec, error) {
	entry, err := r.Lookup(name)
	if err != nil {
		return nil, err
	}
	about := r.Kind + " " + name
	n, err := encodeMap(settings, name, entry.Fields())
	if err != nil {
		return nil, fmt.Errorf("%s: %w", about, err)
	}
	specs, err := r.Expand("", n, nil)
	switch {
	case err != nil && strings.HasPrefix(err.Error(), r.Kind+" "+entry.Name+" "):
		return nil, err
	case err != nil:
		return nil, fmt.Errorf("%s: %w", about, err)
	case len(specs) == 1:
		return specs[0], nil
	}
	for _, a := range specs[0].Args {
		if a.Axis {
			return nil, fmt.Errorf("%s: %s: found %d alternatives; %s", about, a.Field.Name, len(specs), a.Field.expected())
		}
	}
	return nil, fmt.Errorf("%s: found %d alternatives; expected one", about, len(specs))
}

// SetDefaults sets every parameter of the struct that component points to to the default
// of its tag; parameters without a default keep their value.
func SetDefaults(component any) error {
	v := pointee(component)
	if !v.IsValid() {
		return fmt.Errorf("%T has no parameters; expected a pointer to a struct", component)
	}
	var fields []*Field
	for _, f := range Fields(v.Type()) {
		if f.Default != own { // its value is already what it was made with
			fields = append(fields, f)
		}
	}
	return setDefaults(v, fields)
}

// encodeMap is the node of a map of settings, in sorted order; where name is not empty it
// is the component of that name.
func encodeMap(settings map[string]any, name string, fields []*Field) (*yaml.Node, error) {
	n := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
	if name != "" {
		n.Content = append(n.Content, word("name"), word(name))
	}
	for _, key := range slices.Sorted(maps.Keys(settings)) {
		value, err := encode(settings[key], find(fields, key))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", key, err)
		}
		n.Content = append(n.Content, word(key), value)
	}
	return n, nil
}

func word(text string) *yaml.Node { return scalarAt(&yaml.Node{}, text) }

// encode is the node of a Go value for a field; f is nil where the key is unknown, which
// Expand then says.
func encode(value any, f *Field) (*yaml.Node, error) {
	v := reflect.ValueOf(value)
	if !v.IsValid() || v.Kind() == reflect.Pointer && v.IsNil() {
		return nil, fmt.Errorf("found nil; %s", expectedOf(f))
	}
	if m, ok := value.(encoding.TextMarshaler); ok {
		text, err := m.MarshalText()
		if err != nil {
			return nil, err
		}
		return word(string(text)), nil
	}
	switch v.Kind() {
	case reflect.String:
		return encodeText(v.String(), f)
	case reflect.Bool:
		return scalar("!!bool", strconv.FormatBool(v.Bool())), nil
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return scalar("!!int", strconv.FormatInt(v.Int(), 10)), nil
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return scalar("!!int", strconv.FormatUint(v.Uint(), 10)), nil
	case reflect.Float32, reflect.Float64:
		number := v.Float()
		if math.IsNaN(number) || math.IsInf(number, 0) {
			return nil, fmt.Errorf("found %g; %s", number, expectedOf(f))
		}
		return scalar("!!float", strconv.FormatFloat(number, 'g', -1, v.Type().Bits())), nil
	case reflect.Slice, reflect.Array:
		list := &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq"}
		for i := range v.Len() {
			entry, err := encode(v.Index(i).Interface(), f)
			if err != nil {
				return nil, fmt.Errorf("entry %d: %w", i, err)
			}
			list.Content = append(list.Content, entry)
		}
		return list, nil
	case reflect.Map:
		if settings, ok := value.(map[string]any); ok {
			return encodeInner(settings, f)
		}
	}
	return nil, fmt.Errorf("found a %T; %s", value, expectedOf(f))
}

func scalar(tag, text string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: tag, Value: text}
}

// encodeText takes a text literally where the parameter is a text; elsewhere it is read as
// the suite language as far as it is a list or a map.
func encodeText(text string, f *Field) (*yaml.Node, error) {
	literal := f != nil && f.Depth() == 0 && f.Element().Kind() == reflect.String
	if trimmed := strings.TrimSpace(text); !literal && (strings.HasPrefix(trimmed, "{") || strings.HasPrefix(trimmed, "[")) {
		return parseValue("", text)
	}
	return word(text), nil
}

// encodeInner is the node of the settings of a component, or of a struct, that is itself a
// parameter.
func encodeInner(settings map[string]any, f *Field) (*yaml.Node, error) {
	var fields []*Field
	switch {
	case f == nil:
	case f.Registry() != nil:
		if name, ok := settings["name"].(string); ok {
			entry, err := f.Registry().Lookup(name)
			if err != nil {
				return nil, err
			}
			fields = entry.Fields()
		}
	case f.Element().Kind() == reflect.Struct:
		fields = Fields(f.Element())
	}
	return encodeMap(settings, "", fields)
}

func expectedOf(f *Field) string {
	if f == nil {
		return "expected a number, a text, a boolean, a slice of these, or a map[string]any"
	}
	return f.expected()
}
