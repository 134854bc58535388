package results

import (
	"reflect"
	"slices"
	"strconv"

	"github.com/gdbench/gdbench/internal/results/seal"
)

var recordPlan = planOf[Record]()

// AppendLine appends the record to b as its sealed line of runs.jsonl, the end of line
// included. It is what json.Encoder would write, but allocates nothing: writing is what a
// short run costs most.
func (r *Record) AppendLine(b []byte) ([]byte, error) {
	e := encoder{b: b}
	e.follow(recordPlan, reflect.ValueOf(r).Elem())
	if e.err != nil {
		return nil, e.err
	}
	return append(seal.Append(e.b, len(b)), '\n'), nil
}

// follow writes a value by its plan.
func (e *encoder) follow(p *plan, v reflect.Value) {
	switch p.kind {
	case isBool:
		e.b = strconv.AppendBool(e.b, v.Bool())
	case isInt:
		e.b = strconv.AppendInt(e.b, v.Int(), 10)
	case isText:
		e.string(v.String())
	case isNumber:
		e.b = appendNumber(e.b, v.Float())
	case isSeries:
		e.b = appendSeries(e.b, *pointer[Series](v))
	case isInts:
		e.ints(*pointer[[]int64](v))
	case isComponent:
		e.component(pointer[Component](v))
	case isPointer:
		if !e.absent(v.IsNil()) {
			e.follow(p.elem, v.Elem())
		}
	case isList:
		e.list(p, v)
	case isMap:
		e.byName(p, v)
	case isObject:
		e.object(p, v)
	case isForeign:
		e.other(v.Interface())
	}
}

// pointer is the address of an addressable value; unlike Interface it allocates nothing.
func pointer[T any](v reflect.Value) *T { return v.Addr().Interface().(*T) }

func (e *encoder) object(p *plan, v reflect.Value) {
	e.begin('{')
	for i := range p.fields {
		f := &p.fields[i]
		value := f.of(v)
		if f.omit && empty(value) {
			continue
		}
		e.comma()
		e.b = append(e.b, f.key...)
		e.follow(f.plan, value)
	}
	e.end('}')
}

func (e *encoder) list(p *plan, v reflect.Value) {
	if e.absent(v.IsNil()) {
		return
	}
	e.begin('[')
	for i := range v.Len() {
		e.comma()
		e.follow(p.elem, v.Index(i))
	}
	e.end(']')
}

// byName writes a map, its keys in order. The two that records have are taken as they
// are; a walk by reflection would allocate for each entry.
func (e *encoder) byName(p *plan, v reflect.Value) {
	if e.absent(v.IsNil()) {
		return
	}
	switch m := v.Addr().Interface().(type) {
	case *map[string]string:
		writeMap(e, *m, e.string)
	case *map[string]Series:
		writeMap(e, *m, func(s Series) { e.b = appendSeries(e.b, s) })
	default:
		e.other(v.Interface())
	}
}

func writeMap[T any](e *encoder, m map[string]T, write func(T)) {
	var room [8]string
	keys := room[:0]
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	e.begin('{')
	for _, key := range keys {
		e.key(key)
		write(m[key])
	}
	e.end('}')
}

func (e *encoder) ints(values []int64) {
	if e.absent(values == nil) {
		return
	}
	e.begin('[')
	for i, v := range values {
		if i > 0 {
			e.b = append(e.b, ',')
		}
		e.b = strconv.AppendInt(e.b, v, 10)
	}
	e.end(']')
}
