package suite

import (
	"slices"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
	"github.com/gdbench/gdbench/results"
)

// Schema is the JSON Schema of the suite language, with every registered component.
func Schema() param.Schema {
	properties, required := param.FieldsSchema(param.StructFields(&Header{}), false)
	properties["targets"] = targetsSchema()
	list := func(items param.Schema) param.Schema {
		return param.Schema{"type": "array", "minItems": 1, "items": items}
	}
	program, wanted := param.FieldsSchema(param.StructFields(&Program{}), false)
	properties["processes"] = param.Schema{"type": "object", "description": "programs in other languages whose methods and problems the suite uses, by the prefix of their names",
		"additionalProperties": param.Schema{"anyOf": []any{
			param.Schema{"type": "array", "minItems": 1, "items": param.Schema{"type": "string"}},
			param.Schema{"type": "object", "properties": program, "required": wanted, "additionalProperties": false},
		}}}
	properties["problems"] = list(param.Of[problems.Problem]().Schema(&ProblemKeys{}))
	properties["methods"] = list(param.Of[methods.Method]().Schema(&MethodKeys{}))
	properties["exclude"] = param.Schema{"type": "array", "items": param.Schema{"type": "object"}, "description": "cells to leave out: those that match every key of one of these maps"}
	properties["tune"] = tuneSchema()
	claim, needed := param.FieldsSchema(param.StructFields(&Claim{}), false)
	for _, key := range []string{"reaches", "at"} {
		claim[key] = param.Schema{"description": claim[key].(param.Schema)["description"], "anyOf": []any{
			param.Schema{"type": "number"},
			param.Schema{"type": "object", "minProperties": 1, "maxProperties": 1, "additionalProperties": param.Schema{"type": "number"}},
		}}
	}
	claim["on"] = param.Schema{"type": []string{"string", "array"}, "items": param.Schema{"type": "string"}, "description": "names or labels of problems (default: all)"}
	claim["where"] = param.Schema{"type": "object", "description": "settings of the cells that the claim is about, such as {lr: 2.1/L}"}
	claim["beats-where"] = param.Schema{"type": "object", "description": "settings of the method that is beaten"}
	properties["expect"] = param.Schema{"type": "array", "description": "claims that are checked at the end of a run",
		"items": param.Schema{"type": "object", "properties": claim, "required": needed, "additionalProperties": false}}
	look, necessary := param.FieldsSchema(param.StructFields(&Look{}), false)
	look["expect"] = param.Schema{"type": []string{"string", "array"}, "items": param.Schema{"type": "string"}, "description": "names of the claims that it rests on"}
	properties["look"] = param.Schema{"type": "array", "description": "what to look at in the results, with the claims that show it",
		"items": param.Schema{"type": "object", "properties": look, "required": necessary, "additionalProperties": false}}
	accept, both := param.FieldsSchema(param.StructFields(&Acceptance{}), false)
	accept["finding"].(param.Schema)["enum"] = results.Findings()
	properties["accept"] = param.Schema{"type": "array", "description": "findings of the review that are part of what the suite shows, each with the reason",
		"items": param.Schema{"type": "object", "properties": accept, "required": both, "additionalProperties": false}}
	style, _ := param.FieldsSchema(param.StructFields(&results.Style{}), false)
	style["dash"].(param.Schema)["enum"], style["marker"].(param.Schema)["enum"] = results.Dashes(), results.Markers()
	style["colour"].(param.Schema)["anyOf"] = []any{param.Schema{"enum": results.Colours()}, param.Schema{"pattern": "^#[0-9a-fA-F]{6}$"}}
	properties["style"] = param.Schema{"type": "object", "description": "what methods look like in figures, by name or label, in which * is any characters",
		"additionalProperties": param.Schema{"type": "object", "properties": style, "additionalProperties": false}}
	return param.Schema{
		"$schema": "https://json-schema.org/draft/2020-12/schema",
		"title":   "gdbench suite", "type": "object", "properties": properties, "additionalProperties": false,
		"required": append(required, "problems", "methods"), "$defs": param.SchemaDefinitions(),
	}
}

// targetsSchema describes targets with their short forms: a number for a list of one, and the
// names of diagnostics as keys.
func targetsSchema() param.Schema {
	kinds, _ := param.FieldsSchema(param.StructFields(&Targets{}), false)
	for name, kind := range kinds {
		if name != diagnosticsKey {
			kinds[name] = orOne(kind.(param.Schema))
		}
	}
	relative := kinds["relative"].(param.Schema)["anyOf"].([]any)
	return param.Schema{
		"description": "accuracies whose cost is recorded: relative gaps, or a map by kind or diagnostic (default [1e-2, 1e-4, 1e-6, 1e-8])",
		"anyOf": append(slices.Clone(relative), param.Schema{"type": "object", "properties": kinds,
			"additionalProperties": param.Schema{"anyOf": kinds["value"].(param.Schema)["anyOf"]}}),
	}
}

// orOne is the schema of a list that may be written as its only entry.
func orOne(list param.Schema) param.Schema {
	forms := list["anyOf"].([]any)
	one := forms[0].(param.Schema)["items"]
	return param.Schema{"description": list["description"], "anyOf": append([]any{one}, forms...)}
}
