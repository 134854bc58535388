package process

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/internal/wire"
)

// types are the types of parameters on the wire, and those of their fields here.
var types = map[string]reflect.Type{
	"number":   reflect.TypeFor[float64](),
	"length":   reflect.TypeFor[param.Length](), // a number, or 1/L
	"integer":  reflect.TypeFor[int](),
	"boolean":  reflect.TypeFor[bool](),
	"text":     reflect.TypeFor[string](),
	"numbers":  reflect.TypeFor[[]float64](),
	"integers": reflect.TypeFor[[]int](),
	"texts":    reflect.TypeFor[[]string](),
}

// spaces are where `tune: default` draws parameters of a type from that declare no space. A length is a learning
// rate, with the space of gradient descent.
var spaces = map[string]string{"length": "{loguniform: [1e-5, 100]}"}

// structOf is the struct type whose tagged fields are the parameters: what a Go user writes by
// hand. The same parameters give the same type.
func structOf(parameters []wire.Parameter) (reflect.Type, error) {
	var fields []reflect.StructField
	for i, p := range parameters {
		tag, err := tagOf(p)
		if err != nil {
			return nil, fmt.Errorf("parameter %q: %w", p.Name, err)
		}
		if slices.ContainsFunc(parameters[:i], func(other wire.Parameter) bool { return other.Name == p.Name }) {
			return nil, fmt.Errorf("parameter %q is declared twice", p.Name)
		}
		fields = append(fields, reflect.StructField{Name: "P" + strconv.Itoa(i), Type: types[p.Type], Tag: tag})
	}
	t := reflect.StructOf(fields)
	for i, f := range param.Fields(t) {
		if _, err := f.DefaultValue(); err != nil {
			return nil, fmt.Errorf("parameter %q: default %s: %w", f.Name, parameters[i].Default, err)
		}
	}
	return t, nil
}

// tagOf is the tag of a field.
func tagOf(p wire.Parameter) (reflect.StructTag, error) {
	switch {
	case !validName.MatchString(p.Name):
		return "", fmt.Errorf("expected letters, digits, dashes and underscores")
	case slices.Contains(reserved, p.Name):
		return "", fmt.Errorf("the name is that of a key of every entry; expected none of %s", strings.Join(reserved, ", "))
	case types[p.Type] == nil:
		return "", fmt.Errorf("type %q%s", p.Type, text.Suggest(p.Type, slices.Sorted(maps.Keys(types))))
	}
	if _, err := param.ParseInterval(p.Range); err != nil {
		return "", err
	}
	var tag strings.Builder
	add := func(key, value string) { fmt.Fprintf(&tag, "%s:%s ", key, strconv.Quote(value)) }
	add("param", p.Name)
	add("doc", p.Doc)
	if p.Range != "" {
		add("range", p.Range)
	}
	if space := cmp.Or(p.Space, spaces[p.Type]); space != "" {
		add("space", space)
	}
	if len(p.OneOf) > 0 {
		for _, word := range p.OneOf {
			if p.Type != "text" || !validName.MatchString(word) {
				return "", fmt.Errorf("oneof %q; expected a parameter of type text, and words of letters, digits, dashes and underscores", p.OneOf)
			}
		}
		add("oneof", strings.Join(p.OneOf, " "))
	}
	if p.Default != nil {
		value, err := defaultText(p)
		if err != nil {
			return "", err
		}
		add("default", value)
	}
	return reflect.StructTag(tag.String()), nil
}

// defaultText is the default in the suite language.
func defaultText(p wire.Parameter) (string, error) {
	var v any
	if err := json.Unmarshal(p.Default, &v); err != nil {
		return "", err
	}
	switch v := v.(type) {
	case nil:
		return "", fmt.Errorf("default null; expected a value, or no default where the parameter must be written")
	case string:
		if p.Type == "text" && v == "none" && !slices.Contains(p.OneOf, v) { // which a tag means otherwise
			return strconv.Quote(v), nil
		}
		if p.Type == "length" {
			return v, nil
		}
		return param.Text(v), nil
	}
	return string(p.Default), nil
}
