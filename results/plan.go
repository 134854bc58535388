package results

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"github.com/gdbench/gdbench/internal/counts"
)

// plan is how the values of one type are written and read. The tags of the types are the
// only description of the files: they are walked once, when the program starts, and what
// comes of it is followed by encoder and scanner. encoding/json follows the same tags, but
// allocates for every record and takes four times as long for the columns of a trace.
type plan struct {
	kind   kind
	elem   *plan   // of what a pointer, list or map holds
	fields []field // of an object, those of embedded structs among them
	places map[string]int
	trace  bool // its fields are columns, of which a reader may want some
}

// field is a key of an object.
type field struct {
	key   string // `"name":`, as it is written
	index []int  // way to the field
	omit  bool   // leave out where it is empty
	*plan
}

// kind chooses the code that writes and reads a value.
type kind int

const (
	isBool kind = iota
	isInt
	isText
	isNumber
	isSeries
	isInts
	isComponent
	isPointer
	isList
	isMap // from text
	isObject
	isForeign // left to encoding/json
)

// kinds are the types that have a form of their own.
var kinds = map[reflect.Type]kind{
	reflect.TypeFor[Number]():    isNumber,
	reflect.TypeFor[Series]():    isSeries,
	reflect.TypeFor[[]int64]():   isInts,
	reflect.TypeFor[Component](): isComponent,
}

// planOf compiles the plan of a type.
func planOf[T any]() *plan { return compile(reflect.TypeFor[T]()) }

func compile(t reflect.Type) *plan {
	if k, ok := kinds[t]; ok {
		return &plan{kind: k}
	}
	if marshaler := reflect.TypeFor[json.Marshaler](); t.Implements(marshaler) && t.Kind() != reflect.Pointer {
		return &plan{kind: isForeign}
	}
	switch t.Kind() {
	case reflect.Bool:
		return &plan{kind: isBool}
	case reflect.Int, reflect.Int64:
		return &plan{kind: isInt}
	case reflect.String:
		return &plan{kind: isText}
	case reflect.Pointer:
		return &plan{kind: isPointer, elem: compile(t.Elem())}
	case reflect.Slice:
		return &plan{kind: isList, elem: compile(t.Elem())}
	case reflect.Map:
		if t.Key().Kind() == reflect.String {
			return &plan{kind: isMap, elem: compile(t.Elem())}
		}
	case reflect.Struct:
		p := &plan{kind: isObject, places: map[string]int{}, trace: t == reflect.TypeFor[Trace]()}
		p.add(t, nil, nil)
		return p
	}
	return &plan{kind: isForeign}
}

// add appends the fields of a struct, or of one that is embedded. Tags say more about an
// embedded struct of counts than encoding/json understands: omit:"empty" leaves out every
// field that is empty, omit:"rare" the rare counts that are.
func (p *plan) add(t reflect.Type, way []int, omitted func(i int) bool) {
	for i := range t.NumField() {
		f := t.Field(i)
		index := append(append([]int(nil), way...), i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous && name == "" {
			p.add(f.Type, index, omissions[f.Tag.Get("omit")])
			continue
		}
		if name == "" {
			panic(fmt.Sprintf("results: the field %s of %v has no name in files", f.Name, t))
		}
		p.places[name] = len(p.fields)
		p.fields = append(p.fields, field{
			key: `"` + name + `":`, index: index, plan: compile(f.Type),
			omit: options == "omitempty" || omitted != nil && omitted(i),
		})
	}
}

// omissions are the values of the tag omit, for the i-th field.
var omissions = map[string]func(i int) bool{
	"empty": func(int) bool { return true },
	"rare":  func(i int) bool { return counts.Count(i).Rare() },
}

// of is the field in a struct.
func (f *field) of(v reflect.Value) reflect.Value {
	for _, i := range f.index {
		v = v.Field(i)
	}
	return v
}

// empty reports what omitempty leaves out.
func empty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Slice, reflect.Map, reflect.String:
		return v.Len() == 0
	}
	return v.IsZero()
}
