package param

import (
	"encoding"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/gdbench/gdbench/internal/text"
)

// Field is one parameter: a struct field with a `param` tag.
//
//	param    name in the suite language (required)
//	default  value when it is not written; "none" is the zero value (unless it is one of
//	         oneof), "own" the value that a registered component is made with; without
//	         this tag the parameter must be written
//	range    interval of numbers, "[0,1)", "(0,)"; of every entry for lists; "own" the one
//	         that a registered component (Ranged) gives
//	oneof    the words it may be, separated by blanks
//	doc      what it means, with unit
//	space    where values that are tried are drawn from, in the language of a suite's key
//	         tune: {loguniform: [1e-5, 1]}; of a list, one for each entry
//	later    true: it was added when there were results already, and is left out of definitions and records where
//	         it has its default, so that these can still be compared
//	list     what to write instead of a list of values, where none is allowed
type Field struct {
	Name     string
	Doc      string
	Default  string // text of the default; "" where it is the zero value
	Required bool
	Range    Interval
	OneOf    []string
	List     string // what to write instead of a list of values
	Space    string // where values that are tried are drawn from
	Later    bool   // it was added when there were results already
	Type     reflect.Type
	index    []int
	ownRange bool

	once       sync.Once // guards the three below
	value      any       // of Default
	valueText  string    // canonical text of the value that holds when nothing is written
	valueError error
}

// Depth counts the nested lists of the field's type: 0 for a number, 1 for a vector.
func (f *Field) Depth() int {
	depth := 0
	for t := f.Type; t.Kind() == reflect.Slice && !isText(t); t = t.Elem() {
		depth++
	}
	return depth
}

// Element is the type inside the nested lists.
func (f *Field) Element() reflect.Type {
	t := f.Type
	for t.Kind() == reflect.Slice && !isText(t) {
		t = t.Elem()
	}
	return t
}

var textType = reflect.TypeFor[encoding.TextUnmarshaler]()

// isText reports whether values of t read themselves from text.
func isText(t reflect.Type) bool { return reflect.PointerTo(t).Implements(textType) }

// known holds the fields of struct types that were asked for, by reflect.Type.
var known sync.Map

// Fields lists the parameters of a struct type in declared order, those of embedded
// structs at their place. A wrong tag is a programmer's mistake and panics.
func Fields(t reflect.Type) []*Field {
	if fields, ok := known.Load(t); ok {
		return fields.([]*Field)
	}
	fields, _ := known.LoadOrStore(t, readFields(t))
	return fields.([]*Field)
}

func readFields(t reflect.Type) []*Field {
	var fields []*Field
	for i := range t.NumField() {
		sf := t.Field(i)
		if sf.Anonymous && sf.Type.Kind() == reflect.Struct {
			for _, f := range readFields(sf.Type) {
				f.index = append([]int{i}, f.index...)
				fields = append(fields, f)
			}
			continue
		}
		name, ok := sf.Tag.Lookup("param")
		if !ok {
			continue
		}
		f := &Field{Name: name, Doc: sf.Tag.Get("doc"), List: sf.Tag.Get("list"), Space: sf.Tag.Get("space"), Later: sf.Tag.Get("later") == "true", Type: sf.Type, index: sf.Index}
		value, given := sf.Tag.Lookup("default")
		f.Required = !given
		if words := sf.Tag.Get("oneof"); words != "" {
			f.OneOf = strings.Fields(words)
		}
		if value != "none" || slices.Contains(f.OneOf, value) {
			f.Default = value
		}
		var err error
		limits := sf.Tag.Get("range")
		if f.ownRange = limits == own; f.ownRange {
			limits = ""
		}
		if f.Range, err = ParseInterval(limits); err != nil {
			panic(fmt.Sprintf("param: %s.%s: %v", t, sf.Name, err))
		}
		fields = append(fields, f)
	}
	return fields
}

// Registry is that of the components that the field, or each of its entries, holds; nil
// where it holds something else.
func (f *Field) Registry() *Registry { return kinds[f.Element()] }

// Interval is a range of numbers; the zero value holds every number.
type Interval struct {
	Low, High         float64
	OpenLow, OpenHigh bool
	bounded           bool
}

// Closed is the interval from low to high, both included.
func Closed(low, high float64) Interval { return Interval{Low: low, High: high, bounded: true} }

// ParseInterval reads "[1,10]", "(0,1)", "[0,)"; "" holds every number.
func ParseInterval(text string) (Interval, error) {
	if text == "" {
		return Interval{}, nil
	}
	bad := fmt.Errorf("range %q: expected the form [0,1), (0,) or [1,10]", text)
	if len(text) < len("(,)") {
		return Interval{}, bad
	}
	low, high, ok := strings.Cut(text[1:len(text)-1], ",")
	if !ok || !strings.Contains("[(", text[:1]) || !strings.Contains("])", text[len(text)-1:]) {
		return Interval{}, bad
	}
	i := Interval{OpenLow: text[0] == '(', OpenHigh: text[len(text)-1] == ')', bounded: true}
	bound := func(text string, absent float64) float64 {
		if text = strings.TrimSpace(text); text == "" {
			return absent
		}
		v, err := strconv.ParseFloat(text, 64)
		if err != nil {
			v = math.NaN()
		}
		return v
	}
	i.Low, i.High = bound(low, math.Inf(-1)), bound(high, math.Inf(1))
	if !(i.Low <= i.High) {
		return Interval{}, bad
	}
	return i, nil
}

// Bounded reports whether the interval excludes any number.
func (i Interval) Bounded() bool { return i.bounded }

// Holds reports whether v lies in the interval.
func (i Interval) Holds(v float64) bool {
	if !i.bounded {
		return true
	}
	above := v > i.Low || (v == i.Low && !i.OpenLow)
	below := v < i.High || (v == i.High && !i.OpenHigh)
	return above && below
}

func (i Interval) String() string {
	if !i.bounded {
		return ""
	}
	var parts []string
	if !math.IsInf(i.Low, -1) {
		parts = append(parts, map[bool]string{true: "> ", false: "≥ "}[i.OpenLow]+text.Exact(i.Low))
	}
	if !math.IsInf(i.High, 1) {
		parts = append(parts, map[bool]string{true: "< ", false: "≤ "}[i.OpenHigh]+text.Exact(i.High))
	}
	return strings.Join(parts, " and ")
}

// StructFields lists the parameters of the struct that v points to.
func StructFields(v any) []*Field { return Fields(reflect.TypeOf(v).Elem()) }

// HasField reports whether a parameter of this name is among the fields.
func HasField(fields []*Field, name string) bool { return find(fields, name) != nil }
