package suite

import "github.com/gdbench/gdbench/internal/param"

// tuneSchema describes the key tune.
func tuneSchema() param.Schema {
	properties, _ := param.FieldsSchema(param.StructFields(&Tune{}), false)
	score, _ := param.FieldsSchema(param.StructFields(&TuneScore{}), false)
	properties["score"] = param.Schema{"type": "object", "description": "what the best of several trials is: the one with the least mean log cost of the targets, where a missed one costs the budget",
		"properties": score, "additionalProperties": false}
	ends := param.Schema{"type": "array", "items": param.Schema{"type": []string{"number", "string"}}, "minItems": 2, "maxItems": 2}
	drawn := param.Schema{"when": param.Schema{"type": "object", "description": "draw it only where choices of the space that come before have these values"}}
	for _, form := range formNames() {
		drawn[form] = ends
	}
	drawn["choice"] = param.Schema{"type": "array", "minItems": 2}
	parameters := param.Schema{"type": "object", "minProperties": 1, "additionalProperties": param.Schema{"type": "object", "properties": drawn, "additionalProperties": false}}
	either := []any{param.Schema{"const": "default"}, parameters}
	properties["space"] = param.Schema{"description": "where settings are drawn from, by label, name or family of methods, and path of the parameter", "anyOf": []any{
		param.Schema{"const": "default"},
		param.Schema{"type": "object", "minProperties": 1, "additionalProperties": param.Schema{"anyOf": either}}}}
	return param.Schema{"description": "how the methods are tuned before they are compared", "anyOf": []any{
		param.Schema{"const": "default"},
		param.Schema{"type": "object", "properties": properties, "required": []string{"space"}, "additionalProperties": false}}}
}
