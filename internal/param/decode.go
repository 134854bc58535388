package param

import (
	"encoding"
	"errors"
	"fmt"
	"math"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/gdbench/gdbench/internal/text"
	"gopkg.in/yaml.v3"
)

// Quantity is a text type that may represent a number, so that a range can be checked.
type Quantity interface {
	Literal() (value float64, ok bool) // ok: the text is a plain number
}

// Rewriter is a type with a shorter way to be written: it returns the long form of a
// node, or nil where the node needs no rewriting.
type Rewriter interface {
	Rewrite(n *yaml.Node) *yaml.Node
}

var (
	integerLiteral = regexp.MustCompile(`^[-+]?(0|[1-9][0-9]*)$`)
)

// ParseNumber reads a finite decimal number from its literal text.
func ParseNumber(text string) (float64, error) {
	if !isNumber(text) {
		return 0, fmt.Errorf("%q is not a number; expected a number such as 3, 0.1 or 1e-3", text)
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsInf(v, 0) {
		return 0, fmt.Errorf("%s is out of the range of 64-bit floating-point numbers", text)
	}
	return v, nil
}

// isNumber reports whether a text is a number without leading zeros: 3, -0.5, .5, 3., 1e-3.
func isNumber(text string) bool {
	rest := unsigned(text)
	whole, rest := cutDigits(rest)
	fraction := ""
	if after, ok := strings.CutPrefix(rest, "."); ok {
		fraction, rest = cutDigits(after)
	}
	if whole+fraction == "" || len(whole) > 1 && whole[0] == '0' {
		return false
	}
	if rest == "" {
		return true
	}
	if rest[0] != 'e' && rest[0] != 'E' {
		return false
	}
	exponent, rest := cutDigits(unsigned(rest[1:]))
	return exponent != "" && rest == ""
}

// unsigned is a text without its sign, if it has one.
func unsigned(text string) string {
	if text != "" && (text[0] == '-' || text[0] == '+') {
		return text[1:]
	}
	return text
}

// cutDigits separates the digits that a text begins with.
func cutDigits(text string) (digits, rest string) {
	n := 0
	for n < len(text) && '0' <= text[n] && text[n] <= '9' {
		n++
	}
	return text[:n], text[n:]
}

// DecodeStruct fills the fields of the struct that into points to from a mapping node:
// defaults first, then what is written. Keys named in ignore are left to the caller.
func (s Source) DecodeStruct(n *yaml.Node, into any, ignore ...string) error {
	target := reflect.ValueOf(into).Elem()
	fields := Fields(target.Type())
	if err := setDefaults(target, fields); err != nil {
		return err
	}
	if rewriter, ok := into.(Rewriter); ok {
		if long := rewriter.Rewrite(n); long != nil {
			n = long
		}
	}
	if n.Kind != yaml.MappingNode {
		return s.Errorf(n, "found %s; expected a map with %s", describe(n), fieldNames(fields))
	}
	written := map[string]bool{}
	for i := 0; i < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if slices.Contains(ignore, key.Value) {
			continue
		}
		f := find(fields, key.Value)
		if f == nil {
			return s.Errorf(key, "unknown key %q%s", key.Value, text.Suggest(key.Value, append(names(fields), ignore...)))
		}
		written[f.Name] = true
		v, err := s.decode(value, f)
		if err != nil {
			return err
		}
		target.FieldByIndex(f.index).Set(reflect.ValueOf(v))
	}
	for _, f := range fields {
		if f.Required && !written[f.Name] {
			return s.Errorf(n, "missing key %q", f.Name)
		}
	}
	return nil
}

func setDefaults(target reflect.Value, fields []*Field) error {
	for _, f := range fields {
		v, err := f.DefaultValue()
		if err != nil {
			return err
		}
		if v == nil {
			continue
		}
		if err := assign(target.FieldByIndex(f.index), v); err != nil {
			return err
		}
	}
	return nil
}

// DefaultValue is the value of the field when it is not written, nil for the zero value.
func (f *Field) DefaultValue() (any, error) {
	f.readOnce()
	return f.value, f.valueError
}

// defaultText is the canonical text of the value that holds when nothing is written.
func (f *Field) defaultText() string {
	f.readOnce()
	return f.valueText
}

func (f *Field) readOnce() {
	f.once.Do(func() {
		f.value, f.valueError = f.readDefault()
		f.valueText = Text(f.orZero(f.value))
	})
}

// orZero is a value by default: that of the type where there is none, nil for a component that is absent.
func (f *Field) orZero(value any) any {
	if value == nil && f.valueError == nil && kinds[f.Element()] == nil {
		return reflect.Zero(f.Type).Interface()
	}
	return value
}

func (f *Field) readDefault() (any, error) {
	if f.Default == "" {
		return nil, nil
	}
	var document yaml.Node
	if err := yaml.Unmarshal([]byte(f.Default), &document); err != nil {
		return nil, fmt.Errorf("default of %s: %w", f.Name, err)
	}
	return Source("default of "+f.Name).decode(document.Content[0], f)
}

// decode reads a node as the field's type: a Go value of that type, or for components a
// *Spec or []*Spec.
func (s Source) decode(n *yaml.Node, f *Field) (any, error) {
	if n.Tag == "!!null" {
		return nil, s.Errorf(n, "%s has no value; %s", f.Name, f.expected())
	}
	if registry := kinds[f.Element()]; registry != nil {
		return s.decodeComponents(n, f, registry)
	}
	if f.Type == reflect.TypeFor[Length]() { // most values of a large grid are, and reflection makes them twice
		var l Length
		err := s.decodeText(n, f, &l)
		return l, err
	}
	v, err := s.decodeType(n, f, f.Type)
	if err != nil {
		return nil, err
	}
	return v.Interface(), nil
}

func (s Source) decodeType(n *yaml.Node, f *Field, t reflect.Type) (reflect.Value, error) {
	v := reflect.New(t).Elem()
	switch {
	case isText(t):
		return v, s.decodeText(n, f, v.Addr().Interface().(encoding.TextUnmarshaler))
	case t.Kind() == reflect.Slice:
		return s.decodeSlice(n, f, t)
	case t.Kind() == reflect.Struct:
		return v, s.DecodeStruct(n, v.Addr().Interface())
	}
	return v, s.decodeScalar(n, f, v)
}

func (s Source) decodeSlice(n *yaml.Node, f *Field, t reflect.Type) (reflect.Value, error) {
	items, err := s.items(n, f)
	if err != nil {
		return reflect.Value{}, err
	}
	if items == nil && n.Kind == yaml.ScalarNode && t.Elem().Kind() == reflect.String {
		items = []*yaml.Node{n} // a text alone is a list of it
	}
	if items == nil {
		return reflect.Value{}, s.unexpected(n, f)
	}
	out := reflect.MakeSlice(t, 0, len(items))
	for _, item := range items {
		if item.Tag == "!!null" {
			return reflect.Value{}, s.Errorf(item, "%s: an entry has no value; %s", f.Name, f.expected())
		}
		v, err := s.decodeType(item, f, t.Elem())
		if err != nil {
			return reflect.Value{}, err
		}
		out = reflect.Append(out, v)
	}
	return out, nil
}

func (s Source) decodeText(n *yaml.Node, f *Field, into encoding.TextUnmarshaler) error {
	if n.Kind != yaml.ScalarNode {
		return s.unexpected(n, f)
	}
	l, isLength := into.(*Length)
	var err error
	if isLength { // without a copy of the text
		err = l.read(n.Value)
	} else {
		err = into.UnmarshalText([]byte(n.Value))
	}
	if err != nil {
		return s.Errorf(n, "%s: %v", f.Name, err)
	}
	if isLength && l.expr != nil {
		l.expr.at = s.At(n)
	}
	if q, ok := into.(Quantity); ok {
		if value, ok := q.Literal(); ok {
			return s.checkRange(n, f, value)
		}
	}
	return nil
}

func (s Source) decodeScalar(n *yaml.Node, f *Field, v reflect.Value) error {
	if n.Kind != yaml.ScalarNode {
		return s.unexpected(n, f)
	}
	quoted := n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0
	switch v.Kind() {
	case reflect.String:
		if f.OneOf != nil && !slices.Contains(f.OneOf, n.Value) {
			return s.Errorf(n, "%s: unknown value %q%s", f.Name, n.Value, text.Suggest(n.Value, f.OneOf))
		}
		v.SetString(n.Value)
		return nil
	case reflect.Bool:
		if quoted || (n.Value != "true" && n.Value != "false") {
			return s.unexpected(n, f)
		}
		v.SetBool(n.Value == "true")
		return nil
	case reflect.Float64:
		value, err := ParseNumber(n.Value)
		if err != nil && !quoted {
			value, err = arithmetic(n.Value)
		}
		if errors.Is(err, errConstant) && strings.ContainsAny(n.Value, "+-*/") {
			return s.Errorf(n, "%s: found %s; %s, or arithmetic over numbers; it knows no constants of the problem", f.Name, describe(n), f.expected())
		}
		if quoted || err != nil {
			return s.unexpected(n, f)
		}
		v.SetFloat(value)
		return s.checkRange(n, f, value)
	case reflect.Int, reflect.Int64, reflect.Uint64:
		return s.decodeInteger(n, f, v, quoted)
	}
	panic(fmt.Sprintf("param: field %s has the type %s, which a suite cannot express", f.Name, f.Type))
}

// unexpected is the error of a node that is no value of the field.
func (s Source) unexpected(n *yaml.Node, f *Field) error {
	return s.Errorf(n, "%s: found %s; %s%s", f.Name, describe(n), f.expected(), f.alternativesHint(n))
}

// alternativesHint ends a message about a map or a list where one value is expected: how several
// values are written, or what is written in place of them.
func (f *Field) alternativesHint(n *yaml.Node) string {
	switch {
	case n.Kind == yaml.SequenceNode && f.List != "":
		return "; " + f.List
	case n.Kind != yaml.MappingNode || IsGenerator(n):
		return ""
	case Get(n, "name") != nil && f.Element() == reflect.TypeFor[Length]():
		return "; a learning rate that changes from step to step is the key schedule of the entry, such as schedule: cosine (see `gdbench list schedules`)"
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if list := n.Content[i+1]; list.Kind == yaml.SequenceNode && len(list.Content) > 0 {
			texts := make([]string, len(list.Content))
			for k, item := range list.Content {
				texts[k] = item.Value
			}
			return fmt.Sprintf("; several values are written %s: [%s], and grids {log: [FIRST, LAST, COUNT]} or {lin: [FIRST, LAST, COUNT]}", f.Name, strings.Join(texts, ", "))
		}
	}
	return fmt.Sprintf("; several values are written %s: [A, B], and grids {log: [FIRST, LAST, COUNT]} or {lin: [FIRST, LAST, COUNT]}", f.Name)
}

// decodeInteger accepts 1000 and 1e3, and refuses 0.5 and 010.
func (s Source) decodeInteger(n *yaml.Node, f *Field, v reflect.Value, quoted bool) error {
	value, err := ParseNumber(n.Value)
	if quoted || err != nil || value != math.Trunc(value) {
		return s.Errorf(n, "%s: found %s; %s", f.Name, describe(n), f.expected())
	}
	if integerLiteral.MatchString(n.Value) && v.Kind() == reflect.Uint64 {
		exact, err := strconv.ParseUint(strings.TrimPrefix(n.Value, "+"), 10, 64)
		if err != nil {
			return s.Errorf(n, "%s: found %s; expected a whole number from 0 to 18446744073709551615", f.Name, n.Value)
		}
		v.SetUint(exact)
		return s.checkRange(n, f, value)
	}
	if math.Abs(value) > 1<<53 || (value < 0 && v.Kind() == reflect.Uint64) {
		return s.Errorf(n, "%s: %s is out of range; %s of at most 9007199254740992 = 2^53", f.Name, n.Value, f.expected())
	}
	if v.Kind() == reflect.Uint64 {
		v.SetUint(uint64(value))
	} else {
		v.SetInt(int64(value))
	}
	return s.checkRange(n, f, value)
}

func (s Source) checkRange(n *yaml.Node, f *Field, value float64) error {
	if f.Range.Holds(value) {
		return nil
	}
	return s.Errorf(n, "%s: %s is out of range; expected a number %s", f.Name, n.Value, f.Range)
}

// expected says in words what a field takes.
func (f *Field) expected() string {
	element := f.Element()
	var what string
	switch {
	case kinds[element] != nil:
		what = "the name of a " + kinds[element].Kind + ", or a map with name and parameters"
	case f.OneOf != nil:
		what = "one of " + strings.Join(f.OneOf, ", ")
	case isText(element):
		what = "a value"
		if e, ok := reflect.New(element).Interface().(interface{ Expected() string }); ok {
			what = e.Expected()
		}
	case element.Kind() == reflect.Bool:
		what = "true or false"
	case element.Kind() == reflect.Float64:
		what = "a number"
	case element.Kind() == reflect.Struct:
		what = "a map with " + fieldNames(Fields(element))
	case element.Kind() == reflect.String:
		what = "a text"
	default:
		what = "a whole number"
	}
	switch {
	case !f.Range.Bounded():
	case isText(element):
		what += ", with a value " + f.Range.String()
	default:
		what += " " + f.Range.String()
	}
	switch f.Depth() {
	case 0:
		return "expected " + what
	case 1:
		return "expected a list, each entry " + what
	}
	return "expected a list of lists, each entry " + what
}

func find(fields []*Field, name string) *Field {
	for _, f := range fields {
		if f.Name == name {
			return f
		}
	}
	return nil
}

func names(fields []*Field) []string {
	out := make([]string, len(fields))
	for i, f := range fields {
		out[i] = f.Name
	}
	return out
}

func fieldNames(fields []*Field) string {
	return "the keys " + strings.Join(names(fields), ", ")
}
