package traits

import (
	"cmp"
	"math/rand/v2"
	"reflect"
	"slices"
	"sync"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

// Memory is the number of float64 that a method keeps in vectors and matrices after its Init,
// beside the iterate and its gradient. It is counted in the method's memory, so that it cannot
// fall out of step with the code. It is not known of a method whose arithmetic is another
// program's.
func Memory(m methods.Method, at *methods.Iterate) (numbers int64, known bool) {
	if of, ok := m.(methods.Inexact); ok && of.Inexact() != "" {
		return 0, false
	}
	c := census{visited: map[visit]bool{}}
	c.count(reflect.ValueOf(m))
	return c.total(spanOf(at.X), spanOf(at.Grad)), true
}

// span is a part of the memory, in numbers.
type span struct{ from, to uintptr }

func spanOf(x []float64) span { return stretch(reflect.ValueOf(x)) }

// stretch is the memory of a slice. What append has made longer than it is does not count, unless
// nothing is in it yet.
func stretch(slice reflect.Value) span {
	from, numbers := slice.Pointer()/8, slice.Len()
	if numbers == 0 {
		numbers = slice.Cap()
	}
	return span{from, from + uintptr(numbers)}
}

// keeping are the fields of a struct that may lead to numbers of the method's own: no scalars, and
// no lists that are settings. They are found once for each type.
func keeping(t reflect.Type) []int {
	if known, ok := fields.Load(t); ok {
		return known.([]int)
	}
	var found []int
	if !slices.Contains(outside, t) {
		for i := range t.NumField() {
			f := t.Field(i)
			switch _, setting := f.Tag.Lookup("param"); f.Type.Kind() {
			case reflect.Slice:
				if !setting {
					found = append(found, i)
				}
			case reflect.Pointer, reflect.Interface, reflect.Struct, reflect.Array, reflect.Map:
				found = append(found, i)
			}
		}
	}
	fields.Store(t, found)
	return found
}

var fields sync.Map // of keeping, by type

type visit struct {
	at uintptr
	of reflect.Type
}

// census finds the slices of numbers behind a value, each once.
type census struct {
	visited map[visit]bool
	spans   []span
}

// outside are what a method refers to and does not own.
var outside = []reflect.Type{
	reflect.TypeFor[problems.Oracle](), reflect.TypeFor[problems.Facts](), reflect.TypeFor[rand.Rand](), reflect.TypeFor[param.Length](),
}

func (c *census) count(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		at := visit{v.Pointer(), v.Type()}
		if !v.IsNil() && !c.visited[at] {
			c.visited[at] = true
			c.count(v.Elem())
		}
	case reflect.Interface:
		if !v.IsNil() && !v.Elem().Type().Implements(reflect.TypeFor[problems.Problem]()) {
			c.count(v.Elem())
		}
	case reflect.Struct:
		for _, i := range keeping(v.Type()) {
			c.count(v.Field(i))
		}
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Float64 {
			c.spans = append(c.spans, stretch(v))
			return
		}
		for i := range v.Len() {
			c.count(v.Index(i))
		}
	case reflect.Array:
		for i := range v.Len() {
			c.count(v.Index(i))
		}
	case reflect.Map:
		for entries := v.MapRange(); entries.Next(); {
			c.count(entries.Value())
		}
	}
}

// total is how many numbers lie in the spans, none of them counted twice, without those of some.
func (c *census) total(without ...span) (numbers int64) {
	spans := slices.DeleteFunc(c.spans, func(s span) bool {
		return slices.ContainsFunc(without, func(w span) bool { return s.from < w.to && w.from < s.to })
	})
	slices.SortFunc(spans, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	var end uintptr
	for _, s := range spans {
		from := max(s.from, end)
		if s.to > from {
			numbers += int64(s.to - from)
			end = s.to
		}
	}
	return numbers
}
