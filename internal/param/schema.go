package param

import (
	"encoding"
	"math"
	"net/url"
	"reflect"
)

// Schema is a JSON Schema in the making; encoding/json writes its keys in order.
type Schema = map[string]any

// FieldsSchema describes the keys of a struct; with axes, each may also be a list or a
// generator of values.
func FieldsSchema(fields []*Field, axes bool) (properties Schema, required []string) {
	properties = Schema{}
	for _, f := range fields {
		one := f.schema(axes)
		if first, twice := properties[f.Name]; twice { // see Field.knows
			one = Schema{"anyOf": []any{first, one}}
		}
		properties[f.Name] = one
		if f.Required {
			required = append(required, f.Name)
		}
	}
	return properties, required
}

// Schema describes a component of this kind: a name, or a map with name and parameters
// and those of extra.
func (r *Registry) Schema(extra any) Schema {
	var forms []any
	var bare, all []string
	for _, name := range r.Names() {
		entry, err := r.Lookup(name)
		if err != nil {
			continue // given back meanwhile
		}
		fields := entry.Fields()
		if extra != nil {
			fields = append(append([]*Field{}, fields...), Fields(reflect.TypeOf(extra).Elem())...)
		}
		properties, required := FieldsSchema(fields, true)
		names := append([]string{name}, entry.Aliases...)
		properties["name"] = Schema{"enum": names, "description": entry.Summary}
		form := Schema{
			"type": "object", "title": name, "description": entry.Summary, "properties": properties, "required": []string{"name"},
			"patternProperties": Schema{",": Schema{"type": "array", "minItems": 1, "description": "joint axes: a list of tuples"}}, "additionalProperties": false,
		}
		if len(required) > 0 { // unless a joint key may hold it
			form["if"] = Schema{"propertyNames": Schema{"not": Schema{"pattern": ","}}}
			form["then"] = Schema{"required": required}
		}
		forms = append(forms, form)
		all = append(all, names...)
		if len(required) == 0 {
			bare = append(bare, names...)
		}
	}
	several := Schema{"type": "object", "title": "several names", "required": []string{"name"},
		"properties": Schema{"name": Schema{"type": "array", "minItems": 1, "items": Schema{"enum": all}}}}
	return Schema{"anyOf": append([]any{Schema{"enum": bare}, several}, forms...)}
}

func (f *Field) schema(axes bool) Schema {
	one := f.elementSchema()
	if kinds[f.Element()] == nil || f.Depth() > 0 {
		for range f.Depth() {
			forms := []any{Schema{"type": "array", "items": one}, generatorRef}
			if f.Element().Kind() == reflect.String {
				forms = append(forms, one) // a text alone is a list of it
			}
			one = Schema{"anyOf": forms}
		}
	}
	out := one
	if axes {
		out = Schema{"anyOf": []any{one, Schema{"type": "array", "minItems": 1, "items": Schema{"anyOf": []any{one, generatorRef}}}, generatorRef}}
	}
	described := Schema{"description": f.Doc}
	if f.Default != "" {
		described["description"] = f.Doc + " (default " + f.Default + ")"
	}
	for k, v := range out {
		described[k] = v
	}
	return described
}

var generatorRef = Schema{"$ref": "#/$defs/generator"}

var generatorSchema = Schema{
	"type": "object", "minProperties": 1, "maxProperties": 1, "additionalProperties": false,
	"properties": Schema{
		"log":   Schema{"type": "array", "minItems": 3, "maxItems": 3, "items": Schema{"type": "number"}},
		"lin":   Schema{"type": "array", "minItems": 3, "maxItems": 3, "items": Schema{"type": "number"}},
		"range": Schema{"type": "array", "minItems": 3, "maxItems": 3, "items": Schema{"type": "number"}},
	},
}

// elementSchema describes one entry of the field's innermost list.
func (f *Field) elementSchema() Schema {
	t := f.Element()
	if r := kinds[t]; r != nil {
		return Schema{"$ref": "#/$defs/" + url.PathEscape(r.Kind)}
	}
	if f.OneOf != nil {
		return Schema{"enum": f.OneOf}
	}
	if reflect.PointerTo(t).Implements(reflect.TypeFor[encoding.TextUnmarshaler]()) {
		return Schema{"type": []string{"number", "string"}}
	}
	switch t.Kind() {
	case reflect.Struct:
		properties, required := FieldsSchema(Fields(t), false)
		s := Schema{"type": "object", "properties": properties, "additionalProperties": false}
		if required != nil {
			s["required"] = required
		}
		if _, ok := reflect.New(t).Interface().(Rewriter); ok {
			return Schema{"anyOf": []any{s, Schema{"type": "array"}, generatorRef}}
		}
		return s
	case reflect.Bool:
		return Schema{"type": "boolean"}
	case reflect.String:
		return Schema{"type": []string{"string", "number", "boolean"}} // a class may be named 1 or true
	case reflect.Float64:
		return Schema{"anyOf": []any{f.Range.bound(Schema{"type": "number"}), Schema{"type": "string", "pattern": arithmeticPattern}}}
	}
	return f.Range.bound(Schema{"type": "integer"})
}

// arithmeticPattern is that of arithmetic over numbers, such as 4/9.
const arithmeticPattern = `^[-+*/(). 0-9eE]+$`

func (i Interval) bound(s Schema) Schema {
	if !i.bounded {
		return s
	}
	low, high := "minimum", "maximum"
	if i.OpenLow {
		low = "exclusiveMinimum"
	}
	if i.OpenHigh {
		high = "exclusiveMaximum"
	}
	if !math.IsInf(i.Low, 0) {
		s[low] = i.Low
	}
	if !math.IsInf(i.High, 0) {
		s[high] = i.High
	}
	return s
}

// SchemaDefinitions describes every kind of component, and generators, for "$defs".
func SchemaDefinitions() Schema {
	out := Schema{"generator": generatorSchema}
	for _, r := range kinds {
		s := r.Schema(nil)
		if r.Shorthand != nil {
			forms := []any{s, Schema{"type": []string{"string", "number", "array"}}}
			if r.Keyed {
				forms = append(forms, Schema{"type": "object", "minProperties": 1, "maxProperties": 1, "propertyNames": Schema{"enum": r.Names()}})
			}
			s = Schema{"anyOf": forms}
		}
		out[r.Kind] = s
	}
	return out
}
