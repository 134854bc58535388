package results

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"
)

// JSONSchemas are the JSON Schemas (draft 2020-12) of the files of a run: "record" of a line of
// runs.jsonl, and "manifest". They are those of the types Record and Manifest. Further keys are
// allowed, since a newer version may add some.
func JSONSchemas() map[string]map[string]any {
	out := map[string]map[string]any{}
	for name, of := range map[string]struct {
		file        string
		description string
		t           reflect.Type
	}{
		"record":   {RunsFile, "one line of runs.jsonl: a finished cell", reflect.TypeFor[Record]()},
		"manifest": {ManifestFile, "manifest.json: what a run is, the machine, the outcome", reflect.TypeFor[Manifest]()},
	} {
		d := describer{}
		schema := d.object(of.t)
		if of.file == RunsFile {
			schema["properties"].(map[string]any)["check"] = map[string]any{"type": "string", "pattern": "^[0-9a-f]{8}$",
				"description": "CRC-32 (IEEE) of the line before this key, without the values of the keys seconds; absent in lines of other programs"}
		}
		maps.Copy(schema, map[string]any{"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "gdbench " + name, "description": of.description})
		if len(d) > 0 {
			schema["$defs"] = map[string]any(d)
		}
		out[name] = schema
	}
	return out
}

// describer holds the schemas of the types that others refer to, by their names.
type describer map[string]any

// described are the types that are written in a form of their own.
var described = map[reflect.Type]map[string]any{
	reflect.TypeFor[Number]():    {"type": []string{"number", "null"}, "description": "null where it is not finite"},
	reflect.TypeFor[Series]():    {"type": []string{"array", "null"}, "items": map[string]any{"type": []string{"number", "null"}}},
	reflect.TypeFor[Component](): {"type": "object", "required": []string{"name"}, "properties": map[string]any{"name": map[string]any{"type": "string"}}, "description": "a component with its parameters, resolved"},
	reflect.TypeFor[time.Time](): {"type": "string", "format": "date-time"},
}

// of is the schema of a type.
func (d describer) of(t reflect.Type) map[string]any {
	if known, ok := described[t]; ok {
		return known
	}
	switch t.Kind() {
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.Int, reflect.Int64, reflect.Uint64:
		return map[string]any{"type": "integer"}
	case reflect.Float64:
		return map[string]any{"type": "number"}
	case reflect.String:
		if t == reflect.TypeFor[Status]() {
			return map[string]any{"type": "string", "enum": Statuses}
		}
		return map[string]any{"type": "string"}
	case reflect.Pointer:
		return map[string]any{"anyOf": []any{d.of(t.Elem()), map[string]any{"type": "null"}}}
	case reflect.Slice, reflect.Array:
		return map[string]any{"type": []string{"array", "null"}, "items": d.of(t.Elem())}
	case reflect.Map:
		return map[string]any{"type": []string{"object", "null"}, "additionalProperties": d.of(t.Elem())}
	case reflect.Struct:
		return d.reference(t)
	}
	return map[string]any{}
}

// reference is a reference to the schema of a struct.
func (d describer) reference(t reflect.Type) map[string]any {
	if d[t.Name()] == nil {
		d[t.Name()] = map[string]any{} // for types that contain themselves
		d[t.Name()] = d.object(t)
	}
	return map[string]any{"$ref": "#/$defs/" + t.Name()}
}

// object is the schema of a struct.
func (d describer) object(t reflect.Type) map[string]any {
	properties, required := map[string]any{}, []string{}
	d.fields(t, properties, &required, nil)
	slices.Sort(required)
	return map[string]any{"type": "object", "properties": properties, "required": required}
}

// fields adds those of a struct, with what the tags of files say about them: see plan.
func (d describer) fields(t reflect.Type, properties map[string]any, required *[]string, omitted func(i int) bool) {
	marshaler := reflect.TypeFor[json.Marshaler]()
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous && name == "" && !f.Type.Implements(marshaler) {
			d.fields(f.Type, properties, required, omissions[f.Tag.Get("omit")])
			continue
		}
		if name == "-" || name == "" {
			continue
		}
		properties[name] = d.of(f.Type)
		if options == "" && !(omitted != nil && omitted(i)) {
			*required = append(*required, name)
		}
	}
}
